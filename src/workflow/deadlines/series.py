"""The occurrences of a series, walked one by one: by periods, by amounts of time, by days.

Each walk begins at the start of the series, stays within the calendar's years and ends at an open
pause that holds up the next occurrence. Nothing is found before it is asked for.
Design: "How a due instant is computed", row "recurring".
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator

import attrs

from workflow.calendars.counting import Counting
from workflow.calendars.local_days import day_start
from workflow.deadlines.day_count import months_after
from workflow.deadlines.periods import Period, point_in
from workflow.deadlines.quota import Quota
from workflow.deadlines.rule import settled
from workflow.derivation import Trace
from workflow.durations import Counts, Duration
from workflow.instants import Instant, Micros, to_moment, zone_of

_LAST_YEAR = 2199


@attrs.frozen(kw_only=True)
class Occurrence:
    """One duty of the series.

    Attributes:
        label: Its lasting name within the series: the period (`2026-03-02`, `2026-W10`,
            `2026-03`, `2026-Q1`, `2026-H1`, `2026`), the day it is due, or for amounts of time
            the UTC stamp of its opening (`20260302T084000Z`).
        opens: When it begins to be owed.
        due: When it is due, or None where the plan gives no number.
        quota: How many times it is owed.
    """

    label: str
    opens: Instant
    due: Instant | None
    quota: Quota


def of_periods(
    found: Iterable[Period], every: str, by: str, quota: Quota, start: Instant, counting: Counting
) -> Iterator[Occurrence]:
    """The periods of the calendar, or the days of a recurrence rule."""
    daily = every in {"day", "working day"}
    for period in found:
        if every == "working day" and not counting.working_day(period.first):
            continue
        due = point_in(period, by, counting)
        opens = max(start, day_start(period.first, counting.zone))
        if daily and due is not None and counting.before(due).touched(period.first):
            continue
        yield Occurrence(label=period.label, opens=opens, due=due, quota=quota)


def of_time(
    amount: Duration, quota: Quota, start: Instant, counting: Counting
) -> Iterator[Occurrence]:
    """An amount of exact or working time, again and again."""
    working = amount.counts is Counts.WORKING_TIME
    add = counting.add_working if working else counting.add_elapsed
    size = amount.working if working else amount.exact
    opens = start
    for n in itertools.count(1):
        due = add(start, Micros(size * n))
        if due is None or to_moment(due, counting.zone).year > _LAST_YEAR:
            return
        stamp = to_moment(opens, zone_of("UTC"))
        yield Occurrence(label=f"{stamp:%Y%m%dT%H%M%SZ}", opens=opens, due=due, quota=quota)
        opens = due


def of_days(
    amount: Duration, by: str, quota: Quota, start: Instant, counting: Counting
) -> Iterator[Occurrence]:
    """An amount of days or months, again and again; the start's own day is not counted."""
    first, opens = counting.local_day(start), start
    for n in itertools.count(1):
        due = settled(_nth_end(first, amount * n, by), start, counting)
        if due is None:
            return
        day = counting.local_day(due)
        yield Occurrence(label=day.isoformat(), opens=opens, due=due, quota=quota)
        opens = Instant(due + 1)
        if day.year >= _LAST_YEAR:
            return


def _nth_end(
    first: dt.date, amount: Duration, by: str
) -> Callable[[Counting, Trace | None], Instant | None]:
    """What finds the end of the day that lies `amount` after `first`, for `settled`."""

    def end(counting: Counting, _: Trace | None) -> Instant | None:
        day: dt.date | None
        if amount.counts is Counts.MONTHS:
            day = months_after(first, amount.months)[0]
        else:
            working = amount.counts is Counts.WORKING_DAYS
            n = amount.working_days if working else amount.days
            day = counting.nth_day(first, n, working=working)
        if day is None:
            return None
        return point_in(Period(label="", first=day, last=day), by, counting)

    return end
