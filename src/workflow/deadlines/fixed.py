"""Fixed: due at an instant or date that the plan itself names.

A date means the last microsecond of that local day (`ends: close`: its closing, if it has
one). The anchor plays no part, so a fixed time may precede it. Pauses do not move it.

Design: "How a due instant is computed", row "fixed".
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from workflow.deadlines.options import Ends, as_ends
from workflow.deadlines.rule import Rule, Setting, nothing_to_take_off
from workflow.derivation import Language, Sentence, Trace
from workflow.errors import RuleError, TimeError
from workflow.instants import Instant, to_instant

_DATE = Sentence("The plan names the date {last_day}.", "预案规定的日期：{last_day}。")
_TIME = Sentence("The plan names the time {at}.", "预案规定的时间：{at}。")
_DAY_END = Sentence("It ends with that day, {at}.", "至该日24时止，即{at}。")
_CLOSING = Sentence("It ends when work closes that day, {at}.", "至该日工作时间结束时止，即{at}。")


@attrs.frozen(kw_only=True)
class Fixed:
    """Due at a date or instant of the plan; one of `day` and `instant` is given.

    Attributes:
        day: A local date.
        instant: An instant.
        written: How the plan writes the instant, offset included.
        ends: Whether a date ends with the day, or at its closing.

    Raises:
        RuleError: Neither or both are given, or `ends` is `same_time`.
    """

    name: ClassVar[str] = "fixed"

    day: dt.date | None = None
    instant: Instant | None = None
    written: str = attrs.field(default="", eq=False)
    ends: Ends = attrs.field(default=Ends.MIDNIGHT, converter=as_ends)

    def __attrs_post_init__(self) -> None:
        """Check that one time is named, and how it ends."""
        if (self.day is None) == (self.instant is None):
            raise RuleError(
                "A fixed time is a date or an instant.",
                place=self.name,
                allowed="one of them; Fixed.at reads either",
            )
        if self.ends is Ends.SAME_TIME or (self.ends is Ends.CLOSE and self.day is None):
            raise RuleError(
                f"A fixed time does not end at {self.ends.value}.",
                place=self.name,
                allowed="for a date, ends: midnight or ends: close",
            )

    @classmethod
    def at(cls, value: str | dt.date, *, ends: Ends | str = Ends.MIDNIGHT) -> Fixed:
        """The rule for a date (`2022-01-15`) or a time with an offset.

        Raises:
            RuleError: It is neither.
        """
        kind = as_ends(ends)
        try:
            if isinstance(value, str) and len(value) == len("2022-01-15"):
                value = dt.date.fromisoformat(value)
            if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
                return cls(day=value, ends=kind)
            written = value if isinstance(value, str) else value.isoformat()
            return cls(instant=to_instant(value), written=written, ends=kind)
        except (TimeError, ValueError) as error:
            raise RuleError(
                f'"{value}" is not a fixed date or time.',
                place=cls.name,
                allowed="a date (2022-01-15), or a time with an offset (2022-01-15T12:00+08:00)",
            ) from error

    @property
    def needs_calendar(self) -> bool:
        """Only to end at closing."""
        return self.ends is Ends.CLOSE

    def due(self, anchor: Instant, setting: Setting, trace: Trace | None = None) -> Instant | None:  # noqa: ARG002 - the anchor plays no part
        """The end of the date, or the instant."""
        if self.day is None:
            if trace is not None:
                trace.note(self.name, _TIME, at=self.instant)
            return self.instant
        counting = setting.counting
        closing = counting.closes(self.day) if self.ends is Ends.CLOSE else None
        at = counting.day_end(self.day) if closing is None else closing
        if trace is not None:
            ends = "midnight" if closing is None else "close"
            trace.note(self.name, _DATE, last_day=self.day)
            said = _DAY_END if closing is None else _CLOSING
            trace.note("day_end", said, day=self.day, ends=ends, at=at)
        return at

    def words(self, lang: Language = "en") -> str:
        """`by 2022-01-15`, `2022-01-15前`."""
        named = self.written if self.day is None else self.day.isoformat()
        close = {"en": ", until closing", "zh": "，至下班时"}[lang] if self.needs_calendar else ""
        return (f"{named}前" if lang == "zh" else f"by {named}") + close

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> Rule:  # noqa: ARG002 - the protocol's parameters
        """Nothing can be taken off: it raises `RuleError`."""
        raise nothing_to_take_off(self)
