"""Promised: due at the date or time that an event's data names.

A date means the last microsecond of that local day (`ends: close`: its closing, if it has
one). A time needs an offset. It must lie after the event that makes the promise. A later
promise replaces an earlier one only through an event that says so; that is the case's concern.
Pauses do not move a promise. Without one there is no due instant yet.

Design: "How a due instant is computed", row "promised".
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from workflow.calendars.local_days import day_end
from workflow.deadlines.options import Ends, as_ends
from workflow.deadlines.rule import Rule, Setting, nothing_to_take_off
from workflow.derivation import Language, Sentence, Trace
from workflow.errors import RuleError, TimeError
from workflow.instants import Instant, Zone, show, to_instant

_DATE = Sentence("Promised for {last_day}.", "承诺日期：{last_day}。")
_TIME = Sentence("Promised for {at}.", "承诺时间：{at}。")
_NONE = Sentence("Nothing has been promised yet.", "尚未承诺日期。")
_DAY_END = Sentence("It ends with that day, {at}.", "至该日24时止，即{at}。")
_CLOSING = Sentence("It ends when work closes that day, {at}.", "至该日工作时间结束时止，即{at}。")


@attrs.frozen(kw_only=True)
class Promised:
    """Due when the event's data says.

    Attributes:
        field: The field of the event's data that names the date or time.
        ends: With that day, or at its closing.

    Raises:
        RuleError: `ends` is `same_time`.
    """

    name: ClassVar[str] = "promised"

    field: str = "promised"
    ends: Ends = attrs.field(default=Ends.MIDNIGHT, converter=as_ends)

    def __attrs_post_init__(self) -> None:
        """Check that a day has an end."""
        if self.ends is Ends.SAME_TIME:
            raise RuleError(
                "A promised date does not end at the time of the promise.",
                place=self.name,
                allowed="ends: midnight, ends: close",
            )

    @property
    def needs_calendar(self) -> bool:
        """Only to end at closing."""
        return self.ends is Ends.CLOSE

    def due(self, anchor: Instant, setting: Setting, trace: Trace | None = None) -> Instant | None:
        """The promised instant, or None without a promise.

        Raises:
            RuleError: The promise cannot be read, or does not lie after the event.
        """
        if setting.promise is None:
            if trace is not None:
                trace.note(self.name, _NONE)
            return None
        counting = setting.counting
        day, at = _read(setting.promise, counting.zone)
        closing = None
        if day is not None and self.ends is Ends.CLOSE:
            closing = counting.closes(day)
            at = at if closing is None else closing
        if at <= anchor:
            raise RuleError(
                f"The promised time, {show(at, counting.zone)}, does not lie after the promise, "
                f"{show(anchor, counting.zone)}.",
                place=self.field,
                allowed="a date or time after the event that makes the promise",
            )
        if trace is not None:
            _note(self, day, at, trace, closing=closing is not None)
        return at

    def words(self, lang: Language = "en") -> str:
        """`promised`, `按承诺日期`."""
        close = {"en": ", until closing", "zh": "，至下班时"}[lang] if self.needs_calendar else ""
        return ("按承诺日期" if lang == "zh" else "promised") + close

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> Rule:  # noqa: ARG002 - the protocol's parameters
        """Nothing can be taken off: it raises `RuleError`."""
        raise nothing_to_take_off(self)


def promised_instant(value: str | dt.date, zone: Zone) -> Instant:
    """The instant that a promised date or time names; a date is its last microsecond in `zone`.

    Raises:
        RuleError: It is neither a date nor a time with an offset.
    """
    return _read(value, zone)[1]


def _read(value: str | dt.date, zone: Zone) -> tuple[dt.date | None, Instant]:
    try:
        if isinstance(value, str) and len(value) == len("2026-03-05"):
            value = dt.date.fromisoformat(value)
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            at = day_end(value, zone)
            return value, at
        return None, to_instant(value)
    except (TimeError, ValueError, OverflowError) as error:
        raise RuleError(
            f'"{value}" is not a promised date or time.',
            place="promised",
            allowed="a date such as 2026-03-05, or a time with an offset, 2026-03-05T17:00+08:00",
        ) from error


def _note(rule: Promised, day: dt.date | None, at: Instant, trace: Trace, *, closing: bool) -> None:
    if day is None:
        trace.note(rule.name, _TIME, at=at)
        return
    trace.note(rule.name, _DATE, last_day=day)
    ends = "close" if closing else "midnight"
    trace.note("day_end", _CLOSING if closing else _DAY_END, day=day, ends=ends, at=at)
