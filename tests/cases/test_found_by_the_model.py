"""What the model test found, as sentences worked by hand."""

import small_plan
from small_plan import at

from workflow.cases import NoticeKind, State


def test_the_latest_of_two_is_not_known_while_a_pause_holds_one_of_them_up():
    owed = "- {id: a, from: detected, fulfilled_by: [told], paused_while: {when: [waiting]},"
    owed += " within: {latest_of: [{rule: 30 min}, {rule: 200 min}]}}"
    case = small_plan.opened(owed).record("asked", at=at(60))
    assert case.status(at(90))["a"].state is State.PAUSED
    assert not [it for it in case.notices(None, at(90)) if it.kind is NoticeKind.BREACHED]
    case = case.record("got-answer", at=at(100))
    assert case.status(at(110))["a"].due == at(240)


def test_an_approval_in_any_order_given_before_the_duty_applies_counts_for_its_own_time_too():
    owed = "- {id: a, level: [high], from: detected, within: 2 h, fulfilled_by: [told],"
    owed += " approvals: {in_any_order: [{by: lead, within: 20 min}]}}"
    case = small_plan.opened(owed, level="low").record("approved", at=at(5), by="lead")
    case = case.record("reclassified", at=at(10), level="high").record("told", at=at(15))
    assert [it.state for it in case.status(at(20))] == [State.MET, State.MET]


def test_after_a_change_of_plan_no_wakeup_falls_for_what_the_old_version_had_ended():
    owed = "- {id: a, from: detected, within: %s, fulfilled_by: [told]}"
    case = small_plan.opened(owed % "20 min").record("told", at=at(10))
    two = owed % "60 min, until: [subsided], requires: [asked]"
    case = case.change_plan(small_plan.plan(two), at=at(15))
    assert case.status(at(15))["a"].state is State.MET
    assert case.next_wakeup(at(15)) is None


def test_an_approval_that_waits_in_a_later_round_carries_that_round_in_its_id():
    owed = "- {id: a, level: [high], from: asked, within: 2 h, fulfilled_by: [told],"
    owed += " reclassified: {newly: ignore},"
    owed += " approvals: {in_any_order: [{by: lead, within: 20 min}]}}"
    case = small_plan.opened(owed, level="low").record("asked", at=at(5))
    case = case.record("false-alarm", at=at(10)).record("reopened", at=at(20))
    case = case.record("asked", at=at(30))
    ids = [it.id for it in case.status(at(40))]
    assert ids == ["a", "a@20260302T082000Z", "a/approval-1", "a/approval-1@20260302T082000Z"]
