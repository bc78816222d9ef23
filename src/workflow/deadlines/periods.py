"""Periods of the calendar and points in them, as `recurring` names them.

Weeks, months, quarters; "the end of work", "day 5", "Friday". A period is named by its first
and its last local day, both of which belong to it.
"""

from __future__ import annotations

import calendar as month_lengths
import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

import attrs
from dateutil.rrule import rrulestr

from workflow.calendars.counting import Counting
from workflow.deadlines.options import wall_time
from workflow.derivation import Sentence
from workflow.errors import RuleError, did_you_mean
from workflow.instants import Instant

PERIODS: Final = {
    "day": Sentence("day", "每日"),
    "working day": Sentence("working day", "每个工作日"),
    "week": Sentence("week", "每周"),
    "month": Sentence("month", "每月"),
    "quarter": Sentence("quarter", "每季度"),
    "half year": Sentence("half year", "每半年"),
    "year": Sentence("year", "每年"),
}
"""The periods of the calendar, and what people call each."""

_MONTHS = {"month": 1, "quarter": 3, "half year": 6, "year": 12}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_DAY = re.compile(r"day ([1-9]|[12][0-9]|3[01])", re.ASCII)
_YEAR_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", re.ASCII)
_POINTS = {
    "end of day": Sentence("end of day", "当日24时"),
    "end of work": Sentence("end of work", "下班"),
    "beginning of the year": Sentence("beginning of the year", "年初"),
}
_LAST_YEAR = 2199


@attrs.frozen(kw_only=True)
class Period:
    """A period of the calendar.

    Attributes:
        label: Its name, such as `2026-03`, `2026-W10`, `2026-Q1`, `2026-H1`.
        first: Its first local day.
        last: Its last local day.
    """

    label: str
    first: dt.date
    last: dt.date


def period_of(every: str, day: dt.date) -> Period:
    """The period of that kind in which the day lies."""
    if every in {"day", "working day"}:
        return Period(label=day.isoformat(), first=day, last=day)
    if every == "week":
        year, week, weekday = day.isocalendar()
        first = day - dt.timedelta(days=weekday - 1)
        return Period(label=f"{year}-W{week:02d}", first=first, last=first + dt.timedelta(days=6))
    length = _MONTHS[every]
    number = (day.month - 1) // length
    month = number * length + length
    last = dt.date(day.year, month, month_lengths.monthrange(day.year, month)[1])
    label = {
        "month": f"{day.year}-{day.month:02d}",
        "quarter": f"{day.year}-Q{number + 1}",
        "half year": f"{day.year}-H{number + 1}",
        "year": f"{day.year}",
    }[every]
    return Period(label=label, first=dt.date(day.year, month - length + 1, 1), last=last)


def periods(every: str, day: dt.date) -> Iterator[Period]:
    """The periods of that kind from the one in which the day lies, to the year 2199."""
    while day.year <= _LAST_YEAR:
        period = period_of(every, day)
        yield period
        day = period.last + dt.timedelta(days=1)


def check_by(by: str, every: str) -> None:
    """Refuse a point that is not known, or does not lie in such a period.

    Raises:
        RuleError: With what is allowed, and the nearest.
    """
    if by in {"end of day", "end of work"} or wall_time(by):
        return
    fits = {
        "week": by in _WEEKDAYS,
        "month": bool(_MONTH_DAY.fullmatch(by)),
        "year": bool(_YEAR_DAY.fullmatch(by)) or by == "beginning of the year",
    }
    if not fits.get(every):
        raise RuleError(
            f'"{by}" does not name a time in every {every or "occurrence"}.',
            place="by",
            allowed="end of day, end of work, a wall time such as 17:00; for a week a weekday, "
            "for a month day 5, for a year 01-31 or beginning of the year",
            mend=did_you_mean(by, [it for it in (*_POINTS, *_WEEKDAYS) if it != by]),
        )


def point_in(period: Period, by: str, counting: Counting) -> Instant | None:
    """The instant that `by` names in the period; None for a point without a number.

    "End of work" is the closing of the period's last working day; where the calendar stays
    closed throughout, the period ends with its last day.
    """
    time = wall_time(by)
    if time is not None:
        return counting.wall(period.last, time)
    if by == "end of work":
        day = period.last
        while day >= period.first:
            closing = counting.closes(day)
            if closing is not None:
                return closing
            day -= dt.timedelta(days=1)
    return None if by == "beginning of the year" else counting.day_end(_day_in(period, by))


def _day_in(period: Period, by: str) -> dt.date:
    if by in _WEEKDAYS:
        return period.first + dt.timedelta(days=_WEEKDAYS.index(by))
    if found := _MONTH_DAY.fullmatch(by):
        return period.first.replace(day=min(int(found[1]), period.last.day))
    if found := _YEAR_DAY.fullmatch(by):
        year, month = period.first.year, int(found[1])
        return dt.date(year, month, min(int(found[2]), month_lengths.monthrange(year, month)[1]))
    return period.last


def words_of(by: str) -> Sentence:
    """The point as people say it."""
    if by in _WEEKDAYS:
        return Sentence(by.capitalize(), "周" + "一二三四五六日"[_WEEKDAYS.index(by)])
    if found := _MONTH_DAY.fullmatch(by):
        return Sentence(by, f"{found[1]}日")
    return _POINTS.get(by, Sentence(by, by))


_REFUSED = (
    "FREQ=HOURLY",
    "FREQ=MINUTELY",
    "FREQ=SECONDLY",
    "DTSTART",
    "BYHOUR",
    "BYMINUTE",
    "BYSECOND",
)


def rrule_days(text: str, start: dt.date) -> Iterator[dt.date]:
    """The local days of an RFC 5545 recurrence from `start`, to the year 2199.

    A month or year that has no day of the start's number has its last day instead: the
    standard skips it, and a duty that falls due monthly would then be owed seven times a year.
    A rule that names days of its own (`BYMONTHDAY=31`) is followed to the letter.

    Raises:
        RuleError: It cannot be read, or holds times of day: the recurrence runs over days.
    """
    text = text.strip().upper().removeprefix("RRULE:")
    refused = next((part for part in _REFUSED if part in text), "")
    if refused or "FREQ=" not in text or "\n" in text:
        raise RuleError(
            f'"{text}" is not a recurrence over days.',
            place="rrule",
            allowed="RFC 5545 with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY and no times of day",
            mend='For hours write every: "2 h"; for a time of day write by: "17:00".',
        )
    try:
        days = rrulestr(
            _month_ends_kept(text, start), dtstart=dt.datetime.combine(start, dt.time())
        )
    except (ValueError, TypeError, KeyError) as error:
        raise RuleError(
            f'"{text}" is not an RFC 5545 recurrence: {error}.',
            place="rrule",
            allowed="such as FREQ=WEEKLY;BYDAY=MO,TH; UNTIL as a date, 20261231",
        ) from error
    for found in days:
        if found.year > _LAST_YEAR:
            return
        yield found.date()


def _month_ends_kept(text: str, start: dt.date) -> str:
    """The rule, with the last day standing in for a day of the start's number that is missing."""
    if start.day <= 28 or "BY" in text:
        return text
    days = ",".join(str(day) for day in range(28, start.day + 1))
    if "FREQ=MONTHLY" in text:
        return f"{text};BYMONTHDAY={days};BYSETPOS=-1"
    if "FREQ=YEARLY" in text:
        return f"{text};BYMONTH={start.month};BYMONTHDAY={days};BYSETPOS=-1"
    return text
