"""Working time: due at the earliest instant by which that much has passed."""

import pytest

from workflow.calendars import WorkingCalendar
from workflow.errors import RuleError
from workflow.plans.due import due

OFFICE = WorkingCalendar(
    "Asia/Shanghai", {"mon-fri": ["09:00-12:00", "13:30-18:00"]}, holidays="CN"
)


def test_due_at_closing_stays_at_closing():
    # 16:00 to 18:00 is two hours.
    found = due("2 working hours", "2026-03-06T16:00+08:00", calendar=OFFICE)
    assert str(found) == "2026-03-06 18:00 +08:00"


def test_nothing_to_count_at_night_is_due_at_the_next_opening():
    found = due("0 working hours", "2026-03-06T20:00+08:00", calendar=OFFICE)
    assert str(found) == "2026-03-09 09:00 +08:00"


def test_a_pause_outside_working_time_changes_nothing():
    pauses = [("2026-03-06T18:00+08:00", "2026-03-09T09:00+08:00")]
    found = due("3 working hours", "2026-03-06T16:00+08:00", calendar=OFFICE, pauses=pauses)
    assert str(found) == "2026-03-09 10:00 +08:00"


def test_without_a_calendar_it_is_refused_with_the_mend():
    with pytest.raises(RuleError, match="no calendar is given"):
        due("2 working hours", "2026-03-06T16:00+08:00")
