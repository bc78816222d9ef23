"""One case under several plans: ids carry the plan's name, declared equivalences join events."""

import pytest
import small_plan
from small_plan import at

from workflow.cases import Case, State
from workflow.errors import PlanError, UnknownNameError

OWED = "- {id: notify, from: seen, within: 30 min, fulfilled_by: [said]}"
OWN = """
  seen: {en: Seen}
  said: {en: Said}
"""
LAW = "- {id: notify, from: breach-known, within: 72 h, fulfilled_by: [authority-told]}"
SAME = """
  breach-known: {en: Breach known, same_as: ["company:seen"]}
  authority-told: {en: Authority told, same_as: ["company:said"]}
"""
APART = """
  breach-known: {en: Breach known}
  authority-told: {en: Authority told}
"""


def opened(events):
    company = small_plan.plan(OWED, name="company", events=OWN)
    law = small_plan.plan(LAW, name="law", events=events)
    return Case.open([company, law], "c-1", at=at(0)).record("seen", at=at(0))


def states(case, minute):
    return {it.id: it.state for it in case.status(at(minute)).clocks}


def test_one_event_anchors_and_fulfils_in_both_plans_through_a_declared_equivalence():
    case = opened(SAME)
    assert states(case, 10) == {"company:notify": State.RUNNING, "law:notify": State.RUNNING}
    case = case.record("said", at=at(40))
    assert states(case, 50) == {"company:notify": State.MET_LATE, "law:notify": State.MET}


def test_without_an_equivalence_an_event_counts_only_in_the_plan_that_knows_it():
    assert states(opened(APART), 10) == {
        "company:notify": State.RUNNING,
        "law:notify": State.PENDING,
    }


def test_an_event_of_one_plan_is_recorded_under_that_plans_name():
    case = opened(APART).record("law:breach-known", at=at(5))
    assert states(case, 10)["law:notify"] is State.RUNNING
    case = case.record("law:authority-told", at=at(6))
    assert states(case, 10) == {"company:notify": State.RUNNING, "law:notify": State.MET}


def test_the_next_wakeup_is_the_earliest_of_all_plans():
    case = opened(SAME)
    assert case.next_wakeup_instant(_instant(0)) == _instant(30) + 1
    assert case.next_wakeup_instant(_instant(31)) == _instant(72 * 60) + 1


def test_an_event_that_no_plan_knows_is_refused():
    with pytest.raises(UnknownNameError):
        opened(SAME).record("law:nothing-such", at=at(5))


def test_one_case_cannot_follow_the_same_plan_twice():
    plan = small_plan.plan(OWED, name="company", events=OWN)
    with pytest.raises(PlanError, match="twice"):
        Case.open([plan, plan], "c-1", at=at(0))


def test_an_explanation_names_the_clock_with_its_plan():
    text = str(opened(SAME).explain("law:notify", at(10)))
    assert "law:notify" in text


def _instant(minute):
    return int(at(minute).timestamp()) * 10**6
