"""What the rules refuse, word for word: what was found, where, what is allowed, how to mend it."""

import datetime as dt

import pytest

from workflow.calendars import Counting, WorkingCalendar
from workflow.deadlines.calendar_days import CalendarDays
from workflow.deadlines.combined import EarliestOf, LatestOf, Part
from workflow.deadlines.composite import Composite
from workflow.deadlines.day_count import months_after
from workflow.deadlines.elapsed import Elapsed, as_start
from workflow.deadlines.fixed import Fixed
from workflow.deadlines.months import Months
from workflow.deadlines.options import (
    DayOptions,
    as_anchor_off_day,
    as_count,
    as_ends,
    as_flag,
    as_rollover,
    as_rollover_at,
)
from workflow.deadlines.promised import Promised
from workflow.deadlines.promptly import Promptly
from workflow.deadlines.recurring import Recurring
from workflow.deadlines.rule import Setting
from workflow.deadlines.same_day import SameDay
from workflow.deadlines.working_days import WorkingDays
from workflow.deadlines.working_time import WorkingTime
from workflow.durations import Duration
from workflow.errors import WorkflowError
from workflow.instants import to_instant, zone_of
from workflow.plans.due import due

AT = "2026-03-02T10:00+08:00"
CALENDAR = WorkingCalendar("Asia/Shanghai", {"mon-fri": ["09:00-18:00"]})
HOUR, DAY = Duration.parse("1 h"), Duration.parse("1 day")


def less(rule):
    """What is left of a rule when nothing has been used."""
    at = to_instant(AT)
    return rule.less(rule, at, at, Setting(counting=Counting(zone=zone_of("Asia/Shanghai"))))


COUNTING = "elapsed, working_time, calendar_days, working_days"
COUNT_OTHERWISE = "Let a change of level count `from_anchor`, `restart` or `stricter` instead."
POINTS = "end of day, end of work, a wall time such as 17:00; for a week a weekday, for a month day 5, for a year 01-31 or beginning of the year"
RECURRENCES = "RFC 5545 with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY and no times of day"
HOURS = 'For hours write every: "2 h"; for a time of day write by: "17:00".'
ONCE = "A series names how many times it is owed at most once, as a whole number."
NUMBERS = "at_least, between, more_than, count"
# The error's text, its place, what is allowed, how to mend it; and what raises it.
REFUSED = [
    (
        '"midnite" is not a value of ends.',
        "ends",
        "midnight, close, same_time",
        'Did you mean "midnight"?',
        lambda: as_ends("midnite"),
    ),
    ('"3" is not a value of ends.', "ends", "midnight, close, same_time", "", lambda: as_ends(3)),
    (
        '"next_workin_day" is not a value of rollover.',
        "rollover",
        "none, next_working_day, previous_working_day",
        'Did you mean "next_working_day"?',
        lambda: as_rollover("next_workin_day"),
    ),
    (
        '"day_2" is not a value of anchor_off_day.',
        "anchor_off_day",
        "count_normally, first_working_day_is_day_1",
        "",
        lambda: as_anchor_off_day("day_2"),
    ),
    (
        '"25:00" is not a value of rollover_at.',
        "rollover_at",
        "end, same_time, or a wall time such as 12:00",
        "",
        lambda: as_rollover_at("25:00"),
    ),
    (
        '"same_tme" is not a value of rollover_at.',
        "rollover_at",
        "end, same_time, or a wall time such as 12:00",
        'Did you mean "same_time"?',
        lambda: as_rollover_at("same_tme"),
    ),
    ("'yes' is neither true nor false.", "", "true, false", "", lambda: as_flag("yes")),
    ("1 is neither true nor false.", "", "true, false", "", lambda: as_flag(1)),
    ("367 is not a count of days.", "", "a whole number, 0 to 366", "", lambda: as_count(367)),
    ("-1 is not a count of days.", "", "a whole number, 0 to 366", "", lambda: as_count(-1)),
    ("True is not a count of days.", "", "a whole number, 0 to 366", "", lambda: as_count(True)),
    ("1.0 is not a count of days.", "", "a whole number, 0 to 366", "", lambda: as_count(1.0)),
    (
        '"at_one" is not a value of start.',
        "start",
        "at_once, next_full_hour",
        'Did you mean "at_once"?',
        lambda: as_start("at_one"),
    ),
    ("1 day is not exact time.", "elapsed", "s, min and h", "", lambda: Elapsed(amount=DAY)),
    (
        "1 h is not working time.",
        "working_time",
        "working min and working hours",
        "",
        lambda: WorkingTime(amount=HOUR),
    ),
    (
        "1 h are not calendar days.",
        "calendar_days",
        "days and weeks",
        "",
        lambda: CalendarDays(amount=HOUR),
    ),
    (
        "1 day are not working days.",
        "working_days",
        "working days",
        "",
        lambda: WorkingDays(amount=DAY),
    ),
    ("1 day is not months.", "months", "months and years", "", lambda: Months(amount=DAY)),
    (
        "1 day is an amount of one unit.",
        "composite",
        "an ISO 8601 duration of several, such as P1M3DT12H",
        "",
        lambda: Composite(amount=DAY),
    ),
    (
        "P1M3DT12H ends with exact time, so no day ends it.",
        "composite",
        "no options",
        "",
        lambda: Composite(amount=Duration.parse("P1M3DT12H"), options=DayOptions(ends="close")),
    ),
    (
        "The same day at the same time is the anchor itself.",
        "same_day",
        "ends: midnight, ends: close",
        "",
        lambda: SameDay(ends="same_time"),
    ),
    (
        "A promised date does not end at the time of the promise.",
        "promised",
        "ends: midnight, ends: close",
        "",
        lambda: Promised(ends="same_time"),
    ),
    (
        "A fixed time is a date or an instant.",
        "fixed",
        "one of them; Fixed.at reads either",
        "",
        Fixed,
    ),
    (
        "A fixed time is a date or an instant.",
        "fixed",
        "one of them; Fixed.at reads either",
        "",
        lambda: Fixed(day=dt.date(2022, 1, 15), instant=0),
    ),
    (
        "A fixed time does not end at same_time.",
        "fixed",
        "for a date, ends: midnight or ends: close",
        "",
        lambda: Fixed(day=dt.date(2022, 1, 15), ends="same_time"),
    ),
    (
        "A fixed time does not end at close.",
        "fixed",
        "for a date, ends: midnight or ends: close",
        "",
        lambda: Fixed(instant=0, ends="close"),
    ),
    (
        "A fixed time does not end at same_time.",
        "fixed",
        "for a date, ends: midnight or ends: close",
        "",
        lambda: Fixed(instant=0, ends="same_time"),
    ),
    (
        '"2022-01-32" is not a fixed date or time.',
        "fixed",
        "a date (2022-01-15), or a time with an offset (2022-01-15T12:00+08:00)",
        "",
        lambda: Fixed.at("2022-01-32"),
    ),
    (
        '"soon" is not a fixed date or time.',
        "fixed",
        "a date (2022-01-15), or a time with an offset (2022-01-15T12:00+08:00)",
        "",
        lambda: Fixed.at("soon"),
    ),
    (
        '"2022-01-15T12:00" is not a fixed date or time.',
        "fixed",
        "a date (2022-01-15), or a time with an offset (2022-01-15T12:00+08:00)",
        "",
        lambda: Fixed.at("2022-01-15T12:00"),
    ),
    (
        "A choice between rules has no parts.",
        "",
        "at least one part",
        "",
        lambda: EarliestOf(parts=()),
    ),
    (
        "A series names how it recurs, once.",
        "recurring",
        "every, or rrule",
        "",
        Recurring,
    ),
    (
        "A series names how it recurs, once.",
        "recurring",
        "every, or rrule",
        "",
        lambda: Recurring(every="day", rrule="FREQ=DAILY"),
    ),
    (ONCE, "recurring", NUMBERS, "", lambda: Recurring(every="day", at_least=1, count=2)),
    (ONCE, "recurring", NUMBERS, "", lambda: Recurring(every="day", count=-1)),
    (ONCE, "recurring", NUMBERS, "", lambda: Recurring(every="day", at_least=True)),
    (ONCE, "recurring", NUMBERS, "", lambda: Recurring(every="day", more_than=1_000_001)),
    (
        "[2, 1] is not a pair of numbers.",
        "between",
        "such as [1, 2]",
        "",
        lambda: Recurring(every="day", between=[2, 1]),
    ),
    (
        "[1, 2, 3] is not a pair of numbers.",
        "between",
        "such as [1, 2]",
        "",
        lambda: Recurring(every="day", between=[1, 2, 3]),
    ),
    (
        "[1, 1000001] is not a pair of numbers.",
        "between",
        "such as [1, 2]",
        "",
        lambda: Recurring(every="day", between=[1, 1_000_001]),
    ),
    (
        "'12' is not a pair of numbers.",
        "between",
        "such as [1, 2]",
        "",
        lambda: Recurring(every="day", between="12"),
    ),
    (
        '"fortnight" is not how often something recurs.',
        "every",
        "day, working day, week, month, quarter, half year, year, or an amount such as 2 h, 3 days, 6 months",
        "",
        lambda: Recurring(every="fortnight"),
    ),
    (
        '"mont" is not how often something recurs.',
        "every",
        "day, working day, week, month, quarter, half year, year, or an amount such as 2 h, 3 days, 6 months",
        'Did you mean "month"?',
        lambda: Recurring(every="mont"),
    ),
    (
        '"0 h" is not how often something recurs.',
        "every",
        "an amount of one unit, more than zero",
        "",
        lambda: Recurring(every="0 h"),
    ),
    (
        '"P1M3D" is not how often something recurs.',
        "every",
        "an amount of one unit, more than zero",
        "",
        lambda: Recurring(every="P1M3D"),
    ),
    (
        '"17:00" is a point in a day, and "2 h" is not counted in days.',
        "by",
        "no `by` beside an amount of time",
        "",
        lambda: Recurring(every="2 h", by="17:00"),
    ),
    (
        '"end of work" is a point in a day, and "2 working hours" is not counted in days.',
        "by",
        "no `by` beside an amount of time",
        "",
        lambda: Recurring(every="2 working hours", by="end of work"),
    ),
    (
        '"friday" does not name a time in every day.',
        "by",
        POINTS,
        "",
        lambda: Recurring(every="day", by="friday"),
    ),
    (
        '"fryday" does not name a time in every week.',
        "by",
        POINTS,
        'Did you mean "friday"?',
        lambda: Recurring(every="week", by="fryday"),
    ),
    (
        '"day 32" does not name a time in every month.',
        "by",
        POINTS,
        "",
        lambda: Recurring(every="month", by="day 32"),
    ),
    (
        '"13-01" does not name a time in every year.',
        "by",
        POINTS,
        "",
        lambda: Recurring(every="year", by="13-01"),
    ),
    (
        '"beginning of the year" does not name a time in every week.',
        "by",
        POINTS,
        "",
        lambda: Recurring(every="week", by="beginning of the year"),
    ),
    (
        '"day 5" does not name a time in every occurrence.',
        "by",
        POINTS,
        "",
        lambda: Recurring(rrule="FREQ=DAILY", by="day 5"),
    ),
    (
        '"FREQ=HOURLY" is not a recurrence over days.',
        "rrule",
        RECURRENCES,
        HOURS,
        lambda: Recurring(rrule="FREQ=HOURLY"),
    ),
    (
        '"FREQ=MINUTELY" is not a recurrence over days.',
        "rrule",
        RECURRENCES,
        HOURS,
        lambda: Recurring(rrule="FREQ=MINUTELY"),
    ),
    (
        '"FREQ=SECONDLY" is not a recurrence over days.',
        "rrule",
        RECURRENCES,
        HOURS,
        lambda: Recurring(rrule="FREQ=SECONDLY"),
    ),
    (
        '"DTSTART:20260302\nFREQ=DAILY" is not a recurrence over days.',
        "rrule",
        RECURRENCES,
        HOURS,
        lambda: Recurring(rrule="DTSTART:20260302\nFREQ=DAILY"),
    ),
    (
        '"FREQ=DAILY;BYHOUR=9" is not a recurrence over days.',
        "rrule",
        RECURRENCES,
        HOURS,
        lambda: Recurring(rrule="FREQ=DAILY;BYHOUR=9"),
    ),
    (
        '"FREQ=DAILY;BYMINUTE=9" is not a recurrence over days.',
        "rrule",
        RECURRENCES,
        HOURS,
        lambda: Recurring(rrule="FREQ=DAILY;BYMINUTE=9"),
    ),
    (
        '"FREQ=DAILY;BYSECOND=9" is not a recurrence over days.',
        "rrule",
        RECURRENCES,
        HOURS,
        lambda: Recurring(rrule="FREQ=DAILY;BYSECOND=9"),
    ),
    (
        '"BYDAY=MO" is not a recurrence over days.',
        "rrule",
        RECURRENCES,
        HOURS,
        lambda: Recurring(rrule="BYDAY=MO"),
    ),
    (
        '"FREQ=DAILY\nFREQ=WEEKLY" is not a recurrence over days.',
        "rrule",
        RECURRENCES,
        HOURS,
        lambda: Recurring(rrule="FREQ=DAILY\nFREQ=WEEKLY"),
    ),
    (
        "\"FREQ=DAILY;BYDAY=XX\" is not an RFC 5545 recurrence: invalid 'BYDAY': XX.",
        "rrule",
        "such as FREQ=WEEKLY;BYDAY=MO,TH; UNTIL as a date, 20261231",
        "",
        lambda: Recurring(rrule="rrule:freq=daily;byday=xx"),
    ),
    (
        '"1 month" counts neither time nor days, so nothing can be taken off it.',
        "months",
        COUNTING,
        COUNT_OTHERWISE,
        lambda: less(Months(amount=Duration.parse("1 month"))),
    ),
    (
        '"same day" counts neither time nor days, so nothing can be taken off it.',
        "same_day",
        COUNTING,
        COUNT_OTHERWISE,
        lambda: less(SameDay()),
    ),
    (
        '"promised" counts neither time nor days, so nothing can be taken off it.',
        "promised",
        COUNTING,
        COUNT_OTHERWISE,
        lambda: less(Promised()),
    ),
    (
        '"by 2022-01-15" counts neither time nor days, so nothing can be taken off it.',
        "fixed",
        COUNTING,
        COUNT_OTHERWISE,
        lambda: less(Fixed(day=dt.date(2022, 1, 15))),
    ),
    (
        '"promptly (第一时间)" counts neither time nor days, so nothing can be taken off it.',
        "promptly",
        COUNTING,
        COUNT_OTHERWISE,
        lambda: less(Promptly(word="第一时间")),
    ),
    (
        '"every day" counts neither time nor days, so nothing can be taken off it.',
        "recurring",
        COUNTING,
        COUNT_OTHERWISE,
        lambda: less(Recurring(every="day")),
    ),
    (
        '"P1M3D" counts neither time nor days, so nothing can be taken off it.',
        "composite",
        COUNTING,
        COUNT_OTHERWISE,
        lambda: less(Composite(amount=Duration.parse("P1M3D"))),
    ),
    (
        '"earliest of same day" counts neither time nor days, so nothing can be taken off it.',
        "earliest_of",
        COUNTING,
        COUNT_OTHERWISE,
        lambda: less(EarliestOf(parts=[Part(rule=SameDay())])),
    ),
    (
        '"latest of same day" counts neither time nor days, so nothing can be taken off it.',
        "latest_of",
        COUNTING,
        COUNT_OTHERWISE,
        lambda: less(LatestOf(parts=[Part(rule=SameDay())])),
    ),
    (
        "The promised time, 2026-03-01 24:00 +08:00, does not lie after the promise, 2026-03-02 10:00 +08:00.",
        "promised",
        "a date or time after the event that makes the promise",
        "",
        lambda: due("promised", AT, promise="2026-03-01"),
    ),
    (
        "The promised time, 2026-03-02 10:00 +08:00, does not lie after the promise, 2026-03-02 10:00 +08:00.",
        "promised",
        "a date or time after the event that makes the promise",
        "",
        lambda: due("promised", AT, promise="2026-03-02T10:00+08:00"),
    ),
    (
        '"2026-02-30" is not a promised date or time.',
        "promised",
        "a date such as 2026-03-05, or a time with an offset, 2026-03-05T17:00+08:00",
        "",
        lambda: due("promised", AT, promise="2026-02-30"),
    ),
    (
        '"2026-03-05T15:00" is not a promised date or time.',
        "promised",
        "a date such as 2026-03-05, or a time with an offset, 2026-03-05T17:00+08:00",
        "",
        lambda: due("promised", AT, promise="2026-03-05T15:00"),
    ),
    (
        "The promised time, 2026-03-01 24:00 +08:00, does not lie after the promise, 2026-03-02 10:00 +08:00.",
        "closing",
        "a date or time after the event that makes the promise",
        "",
        lambda: due(
            {"promised": "closing", "ends": "close"}, AT, promise="2026-03-01", calendar=CALENDAR
        ),
    ),
    (
        "A period ends after the year 2200.",
        "",
        "1900-01-01 to 2200-12-31",
        "",
        lambda: months_after(dt.date(2200, 12, 1), 1),
    ),
]


@pytest.mark.parametrize(
    ("what", "place", "allowed", "mend", "act"), REFUSED, ids=[row[0][:60] for row in REFUSED]
)
def test_a_refusal_says_what_was_found_where_what_is_allowed_and_how_to_mend_it(
    what, place, allowed, mend, act
):
    with pytest.raises(WorkflowError) as caught:
        act()
    error = caught.value
    assert (error.what, error.place, error.allowed, error.mend) == (what, place, allowed, mend)
