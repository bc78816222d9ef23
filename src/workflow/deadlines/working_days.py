"""Working days: due at the end of the n-th working day after the anchor's local day.

The anchor's own day is not counted (`count_anchor_day` counts it, if it is a working day).
A day counts when the calendar opens on it at all and no pause touches it. The options of
`day_end.py` say where in the last day it ends.

With `ends: same_time` (service desks) an anchor outside working time first moves to the next
opening; due is n working days later at the same local time. For 0 days: the anchor's own day,
or the first working day after it. Equality is on time.

Design: "How a due instant is computed", row "working days".
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from workflow.calendars.counting import Counting
from workflow.deadlines.day_count import counted_days, first_day, nth, run_on
from workflow.deadlines.day_end import instant_of
from workflow.deadlines.day_notes import note_days
from workflow.deadlines.options import DEFAULT_OPTIONS, DayOptions, Ends
from workflow.deadlines.rule import Rule, Setting, settled
from workflow.derivation import Language, Sentence, Trace
from workflow.durations import Counts, Duration
from workflow.errors import RuleError
from workflow.instants import Instant

_OPENING = Sentence(
    "{anchor} is outside working time: counted from the next opening, {moved_to}.",
    "{anchor}不在工作时间内：自下一上班时刻{moved_to}起算。",
)
_COUNTED = Sentence(
    "{amount}, counted from the day after {from_day}: the last is {last_day}.",
    "{amount}，自{from_day}的次日起算，末日为{last_day}。",
)
_COUNTED_IN = Sentence(
    "{amount}, {from_day} being day 1 if it is worked: the last is {last_day}.",
    "{amount}，{from_day}上班的以其为第1日，末日为{last_day}。",
)


@attrs.frozen(kw_only=True)
class WorkingDays:
    """Due with the n-th working day after the anchor's local day.

    Attributes:
        amount: Working days, such as `3 working days`.
        options: Where in the last day it ends, and whether the anchor's day counts.

    Raises:
        RuleError: The amount counts something other than working days.
    """

    name: ClassVar[str] = "working_days"

    amount: Duration
    options: DayOptions = DEFAULT_OPTIONS

    def __attrs_post_init__(self) -> None:
        """Check that the amount is working days."""
        if self.amount.counts is not Counts.WORKING_DAYS and self.amount:
            raise RuleError(
                f"{self.amount} are not working days.", place=self.name, allowed="working days"
            )

    @property
    def needs_calendar(self) -> bool:
        """Always: it says which days are worked."""
        return True

    def due(self, anchor: Instant, setting: Setting, trace: Trace | None = None) -> Instant | None:
        """The end of the last working day; None while a pause is open."""
        return settled(
            lambda counting, steps: self._due(anchor, counting, steps),
            anchor,
            setting.counting,
            trace,
        )

    def words(self, lang: Language = "en") -> str:
        """`3 working days`, `3个工作日`, with the options that differ from the defaults."""
        return self.amount.words(lang) + self.options.words(lang)

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> WorkingDays:  # noqa: ARG002 - the protocol hands over the rule that counted before
        """The rule less the working days after the day of `since`, up to that of `at`."""
        used = counted_days(since, at, setting.counting, working=True)
        left = max(self.amount.working_days - used, 0)
        return attrs.evolve(self, amount=Duration(working_days=left, unit="working day"))

    def _due(self, anchor: Instant, counting: Counting, trace: Trace | None) -> Instant | None:
        if self.options.ends is Ends.SAME_TIME:
            anchor = _into_working_time(anchor, counting, trace)
        start = first_day(anchor, self.options, counting, trace)
        if start is None:
            return None
        first, counted = start
        last = nth(first, self.amount.working_days, counting, counted=counted, working=True)
        if last is None:
            return None
        if trace is not None:
            trace.note(
                self.name,
                _COUNTED_IN if counted else _COUNTED,
                amount=self.amount,
                from_day=first,
                counted=counted,
                last_day=last,
            )
        note_days(first, last, counting, trace, working=True)
        last = run_on(last, first, self.options, counting, trace, counted=counted)
        return None if last is None else instant_of(last, self.options, anchor, counting, trace)


def _into_working_time(anchor: Instant, counting: Counting, trace: Trace | None) -> Instant:
    """The anchor, or the next opening when it lies outside working time."""
    calendar = counting.calendar
    if calendar is None or calendar.is_working_at(anchor):
        return anchor
    opening = calendar.next_opening_at(anchor)
    if trace is not None:
        trace.note("opening", _OPENING, anchor=anchor, moved_to=opening)
    return opening
