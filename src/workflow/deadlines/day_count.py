"""Counting days from an anchor: what the rules that count days have in common."""

from __future__ import annotations

import calendar as month_lengths
import datetime as dt

import attrs

from workflow.calendars.counting import Counting
from workflow.calendars.local_days import day_exists
from workflow.calendars.spans import Spans
from workflow.deadlines.options import AnchorOffDay, DayOptions
from workflow.derivation import Sentence, Trace
from workflow.errors import TimeRangeError
from workflow.instants import Instant

_OFF_DAY = Sentence(
    "{from_day} is no working day, so {first_day} is day 1.",
    "{from_day}为休息日，以{first_day}为第1日。",
)
_RUNS_ON = Sentence(
    "That holds fewer than {n} working days; it runs on to {last_day}.",
    "其间不足{n}个工作日，延至{last_day}。",
)


def first_day(
    anchor: Instant, options: DayOptions, counting: Counting, trace: Trace | None
) -> tuple[dt.date, bool] | None:
    """The local day from which days are counted, and whether it is itself day 1.

    The first working day is where the count begins, in a pause or not; whether it counts is asked
    afterwards, as of every day. None: the calendar knows no working day after the anchor.
    """
    day = counting.local_day(anchor)
    off = options.anchor_off_day is AnchorOffDay.FIRST_WORKING_DAY
    if not off or counting.working_day(day):
        return day, options.count_anchor_day
    found = attrs.evolve(counting, pauses=Spans()).nth_day(day, 1, working=True)
    if found is None:
        return None
    if trace is not None:
        trace.note("anchor_off_day", _OFF_DAY, from_day=day, first_day=found)
    return found, True


def nth(
    day: dt.date, n: int, counting: Counting, *, counted: bool, working: bool
) -> dt.date | None:
    """The n-th counted day; with `counted`, `day` itself is the first if it counts at all.

    For 0, `day` itself or the first day after it that counts. None: an open pause holds it up.
    """
    counts = not counting.touched(day) and (not working or counting.working_day(day))
    if counted and counts:
        n -= 1
    if n <= 0:
        return day if counts else counting.nth_day(day, 1, working=working)
    return counting.nth_day(day, n, working=working)


def run_on(
    last: dt.date,
    first: dt.date,
    options: DayOptions,
    counting: Counting,
    trace: Trace | None,
    *,
    counted: bool,
) -> dt.date | None:
    """The last day, or a later one by which the period holds its least number of working days."""
    least = options.min_working_days
    if not least:
        return last
    enough = nth(first, least, counting, counted=counted, working=True)
    if enough is None or enough <= last:
        return None if enough is None else last
    if trace is not None:
        trace.note("runs_on", _RUNS_ON, n=least, last_day=enough)
    return enough


def counted_days(since: Instant, at: Instant, counting: Counting, *, working: bool) -> int:
    """How many counted days lie after the local day of `since`, up to that of `at`.

    A pause that begins later on the day of `at` touches that day too: a day counts or does not
    count as a whole, whenever one asks.
    """
    last = counting.local_day(at)
    known = counting.before(Instant(counting.day_end(last) + 1))
    count = 0
    day = known.nth_day(known.local_day(since), 1, working=working)
    while day is not None and day <= last:
        count += 1
        day = known.nth_day(day, 1, working=working)
    return count


def days_between(first: dt.date, last: dt.date, counting: Counting, *, counted: bool) -> int:
    """How many dates from `first` (itself only if `counted`) to `last` exist in the zone."""
    return sum(
        day_exists(first + dt.timedelta(days=ahead), counting.zone)
        for ahead in range(0 if counted else 1, (last - first).days + 1)
    )


def months_after(day: dt.date, months: int) -> tuple[dt.date, bool]:
    """The day of the same number so many months later, or that month's last; and which it is.

    Raises:
        TimeRangeError: That lies outside the years that the package knows.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > 2200:
        raise TimeRangeError(
            "A period ends after the year 2200.", allowed="1900-01-01 to 2200-12-31"
        )
    last = month_lengths.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last)), day.day <= last
