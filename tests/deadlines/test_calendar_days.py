"""Calendar days: due at the end of the n-th local day after the anchor's."""

from workflow.calendars import WorkingCalendar
from workflow.plans.due import due

OFFICE = WorkingCalendar(
    "Asia/Shanghai", {"mon-fri": ["09:00-12:00", "13:30-18:00"]}, holidays="CN"
)


def test_the_anchors_own_day_is_not_counted():
    assert str(due("3 days", "2026-03-02T00:00+08:00")) == "2026-03-05 24:00 +08:00"


def test_it_ends_with_the_last_microsecond_of_that_day():
    found = due("1 day", "2026-03-02T23:59+08:00").at
    assert found.isoformat() == "2026-03-03T23:59:59.999999+08:00"


def test_no_days_end_with_the_anchors_own_day():
    assert str(due("0 days", "2026-03-02T10:00+08:00")) == "2026-03-02 24:00 +08:00"


def test_a_move_back_that_would_end_before_the_anchor_is_not_made():
    # Sat 7 March and 1 day is Sunday; Friday 6 ended before the count began.
    found = due("1 day", "2026-03-07T10:00+08:00", calendar=OFFICE, rollover="previous_working_day")
    assert str(found) == "2026-03-08 24:00 +08:00"


def test_a_move_back_is_made_when_that_day_ends_after_the_anchor():
    # Thu 5 March and 3 days is Sunday 8: back to Friday 6.
    found = due(
        "3 days", "2026-03-05T10:00+08:00", calendar=OFFICE, rollover="previous_working_day"
    )
    assert str(found) == "2026-03-06 24:00 +08:00"


def test_an_offset_without_a_zone_is_a_caveat():
    found = due("3 days", "2026-03-02T10:00+08:00")
    assert [caveat.kind for caveat in found.caveats] == ["offset_only"]
    assert due("3 days", "2026-03-02T10:00+08:00", timezone="Asia/Shanghai").caveats == ()


def test_the_count_begins_with_the_first_working_day_also_when_a_pause_touches_it():
    # Sunday 8 March 2026 is off, Monday 9 is where the count begins, and is paused for an hour:
    # Tuesday 10 is day 1. From Monday itself, which is not counted, day 1 is Tuesday too.
    pause = [("2026-03-09T14:00+08:00", "2026-03-09T15:00+08:00")]
    said = {"calendar": OFFICE, "pauses": pause, "anchor_off_day": "first_working_day_is_day_1"}
    assert str(due("1 day", "2026-03-08T10:00+08:00", **said)) == "2026-03-10 24:00 +08:00"
    assert str(due("1 day", "2026-03-09T10:00+08:00", **said)) == "2026-03-10 24:00 +08:00"
