"""Calendar days: due at the end of the n-th local day after the anchor's local day.

The anchor's own day is not counted (`count_anchor_day` counts it). Every local day counts,
days off too; a day that a pause touches does not. The options of `day_end.py` say where in the
last day it ends and whether a last day off moves. A week is seven days. For 0 days: the
anchor's own day. Equality is on time.

Design: "How a due instant is computed", row "calendar days".
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from workflow.calendars.counting import Counting
from workflow.deadlines.day_count import counted_days, first_day, nth, run_on
from workflow.deadlines.day_end import instant_of
from workflow.deadlines.day_notes import note_days
from workflow.deadlines.options import DEFAULT_OPTIONS, DayOptions
from workflow.deadlines.rule import Rule, Setting, settled
from workflow.derivation import Language, Sentence, Trace
from workflow.durations import Counts, Duration
from workflow.errors import RuleError
from workflow.instants import Instant

_COUNTED = Sentence(
    "{amount}, counted from the day after {from_day}: the last is {last_day}.",
    "{amount}，自{from_day}的次日起算，末日为{last_day}。",
)
_COUNTED_IN = Sentence(
    "{amount}, {from_day} being day 1: the last is {last_day}.",
    "{amount}，以{from_day}为第1日，末日为{last_day}。",
)


@attrs.frozen(kw_only=True)
class CalendarDays:
    """Due with the n-th local day after the anchor's.

    Attributes:
        amount: Local days, such as `3 days` or `2 weeks`.
        options: Where in the last day it ends, and what a day off does.

    Raises:
        RuleError: The amount counts something other than local days.
    """

    name: ClassVar[str] = "calendar_days"

    amount: Duration
    options: DayOptions = DEFAULT_OPTIONS

    def __attrs_post_init__(self) -> None:
        """Check that the amount is local days."""
        if self.amount.counts is not Counts.DAYS and self.amount:
            raise RuleError(
                f"{self.amount} are not calendar days.", place=self.name, allowed="days and weeks"
            )

    @property
    def needs_calendar(self) -> bool:
        """Only for the options that ask which days are worked."""
        return self.options.needs_calendar

    def due(self, anchor: Instant, setting: Setting, trace: Trace | None = None) -> Instant | None:
        """The end of the last day; None while a pause is open."""
        return settled(
            lambda counting, steps: self._due(anchor, counting, steps),
            anchor,
            setting.counting,
            trace,
        )

    def words(self, lang: Language = "en") -> str:
        """`3 days`, `3天`, with the options that differ from the defaults."""
        return self.amount.words(lang) + self.options.words(lang)

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> CalendarDays:  # noqa: ARG002 - the protocol hands over the rule that counted before
        """The rule less the local days after that of `since`, up to that of `at`."""
        used = counted_days(since, at, setting.counting, working=False)
        left = max(self.amount.days - used, 0)
        return attrs.evolve(self, amount=Duration(days=left, unit="day"))

    def _due(self, anchor: Instant, counting: Counting, trace: Trace | None) -> Instant | None:
        start = first_day(anchor, self.options, counting, trace)
        if start is None:
            return None
        first, counted = start
        last = nth(first, self.amount.days, counting, counted=counted, working=False)
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
        note_days(first, last, counting, trace, working=False)
        last = run_on(last, first, self.options, counting, trace, counted=counted)
        return None if last is None else instant_of(last, self.options, anchor, counting, trace)
