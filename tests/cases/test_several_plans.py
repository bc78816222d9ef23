"""One case under several plans: ids carry the plan's name, declared equivalences join events."""

import pytest
import small_plan
from small_plan import at

from workflow.cases import Case, State
from workflow.errors import ContradictionError, PlanError, UnknownNameError
from workflow.plans import loads

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


HOMONYMS = """
  seen: {en: Seen by the authority}
  said: {en: Said, same_as: ["company:closing-said"]}
  breach-known: {en: Breach known, same_as: ["company:seen"]}
  authority-told: {en: Authority told}
"""


def under_homonyms(**said):
    """A company and a law that both know `seen` and `said`; the law's `said` is another thing."""
    events = OWN + "  closing-said: {en: The closing statement was made}\n"
    company = small_plan.plan(
        OWED + "\n- {id: last, from: closing-said, within: 9 min, fulfilled_by: [told]}",
        name="company",
        events=events,
    )
    return Case.open([company, small_plan.plan(LAW, name="law", events=HOMONYMS)], "c-1", **said)


def test_an_event_that_both_plans_know_by_one_name_counts_in_both_and_as_what_is_declared_the_same():
    case = under_homonyms(at=at(0)).record("seen", at=at(0))
    assert states(case, 10)["company:notify"] is State.RUNNING
    assert states(case, 10)["law:notify"] is State.RUNNING  # breach-known, by the equivalence


def test_an_equivalence_of_another_plans_homonym_does_not_change_what_a_name_means():
    case = under_homonyms(at=at(0)).record("seen", at=at(0)).record("said", at=at(5))
    assert states(case, 10)["company:notify"] is State.MET
    assert states(case, 10)["company:last"] is State.PENDING  # the company's own `said`
    case = case.record("law:said", at=at(6))
    assert states(case, 10)["company:last"] is State.RUNNING


APPROVED = """
- {id: notify, from: seen, within: 30 min, fulfilled_by: [said], approvals: {in_order: [duty]}}
"""


def test_an_approval_that_one_plan_asks_for_is_accepted_beside_a_plan_that_asks_for_none():
    company = small_plan.plan(APPROVED, name="company", events=OWN)
    law = small_plan.plan(LAW, name="law", events=SAME)
    case = Case.open([company, law], "c-1", at=at(0)).record("seen", at=at(0))
    case = case.record("approved", by="duty", at=at(2)).record("said", at=at(3))
    assert states(case, 10)["company:notify"] is State.MET


def test_a_back_dated_move_is_judged_by_the_leading_plans_events_alone():
    company = small_plan.plan(OWED, name="company", events=OWN)
    law = small_plan.plan(LAW, name="law", events=APART)
    case = Case.open([company, law], "c-1", at=at(0)).record("law:breach-known", at=at(5))
    case = case.record("false-alarm", at=at(4), recorded_at=at(6))
    assert case.status(at(10)).stage == "closed"


@pytest.mark.parametrize("said", [{"by": "nobody"}, {"level": "top"}, {"of": ["law:nothing"]}])
def test_a_name_that_no_plan_of_the_case_knows_is_refused(said):
    with pytest.raises(UnknownNameError):
        opened(SAME).record("said", at=at(5), **said)


def _instant(minute):
    return int(at(minute).timestamp()) * 10**6


def by_roles(law_owed):
    """A case of a company that says who did it, beside a law with roles of its own."""
    company = small_plan.plan(OWED.replace("from", "who: duty, from"), name="company", events=OWN)
    head = small_plan.HEAD.format(name="law", version="9", events=SAME)
    roles = head[head.index("roles:") : head.index("levels:")]
    law = loads(head.replace(roles, "roles: {office: {en: Office}}\n") + f"  {law_owed}\n")
    return Case.open([company, law], "c-1", at=at(0)).record("seen", at=at(0), by="duty")


def test_a_role_that_only_one_plan_knows_does_not_keep_its_event_from_counting_in_another():
    case = by_roles(LAW.replace("from", "who: office, from")).record("said", at=at(9), by="duty")
    assert set(states(case, 10).values()) == {State.MET}


def test_an_approval_by_a_role_of_one_plan_is_none_that_another_asks_for():
    asked = LAW.replace("from", "approvals: {in_order: [office]}, from")
    case = by_roles(asked).record("approved", at=at(5), by="office")
    assert case.record("said", at=at(9)).status(at(10))["law:notify"].state is State.MET
    with pytest.raises(ContradictionError, match="may not approve"):
        by_roles(asked).record("approved", at=at(5), by="duty")
