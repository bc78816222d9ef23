"""Local days of every IANA zone: each begins at its first instant and follows the one before."""

import datetime as dt
import zoneinfo

import pytest
from calendar_examples import ALL_ZONES, ODD, change_instants
from hypothesis import given
from hypothesis import strategies as st
from minutes import DAY, EPOCH, MINUTE, first_instant

from workflow.calendars.local_days import day_end, day_exists, day_start, local_day, wall
from workflow.calendars.offsets import stretches
from workflow.instants import to_instant, to_moment, zone_of

ZONES = st.sampled_from(sorted(ODD)) | st.sampled_from(ALL_ZONES)


@st.composite
def days(draw):
    """A zone and a date, as often as not next to a clock change."""
    zone = draw(ZONES)
    year = ODD[zone][0] if zone in ODD and draw(st.booleans()) else draw(st.integers(1974, 2100))
    day = draw(st.dates(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    if (changes := change_instants(zone, year)) and draw(st.booleans()):
        change = EPOCH + dt.timedelta(microseconds=draw(st.sampled_from(changes)))
        day = change.date() + dt.timedelta(days=draw(st.integers(-1, 1)))
    return zone, day


@given(days())
def test_a_local_day_begins_at_the_first_instant_of_its_date(place):
    zone, day = place
    assert day_start(day, zone_of(zone)) == first_instant(zone, day)


@given(days())
def test_a_local_day_ends_one_microsecond_before_the_next_begins(place):
    zone, day = place
    following = day + dt.timedelta(days=1)
    assert day_end(day, zone_of(zone)) + 1 == day_start(following, zone_of(zone))


@given(days(), st.integers(-DAY, 2 * DAY))
def test_an_instant_lies_in_exactly_its_own_local_day(place, shift):
    zone, day = zone_of(place[0]), place[1]
    at = day_start(day, zone) + shift
    found = local_day(at, zone)
    assert day_start(found, zone) <= at <= day_end(found, zone)


@given(days(), st.times().map(lambda time: time.replace(fold=0)))
def test_a_wall_time_means_its_first_instant_or_moves_forward_by_the_gap(place, time):
    zone, day = place
    # Python reads a time in a gap with the offset before it, and fold 0 as the first of two.
    moment = dt.datetime.combine(day, time, tzinfo=zoneinfo.ZoneInfo(zone))
    assert wall(day, time, zone_of(zone)) == to_instant(moment)


def test_a_skipped_date_begins_when_the_next_begins():
    for zone, day in (
        ("Pacific/Apia", dt.date(2011, 12, 30)),
        ("Pacific/Kwajalein", dt.date(1993, 8, 21)),
    ):
        place = zone_of(zone)
        assert not day_exists(day, place)
        assert day_start(day, place) == day_start(day + dt.timedelta(days=1), place)
        assert day_end(day, place) < day_start(day, place)


def test_a_day_may_begin_at_one_in_the_morning_and_last_23_hours():
    zone = zone_of("America/Sao_Paulo")
    day = dt.date(2017, 10, 15)  # clocks went from 00:00 to 01:00
    assert to_moment(day_start(day, zone), zone).isoformat() == "2017-10-15T01:00:00-02:00"
    assert day_end(day, zone) + 1 - day_start(day, zone) == 23 * 60 * MINUTE


def test_a_day_lasts_24_hours_and_a_half_when_lord_howe_turns_back():
    zone = zone_of("Australia/Lord_Howe")
    day = dt.date(2026, 4, 5)
    assert day_end(day, zone) + 1 - day_start(day, zone) == (24 * 60 + 30) * MINUTE


def test_clocks_going_back_over_midnight_do_not_bring_the_old_day_back():
    zone = zone_of("America/St_Johns")
    # At 00:01 on 2006-10-29 the clocks showed 23:01 on the 28th again.
    shown = to_instant("2006-10-29T02:45Z")
    assert to_moment(shown, zone).isoformat() == "2006-10-28T23:15:00-03:30"
    assert local_day(shown, zone) == dt.date(2006, 10, 29)


@pytest.mark.parametrize("letter", sorted({zone[0] for zone in ALL_ZONES}))
def test_the_stretches_of_every_zone_are_those_of_its_compiled_data(letter):
    # The pure-Python zone shows the transitions that its file lists.
    listed = pytest.importorskip("zoneinfo._zoneinfo").ZoneInfo
    first, last = to_instant("1900-01-01T00:00Z"), to_instant("2037-01-01T00:00Z")
    seen = set()
    for name in (zone for zone in ALL_ZONES if zone.startswith(letter)):
        data = listed(name)
        history = (
            data._tti_before.utcoff,
            *data._trans_utc,
            *(info.utcoff for info in data._ttinfos),
        )
        if history in seen:
            continue  # another name for the same zone
        seen.add(history)
        offset = data._tti_before.utcoff
        expected = []
        for second, info in zip(data._trans_utc, data._ttinfos, strict=True):
            if info.utcoff != offset and first < second * 1_000_000 < last:
                expected.append((second * 1_000_000, info.utcoff // dt.timedelta(microseconds=1)))
            offset = info.utcoff
        found = [(start, offset) for start, _, offset in stretches(zone_of(name), first, last)]
        assert found[1:] == expected, name
