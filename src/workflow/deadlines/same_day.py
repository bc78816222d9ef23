"""Same day: due at the end of the anchor's local day.

`ends: midnight` (the default) is the last microsecond of that local day. `ends: close` is the
closing of that day; an anchor after closing, or on a day off, then counts for the next working
day. An anchor exactly at closing is due at once, which is on time. If a pause touches what is
left of the day, it is the end of the next local day that no pause touches.

Design: "How a due instant is computed", row "same day".
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from workflow.calendars.counting import Counting
from workflow.deadlines.day_notes import note_days, why_closed
from workflow.deadlines.options import Ends, as_ends
from workflow.deadlines.rule import Rule, Setting, nothing_to_take_off, settled
from workflow.derivation import Language, Sentence, Trace
from workflow.errors import RuleError
from workflow.instants import Instant

_SAME_DAY = Sentence("Due the same day, {last_day}.", "当日到期：{last_day}。")
_NEXT_DAY = Sentence(
    "A pause touches what is left of {from_day}; due on {last_day}.",
    "{from_day}余下的时间有暂停；到期日为{last_day}。",
)
_AFTER_CLOSING = Sentence(
    "Work on {from_day} had closed; it counts for the next working day, {last_day}.",
    "{from_day}已下班，计为下一工作日{last_day}。",
)
_DAY_OFF = Sentence(
    "{from_day} is no working day ({why}); it counts for the next, {last_day}.",
    "{from_day}为休息日（{why}），计为下一工作日{last_day}。",
)
_DAY_END = Sentence("It ends with that day, {at}.", "至该日24时止，即{at}。")
_CLOSING = Sentence("It ends when work closes that day, {at}.", "至该日工作时间结束时止，即{at}。")


@attrs.frozen(kw_only=True)
class SameDay:
    """Due at the end of the anchor's own local day.

    Attributes:
        ends: Midnight, or closing.

    Raises:
        RuleError: `ends` is `same_time`, which would be the anchor itself.
    """

    name: ClassVar[str] = "same_day"

    ends: Ends = attrs.field(default=Ends.MIDNIGHT, converter=as_ends)

    def __attrs_post_init__(self) -> None:
        """Check that it ends later than at once."""
        if self.ends is Ends.SAME_TIME:
            raise RuleError(
                "The same day at the same time is the anchor itself.",
                place=self.name,
                allowed="ends: midnight, ends: close",
            )

    @property
    def needs_calendar(self) -> bool:
        """Only to end at closing."""
        return self.ends is Ends.CLOSE

    def due(self, anchor: Instant, setting: Setting, trace: Trace | None = None) -> Instant | None:
        """The end of the day; None while a pause is open."""
        return settled(
            lambda counting, steps: self._due(anchor, counting, steps),
            anchor,
            setting.counting,
            trace,
        )

    def words(self, lang: Language = "en") -> str:
        """`same day`, `当日`."""
        if self.ends is Ends.CLOSE:
            return "当日下班前" if lang == "zh" else "same day, until closing"
        return "当日" if lang == "zh" else "same day"

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> Rule:  # noqa: ARG002 - the protocol's parameters
        """Nothing can be taken off: it raises `RuleError`."""
        raise nothing_to_take_off(self)

    def _due(self, anchor: Instant, counting: Counting, trace: Trace | None) -> Instant | None:
        day = counting.local_day(anchor)
        closes = self.ends is Ends.CLOSE
        end = counting.closes(day) if closes else counting.day_end(day)
        late = end is None or end < anchor
        paused = counting.touched(day) and bool(
            counting.pauses.clip(anchor, Instant(counting.day_end(day) + 1))
        )
        last: dt.date | None = day
        if late or paused:
            last = counting.nth_day(day, 1, working=closes)
            end = None if last is None else _end(last, counting, closes=closes)
        if last is None or end is None:
            return None
        if trace is not None:
            said = _NEXT_DAY if paused else _AFTER_CLOSING if end else _SAME_DAY
            if not late and not paused:
                said = _SAME_DAY
            elif late and counting.closes(day) is None:
                said = _DAY_OFF
            why = why_closed(day, counting) if said is _DAY_OFF else ""
            trace.note(self.name, said, from_day=day, last_day=last, why=why)
            note_days(day, last, counting, trace, working=closes)
            ends = _CLOSING if closes else _DAY_END
            trace.note("day_end", ends, day=last, ends=self.ends.value, at=end)
        return end


def _end(day: dt.date, counting: Counting, *, closes: bool) -> Instant | None:
    return counting.closes(day) if closes else counting.day_end(day)
