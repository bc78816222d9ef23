"""Months and years: due with the day of the same number in the n-th following month.

Where that month has no such day, its last day: one month after 31 January is the last of
February, one year after 29 February is 28 February. A date that the zone skipped moves to the
next. The anchor's own day is not counted; with `count_anchor_day` the period ends on the day
before, or on the month's last day where the number is missing (Japan's Civil Code art. 143).
With pauses it lasts as many local days as the nominal period, days that a pause touches not
counted. The options of `day_end.py` say where in the last day it ends and what a day off does.

Design: "How a due instant is computed", row "months, years".
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

import attrs

from workflow.calendars.counting import Counting
from workflow.calendars.local_days import day_exists
from workflow.deadlines.day_count import days_between, first_day, months_after, nth, run_on
from workflow.deadlines.day_end import instant_of
from workflow.deadlines.day_notes import note_days
from workflow.deadlines.options import DEFAULT_OPTIONS, DayOptions
from workflow.deadlines.rule import Rule, Setting, nothing_to_take_off, settled
from workflow.derivation import Language, Sentence, Trace
from workflow.durations import Counts, Duration
from workflow.errors import RuleError
from workflow.instants import Instant

_COUNTED = Sentence(
    "{amount} after {from_day}: the last day is {last_day}.",
    "自{from_day}起{amount}，末日为{last_day}。",
)
_COUNTED_IN = Sentence(
    "{amount}, {from_day} being day 1: the last day is {last_day}.",
    "{amount}，以{from_day}为第1日，末日为{last_day}。",
)
_NO_SUCH_DAY = Sentence(
    "That month has no day {number}; its last day counts instead.",
    "该月没有{number}日，以该月末日代之。",
)
_LONGER = Sentence(
    "The period holds {n} days; days in a pause are not counted, so it ends on {last_day}.",
    "该期间共{n}天；暂停之日不计，故末日为{last_day}。",
)


@attrs.frozen(kw_only=True)
class Months:
    """Due with the day of the same number so many months later.

    Attributes:
        amount: Months, such as `1 month` or `1 year`.
        options: Where in the last day it ends, and what a day off does.

    Raises:
        RuleError: The amount counts something other than months.
    """

    name: ClassVar[str] = "months"

    amount: Duration
    options: DayOptions = DEFAULT_OPTIONS

    def __attrs_post_init__(self) -> None:
        """Check that the amount is months."""
        if self.amount.counts is not Counts.MONTHS and self.amount:
            raise RuleError(
                f"{self.amount} is not months.", place=self.name, allowed="months and years"
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
        """`1 month`, `1个月`, with the options that differ from the defaults."""
        return self.amount.words(lang) + self.options.words(lang)

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> Rule:  # noqa: ARG002 - the protocol's parameters
        """Nothing can be taken off: it raises `RuleError`."""
        raise nothing_to_take_off(self)

    def _due(self, anchor: Instant, counting: Counting, trace: Trace | None) -> Instant | None:
        start = first_day(anchor, self.options, counting, trace)
        if start is None:
            return None
        first, counted = start
        last, same_number = months_after(first, self.amount.months)
        if counted and same_number and last > first:
            last -= dt.timedelta(days=1)
        while not day_exists(last, counting.zone):
            last += dt.timedelta(days=1)
        if trace is not None:
            said = _COUNTED_IN if counted else _COUNTED
            trace.note(
                self.name,
                said,
                amount=self.amount,
                from_day=first,
                counted=counted,
                last_day=last,
            )
            if not same_number:
                trace.note("month_end", _NO_SUCH_DAY, number=first.day)
        found = self._without_pauses(first, last, counting, trace, counted=counted)
        if found is not None:
            found = run_on(found, first, self.options, counting, trace, counted=counted)
        return None if found is None else instant_of(found, self.options, anchor, counting, trace)

    @staticmethod
    def _without_pauses(
        first: dt.date, last: dt.date, counting: Counting, trace: Trace | None, *, counted: bool
    ) -> dt.date | None:
        if not counting.pauses:
            return last
        n = days_between(first, last, counting, counted=counted)
        found = nth(first, n, counting, counted=counted, working=False)
        if trace is not None and found is not None and found != last:
            note_days(first, found, counting, trace, working=False)
            trace.note("runs_on", _LONGER, n=n, last_day=found)
        return found
