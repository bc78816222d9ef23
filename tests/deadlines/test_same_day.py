"""Same day: due at the end of the anchor's local day."""

import pytest

from workflow.calendars import WorkingCalendar
from workflow.errors import RuleError
from workflow.plans.due import due

OFFICE = WorkingCalendar(
    "Asia/Shanghai", {"mon-fri": ["09:00-12:00", "13:30-18:00"]}, holidays="CN"
)


def test_it_ends_with_the_day():
    assert str(due("same day", "2026-03-02T10:00+08:00")) == "2026-03-02 24:00 +08:00"


def test_an_anchor_at_closing_is_due_at_once():
    found = due("same day", "2026-03-06T18:00+08:00", calendar=OFFICE, ends="close")
    assert str(found) == "2026-03-06 18:00 +08:00"


def test_an_anchor_after_closing_counts_for_the_next_working_day():
    found = due("same day", "2026-03-06T18:01+08:00", calendar=OFFICE, ends="close")
    assert str(found) == "2026-03-09 18:00 +08:00"


def test_a_pause_before_the_anchor_does_not_move_it():
    pauses = [("2026-03-02T08:00+08:00", "2026-03-02T09:00+08:00")]
    found = due("same day", "2026-03-02T10:00+08:00", pauses=pauses)
    assert str(found) == "2026-03-02 24:00 +08:00"


def test_the_same_day_at_the_same_time_is_refused():
    with pytest.raises(RuleError, match="the anchor itself"):
        due("same day", "2026-03-02T10:00+08:00", ends="same_time")
