"""Working days: due at the end of the n-th working day after the anchor's local day."""

from workflow.calendars import WorkingCalendar
from workflow.plans.due import due

OFFICE = WorkingCalendar(
    "Asia/Shanghai", {"mon-fri": ["09:00-12:00", "13:30-18:00"]}, holidays="CN"
)


def test_a_make_up_saturday_counts():
    # Sat 2026-02-14 is worked for the Spring Festival.
    found = due("1 working day", "2026-02-13T10:00+08:00", calendar=OFFICE)
    assert str(found) == "2026-02-14 24:00 +08:00"


def test_no_working_days_on_a_day_off_end_with_the_next_working_day():
    found = due("0 working days", "2026-03-07T10:00+08:00", calendar=OFFICE)
    assert str(found) == "2026-03-09 24:00 +08:00"


def test_same_time_moves_an_anchor_at_closing_to_the_next_opening():
    # Closing is no working time: Fri 18:00 counts from Mon 09:00, one working day on.
    found = due("1 working day", "2026-03-06T18:00+08:00", calendar=OFFICE, ends="same_time")
    assert str(found) == "2026-03-10 09:00 +08:00"


def test_a_day_that_a_pause_touches_is_not_counted():
    pauses = [("2026-03-03T23:59+08:00", "2026-03-04T00:00+08:00")]
    found = due("1 working day", "2026-03-02T10:00+08:00", calendar=OFFICE, pauses=pauses)
    assert str(found) == "2026-03-04 24:00 +08:00"
