"""Durations: amounts of time whose units never mix."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.durations import Counts, Duration
from workflow.errors import DurationError


@pytest.mark.parametrize(
    ("text", "iso", "zh"),
    [
        ("30 min", "PT30M", "30分钟"),
        ("2 h", "PT2H", "2小时"),
        ("90 min", "PT1H30M", "90分钟"),
        ("3 days", "P3D", "3天"),
        ("2 weeks", "P2W", "2周"),
        ("1 month", "P1M", "1个月"),
        ("1 year", "P1Y", "1年"),
    ],
)
def test_an_amount_has_one_text_and_one_iso_form(text, iso, zh):
    amount = Duration.parse(text)
    assert (str(amount), amount.iso(), amount.words("zh")) == (text, iso, zh)
    assert Duration.parse(iso) == amount


def test_24_hours_are_not_a_day_and_30_days_are_not_a_month():
    assert Duration.parse("24 h") != Duration.parse("1 day")
    assert Duration.parse("30 days") != Duration.parse("1 month")
    assert Duration.of(dt.timedelta(days=1)) == Duration.parse("24 h")


def test_seven_days_are_a_week_and_sixty_minutes_an_hour():
    assert Duration.parse("P7D") == Duration.parse("1 week")
    assert Duration.parse("60 min") == Duration.parse("1 h")


def test_amounts_that_count_different_things_do_not_compare_or_add():
    day, hours = Duration.parse("1 day"), Duration.parse("24 h")
    with pytest.raises(DurationError, match="cannot be compared"):
        assert day < hours
    with pytest.raises(DurationError, match="cannot be added"):
        assert day + hours


def test_working_days_and_working_time_have_no_iso_form():
    with pytest.raises(DurationError, match="no ISO 8601 form"):
        Duration.parse("3 working days").iso()


def test_an_iso_duration_may_hold_months_days_and_time():
    assert Duration.parse("P1M3DT12H").counts is Counts.COMPOSITE


@pytest.mark.parametrize(
    "text", ["-3 days", "1.5 days", "1 month 3 days", "", "P", "PT", "3", "99999999 days", "٣ days"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(DurationError):
        Duration.parse(text)


@given(st.integers(0, 10**9))
def test_exact_time_is_read_back_to_the_microsecond(micros):
    amount = Duration.of(dt.timedelta(microseconds=micros))
    assert Duration.parse(str(amount)) == amount
    assert Duration.parse(amount.iso()) == amount
