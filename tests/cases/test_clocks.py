"""One obligation's life: worked by hand. Monday 2 March 2026 is a working day in Shanghai."""

import pytest

from workflow.cases import State
from workflow.errors import UnknownNameError


def day(clock_time):
    """An instant of Monday 2 March 2026, Shanghai."""
    return f"2026-03-02T{clock_time}+08:00"


NOTIFY = """
- {id: notify, who: office, from: reported, within: 30 min, fulfilled_by: [told]}
"""


def test_it_waits_until_its_anchor_event_happens(opened):
    clock = opened(NOTIFY).status(day("12:00"))["notify"]
    assert clock.state is State.PENDING
    assert clock.due is None


def test_it_starts_at_its_anchor_event(opened):
    clock = opened(NOTIFY).record("reported", at=day("08:55")).status(day("09:00"))["notify"]
    assert clock.state is State.RUNNING
    assert clock.anchor.isoformat() == "2026-03-02T08:55:00+08:00"
    # 08:55 + 30 min = 09:25
    assert clock.due.isoformat() == "2026-03-02T09:25:00+08:00"
    assert clock.remaining.total_seconds() == 25 * 60


@pytest.mark.parametrize(
    ("told", "state"),
    [("09:25", State.MET), ("09:25:00.000001", State.MET_LATE), ("08:55", State.MET)],
)
def test_fulfilled_at_the_due_instant_is_on_time_and_later_is_not(opened, told, state):
    case = opened(NOTIFY).record("reported", at=day("08:55")).record("told", at=day(told))
    assert case.status(day("10:00"))["notify"].state is state


def test_it_is_overdue_only_after_the_due_instant(opened):
    case = opened(NOTIFY).record("reported", at=day("08:55"))
    assert case.status(day("09:25"))["notify"].state is State.RUNNING
    late = case.status(day("09:25:00.000001"))["notify"]
    assert late.state is State.OVERDUE
    assert late.overdue_by.microseconds == 1


def test_a_target_and_a_limit_are_judged_apart(opened):
    case = opened(
        "- {id: state, who: press, from: detected, target: 3 h, limit: 5 h, fulfilled_by: [told]}"
    )
    # 08:40 + 3 h = 11:40, + 5 h = 13:40
    clock = case.record("told", at=day("12:00")).status(day("14:00"))["state"]
    assert clock.target.isoformat() == "2026-03-02T11:40:00+08:00"
    assert clock.due.isoformat() == "2026-03-02T13:40:00+08:00"
    assert clock.target_missed
    assert clock.state is State.MET


def test_the_first_event_at_or_after_the_start_fulfils(opened):
    case = opened(NOTIFY).record("told", at=day("08:50")).record("reported", at=day("08:55"))
    assert case.status(day("09:00"))["notify"].state is State.RUNNING
    assert case.record("told", at=day("09:00")).status(day("09:00"))["notify"].state is State.MET


def test_only_an_allowed_role_fulfils(opened):
    case = opened(NOTIFY).record("reported", at=day("08:55"))
    by_duty = case.record("told", at=day("09:00"), by="duty")
    assert by_duty.status(day("09:10"))["notify"].state is State.RUNNING
    by_office = by_duty.record("told", at=day("09:05"), by="office")
    assert (
        by_office.status(day("09:10"))["notify"]
        .fulfilled_at.isoformat()
        .startswith("2026-03-02T09:05")
    )


THREE = """
- id: tell-three
  who: office
  to: [city, press, lead]
  from: detected
  within: 30 min
  fulfilled_by: [told]
"""


def test_a_duty_owed_to_three_is_met_when_all_three_have_it_and_shows_who_is_missing(opened):
    case = opened(THREE).record("told", at=day("08:45"), to=["city"])
    clock = case.status(day("08:50"))["tell-three"]
    assert clock.state is State.RUNNING
    assert clock.missing.recipients == ("press", "lead")
    case = case.record("told", at=day("09:00"), to=["lead", "press"])
    clock = case.status(day("09:10"))["tell-three"]
    assert clock.state is State.MET
    assert clock.fulfilled_at.isoformat() == "2026-03-02T09:00:00+08:00"


def test_an_event_that_names_no_recipient_went_to_everyone_who_must_have_it(opened):
    case = opened(THREE).record("told", at=day("08:45"))
    assert case.status(day("08:50"))["tell-three"].state is State.MET


FACTS = """
- {id: facts, who: office, from: detected, within: 2 h, states: [time, place], fulfilled_by: [told]}
"""


def test_a_partial_report_is_accepted_and_later_supplements_complete_it(opened):
    case = opened(FACTS).record("told", at=day("09:00"), states=["time"])
    clock = case.status(day("09:30"))["facts"]
    assert clock.state is State.RUNNING
    assert clock.missing.states == ("place",)
    case = case.record("supplemented", at=day("10:00"), states=["place"], of=["facts"])
    clock = case.status(day("10:30"))["facts"]
    assert clock.state is State.MET
    assert clock.fulfilled_by.type == "supplemented"


def test_a_supplement_alone_reports_nothing(opened):
    case = opened(FACTS).record("supplemented", at=day("09:00"), states=["time", "place"])
    assert case.status(day("09:30"))["facts"].state is State.RUNNING


APPROVED = """
- id: publish
  who: press
  from: detected
  within: 5 h
  fulfilled_by: [told]
  approvals: {in_order: [lead, [city, deputy]]}
"""


def test_approvals_in_order_must_all_come_before_it(opened):
    case = opened(APPROVED)
    early = case.record("told", at=day("09:00"))
    clock = early.status(day("09:00"))["publish"]
    assert clock.state is State.RUNNING
    assert clock.missing.approvals == (("lead",), ("city", "deputy"))
    case = case.record("approved", at=day("09:10"), by="lead", of=["publish"])
    assert case.status(day("09:11"))["publish"].missing.approvals == (("city", "deputy"),)
    case = case.record("approved", at=day("09:20"), by="deputy", of=["publish"])
    case = case.record("told", at=day("09:30"))
    assert case.status(day("09:30"))["publish"].state is State.MET


def test_an_approval_out_of_order_does_not_count(opened):
    case = opened(APPROVED)
    case = case.record("approved", at=day("09:10"), by="city", of=["publish"])
    case = case.record("approved", at=day("09:20"), by="lead", of=["publish"])
    case = case.record("told", at=day("09:30"))
    clock = case.status(day("09:30"))["publish"]
    assert clock.state is State.RUNNING
    assert clock.missing.approvals == (("city", "deputy"),)


def test_a_returned_draft_voids_the_approvals_before_it(opened):
    case = opened(APPROVED)
    for at, by in (("09:10", "lead"), ("09:20", "city")):
        case = case.record("approved", at=day(at), by=by, of=["publish"])
    case = case.record("returned", at=day("09:25"), of=["publish"])
    case = case.record("told", at=day("09:30"))
    assert case.status(day("09:30"))["publish"].state is State.RUNNING
    for at, by in (("09:40", "lead"), ("09:50", "city")):
        case = case.record("approved", at=day(at), by=by, of=["publish"])
    case = case.record("told", at=day("10:00"))
    assert case.status(day("10:00"))["publish"].state is State.MET


def test_approvals_in_any_order_are_asked_for_when_their_condition_holds(opened):
    owed = """
- id: publish
  who: press
  from: detected
  within: 5 h
  fulfilled_by: [told]
  approvals: {in_order: [lead], in_any_order: [city, deputy], when: [secret]}
"""
    plain = opened(owed).record("approved", at=day("09:00"), by="lead")
    assert plain.record("told", at=day("09:10")).status(day("09:10"))["publish"].state is State.MET
    secret = opened(owed, conditions={"secret": True}).record(
        "approved", at=day("09:00"), by="lead"
    )
    waits = secret.record("told", at=day("09:10")).status(day("09:10"))["publish"]
    assert waits.missing.approvals == (("city",), ("deputy",))
    for by in ("deputy", "city"):
        secret = secret.record("approved", at=day("09:20"), by=by)
    secret = secret.record("told", at=day("09:30"))
    assert secret.status(day("09:30"))["publish"].state is State.MET


def test_an_approval_has_a_deadline_of_its_own_where_the_plan_gives_one(opened):
    case = opened(
        """
- id: publish
  who: press
  from: detected
  within: 5 h
  fulfilled_by: [told]
  approvals: {in_order: [{by: lead, within: 1 h}, {by: city, within: 30 min}]}
"""
    )
    # the first from the start: 08:40 + 1 h = 09:40
    first = case.status(day("09:00"))["publish/approval-1"]
    assert first.due.isoformat() == "2026-03-02T09:40:00+08:00"
    assert case.status(day("09:00"))["publish/approval-2"].state is State.PENDING
    # the second from the first: 09:30 + 30 min = 10:00
    case = case.record("approved", at=day("09:30"), by="lead", of=["publish"])
    assert case.status(day("09:30"))["publish/approval-1"].state is State.MET
    second = case.status(day("10:01"))["publish/approval-2"]
    assert second.due.isoformat() == "2026-03-02T10:00:00+08:00"
    assert second.state is State.OVERDUE


def test_oral_then_written_are_two_obligations_the_second_anchored_on_the_first(opened):
    case = opened(
        """
- {id: oral, who: duty, from: detected, within: 2 h, fulfilled_by: [reported]}
- {id: written, who: duty, from: reported, within: 30 min, fulfilled_by: [told]}
"""
    ).record("reported", at=day("09:00"))
    status = case.status(day("09:10"))
    assert status["oral"].state is State.MET
    assert status["written"].due.isoformat() == "2026-03-02T09:30:00+08:00"


def test_what_must_precede_an_event_is_late_when_the_event_comes_first(opened):
    owed = "- {id: clear, who: office, before: interview, fulfilled_by: [cleared]}"
    case = opened(owed)
    assert case.status(day("09:00"))["clear"].state is State.PENDING
    in_time = case.record("cleared", at=day("09:00")).record("interview", at=day("09:30"))
    assert in_time.status(day("10:00"))["clear"].state is State.MET
    too_late = case.record("interview", at=day("09:30"))
    assert too_late.status(day("10:00"))["clear"].state is State.OVERDUE
    mended = too_late.record("cleared", at=day("10:00"))
    assert mended.status(day("10:00"))["clear"].state is State.MET_LATE


def test_a_continuous_duty_lasts_until_what_ends_it(opened):
    owed = "- {id: watch, who: duty, from: detected, continuous: true, until: [subsided]}"
    case = opened(owed).record("published", at=day("09:00"))
    clock = case.status(day("23:00"))["watch"]
    assert clock.state is State.RUNNING
    assert clock.due is None
    case = case.record("subsided", at=day("23:30"))
    assert case.status(day("23:45"))["watch"].state is State.MET


def test_any_other_duty_is_withdrawn_by_what_ends_it(opened):
    owed = """
- {id: answer, who: press, from: detected, within: 5 h, until: [subsided], fulfilled_by: [told]}
"""
    case = opened(owed).record("published", at=day("09:00")).record("subsided", at=day("10:00"))
    assert case.status(day("15:00"))["answer"].state is State.WITHDRAWN


def test_a_duty_each_time_has_a_clock_for_each_event(opened):
    owed = "- {id: answer, who: press, from: doubted, each: true, within: 1 h, fulfilled_by: [answered]}"
    case = opened(owed).record("published", at=day("09:00")).record("subsided", at=day("09:10"))
    case = case.record("doubted", at=day("09:20")).record("subsided", at=day("09:30"))
    case = case.record("doubted", at=day("11:00"))
    case = case.record("answered", at=day("11:10"))
    first, second = case.status(day("12:00")).of("answer")
    assert first.id == "answer@20260302T012000Z"
    assert (first.state, second.state) == (State.MET_LATE, State.MET)


def test_a_step_back_starts_a_round_and_earlier_rounds_keep_their_results(opened):
    owed = "- {id: notify, who: office, from: published, within: 30 min, fulfilled_by: [told]}"
    case = opened(owed).record("published", at=day("09:00")).record("told", at=day("09:40"))
    case = case.record("worsened", at=day("10:00")).record("published", at=day("10:30"))
    first, second = case.status(day("10:45")).of("notify")
    assert first.state is State.MET_LATE
    assert second.state is State.RUNNING
    # 10:30 + 30 min = 11:00, named by the start of the round, 10:00 local = 02:00 UTC
    assert second.id == "notify@20260302T020000Z"
    assert second.due.isoformat() == "2026-03-02T11:00:00+08:00"


def test_reopening_starts_a_round(opened):
    owed = "- {id: notify, who: office, from: published, within: 30 min, fulfilled_by: [told]}"
    case = opened(owed).record("published", at=day("09:00")).record("told", at=day("09:10"))
    case = case.record("false-alarm", at=day("09:20"), data={"reason": "a test"})
    case = case.record("reopened", at=day("10:00")).record("published", at=day("10:30"))
    first, second = case.status(day("10:45")).of("notify")
    assert (first.state, second.state) == (State.MET, State.RUNNING)


def test_a_false_alarm_withdraws_what_is_still_owed_and_keeps_what_was_late(opened):
    case = opened(
        """
- {id: soon, who: office, from: detected, within: 30 min, fulfilled_by: [told]}
- {id: later, who: office, from: detected, within: 5 h, fulfilled_by: [told]}
"""
    ).record("false-alarm", at=day("10:00"), data={"reason": "a drill"})
    status = case.status(day("20:00"))
    assert status.stage == "closed"
    assert status["soon"].state is State.OVERDUE
    assert status["later"].state is State.WITHDRAWN


def test_a_level_that_comes_later_starts_the_duty_from_the_change(opened):
    owed = "- {id: alarm, who: duty, level: [high], from: detected, within: 30 min, fulfilled_by: [told]}"
    case = opened(owed, level="low")
    assert case.status(day("12:00"))["alarm"].state is State.PENDING
    case = case.record("reclassified", at=day("12:00"), level="high")
    clock = case.status(day("12:10"))["alarm"]
    assert clock.state is State.RUNNING
    assert clock.due.isoformat() == "2026-03-02T12:30:00+08:00"


def test_from_anchor_counts_from_the_original_anchor_and_may_be_overdue_at_once(opened):
    owed = """
- id: alarm
  who: duty
  level: [high]
  from: detected
  within: 30 min
  fulfilled_by: [told]
  reclassified: {newly: from_anchor}
"""
    case = opened(owed, level="low").record("reclassified", at=day("12:00"), level="high")
    clock = case.status(day("12:00"))["alarm"]
    assert clock.state is State.OVERDUE
    assert clock.due.isoformat() == "2026-03-02T09:10:00+08:00"


def test_ignore_never_starts_what_did_not_apply_at_its_anchor(opened):
    owed = """
- id: alarm
  who: duty
  level: [high]
  from: detected
  within: 30 min
  fulfilled_by: [told]
  reclassified: {newly: ignore}
"""
    case = opened(owed, level="low").record("reclassified", at=day("12:00"), level="high")
    assert case.status(day("20:00"))["alarm"].state is State.PENDING


def test_what_no_longer_applies_is_withdrawn_unless_already_overdue(opened):
    owed = (
        "- {id: alarm, who: duty, level: [high], from: detected, within: 2 h, fulfilled_by: [told]}"
    )
    lowered = opened(owed, level="high").record("reclassified", at=day("09:00"), level="low")
    assert lowered.status(day("20:00"))["alarm"].state is State.WITHDRAWN
    too_late = opened(owed, level="high").record("reclassified", at=day("11:00"), level="low")
    assert too_late.status(day("20:00"))["alarm"].state is State.OVERDUE


@pytest.mark.parametrize(
    ("choice", "due"),
    [
        # low allows 4 h from 08:40 = 12:40; high allows 2 h; the level rises at 09:40, after 1 h.
        ("from_anchor", "10:40"),  # 08:40 + 2 h
        ("stricter", "10:40"),  # the earlier of 12:40 and 10:40
        ("restart", "11:40"),  # 09:40 + 2 h
        ("remaining", "10:40"),  # 09:40 + (2 h - 1 h used)
    ],
)
def test_a_level_with_another_time_moves_the_due_instant_as_the_plan_chooses(opened, choice, due):
    owed = f"""
- id: fix
  who: duty
  from: detected
  within: 4 h
  by_level: {{high: {{within: 2 h}}}}
  fulfilled_by: [told]
  reclassified: {{changed: {choice}}}
"""
    case = opened(owed, level="low").record("reclassified", at=day("09:40"), level="high")
    clock = case.status(day("09:50"))["fix"]
    assert clock.due.isoformat() == f"2026-03-02T{due}:00+08:00"
    # and when it falls again at 10:10: stricter keeps the earlier one
    lowered = case.record("reclassified", at=day("10:10"), level="low").status(day("10:20"))["fix"]
    back = {"from_anchor": "12:40", "stricter": "10:40", "restart": "14:10"}
    if choice in back:
        assert lowered.due.isoformat() == f"2026-03-02T{back[choice]}:00+08:00"


def test_a_pause_of_elapsed_time_moves_the_due_instant_by_its_length(opened):
    owed = """
- id: fix
  who: duty
  from: detected
  within: 2 h
  fulfilled_by: [told]
  paused_while: {when: [waiting]}
"""
    case = opened(owed).record("asked", at=day("09:00"))
    paused = case.status(day("15:00"))["fix"]
    assert paused.state is State.PAUSED
    assert paused.due is None
    case = case.record("got-answer", at=day("09:45"))
    # 10:40 + 45 min
    assert case.status(day("10:00"))["fix"].due.isoformat() == "2026-03-02T11:25:00+08:00"


def test_a_pause_outside_working_time_changes_nothing_for_working_time(opened):
    owed = """
- id: fix
  who: duty
  from: detected
  within: 5 working hours
  fulfilled_by: [told]
  paused_while: {when: [waiting]}
"""
    case = opened(owed)
    # 09:00-12:00 is 3 h, then 13:00-15:00
    assert case.status(day("09:00"))["fix"].due.isoformat() == "2026-03-02T15:00:00+08:00"
    at_noon = case.record("asked", at=day("12:00")).record("got-answer", at=day("13:00"))
    assert at_noon.status(day("14:00"))["fix"].due.isoformat() == "2026-03-02T15:00:00+08:00"
    across = case.record("asked", at=day("11:30")).record("got-answer", at=day("13:15"))
    # 30 min before noon and 15 min after one o'clock are lost
    assert across.status(day("14:00"))["fix"].due.isoformat() == "2026-03-02T15:45:00+08:00"


def test_days_that_a_pause_touches_are_not_counted(opened):
    owed = """
- id: review
  who: duty
  from: detected
  within: 3 days
  fulfilled_by: [told]
  paused_while: {when: [waiting]}
"""
    case = opened(owed).record("asked", at="2026-03-03T10:00+08:00")
    case = case.record("got-answer", at="2026-03-03T11:00+08:00")
    # the 3rd is touched: the 4th, 5th and 6th count
    due = case.status("2026-03-04T00:00+08:00")["review"].due
    assert due.isoformat() == "2026-03-06T23:59:59.999999+08:00"


def test_a_duty_that_begins_to_apply_later_honours_the_pauses_since_its_anchor(opened):
    owed = """
- id: alarm
  who: duty
  level: [high]
  from: detected
  within: 4 h
  fulfilled_by: [told]
  paused_while: {when: [waiting]}
  reclassified: {newly: from_anchor}
"""
    case = opened(owed, level="low").record("asked", at=day("09:00"))
    case = case.record("got-answer", at=day("10:00"))
    case = case.record("reclassified", at=day("11:00"), level="high")
    # 08:40 + 4 h + 1 h of pause
    assert case.status(day("11:00"))["alarm"].due.isoformat() == "2026-03-02T13:40:00+08:00"


def test_an_extension_gives_a_later_limit_and_only_before_it_is_late(opened):
    owed = """
- {id: reply, who: press, from: detected, within: 2 h, fulfilled_by: [told], extended_by: [granted]}
"""
    case = opened(owed).record("granted", at=day("09:00"), data={"by": "3 h"})
    # 10:40 + 3 h
    assert case.status(day("09:10"))["reply"].due.isoformat() == "2026-03-02T13:40:00+08:00"
    until = opened(owed).record("granted", at=day("09:00"), data={"until": "2026-03-04"})
    due = until.status(day("09:10"))["reply"].due
    assert due.isoformat() == "2026-03-04T23:59:59.999999+08:00"
    too_late = opened(owed).record("granted", at=day("11:00"), data={"by": "3 h"})
    assert too_late.status(day("11:10"))["reply"].state is State.OVERDUE


def test_restarting_gives_a_fresh_period(opened):
    owed = """
- {id: fix, who: duty, from: detected, within: 2 h, fulfilled_by: [told], restarted_by: [began-anew]}
"""
    case = opened(owed).record("began-anew", at=day("10:00"))
    assert case.status(day("10:00"))["fix"].due.isoformat() == "2026-03-02T12:00:00+08:00"


PROMISE = """
- {id: result, who: press, from: replied, due: {promised: result-date}, fulfilled_by: [answered]}
"""


def test_a_promised_date_means_the_end_of_that_day(opened):
    case = opened(PROMISE).record("replied", at=day("10:00"), data={"result-date": "2026-03-05"})
    due = case.status(day("11:00"))["result"].due
    assert due.isoformat() == "2026-03-05T23:59:59.999999+08:00"


def test_a_later_promise_replaces_an_earlier_one_only_through_an_event_that_says_so(opened):
    case = opened(PROMISE).record("replied", at=day("10:00"), data={"result-date": "2026-03-05"})
    again = case.record("replied", at=day("11:00"), data={"result-date": "2026-03-09"})
    assert again.status(day("12:00"))["result"].due.day == 5
    changed = case.record(
        "promise-changed", at=day("11:00"), of=["result"], data={"result-date": "2026-03-09"}
    )
    clock = changed.status(day("12:00"))["result"]
    assert clock.due.day == 9
    assert [change.cause.value for change in clock.limit_course.changes] == ["promise"]


def test_a_new_promise_takes_the_place_of_an_extension_of_the_old_one(opened):
    # The 5th was promised, more time was granted until the 6th, then the 9th was promised.
    owed = PROMISE.replace("fulfilled_by", "extended_by: [granted], fulfilled_by")
    case = opened(owed).record("replied", at=day("10:00"), data={"result-date": "2026-03-05"})
    granted = case.record("granted", at=day("11:00"), data={"until": "2026-03-06T10:00+08:00"})
    assert granted.status(day("12:00"))["result"].due.day == 6
    promised = granted.record(
        "promise-changed", at=day("12:00"), of=["result"], data={"result-date": "2026-03-09"}
    )
    clock = promised.status(day("13:00"))["result"]
    assert clock.due.day == 9
    assert [it.cause.value for it in clock.limit_course.changes] == ["extended", "promise"]


def test_parts_whose_anchor_has_not_happened_do_not_count_yet(opened):
    owed = """
- id: notify
  who: duty
  from: detected
  within: {earliest_of: [{rule: 4 h, from: assessed}, {rule: 24 h}]}
  fulfilled_by: [told]
"""
    case = opened(owed)
    assert case.status(day("09:00"))["notify"].due.isoformat() == "2026-03-03T08:40:00+08:00"
    case = case.record("assessed", at=day("10:00"))
    assert case.status(day("10:00"))["notify"].due.isoformat() == "2026-03-02T14:00:00+08:00"


def test_a_duty_that_the_text_does_not_date_runs_without_a_due_instant(opened):
    owed = "- {id: verify, who: duty, from: detected, within: promptly, fulfilled_by: [told]}"
    case = opened(owed)
    clock = case.status("2026-06-01T00:00+08:00")["verify"]
    assert clock.state is State.RUNNING
    assert clock.due is None
    assert case.record("told", at=day("10:00")).status(day("10:00"))["verify"].state is State.MET


def test_advice_is_never_a_breach(opened):
    owed = (
        "- {id: speak, who: press, from: detected, within: 4 h, soft: true, fulfilled_by: [told]}"
    )
    clock = opened(owed).status(day("20:00"))["speak"]
    assert clock.state is State.RUNNING
    assert clock.target_missed


def test_late_with_reasons_differs_from_late_without(opened):
    owed = """
- {id: notify, who: duty, from: detected, within: 1 h, fulfilled_by: [told], reasons_if_late: true}
"""
    without = opened(owed).record("told", at=day("12:00"))
    stated = opened(owed).record("told", at=day("12:00"), data={"reasons": "the line was cut"})
    assert without.status(day("12:00"))["notify"].reasons == ""
    assert stated.status(day("12:00"))["notify"].reasons == "the line was cut"


def test_an_unknown_obligation_is_named_with_its_nearest(opened):
    with pytest.raises(UnknownNameError, match='Did you mean "notify"'):
        opened(NOTIFY).status(day("09:00")).obligation("notifi")


def test_a_continuous_duty_each_time_has_a_clock_for_each_event(opened):
    owed = (
        "- {id: watch, who: duty, from: asked, each: true, continuous: true, until: [got-answer]}"
    )
    case = opened(owed)
    for at, name in (("09:00", "asked"), ("09:30", "got-answer"), ("10:00", "asked")):
        case = case.record(name, at=day(at))
    first, second = case.status(day("11:00")).of("watch")
    assert (first.state, second.state) == (State.MET, State.RUNNING)


def test_remaining_takes_off_all_that_has_been_used_however_often_the_level_changes(opened):
    owed = """
- id: fix
  who: duty
  from: detected
  within: 4 h
  by_level: {high: {within: 3 h}}
  fulfilled_by: [told]
  reclassified: {changed: remaining}
"""
    case = opened(owed, level="low")
    # 09:40, 1 h used: 3 h - 1 h from there is 11:40
    case = case.record("reclassified", at=day("09:40"), level="high")
    assert case.status(day("09:40"))["fix"].due.isoformat() == "2026-03-02T11:40:00+08:00"
    # 10:10, 1.5 h used: 4 h - 1.5 h from there is 12:40
    case = case.record("reclassified", at=day("10:10"), level="low")
    assert case.status(day("10:10"))["fix"].due.isoformat() == "2026-03-02T12:40:00+08:00"


def test_a_restarted_period_is_the_one_that_a_change_of_level_counts_from(opened):
    owed = """
- id: fix
  who: duty
  from: detected
  within: 4 h
  by_level: {high: {within: 2 h}}
  fulfilled_by: [told]
  restarted_by: [began-anew]
  extended_by: [granted]
"""
    case = opened(owed, level="low").record("granted", at=day("09:00"), data={"by": "1 h"})
    assert case.status(day("09:00"))["fix"].due.isoformat() == "2026-03-02T13:40:00+08:00"
    # a fresh period has the plan's own length, not that of the extension
    case = case.record("began-anew", at=day("10:00"))
    assert case.status(day("10:00"))["fix"].due.isoformat() == "2026-03-02T14:00:00+08:00"
    case = case.record("reclassified", at=day("11:00"), level="high")
    assert case.status(day("11:00"))["fix"].due.isoformat() == "2026-03-02T12:00:00+08:00"


def test_one_approval_is_one_of_those_in_order_and_not_two(opened):
    owed = """
- id: sign
  who: duty
  from: detected
  within: 4 h
  fulfilled_by: [told]
  approvals: {in_order: [lead, {by: lead, within: 1 h}]}
"""
    case = opened(owed).record("approved", at=day("09:00"), by="lead")
    status = case.status(day("09:30"))
    assert status["sign"].missing.approvals == (("lead",),)
    assert status["sign/approval-2"].state is State.RUNNING
    assert status["sign/approval-2"].due.isoformat() == "2026-03-02T10:00:00+08:00"
    case = case.record("approved", at=day("09:40"), by="lead")
    assert case.status(day("09:50"))["sign/approval-2"].state is State.MET
