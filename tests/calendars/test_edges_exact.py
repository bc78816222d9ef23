"""Edges of calendars, worked out by hand: microseconds, breaks of neighbours, years without work."""

import datetime as dt
import zoneinfo

import numpy as np
import pendulum
import pytest

from workflow.calendars import WorkingCalendar
from workflow.calendars.batch import add_many, between_many
from workflow.calendars.local_days import day_end, day_start, skipped_days, wall
from workflow.instants import to_instant, zone_of

UTC = zone_of("UTC")
DAY = dt.date(2026, 3, 2)  # a Monday
HOUR = 3_600_000_000


def at(text):
    return to_instant(f"{text}Z")


def test_a_wall_time_counts_its_hours_minutes_seconds_and_microseconds():
    midnight = at("2026-03-02T00:00")
    assert wall(DAY, dt.time(), UTC) == midnight
    assert wall(DAY, dt.time(1, 2, 3, 4), UTC) == midnight + HOUR + 123_000_000 + 4
    assert wall(DAY, dt.time.max, UTC) == day_end(DAY, UTC) == midnight + 24 * HOUR - 1
    assert day_start(DAY, UTC) == midnight


def test_the_date_that_a_zone_left_out_is_the_one_skipped():
    apia, utc = zone_of("Pacific/Apia"), UTC
    left_out = dt.date(2011, 12, 30).toordinal()
    assert skipped_days(left_out - 2, left_out + 2, apia) == [left_out]
    assert skipped_days(left_out - 1, left_out, apia) == [left_out]
    assert skipped_days(left_out, left_out + 2, apia) == []  # after the first, up to the last
    assert skipped_days(left_out - 2, left_out - 1, apia) == []
    assert skipped_days(left_out - 2, left_out + 2, utc) == []


def worked(calendar, start, end):
    return calendar.between(f"{start}Z", f"{end}Z") / dt.timedelta(hours=1)


def test_a_break_that_crosses_midnight_is_taken_out_of_the_morning_after():
    # Monday's break from 23:00 to 02:00 takes two of Tuesday's six hours.
    calendar = WorkingCalendar("UTC", {"tue": ["00:00-06:00"]}, breaks={DAY: ["23:00-02:00"]})
    assert worked(calendar, "2026-03-03T00:00", "2026-03-03T06:00") == 4
    assert not calendar.is_working("2026-03-03T01:59Z")
    assert calendar.is_working("2026-03-03T02:00Z")


def test_a_break_in_the_morning_is_taken_out_of_the_night_shift_before():
    # Monday's shift from 22:00 to 06:00; Tuesday's break from 01:00 to 02:30.
    calendar = WorkingCalendar(
        "UTC",
        {"mon": ["22:00-06:00"]},
        breaks={DAY + dt.timedelta(days=1): ["01:00-02:30"]},
    )
    assert worked(calendar, "2026-03-02T22:00", "2026-03-03T06:00") == 6.5


def test_a_break_that_only_touches_a_span_takes_nothing_away():
    calendar = WorkingCalendar(
        "UTC", {"mon": ["09:00-12:00"]}, breaks={DAY: ["08:00-09:00", "12:00-13:00"]}
    )
    assert worked(calendar, "2026-03-02T00:00", "2026-03-03T00:00") == 3


def closed_mondays():
    """Works on Mondays, of which those of 2026 and 2027 are days off."""
    first = dt.date(2025, 12, 1)
    weeks = [first + dt.timedelta(weeks=n) for n in range(109)]
    assert (weeks[-1], weeks[-1].weekday()) == (dt.date(2027, 12, 27), 0)
    return WorkingCalendar("UTC", {"mon": ["09:00-17:00"]}, holidays=weeks)


def test_an_hour_after_two_years_without_work_is_found_one_by_one_and_many_at_once():
    # The first Monday of 2028 is 3 January.
    due = at("2028-01-03T10:00")
    anchors = np.array([at("2026-03-02T12:00"), at("2026-03-02T12:00")])
    assert closed_mondays().add_micros(anchors[0], HOUR) == due
    assert add_many(closed_mondays(), anchors, np.array([HOUR])).tolist() == [due, due]
    # Measured first in a year without work, then up to the first hour that is worked.
    calendar = closed_mondays()
    assert between_many(calendar, anchors, anchors + HOUR).tolist() == [0, 0]
    assert between_many(calendar, anchors, np.array([due, due])).tolist() == [HOUR, HOUR]


def test_many_answers_in_rows_and_columns_keep_their_shape_and_kind():
    office = WorkingCalendar("UTC", {"mon-fri": ["09:00-17:00"]})
    monday = at("2026-03-02T09:00")
    # 8 hours end at Monday's closing, one microsecond more on Tuesday morning.
    amounts = np.array([[HOUR, 8 * HOUR, 8 * HOUR + 1], [0, 9 * HOUR, 40 * HOUR]])
    found = add_many(office, np.array([[monday], [monday + 8 * HOUR]]), amounts)
    tuesday = monday + 24 * HOUR
    assert found.tolist() == [
        [monday + HOUR, monday + 8 * HOUR, tuesday + 1],
        # From closing: nothing is that closing; 9 h end on Wednesday at 10:00; 40 h on Monday.
        [monday + 8 * HOUR, tuesday + 25 * HOUR, monday + 176 * HOUR],
    ]
    times = np.array(["2026-03-02T09:00"], dtype="datetime64[m]")
    assert add_many(office, times, np.array([8], dtype="timedelta64[h]")).tolist() == [
        dt.datetime(2026, 3, 2, 17)
    ]
    assert between_many(office, times, times + np.timedelta64(24, "h")).tolist() == [
        dt.timedelta(hours=8)
    ]
    assert add_many(office, np.empty((0, 2), dtype=np.int64), [HOUR]).shape == (0, 2)


@pytest.mark.parametrize(
    ("more", "written"),
    [
        ({}, ""),
        ({"holidays": "CN"}, ", holidays='CN'"),
        ({"holidays": [DAY]}, ", holidays=['2026-03-02']"),
        (
            {"special_days": {DAY: ["09:00-10:30"]}},
            ", special_days={'2026-03-02': ['09:00-10:30']}",
        ),
        ({"breaks": {DAY: ["22:00-02:00"]}}, ", breaks={'2026-03-02': ['22:00-02:00']}"),
        ({"makeup_hours": ["09:00-10:00:30"]}, ", makeup_hours=['09:00-10:00:30']"),
        ({"strict": True}, ", strict=True"),
    ],
)
def test_a_calendar_is_written_as_it_would_be_typed(more, written):
    hours = {"fri": ["09:00-12:00", "13:30-24:00"], "mon-wed": ["09:00-18:00"]}
    calendar = WorkingCalendar("UTC", hours, **more)
    week = "{'mon-wed': ['09:00-18:00'], 'fri': ['09:00-12:00', '13:30-24:00']}"
    assert repr(calendar) == f"WorkingCalendar('UTC', {week}{written})"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (zoneinfo.ZoneInfo("Europe/Berlin"), "Europe/Berlin"),
        (pendulum.timezone("Europe/Berlin"), "Europe/Berlin"),
        (dt.UTC, "+00:00"),
        (dt.timezone(dt.timedelta(hours=5, minutes=45)), "+05:45"),
        (dt.timezone(-dt.timedelta(hours=3, minutes=30)), "-03:30"),
    ],
)
def test_a_zone_is_called_by_its_name_and_an_offset_by_its_hours_and_minutes(given, name):
    assert WorkingCalendar(given, {"mon": ["09:00-10:00"]}).timezone == name
