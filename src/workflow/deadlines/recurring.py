"""Recurring: a series of duties, each occurrence a clock of its own with its own label.

`every` is one of

- `day`, `working day`, `week`, `month`, `quarter`, `half year`, `year`: the periods of the
  calendar, Monday to Sunday, January to March and so on. The first is the one in which the
  series starts; a period opens with its first local day, or with the start;
- an amount, counted from the start: `2 h`, `3 days`, `2 weeks`, `1 month`, `6 months`,
  `5 working days`. Due with the n-th, 2n-th, ... of them. From the 31st, every month has its
  turn: the last day stands in for a day that a month does not have.

or `rrule` holds an RFC 5545 recurrence over local days (`FREQ=WEEKLY;BYDAY=MO,TH`).

An occurrence is due at the end of its last day, unless `by` names another time in it. With
`beginning of the year` a plan gives no number, so an occurrence has no due instant. What would
be due before the series starts is left out. A daily occurrence on a day that a pause touches is
left out, amounts of time and days leave pauses out, and longer periods are not moved by one.

Design: "How a due instant is computed", row "recurring".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import ClassVar

import attrs

from workflow.calendars.counting import Counting
from workflow.deadlines.periods import (
    PERIODS,
    check_by,
    period_of,
    periods,
    rrule_days,
    words_of,
)
from workflow.deadlines.quota import Quota, is_count, pair_of
from workflow.deadlines.rule import Rule, Setting, nothing_to_take_off
from workflow.deadlines.series import Occurrence, of_days, of_periods, of_time
from workflow.derivation import Language, Sentence, Trace
from workflow.durations import Counts, Duration
from workflow.errors import DurationError, RuleError, did_you_mean
from workflow.instants import Instant

_FIRST = Sentence(
    "The first occurrence is {label}: it opens {opens}, and is due {due}.",
    "首次为{label}：自{opens}起，至{due}止。",
)
_UNDATED = Sentence(
    "The first occurrence is {label}: it opens {opens}; the plan gives no number for its end.",
    "首次为{label}：自{opens}起；预案未规定具体时限。",
)
_TIMED = frozenset({Counts.EXACT, Counts.WORKING_TIME})


@attrs.frozen(kw_only=True)
class Recurring:
    """A series of duties.

    Attributes:
        every: A period of the calendar, or an amount counted from the start.
        rrule: An RFC 5545 recurrence over local days, instead of `every`.
        by: By when in the period: `end of day` (the default), `end of work`, a wall time; for a
            week a weekday (`friday`), for a month `day 5`, for a year `01-31` or
            `beginning of the year`.
        of: What is owed so many times, in words.
        at_least: The least number of times in a period.
        between: The least and the most.
        more_than: More than so many times.
        count: Exactly so many times.

    Raises:
        RuleError: Neither or both of `every` and `rrule`, more than one number of times, or one
            of them cannot be read.
    """

    name: ClassVar[str] = "recurring"

    every: str = ""
    rrule: str = ""
    by: str = "end of day"
    of: str = ""
    at_least: int | None = None
    between: tuple[int, int] | None = attrs.field(default=None, converter=pair_of)
    more_than: int | None = None
    count: int | None = None

    def __attrs_post_init__(self) -> None:
        """Check every part, so that walking the series cannot fail."""
        if bool(self.every) == bool(self.rrule):
            raise RuleError(
                "A series names how it recurs, once.", place=self.name, allowed="every, or rrule"
            )
        numbers = (self.at_least, self.between, self.more_than, self.count)
        if sum(number is not None for number in numbers) > 1 or not all(
            number is None or isinstance(number, tuple) or is_count(number) for number in numbers
        ):
            raise RuleError(
                "A series names how many times it is owed at most once, as a whole number.",
                place=self.name,
                allowed="at_least, between, more_than, count",
            )
        if self.rrule:
            next(rrule_days(self.rrule, dt.date(2024, 1, 31)), None)
        elif self.every not in PERIODS:
            self._check_amount()
        check_by(self.by, self.every)

    @property
    def quota(self) -> Quota:
        """How many times it is owed in each occurrence; once, if the plan does not say."""
        if self.between is not None:
            return Quota(least=self.between[0], most=self.between[1])
        if self.count is not None:
            return Quota(least=self.count, most=self.count)
        if self.more_than is not None:
            return Quota(least=self.more_than + 1)
        return Quota(least=1 if self.at_least is None else self.at_least)

    @property
    def needs_calendar(self) -> bool:
        """For working days, working time and the end of work."""
        counts = self._amount.counts if self._amount is not None else None
        return (
            self.every == "working day"
            or self.by == "end of work"
            or counts in {Counts.WORKING_DAYS, Counts.WORKING_TIME}
        )

    def occurrences(
        self, start: Instant, until: Instant | None, counting: Counting
    ) -> Iterator[Occurrence]:
        """The occurrences from `start` that open before `until`, in order, found as they are asked.

        Without `until` the series runs to the year 2199. It stops at an open pause that holds
        up its next occurrence.
        """
        for found in self._all(start, counting):
            if until is not None and found.opens >= until:
                return
            if found.due is None or found.due >= start:
                yield found

    def due(self, anchor: Instant, setting: Setting, trace: Trace | None = None) -> Instant | None:
        """The due instant of the first occurrence that has one or is undated."""
        first = next(self.occurrences(anchor, None, setting.counting), None)
        if first is None:
            return None
        if trace is not None:
            said = _UNDATED if first.due is None else _FIRST
            trace.note(self.name, said, label=first.label, opens=first.opens, due=first.due)
        return first.due

    def words(self, lang: Language = "en") -> str:
        """The series as people say it: `at least 3 times every day, by end of work`."""
        by = "" if self.by == "end of day" else words_of(self.by).words(lang)
        if lang == "zh":
            text = self._every_words(lang) + self._times_words(lang)
            return text + (f"，{by}前" if by else "") + (f"：{self.of}" if self.of else "")
        text = " ".join(filter(None, (self._times_words(lang), self._every_words(lang))))
        return text + (f", by {by}" if by else "") + (f": {self.of}" if self.of else "")

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> Rule:  # noqa: ARG002 - the protocol's parameters
        """Nothing can be taken off: it raises `RuleError`."""
        raise nothing_to_take_off(self)

    @property
    def _amount(self) -> Duration | None:
        return None if self.rrule or self.every in PERIODS else Duration.parse(self.every)

    def _check_amount(self) -> None:
        try:
            amount = Duration.parse(self.every)
        except DurationError as error:
            raise RuleError(
                f'"{self.every}" is not how often something recurs.',
                place="every",
                allowed=f"{', '.join(PERIODS)}, or an amount such as 2 h, 3 days, 6 months",
                mend=did_you_mean(self.every, PERIODS) or error.mend,
            ) from error
        if not amount or amount.counts is Counts.COMPOSITE:
            raise RuleError(
                f'"{self.every}" is not how often something recurs.',
                place="every",
                allowed="an amount of one unit, more than zero",
            )
        if amount.counts in _TIMED and self.by != "end of day":
            raise RuleError(
                f'"{self.by}" is a point in a day, and "{self.every}" is not counted in days.',
                place="by",
                allowed="no `by` beside an amount of time",
            )

    def _all(self, start: Instant, counting: Counting) -> Iterator[Occurrence]:
        amount = self._amount
        if amount is None:
            today = counting.local_day(start)
            found = (
                (period_of("day", day) for day in rrule_days(self.rrule, today))
                if self.rrule
                else periods(self.every, today)
            )
            return of_periods(found, self.every, self.by, self.quota, start, counting)
        if amount.counts in _TIMED:
            return of_time(amount, self.quota, start, counting)
        return of_days(amount, self.by, self.quota, start, counting)

    def _every_words(self, lang: Language) -> str:
        if self.rrule:
            return f"按{self.rrule}" if lang == "zh" else f"by {self.rrule}"
        if self._amount is not None:
            said = self._amount.words(lang)
            return f"每{said}" if lang == "zh" else f"every {said}"
        said = PERIODS[self.every].words(lang)
        return said if lang == "zh" else f"every {said}"

    def _times_words(self, lang: Language) -> str:
        once = self.quota == Quota() and self.at_least is None
        return "" if once else self.quota.words(lang)
