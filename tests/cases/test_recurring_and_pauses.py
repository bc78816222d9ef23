"""A pause that falls on a day takes that day's report with it; those of other days stay."""

from workflow.cases import State

DAILY = """
- id: daily
  who: duty
  from: detected
  until: [subsided]
  recurring: {every: working day, by: end of work}
  paused_while: {when: [waiting]}
  fulfilled_by: [progress]
"""
HOURLY = """
- id: news
  who: press
  from: detected
  recurring: {every: 2 h}
  paused_while: {when: [waiting]}
  fulfilled_by: [progress]
"""


def day(clock_time, number=2):
    """An instant of a day of March 2026, Shanghai; the 2nd is a Monday."""
    return f"2026-03-{number:02d}T{clock_time}+08:00"


def states(case, now, name):
    """Clock and state of each occurrence."""
    return {clock.id: clock.state for clock in case.status(now).of(name)}


def test_the_report_of_the_day_on_which_a_pause_begins_is_no_longer_owed(opened):
    case = opened(DAILY).record("asked", at=day("14:00")).record("got-answer", at=day("16:00"))
    clocks = case.status(day("12:00", 3)).of("daily")
    assert [(it.id, it.state) for it in clocks] == [
        ("daily@2026-03-02", State.WITHDRAWN),  # from 14:00, four hours before it was due
        ("daily@2026-03-03", State.RUNNING),
    ]
    assert clocks[0].ended_at.isoformat() == day("14:00:00")


def test_a_report_done_before_the_pause_began_stays_done(opened):
    case = opened(DAILY).record("progress", at=day("13:00")).record("asked", at=day("14:00"))
    assert states(case, day("20:00"), "daily") == {"daily@2026-03-02": State.MET}


def test_a_pause_that_begins_after_the_report_was_due_leaves_it_overdue(opened):
    case = opened(DAILY).record("asked", at=day("19:00"))
    assert states(case, day("20:00"), "daily") == {"daily@2026-03-02": State.OVERDUE}


def test_a_day_that_begins_in_a_pause_owes_no_report(opened):
    case = opened(DAILY).record("progress", at=day("09:00"))
    case = case.record("asked", at=day("19:00")).record("got-answer", at=day("10:00", 3))
    assert list(states(case, day("12:00", 4), "daily")) == ["daily@2026-03-02", "daily@2026-03-04"]


def test_of_two_pauses_on_one_day_the_first_ends_the_report(opened):
    case = opened(DAILY).record("asked", at=day("10:00")).record("got-answer", at=day("11:00"))
    case = case.record("asked", at=day("15:00")).record("got-answer", at=day("16:00"))
    [clock] = case.status(day("20:00")).of("daily")
    assert clock.ended_at.isoformat() == day("10:00:00")


def test_a_pause_that_lasts_holds_up_what_is_due_after_a_length_of_time(opened):
    case = opened(HOURLY).record("asked", at=day("09:00"))
    [clock] = case.status(day("20:00")).of("news")
    assert clock.due is None
    assert clock.state is State.PAUSED


def test_a_pause_moves_what_is_due_after_a_length_of_time_by_its_own(opened):
    case = opened(HOURLY).record("asked", at=day("09:00")).record("got-answer", at=day("09:30"))
    clocks = case.status(day("12:00")).of("news")
    # 08:40 and 2 h and the half hour of pause; then two hours more.
    assert [it.due.isoformat() for it in clocks] == [day("11:10:00"), day("13:10:00")]
