"""What calendars refuse, word for word: what was found, where, what is allowed, how to mend it."""

import datetime as dt

import numpy as np
import pytest

from workflow.calendars import Counting, Span, WorkingCalendar
from workflow.calendars.batch import add_many, between_many
from workflow.errors import WorkflowError
from workflow.instants import to_instant, zone_of

OFFICE = {"mon-fri": ["09:00-18:00"]}
CALENDAR = WorkingCalendar("UTC", OFFICE)
COUNTING = Counting(zone=zone_of("UTC"))
HOUR = dt.timedelta(hours=1)
DAY = dt.date(2026, 3, 2)
TOO_EARLY = to_instant("1900-01-01T00:00Z") - 1
TOO_LATE = to_instant("2200-12-31T23:00Z") + 7_200_000_000
LAST_DAY, DAY_LONG = to_instant("2200-12-31T17:00Z"), 86_400_000_000


def build(**more):
    arguments = {"timezone": "UTC", "hours": OFFICE} | more
    return WorkingCalendar(arguments.pop("timezone"), arguments.pop("hours"), **arguments)


SPAN = '"HH:MM-HH:MM" with hours 00 to 23, and 24:00 as an end'
YEARS = "1900-01-01 to 2200-12-31"
DATES = "dates from 1900-01-01 to 2200-12-31"
TIMES = "times from 1900-01-01 to 2200-12-31"
LESS = "Ask for less working time, or give the calendar more hours."
GIVE_ONE = 'Give one, such as WorkingCalendar("Asia/Shanghai", {"mon-fri": ["09:00-18:00"]}, holidays="CN").'
CONVERT = "Convert aware datetimes with workflow.instants.to_instant."
INSTANTS = "int64 microseconds, or datetime64[us] in UTC"
AMOUNTS = "int64 microseconds, or timedelta64[us] in UTC"
A_DATE = "a date such as datetime.date(2026, 10, 1) or 2026-10-01"
# The error's kind and text, its place, what is allowed, how to mend it; and what raises it.
REFUSED = [
    (
        "CalendarError",
        "This calendar has no working time, so nothing can fall due on it.",
        "hours",
        "at least one span on one weekday",
        'Write the hours, such as {"mon-fri": ["09:00-18:00"]}.',
        lambda: build(hours={}),
    ),
    (
        "CalendarError",
        "This calendar has no working time, so nothing can fall due on it.",
        "hours",
        "at least one span on one weekday",
        'Write the hours, such as {"mon-fri": ["09:00-18:00"]}.',
        lambda: build(hours={"mon": []}),
    ),
    (
        "CalendarError",
        "'mon-fri 09:00-18:00' are not weekly hours.",
        "hours",
        'a mapping such as {"mon-fri": ["09:00-12:00", "13:30-18:00"]}',
        "",
        lambda: build(hours="mon-fri 09:00-18:00"),
    ),
    (
        "CalendarError",
        "09:00-12:00 and 11:00-18:00 overlap.",
        'hours["mon-fri"]',
        "spans that do not overlap; one may start when another ends",
        "",
        lambda: build(hours={"mon-fri": ["09:00-12:00", "11:00-18:00"]}),
    ),
    (
        "CalendarError",
        "09:00-12:00 and 18:00-10:00 overlap, once the second has crossed midnight.",
        'hours["mon-fri"]',
        "at most 24 hours from the first opening to the last closing of a day",
        "",
        lambda: build(hours={"mon-fri": ["09:00-12:00", "18:00-10:00"]}),
    ),
    (
        "CalendarError",
        "22:00-06:00 of mon and 05:00-09:00 of tue overlap.",
        "hours",
        "a span that crosses midnight and ends by the next day's opening",
        "",
        lambda: build(hours={"mon": ["22:00-06:00"], "tue": ["05:00-09:00"]}),
    ),
    (
        "CalendarError",
        "22:00-06:00 of sun and 05:00-09:00 of mon overlap.",
        "hours",
        "a span that crosses midnight and ends by the next day's opening",
        "",
        lambda: build(hours={"sun": ["22:00-06:00"], "mon": ["05:00-09:00"]}),
    ),
    (
        "CalendarError",
        "'09:00-18:00' is not a list of spans.",
        'hours["mon-fri"]',
        'a list of texts, each "HH:MM-HH:MM" with hours 00 to 23, and 24:00 as an end',
        "Write ['09:00-18:00'].",
        lambda: build(hours={"mon-fri": "09:00-18:00"}),
    ),
    (
        "CalendarError",
        "9 is not a list of spans.",
        'hours["mon-fri"]',
        'a list of texts, each "HH:MM-HH:MM" with hours 00 to 23, and 24:00 as an end',
        "",
        lambda: build(hours={"mon-fri": 9}),
    ),
    (
        "CalendarError",
        "'9-18' is not a span.",
        'hours["mon-fri"]',
        SPAN,
        "",
        lambda: build(hours={"mon-fri": ["9-18"]}),
    ),
    (
        "CalendarError",
        "9 is not a span.",
        'hours["mon-fri"]',
        SPAN,
        "",
        lambda: build(hours={"mon-fri": [9]}),
    ),
    (
        "CalendarError",
        '"09:00-24:30" names a time after the end of the day.',
        'hours["mon-fri"]',
        SPAN,
        "",
        lambda: build(hours={"mon-fri": ["09:00-24:30"]}),
    ),
    (
        "CalendarError",
        '"24:00-06:00" names a time after the end of the day.',
        'hours["mon-fri"]',
        SPAN,
        "",
        lambda: build(hours={"mon-fri": ["24:00-06:00"]}),
    ),
    (
        "CalendarError",
        '"mon-frj" names no weekdays.',
        'hours["mon-frj"]',
        'a day or a range of days, such as "mon-fri", of mon, tue, wed, thu, fri, sat, sun',
        'Did you mean "fri"?',
        lambda: build(hours={"mon-frj": ["09:00-18:00"]}),
    ),
    (
        "CalendarError",
        '"mon-wed-fri" names no weekdays.',
        'hours["mon-wed-fri"]',
        'a day or a range of days, such as "mon-fri", of mon, tue, wed, thu, fri, sat, sun',
        "",
        lambda: build(hours={"mon-wed-fri": ["09:00-18:00"]}),
    ),
    (
        "CalendarError",
        '"wed" is named twice.',
        'hours["wed"]',
        "each weekday once",
        "",
        lambda: build(hours={"mon-fri": ["09:00-18:00"], "wed": ["10:00-12:00"]}),
    ),
    (
        "CalendarError",
        '"XX" is not a country with known holidays.',
        "holidays",
        'an ISO 3166 code such as "CN", or with a subdivision, such as "US-MA"',
        "",
        lambda: build(holidays="XX"),
    ),
    (
        "CalendarError",
        '"GERMNY" is not a country with known holidays.',
        "holidays",
        'an ISO 3166 code such as "CN", or with a subdivision, such as "US-MA"',
        'Did you mean "DE"?',
        lambda: build(holidays="Germny"),
    ),
    (
        "CalendarError",
        '"DEU" is not a country with known holidays.',
        "holidays",
        'an ISO 3166 code such as "CN", or with a subdivision, such as "US-MA"',
        'Did you mean "DE"?',
        lambda: build(holidays="DEU"),
    ),
    (
        "CalendarError",
        "5 are not holidays.",
        "holidays",
        'a country such as "CN", a country and subdivision such as "US-MA", or dates',
        "",
        lambda: build(holidays=5),
    ),
    (
        "CalendarError",
        "'1 May' is not a date.",
        "holidays",
        A_DATE,
        "",
        lambda: build(holidays=["1 May"]),
    ),
    (
        "CalendarError",
        "datetime.datetime(2026, 5, 1, 0, 0) is not a date.",
        "holidays",
        A_DATE,
        "",
        lambda: build(holidays=[dt.datetime(2026, 5, 1)]),
    ),
    (
        "CalendarError",
        "1899-12-31 is out of range.",
        "holidays",
        DATES,
        "",
        lambda: build(holidays=[dt.date(1899, 12, 31)]),
    ),
    (
        "CalendarError",
        "2201-01-01 is out of range.",
        "holidays",
        DATES,
        "",
        lambda: build(holidays=[dt.date(2201, 1, 1)]),
    ),
    (
        "CalendarError",
        "[datetime.date(2026, 3, 2)] are not hours by date.",
        "special_days",
        'a mapping such as {datetime.date(2026, 12, 24): ["09:00-12:00"]}',
        "",
        lambda: build(special_days=[DAY]),
    ),
    (
        "CalendarError",
        "[datetime.date(2026, 3, 2)] are not hours by date.",
        "breaks",
        'a mapping such as {datetime.date(2026, 12, 24): ["09:00-12:00"]}',
        "",
        lambda: build(breaks=[DAY]),
    ),
    (
        "CalendarError",
        "'9' is not a span.",
        "special_days[2026-03-02]",
        SPAN,
        "",
        lambda: build(special_days={DAY: ["9"]}),
    ),
    (
        "CalendarError",
        "'09:00-10:00' is not a list of spans.",
        "breaks[2026-03-02]",
        'a list of texts, each "HH:MM-HH:MM" with hours 00 to 23, and 24:00 as an end',
        "Write ['09:00-10:00'].",
        lambda: build(breaks={DAY: "09:00-10:00"}),
    ),
    (
        "CalendarError",
        "'9' is not a span.",
        "makeup_hours",
        SPAN,
        "",
        lambda: build(makeup_hours=["9"]),
    ),
    (
        "TimeError",
        '"Europe/Berlinn" is not a time zone.',
        "",
        "an IANA name such as Asia/Shanghai, or an offset such as +08:00",
        'Did you mean "Europe/Berlin"?',
        lambda: build(timezone="Europe/Berlinn"),
    ),
    (
        "TimeError",
        '"Shanghai" is not a time zone.',
        "",
        "an IANA name such as Asia/Shanghai, or an offset such as +08:00",
        'Did you mean "Asia/Shanghai"?',
        lambda: build(timezone="Shanghai"),
    ),
    (
        "TimeError",
        '"+25:00" is not a time zone.',
        "",
        "an IANA name such as Asia/Shanghai, or an offset such as +08:00",
        "",
        lambda: build(timezone="+25:00"),
    ),
    (
        "DurationError",
        "The duration -1 day, 23:00:00 is negative.",
        "duration",
        "zero or more",
        "Use subtract to count backwards, or add.",
        lambda: CALENDAR.add("2026-03-02T09:00Z", -HOUR),
    ),
    (
        "DurationError",
        "5 is not a duration.",
        "duration",
        "a datetime.timedelta such as timedelta(hours=5)",
        "",
        lambda: CALENDAR.add("2026-03-02T09:00Z", 5),
    ),
    (
        "TimeRangeError",
        "A time lies outside the years 1900 to 2200.",
        "",
        YEARS,
        "",
        lambda: CALENDAR.add("1899-12-31T23:59Z", HOUR),
    ),
    (
        "NaiveTimeError",
        "2026-03-02T09:00 has no UTC offset, so it names no instant.",
        "",
        "ISO 8601 with an offset, such as 2026-03-02T08:40+08:00",
        "Write the offset behind the time: +08:00, or Z for UTC.",
        lambda: CALENDAR.add("2026-03-02T09:00", HOUR),
    ),
    (
        "TimeRangeError",
        "The answer lies after the year 2200.",
        "",
        TIMES,
        LESS,
        lambda: CALENDAR.add("2200-12-31T17:00Z", 9 * HOUR),
    ),
    (
        "TimeRangeError",
        "The answer lies before the year 1900.",
        "",
        TIMES,
        LESS,
        lambda: CALENDAR.subtract("1900-01-01T10:00Z", 9 * HOUR),
    ),
    (
        "CalendarError",
        "1899-01-01 is out of range.",
        "day",
        DATES,
        "",
        lambda: CALENDAR.add_days(dt.date(1899, 1, 1), 1),
    ),
    (
        "CalendarError",
        "'1 May' is not a date.",
        "day",
        A_DATE,
        "",
        lambda: CALENDAR.add_days("1 May", 1),
    ),
    (
        "TimeRangeError",
        "The answer lies after the year 2200.",
        "",
        TIMES,
        LESS,
        lambda: CALENDAR.add_days(dt.date(2200, 12, 30), 9),
    ),
    (
        "TimeRangeError",
        "The answer lies before the year 1900.",
        "",
        TIMES,
        LESS,
        lambda: CALENDAR.add_days(dt.date(1900, 1, 3), -9),
    ),
    (
        "CalendarError",
        "1899-01-01 is out of range.",
        "start",
        DATES,
        "",
        lambda: CALENDAR.working_days_between(dt.date(1899, 1, 1), DAY),
    ),
    (
        "CalendarError",
        "2201-01-01 is out of range.",
        "end",
        DATES,
        "",
        lambda: CALENDAR.working_days_between(DAY, dt.date(2201, 1, 1)),
    ),
    (
        "CalendarError",
        "'x' is not a date.",
        "start",
        A_DATE,
        "",
        lambda: CALENDAR.working_days_between("x", DAY),
    ),
    (
        "CalendarError",
        "2201-01-01 is out of range.",
        "day",
        DATES,
        "",
        lambda: CALENDAR.day_kind(dt.date(2201, 1, 1)),
    ),
    (
        "CalendarError",
        "This calendar never closes, so it has no opening or closing.",
        "",
        "",
        "",
        lambda: WorkingCalendar.always("UTC").next_opening("2026-03-02T09:00Z"),
    ),
    (
        "CalendarError",
        "This calendar never closes, so it has no opening or closing.",
        "",
        "",
        "",
        lambda: WorkingCalendar.always("UTC").next_closing("2026-03-02T09:00Z"),
    ),
    (
        "TimeRangeError",
        "The answer lies after the year 2200.",
        "",
        TIMES,
        LESS,
        lambda: CALENDAR.next_opening("2200-12-31T17:00Z"),
    ),
    (
        "TimeRangeError",
        "The answer lies after the year 2200.",
        "",
        TIMES,
        LESS,
        lambda: CALENDAR.next_closing("2200-12-31T19:00Z"),
    ),
    (
        "RuleError",
        "Counting working time needs a working calendar, and none is given.",
        "calendar",
        "a WorkingCalendar",
        GIVE_ONE,
        lambda: COUNTING.add_working(0, 1),
    ),
    (
        "RuleError",
        "Counting working time needs a working calendar, and none is given.",
        "calendar",
        "a WorkingCalendar",
        GIVE_ONE,
        lambda: COUNTING.working_between(0, 1),
    ),
    (
        "RuleError",
        "Counting working days needs a working calendar, and none is given.",
        "calendar",
        "a WorkingCalendar",
        GIVE_ONE,
        lambda: COUNTING.nth_day(DAY, 1, working=True),
    ),
    (
        "RuleError",
        "Counting working days needs a working calendar, and none is given.",
        "calendar",
        "a WorkingCalendar",
        GIVE_ONE,
        lambda: COUNTING.working_day(DAY),
    ),
    (
        "RuleError",
        "Counting working days needs a working calendar, and none is given.",
        "calendar",
        "a WorkingCalendar",
        GIVE_ONE,
        lambda: COUNTING.opens(DAY),
    ),
    (
        "RuleError",
        "Counting working days needs a working calendar, and none is given.",
        "calendar",
        "a WorkingCalendar",
        GIVE_ONE,
        lambda: COUNTING.closes(DAY),
    ),
    (
        "TimeError",
        "A span ends at 3, before its start at 5.",
        "",
        "an end at or after the start",
        "",
        lambda: Span(5, 3),
    ),
    (
        "TimeError",
        "An array of float64 holds no times.",
        "",
        INSTANTS,
        CONVERT,
        lambda: add_many(CALENDAR, [1.5], [1]),
    ),
    (
        "TimeError",
        "An array of bool holds no times.",
        "",
        INSTANTS,
        CONVERT,
        lambda: add_many(CALENDAR, [True], [1]),
    ),
    (
        "TimeError",
        "An array of object holds no times.",
        "",
        AMOUNTS,
        CONVERT,
        lambda: add_many(CALENDAR, [1], [HOUR]),
    ),
    (
        "DurationError",
        "An amount of working time is negative.",
        "",
        "zero or more",
        "",
        lambda: add_many(CALENDAR, [1, 2], [3, -1]),
    ),
    (
        "TimeError",
        "NaT is not an instant.",
        "",
        "values that are all known",
        "",
        lambda: add_many(CALENDAR, np.array(["NaT"], "M8[us]"), [1]),
    ),
    (
        "TimeError",
        "NaT is not an amount of time.",
        "",
        "values that are all known",
        "",
        lambda: add_many(CALENDAR, [1], np.array(["NaT"], "m8[us]")),
    ),
    (
        "TimeRangeError",
        "A time lies outside the years 1900 to 2200.",
        "",
        YEARS,
        "",
        lambda: add_many(CALENDAR, [TOO_EARLY], [1]),
    ),
    (
        "TimeRangeError",
        "A time lies outside the years 1900 to 2200.",
        "",
        YEARS,
        "",
        lambda: add_many(CALENDAR, [0, TOO_LATE], [1]),
    ),
    (
        "TimeRangeError",
        "A time lies outside the years 1900 to 2200.",
        "",
        YEARS,
        "",
        lambda: between_many(CALENDAR, [TOO_EARLY], [1]),
    ),
    (
        "TimeRangeError",
        "A time lies outside the years 1900 to 2200.",
        "",
        YEARS,
        "",
        lambda: between_many(CALENDAR, [1], [TOO_LATE]),
    ),
    (
        "TimeRangeError",
        "The answer lies after the year 2200.",
        "",
        TIMES,
        LESS,
        lambda: add_many(CALENDAR, [LAST_DAY], [DAY_LONG]),
    ),
    (
        "DurationError",
        "An amount of working time is negative.",
        "",
        "zero or more",
        "",
        lambda: add_many(CALENDAR, np.array(["2026-03-02"], "M8[D]"), np.array([-1], "m8[h]")),
    ),
]


@pytest.mark.parametrize(("kind", "what", "place", "allowed", "mend", "act"), REFUSED)
def test_a_refusal_says_what_was_found_where_what_is_allowed_and_how_to_mend_it(
    kind, what, place, allowed, mend, act
):
    with pytest.raises(WorkflowError) as caught:
        act()
    error = caught.value
    assert type(error).__name__ == kind
    assert (error.what, error.place, error.allowed, error.mend) == (what, place, allowed, mend)
