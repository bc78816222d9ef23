"""Pauses by hand: exact spans for time, touched days for day counts."""

import datetime as dt

import pytest

from workflow.calendars import NEVER, Counting, Span, Spans, WorkingCalendar
from workflow.instants import HOUR, MINUTE, show, to_instant, zone_of

BERLIN = zone_of("Europe/Berlin")
OFFICE = WorkingCalendar("Europe/Berlin", {"mon-fri": ["09:00-12:00", "13:00-17:00"]})


def on(text: str):
    """An instant on the wall of Berlin in March 2026, before the clocks change."""
    return to_instant(f"2026-03-{text}+01:00")


def counting(*pauses: tuple[str, str]) -> Counting:
    spans = [Span(on(start), on(end) if end else NEVER) for start, end in pauses]
    return Counting(zone=BERLIN, calendar=OFFICE, pauses=Spans(spans))


def shown(instant) -> str | None:
    return None if instant is None else show(instant, BERLIN)[8:16]


def test_elapsed_time_stops_for_exactly_the_span_of_the_pause():
    # 10:00 to 11:00 counts, 11:00 to 14:00 does not, one more hour from 14:00.
    assert (
        shown(counting(("02T11:00", "02T14:00")).add_elapsed(on("02T10:00"), 2 * HOUR))
        == "02 15:00"
    )


def test_a_pause_outside_working_time_changes_nothing_for_working_time():
    held = counting(("02T12:00", "02T13:00"), ("02T17:00", "03T09:00"))
    plain = counting()
    for hours in range(1, 12):
        due = held.add_working(on("02T10:00"), hours * HOUR)
        assert due == plain.add_working(on("02T10:00"), hours * HOUR)


def test_the_part_of_a_pause_in_working_time_moves_working_time():
    # 10:00 to 11:00 counts, the pause eats 11:00-12:00 and 13:00-14:00, so one hour from 14:00.
    held = counting(("02T11:00", "02T14:00"))
    assert shown(held.add_working(on("02T10:00"), 2 * HOUR)) == "02 15:00"
    assert held.working_between(on("02T10:00"), on("02T17:00")) == 4 * HOUR


def test_what_is_reached_exactly_when_a_pause_begins_is_reached():
    held = counting(("02T11:00", ""))
    assert shown(held.add_elapsed(on("02T10:00"), HOUR)) == "02 11:00"
    assert shown(held.add_working(on("02T10:00"), HOUR)) == "02 11:00"
    assert held.add_elapsed(on("02T10:00"), HOUR + 1) is None
    assert held.add_working(on("02T10:00"), HOUR + 1) is None


def test_an_anchor_inside_a_pause_counts_from_its_end():
    held = counting(("02T09:30", "02T10:30"))
    assert shown(held.add_elapsed(on("02T10:00"), HOUR)) == "02 11:30"
    assert shown(held.add_elapsed(on("02T10:00"), 0)) == "02 10:00"


def test_a_pause_over_before_the_anchor_changes_nothing():
    held = counting(("02T08:00", "02T10:00"))
    assert shown(held.add_elapsed(on("02T10:00"), HOUR)) == "02 11:00"


def test_measuring_backwards_is_the_negative():
    held = counting(("02T11:00", "02T14:00"))
    assert held.elapsed_between(on("02T17:00"), on("02T10:00")) == -4 * HOUR


@pytest.mark.parametrize(
    ("pause", "number", "working", "day"),
    [
        ((), 3, False, "2026-03-05"),
        ((), 3, True, "2026-03-05"),
        ((), 5, False, "2026-03-07"),
        ((), 5, True, "2026-03-09"),
        (("03T10:00", "03T10:01"), 3, False, "2026-03-06"),  # Tuesday is touched: 4, 5, 6
        (("03T10:00", "04T00:00"), 3, False, "2026-03-06"),  # an end at midnight touches no more
        (("03T10:00", "04T00:00:00.000001"), 3, False, "2026-03-07"),
        (("03T23:59:59.999999", "04T00:00:00.000001"), 3, True, "2026-03-09"),
        (("07T10:00", "07T11:00"), 5, True, "2026-03-09"),  # a Saturday was not counted anyhow
        (("01T10:00", "02T09:00"), 3, False, "2026-03-05"),  # the anchor's day is not counted
        (("05T12:00", ""), 2, False, "2026-03-04"),  # reached before the open pause
        (("05T12:00", ""), 3, False, None),
    ],
)
def test_day_counting_leaves_out_each_local_day_that_a_pause_touches(pause, number, working, day):
    held = counting(*[pause] if pause else [])
    found = held.nth_day(dt.date(2026, 3, 2), number, working=working)
    assert (found and found.isoformat()) == day


def test_the_zeroth_day_is_the_day_itself():
    assert counting(("02T00:00", "")).nth_day(dt.date(2026, 3, 2), 0, working=False) == dt.date(
        2026, 3, 2
    )


def test_a_skipped_date_is_not_counted():
    apia = Counting(zone=zone_of("Pacific/Apia"))
    assert apia.nth_day(dt.date(2011, 12, 28), 1, working=False) == dt.date(2011, 12, 29)
    assert apia.nth_day(dt.date(2011, 12, 28), 2, working=False) == dt.date(2011, 12, 31)
    assert apia.nth_day(dt.date(2011, 12, 29), 3, working=False) == dt.date(2012, 1, 2)
    assert apia.nth_day(dt.date(2011, 12, 31), 1, working=False) == dt.date(2012, 1, 1)
    assert apia.nth_day(dt.date(2012, 1, 1), -2, working=False) == dt.date(2011, 12, 29)
    assert apia.nth_day(dt.date(2012, 1, 1), -1, working=False) == dt.date(2011, 12, 31)


def test_touching_means_a_moment_of_that_local_day():
    held = counting(("02T23:59", "03T00:00"))
    assert held.touched(dt.date(2026, 3, 2))
    assert not held.touched(dt.date(2026, 3, 3))


def test_local_days_and_walls_are_those_of_the_zone():
    plain = counting()
    assert plain.local_day(on("02T23:30")) == dt.date(2026, 3, 2)
    assert plain.day_end(dt.date(2026, 3, 2)) == on("03T00:00") - 1
    assert plain.wall(dt.date(2026, 3, 2), dt.time(9, 30)) == on("02T09:30")
    assert plain.opens(dt.date(2026, 3, 2)) == on("02T09:00")
    assert plain.closes(dt.date(2026, 3, 2)) == on("02T17:00")
    assert plain.opens(dt.date(2026, 3, 7)) is None
    assert plain.working_day(dt.date(2026, 3, 2))
    assert plain.elapsed_between(on("02T09:00"), on("02T09:01")) == MINUTE
