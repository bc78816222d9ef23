"""Recurring: a series of duties, each occurrence with a lasting label."""

import itertools

import pytest

from workflow.calendars import Counting, Span, Spans, WorkingCalendar
from workflow.deadlines.quota import Quota
from workflow.deadlines.recurring import Recurring
from workflow.errors import RuleError
from workflow.instants import show, to_instant

OFFICE = WorkingCalendar(
    "Asia/Shanghai", {"mon-fri": ["09:00-12:00", "13:30-18:00"]}, holidays="CN"
)

START = "2026-03-02T08:40+08:00"


def series(n=3, start=START, pauses=(), **given):
    """The first occurrences as (label, due)."""
    spans = Spans([Span(to_instant(a), to_instant(b)) for a, b in pauses])
    counting = Counting(zone=OFFICE.zone, calendar=OFFICE, pauses=spans)
    found = Recurring(**given).occurrences(to_instant(start), None, counting)
    return [
        (it.label, None if it.due is None else show(it.due, OFFICE.zone)[:16])
        for it in itertools.islice(found, n)
    ]


def test_every_day_by_the_end_of_work_ends_a_day_off_with_the_day():
    assert series(3, "2026-03-06T08:40+08:00", every="day", by="end of work") == [
        ("2026-03-06", "2026-03-06 18:00"),
        ("2026-03-07", "2026-03-07 24:00"),
        ("2026-03-08", "2026-03-08 24:00"),
    ]


def test_every_working_day_leaves_days_off_out():
    labels = [label for label, _ in series(2, "2026-03-06T08:40+08:00", every="working day")]
    assert labels == ["2026-03-06", "2026-03-09"]


def test_what_would_be_due_before_the_start_is_left_out():
    assert series(1, "2026-03-02T18:01+08:00", every="day", by="18:00") == [
        ("2026-03-03", "2026-03-03 18:00")
    ]


@pytest.mark.parametrize(
    ("every", "label", "due"),
    [
        ("week", "2026-W10", "2026-03-08 24:00"),
        ("month", "2026-03", "2026-03-31 24:00"),
        ("quarter", "2026-Q1", "2026-03-31 24:00"),
        ("half year", "2026-H1", "2026-06-30 24:00"),
        ("year", "2026", "2026-12-31 24:00"),
    ],
)
def test_a_period_of_the_calendar_ends_with_its_last_day(every, label, due):
    assert series(1, every=every) == [(label, due)]


def test_monthly_from_the_31st_does_not_skip_short_months():
    start = "2026-01-31T08:40+08:00"
    days = ["2026-02-28", "2026-03-31", "2026-04-30"]
    assert [label for label, _ in series(3, start, every="1 month")] == days
    by_rule = series(4, start, rrule="FREQ=MONTHLY")
    assert [label for label, _ in by_rule] == ["2026-01-31", *days]


def test_every_two_hours_is_named_by_its_opening_in_utc():
    assert series(2, every="2 h") == [
        ("20260302T004000Z", "2026-03-02 10:40"),
        ("20260302T024000Z", "2026-03-02 12:40"),
    ]


def test_a_daily_occurrence_on_a_paused_day_is_left_out():
    pauses = [("2026-03-03T10:00+08:00", "2026-03-03T11:00+08:00")]
    labels = [label for label, _ in series(2, every="day", pauses=pauses)]
    assert labels == ["2026-03-02", "2026-03-04"]


def test_the_beginning_of_the_year_has_no_number():
    assert series(1, every="year", by="beginning of the year") == [("2026", None)]


def test_an_rfc_5545_recurrence_runs_over_local_days():
    found = series(3, rrule="FREQ=WEEKLY;BYDAY=MO,TH", by="17:00")
    assert [due for _, due in found] == [
        "2026-03-02 17:00",
        "2026-03-05 17:00",
        "2026-03-09 17:00",
    ]


@pytest.mark.parametrize(
    ("given", "quota"),
    [
        ({}, Quota(least=1)),
        ({"at_least": 3}, Quota(least=3)),
        ({"between": [1, 2]}, Quota(least=1, most=2)),
        ({"more_than": 2}, Quota(least=3)),
        ({"count": 4}, Quota(least=4, most=4)),
    ],
)
def test_how_many_times_it_is_owed(given, quota):
    assert Recurring(every="month", **given).quota == quota


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"every": "day", "rrule": "FREQ=DAILY"},
        {"every": "fortnight"},
        {"every": "0 h"},
        {"every": "P1M3D"},
        {"every": "day", "by": "friday"},
        {"every": "2 h", "by": "17:00"},
        {"every": "day", "at_least": 1, "count": 2},
        {"every": "day", "between": [2, 1]},
        {"rrule": "FREQ=HOURLY"},
        {"rrule": "FREQ=DAILY;BYDAY=XX"},
    ],
)
def test_a_series_that_cannot_be_read_is_refused(given):
    with pytest.raises(RuleError):
        Recurring(**given)
