"""Instants: exact in and out, in every zone, also where a wall time comes twice."""

import datetime as dt
import zoneinfo

import pendulum
import pytest
from calendar_examples import ALL_ZONES
from hypothesis import given
from hypothesis import strategies as st

from workflow.errors import NaiveTimeError, TimeError, TimeRangeError
from workflow.instants import show, to_instant, to_moment, to_offset, zone_of

LOW, HIGH = to_instant("1900-01-02T00:00Z"), to_instant("2200-12-30T00:00Z")
INSTANTS = st.integers(LOW, HIGH)


@given(INSTANTS, st.sampled_from(ALL_ZONES))
def test_a_moment_names_its_instant_exactly(instant, zone):
    moment = to_moment(instant, zone_of(zone))
    assert type(moment) is pendulum.DateTime
    assert to_instant(moment) == instant
    assert to_instant(moment.isoformat()) == instant
    # The same through the standard library alone.
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    plain = (epoch + dt.timedelta(microseconds=instant)).astimezone(zoneinfo.ZoneInfo(zone))
    assert moment.isoformat() == plain.isoformat()
    assert moment.fold == plain.fold
    assert to_instant(plain) == instant
    assert to_offset(instant, zone_of(zone)) == plain.utcoffset() // dt.timedelta(microseconds=1)


@given(INSTANTS, st.integers(-14 * 60, 14 * 60))
def test_fixed_offsets_are_zones_too(instant, minutes):
    name = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    moment = to_moment(instant, zone_of(name))
    assert to_instant(moment) == instant
    assert moment.utcoffset() == dt.timedelta(minutes=minutes)


def test_both_half_past_twos_of_an_autumn_night_keep_their_instant():
    zone = zone_of("Europe/Berlin")
    first, second = (to_instant(f"2026-10-25T0{hour}:30Z") for hour in (0, 1))
    assert [to_moment(instant, zone).isoformat() for instant in (first, second)] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
    ]
    assert to_instant(to_moment(second, zone)) - to_instant(to_moment(first, zone)) == 3_600_000_000


def test_the_same_name_gives_the_same_zone():
    assert zone_of("Europe/Berlin") is zone_of("Europe/Berlin")
    assert zone_of("+08:00") is zone_of("+08:00")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-03-02T08:40+08:00", "2026-03-02 08:40 +08:00"),
        ("2026-03-02T08:40:05+08:00", "2026-03-02 08:40:05 +08:00"),
        ("2026-03-02T08:40:05.25+08:00", "2026-03-02 08:40:05.250000 +08:00"),
        ("2026-03-02T23:59+08:00", "2026-03-02 23:59 +08:00"),
        ("2026-03-02T23:59:59.999999+08:00", "2026-03-02 24:00 +08:00"),
        ("2026-03-03T00:00+08:00", "2026-03-03 00:00 +08:00"),
        ("1900-06-01T00:00+00:00", "1900-06-01 08:05:43 +08:05:43"),
    ],
)
def test_the_last_microsecond_of_a_day_is_shown_as_its_end(text, shown):
    assert show(to_instant(text), zone_of("Asia/Shanghai")) == shown


def test_bad_times_are_refused_with_the_mend():
    for naive in (dt.datetime(2026, 3, 2), pendulum.naive(2026, 3, 2), "2026-03-02T08:40"):
        with pytest.raises(NaiveTimeError, match="no UTC offset") as caught:
            to_instant(naive)
        mend = "Write the offset" if isinstance(naive, str) else "Say which zone is meant"
        assert mend in caught.value.mend
    for other in ("now", "12:30", 5, None, dt.date(2026, 3, 2)):
        with pytest.raises(TimeError, match="is not a time"):
            to_instant(other)
    for far in ("1899-12-31T23:59:59Z", "2201-01-01T00:00Z"):
        with pytest.raises(TimeRangeError, match="1900 to 2200"):
            to_instant(far)
    with pytest.raises(TimeError, match="Asia/Shanghai"):
        zone_of("Asia/Shangai")
