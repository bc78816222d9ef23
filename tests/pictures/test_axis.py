"""The time axis: monotone, linear where things happen, folded where nothing does."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from workflow.instants import HOUR, MINUTE, Instant, to_instant, zone_of
from workflow.pictures.axis import DAY, Axis

SHANGHAI = zone_of("Asia/Shanghai")
START = to_instant("2026-03-02T08:40+08:00")


def axis(*minutes, zone=SHANGHAI, start=START):
    points = [Instant(start + it * MINUTE) for it in minutes]
    return Axis.through(points, left=100, right=1100, zone=zone)


def at(minutes):
    return Instant(START + minutes * MINUTE)


POINTS = st.lists(st.integers(0, 60 * 24 * 400), min_size=1, max_size=40)


@given(POINTS, st.lists(st.integers(-100, 60 * 24 * 401), min_size=2, max_size=10))
def test_no_instant_stands_to_the_left_of_an_earlier_one(points, asked):
    it = axis(*points)
    places = [it.x(at(minute)) for minute in sorted(asked)]
    assert places == sorted(places)
    assert all(100 <= place <= 1100 for place in places)


@given(POINTS)
def test_the_axis_goes_from_edge_to_edge(points):
    it = axis(*points)
    assert it.x(it.points[0]) == 100
    assert abs(it.x(it.points[-1]) - 1100) < 1e-6


@given(POINTS)
def test_between_folds_a_minute_is_equally_wide_everywhere(points):
    it = axis(*points)
    folded = {(fold.start, fold.end) for fold in it.folds}
    scales = [
        (it.x(b) - it.x(a)) / (b - a)
        for a, b in zip(it.points, it.points[1:], strict=False)
        if (a, b) not in folded and b - a >= 10 * MINUTE
    ]
    assert not scales or max(scales) <= min(scales) * 1.0001


@given(POINTS)
def test_ticks_never_overlap(points):
    it = axis(*points)
    for ticks, least in ((it.hours(64), 51), (it.days(70), 70)):
        places = [tick.x for tick in ticks]
        assert all(b - a >= least - 1e-6 for a, b in itertools.pairwise(places))


def test_a_quiet_day_between_two_busy_hours_is_folded():
    it = axis(*range(0, 60, 5), *range(1500, 1560, 5))
    (fold,) = it.folds
    assert (fold.start, fold.end) == (at(55), at(1500))
    assert fold.right - fold.left < 200


def test_where_little_is_gained_nothing_is_folded():
    assert not axis(0, 10, 30, 60, 120, 150).folds
    assert not axis(0, 100).folds


def test_one_instant_alone_makes_an_axis_of_an_hour():
    it = axis(0)
    assert it.points == (START, START + HOUR)


def test_ticks_stand_at_round_times_of_the_local_day():
    it = axis(0, 60, 120, 180)
    assert [tick.said for tick in it.hours(200)] == ["09:00", "10:00", "11:00"]
    (first, *_) = it.hours(200)
    assert first.x == it.x(to_instant("2026-03-02T09:00+08:00"))


def test_the_first_day_is_named_with_its_year_and_the_next_ones_at_their_midnight():
    it = axis(*range(0, 3 * 24 * 60, 120))
    first, *rest = it.days(70)
    assert first.said == "2026-03-02"
    assert [tick.said for tick in rest] == ["03-03", "03-04", "03-05"]
    assert rest[0].x == it.x(to_instant("2026-03-03T00:00+08:00"))


def test_a_day_without_a_midnight_has_its_tick_where_it_begins():
    # Havana leaps from 00:00 to 01:00 on 8 March 2026.
    zone = zone_of("America/Havana")
    start = to_instant("2026-03-07T12:00-05:00")
    it = axis(*range(0, 24 * 60, 60), zone=zone, start=start)
    (_, second) = it.days(70)
    assert second.said == "03-08"
    assert abs(second.x - it.x(to_instant("2026-03-08T01:00-04:00"))) < 1e-6


def test_an_axis_of_years_names_days_with_their_year():
    it = axis(*(day * 24 * 60 for day in range(0, 900, 30)))
    assert all(len(tick.said) == 10 for tick in it.days(70))
    assert it.hours(64) == ()
    assert it.points[-1] - it.points[0] == 870 * DAY


def test_wall_times_are_those_of_the_zone():
    it = axis(0, 60, 120, zone=zone_of("UTC"))
    assert [tick.said for tick in it.hours(300)] == ["01:00", "02:00"]
    assert dt.datetime.fromtimestamp(START / 1e6, dt.UTC).hour == 0
