"""Each bad input is met by one clear error: the place, what is allowed, the near match."""

import datetime as dt

import pytest

from workflow.calendars import Counting, Span, WorkingCalendar
from workflow.errors import (
    CalendarError,
    DurationError,
    NaiveTimeError,
    RuleError,
    TimeError,
    TimeRangeError,
    WorkflowError,
)
from workflow.instants import to_instant, zone_of

OFFICE = {"mon-fri": ["09:00-18:00"]}
CALENDAR = WorkingCalendar("UTC", OFFICE)
HOUR = dt.timedelta(hours=1)


def build(**more):
    arguments = {"timezone": "UTC", "hours": OFFICE} | more
    return WorkingCalendar(arguments.pop("timezone"), arguments.pop("hours"), **arguments)


def refused(
    error: type[WorkflowError], ask, *, place: str = "", words: tuple[str, ...] = ()
) -> None:
    """The error is of that kind, names the place and says each of the words."""
    with pytest.raises(error) as caught:
        ask()
    assert caught.value.place == place
    assert caught.value.allowed or caught.value.mend or "never closes" in caught.value.what
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("hours", "place", "words"),
    [
        ({}, "hours", ("no working time, so nothing can fall due on it", "mon-fri")),
        ({"mon": []}, "hours", ("no working time",)),
        ("mon-fri 09:00-18:00", "hours", ("not weekly hours", '{"mon-fri"')),
        (
            {"mon-fri": ["09:00-12:00", "11:00-18:00"]},
            'hours["mon-fri"]',
            ("09:00-12:00 and 11:00-18:00 overlap",),
        ),
        (
            {"mon-fri": ["09:00-12:00", "18:00-10:00"]},
            'hours["mon-fri"]',
            ("overlap", "crossed midnight"),
        ),
        (
            {"mon": ["22:00-06:00"], "tue": ["05:00-09:00"]},
            "hours",
            ("22:00-06:00 of mon", "05:00-09:00 of tue"),
        ),
        ({"sun": ["22:00-06:00"], "mon": ["05:00-09:00"]}, "hours", ("of sun", "of mon")),
        (
            {"mon-fri": "09:00-18:00"},
            'hours["mon-fri"]',
            ("not a list of spans", "['09:00-18:00']"),
        ),
        ({"mon-fri": 9}, 'hours["mon-fri"]', ("not a list of spans",)),
        ({"mon-fri": ["9-18"]}, 'hours["mon-fri"]', ("'9-18' is not a span", "HH:MM-HH:MM")),
        ({"mon-fri": [9]}, 'hours["mon-fri"]', ("9 is not a span",)),
        ({"mon-fri": ["09:00-24:30"]}, 'hours["mon-fri"]', ("after the end of the day",)),
        ({"mon-fri": ["24:00-06:00"]}, 'hours["mon-fri"]', ("after the end of the day",)),
        (
            {"mon-frj": ["09:00-18:00"]},
            'hours["mon-frj"]',
            ("names no weekdays", 'Did you mean "fri"?'),
        ),
        ({"tues": ["09:00-18:00"]}, 'hours["tues"]', ('Did you mean "tue"?',)),
        ({"mon-wed-fri": ["09:00-18:00"]}, 'hours["mon-wed-fri"]', ("names no weekdays",)),
        (
            {"mon-fri": ["09:00-18:00"], "wed": ["10:00-12:00"]},
            'hours["wed"]',
            ('"wed" is named twice',),
        ),
    ],
)
def test_hours_that_cannot_be_read_are_refused(hours, place, words):
    refused(CalendarError, lambda: build(hours=hours), place=place, words=words)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("XX", ('"XX" is not a country', "ISO 3166")),
        ("China", ('Did you mean "CN"?',)),
        ("DEU", ('Did you mean "DE"?',)),
        ("Germny", ('Did you mean "DE"?',)),
        ("US-MAA", ('"MAA" is not a subdivision of US', 'Did you mean "MA"?')),
        ("DE-BAY", ('Did you mean "BY"?',)),
        (5, ("5 are not holidays",)),
        (["1 May"], ("'1 May' is not a date", "2026-10-01")),
        ([dt.datetime(2026, 5, 1)], ("is not a date",)),
        ([dt.date(1899, 12, 31)], ("1899-12-31 is out of range", "1900-01-01 to 2200-12-31")),
        ([dt.date(2201, 1, 1)], ("2201-01-01 is out of range",)),
    ],
)
def test_holidays_that_cannot_be_read_are_refused(given, words):
    refused(CalendarError, lambda: build(holidays=given), place="holidays", words=words)


def test_dated_hours_that_cannot_be_read_are_refused():
    day = dt.date(2026, 3, 2)
    for name in ("special_days", "breaks"):
        refused(
            CalendarError,
            lambda name=name: build(**{name: [day]}),
            place=name,
            words=("hours by date",),
        )
        refused(
            CalendarError,
            lambda name=name: build(**{name: {day: ["9"]}}),
            place=f"{name}[2026-03-02]",
            words=("not a span",),
        )
    refused(
        CalendarError,
        lambda: build(makeup_hours=["9"]),
        place="makeup_hours",
        words=("not a span",),
    )


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Berlinn", ('Did you mean "Europe/Berlin"?',)),
        ("Shanghai", ("IANA name",)),
        ("+25:00", ("not a time zone",)),
        ("", ("not a time zone",)),
    ],
)
def test_an_unknown_zone_is_refused_with_the_nearest_name(zone, words):
    refused(TimeError, lambda: build(timezone=zone), words=words)


def test_a_naive_datetime_is_refused_with_the_way_to_mend_it():
    naive = dt.datetime(2026, 3, 2, 9)
    for ask in (
        lambda: CALENDAR.add(naive, HOUR),
        lambda: CALENDAR.subtract(naive, HOUR),
        lambda: CALENDAR.between("2026-03-02T09:00Z", naive),
        lambda: CALENDAR.is_working("2026-03-02T09:00"),
        lambda: CALENDAR.next_opening(naive),
        lambda: CALENDAR.spans(naive, naive),
    ):
        refused(NaiveTimeError, ask, words=("no UTC offset", "offset behind the time"))


def test_what_is_no_time_at_all_is_refused():
    refused(TimeError, lambda: CALENDAR.add("tomorrow", HOUR), words=('"tomorrow" is not a time',))
    refused(TimeError, lambda: CALENDAR.add(dt.date(2026, 3, 2), HOUR), words=("not a time",))


def test_a_negative_duration_is_refused():
    for ask in (CALENDAR.add, CALENDAR.subtract):
        refused(
            DurationError,
            lambda ask=ask: ask("2026-03-02T09:00Z", -HOUR),
            place="duration",
            words=("negative", "zero or more"),
        )
    refused(
        DurationError,
        lambda: CALENDAR.add("2026-03-02T09:00Z", 5),
        place="duration",
        words=("5 is not a duration", "timedelta"),
    )


def test_times_outside_1900_to_2200_are_refused():
    refused(TimeRangeError, lambda: CALENDAR.add("1899-12-31T23:59Z", HOUR), words=("1900",))
    refused(TimeRangeError, lambda: CALENDAR.add("2201-01-01T00:00Z", HOUR), words=("2200",))
    refused(
        CalendarError,
        lambda: CALENDAR.add_days(dt.date(1899, 1, 1), 1),
        place="day",
        words=("1900",),
    )


def test_an_answer_outside_1900_to_2200_is_refused():
    century = dt.timedelta(days=36_525)
    refused(
        TimeRangeError,
        lambda: CALENDAR.add("2190-01-01T00:00Z", century),
        words=("after the year 2200",),
    )
    refused(
        TimeRangeError,
        lambda: CALENDAR.subtract("1910-01-01T00:00Z", century),
        words=("before the year 1900",),
    )
    refused(
        TimeRangeError,
        lambda: CALENDAR.add_days(dt.date(2200, 12, 30), 9),
        words=("after the year 2200",),
    )
    refused(
        TimeRangeError,
        lambda: CALENDAR.add_days(dt.date(1900, 1, 3), -9),
        words=("before the year 1900",),
    )


def test_a_calendar_that_never_closes_has_no_next_opening():
    always = WorkingCalendar.always("UTC")
    refused(
        CalendarError, lambda: always.next_opening("2026-03-02T09:00Z"), words=("never closes",)
    )
    refused(
        CalendarError, lambda: always.next_closing("2026-03-02T09:00Z"), words=("never closes",)
    )


def test_counting_working_time_without_a_calendar_names_the_mend():
    counting = Counting(zone=zone_of("UTC"))
    anchor = to_instant("2026-03-02T09:00Z")
    day = dt.date(2026, 3, 2)
    for ask in (
        lambda: counting.add_working(anchor, 1),
        lambda: counting.working_between(anchor, anchor),
        lambda: counting.nth_day(day, 1, working=True),
        lambda: counting.working_day(day),
        lambda: counting.opens(day),
        lambda: counting.closes(day),
    ):
        refused(RuleError, ask, place="calendar", words=("needs a working calendar", "Give one"))


def test_a_span_that_ends_before_it_starts_is_refused():
    refused(TimeError, lambda: Span(5, 3), words=("before its start",))
