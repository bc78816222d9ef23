"""Elapsed: due when exactly that much time has passed."""

import pytest

from workflow.errors import RuleError
from workflow.plans.due import due


def test_nothing_to_wait_for_is_due_at_the_anchor():
    assert str(due("0 h", "2026-03-02T08:40+08:00")) == "2026-03-02 08:40 +08:00"


def test_a_day_of_24_hours_is_24_hours_also_when_the_clocks_change():
    # 2026-03-29 has 23 hours in Berlin: noon and 24 h is 13:00.
    found = due("24 h", "2026-03-28T12:00+01:00", timezone="Europe/Berlin")
    assert str(found) == "2026-03-29 13:00 +02:00"


def test_an_open_pause_leaves_no_due_instant():
    pauses = [("2026-03-02T09:00+08:00", None)]
    assert due("2 h", "2026-03-02T08:40+08:00", pauses=pauses).at is None


def test_a_pause_that_begins_at_the_due_instant_changes_nothing():
    pauses = [("2026-03-02T10:40+08:00", None)]
    found = due("2 h", "2026-03-02T08:40+08:00", pauses=pauses)
    assert str(found) == "2026-03-02 10:40 +08:00"


def test_the_next_full_hour_of_a_full_hour_is_the_following_one():
    found = due("1 h", "2026-03-02T10:00+08:00", start="next_full_hour")
    assert str(found) == "2026-03-02 12:00 +08:00"


def test_ends_is_no_option_of_elapsed():
    with pytest.raises(RuleError, match='elapsed has no option "ends"'):
        due("1 h", "2026-03-02T10:00+08:00", ends="close")


def test_rollover_without_a_calendar_names_the_mend():
    with pytest.raises(RuleError, match="no calendar is given"):
        due("1 h", "2026-03-02T10:00+08:00", rollover="next_working_day")
