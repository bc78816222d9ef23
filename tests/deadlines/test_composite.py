"""Composite: months first, then days, then exact time."""

import pytest

from workflow.errors import RuleError
from workflow.plans.due import due


def test_months_come_before_days_and_days_before_time():
    # 31 January and a month is 28 February, and 3 days is 3 March, and 12 h is 20:40.
    assert str(due("P1M3DT12H", "2026-01-31T08:40+08:00")) == "2026-03-03 20:40 +08:00"


def test_the_time_is_exact_after_the_wall_clock_of_the_days():
    # The night of 29 March 2026 lacks an hour in Berlin: 28 March 23:00 and 4 h is 04:00.
    found = due("P1DT4H", "2026-03-27T23:00+01:00", timezone="Europe/Berlin")
    assert str(found) == "2026-03-29 04:00 +02:00"


def test_without_time_it_ends_like_any_period_of_days():
    assert str(due("P1M3D", "2026-01-31T08:40+08:00")) == "2026-03-03 24:00 +08:00"


def test_with_time_no_day_ends_it():
    with pytest.raises(RuleError, match="ends with exact time"):
        due("P1DT4H", "2026-03-27T23:00+01:00", ends="same_time")
