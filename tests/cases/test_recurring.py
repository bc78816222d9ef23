"""Recurring duties in a case: each occurrence is a clock; what is missed stays missed."""

from workflow.cases import State


def day(clock_time, number=2):
    """An instant of a day of March 2026, Shanghai; the 2nd is a Monday."""
    return f"2026-03-{number:02d}T{clock_time}+08:00"


def states(case, now, name):
    """Clock and state of each occurrence."""
    return {clock.id: clock.state for clock in case.status(now).of(name)}


PROGRESS = """
- id: news
  who: press
  stage: [respond]
  from: published
  recurring: {every: 2 h}
  fulfilled_by: [progress]
"""


def test_progress_is_owed_every_two_hours_while_the_stage_lasts(opened):
    case = opened(PROGRESS).record("published", at=day("09:00"))
    case = case.record("progress", at=day("10:30")).record("progress", at=day("13:30"))
    case = case.record("subsided", at=day("14:00"))
    assert states(case, day("20:00"), "news") == {
        "news@20260302T010000Z": State.MET,  # 09:00 to 11:00, done 10:30
        "news@20260302T030000Z": State.OVERDUE,  # 11:00 to 13:00, missed
        "news@20260302T050000Z": State.MET,  # 13:00 to 15:00, done 13:30
    }


def test_the_occurrence_in_which_the_stage_ends_is_withdrawn(opened):
    case = opened(PROGRESS).record("published", at=day("09:00"))
    case = case.record("subsided", at=day("10:00"))
    assert states(case, day("20:00"), "news") == {"news@20260302T010000Z": State.WITHDRAWN}


DAILY = """
- id: daily
  who: duty
  from: detected
  until: [subsided]
  recurring: {every: working day, by: end of work}
  fulfilled_by: [progress]
"""


def test_a_daily_report_is_due_at_the_end_of_work_of_each_working_day(opened):
    case = opened(DAILY, at=day("08:40", 5))  # Thursday
    clocks = case.status(day("12:00", 9)).of("daily")
    assert [(clock.id, clock.due.isoformat()) for clock in clocks] == [
        ("daily@2026-03-05", "2026-03-05T18:00:00+08:00"),
        ("daily@2026-03-06", "2026-03-06T18:00:00+08:00"),
        ("daily@2026-03-09", "2026-03-09T18:00:00+08:00"),
    ]


def test_a_report_counts_for_the_period_in_which_it_falls(opened):
    case = opened(DAILY, at=day("08:40", 5)).record("progress", at=day("09:00", 6))
    assert states(case, day("20:00", 6), "daily") == {
        "daily@2026-03-05": State.OVERDUE,
        "daily@2026-03-06": State.MET,
    }


def test_a_report_may_name_the_period_that_it_is_for(opened):
    case = opened(DAILY, at=day("08:40", 5))
    case = case.record("progress", at=day("09:00", 6), data={"period": "2026-03-05"})
    assert states(case, day("12:00", 6), "daily") == {
        "daily@2026-03-05": State.MET_LATE,
        "daily@2026-03-06": State.RUNNING,
    }


def test_what_ends_a_recurring_duty_opens_no_further_occurrence(opened):
    case = opened(DAILY, at=day("08:40", 5)).record("published", at=day("09:00", 5))
    case = case.record("subsided", at=day("10:00", 6))
    assert list(states(case, day("12:00", 20), "daily")) == [
        "daily@2026-03-05",
        "daily@2026-03-06",
    ]


def test_a_quota_is_met_by_the_event_that_completes_it(opened):
    owed = """
- id: browse
  who: duty
  from: detected
  recurring: {every: day, at_least: 3}
  fulfilled_by: [progress]
"""
    case = opened(owed)
    for at in ("09:00", "12:00"):
        case = case.record("progress", at=day(at))
    clock = case.status(day("13:00"))["browse"]
    assert clock.count == (2, 3)
    assert clock.state is State.RUNNING
    case = case.record("progress", at=day("17:00"))
    clock = case.status(day("18:00"))["browse"]
    assert clock.state is State.MET
    assert clock.fulfilled_at.hour == 17


def test_the_next_occurrence_wakes_the_case(opened):
    case = opened(DAILY, at=day("08:40", 5)).record("progress", at=day("09:00", 5))
    # Thursday's is done; Friday's opens with Friday.
    assert case.next_wakeup(day("10:00", 5)).isoformat() == "2026-03-06T00:00:00+08:00"


def test_each_missed_occurrence_is_told_once(opened):
    case = opened(DAILY, at=day("08:40", 5))
    told = [
        (notice.kind.value, notice.clock_id, notice.at.isoformat()[:16])
        for notice in case.notices(None, day("12:00", 9))
    ]
    assert told == [
        ("breached", "daily@2026-03-05", "2026-03-05T18:00"),
        ("breached", "daily@2026-03-06", "2026-03-06T18:00"),
    ]
