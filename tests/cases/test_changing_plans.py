"""A case that moves to another version of its plan: what is past keeps its result."""

import pytest
import small_plan
from small_plan import at

from workflow.cases import Case, State, preview
from workflow.errors import PlanError

LONG = "- {id: notify, from: detected, within: 60 min, fulfilled_by: [told]}"
SHORT = "- {id: notify, from: detected, within: 20 min, fulfilled_by: [told]}"


def test_what_runs_is_counted_by_the_new_version():
    case = small_plan.opened(LONG).change_plan(small_plan.plan(SHORT), at=at(10))
    clock = case.status(at(15))["notify"]
    assert (clock.state, clock.due) == (State.RUNNING, at(20))


def test_what_was_met_late_stays_met_late_under_a_longer_limit():
    case = small_plan.opened(SHORT).record("told", at=at(30))
    case = case.change_plan(small_plan.plan(LONG), at=at(40))
    assert case.status(at(50))["notify"].state is State.MET_LATE


def test_what_was_met_stays_met_under_a_shorter_limit():
    case = small_plan.opened(LONG).record("told", at=at(30))
    case = case.change_plan(small_plan.plan(SHORT), at=at(40))
    assert case.status(at(50))["notify"].state is State.MET


def test_what_was_overdue_stays_overdue_under_a_longer_limit():
    case = small_plan.opened(SHORT).change_plan(small_plan.plan(LONG), at=at(30))
    assert case.status(at(40))["notify"].state is State.OVERDUE
    assert case.record("told", at=at(45)).status(at(50))["notify"].state is State.MET_LATE


def test_what_was_due_at_the_very_instant_of_the_change_was_not_late():
    case = small_plan.opened(SHORT).change_plan(small_plan.plan(LONG), at=at(20))
    assert case.status(at(30))["notify"].state is State.RUNNING


def test_before_the_change_was_known_the_old_version_judges():
    case = small_plan.opened(LONG)
    case = case.change_plan(small_plan.plan(SHORT), at=at(10), recorded_at=at(12))
    assert case.status(at(30), known_at=at(11))["notify"].due == at(60)
    assert case.status(at(30), known_at=at(12))["notify"].due == at(20)


def test_the_new_version_is_named_in_the_log():
    new = small_plan.plan(SHORT)
    case = small_plan.opened(LONG).change_plan(new, at=at(10))
    assert case.events[-1].data["digest"] == new.digest
    assert case.plan is new


def test_a_plan_of_another_name_is_refused():
    with pytest.raises(PlanError, match="other"):
        small_plan.opened(LONG).change_plan(small_plan.plan(SHORT, name="other"), at=at(10))


def test_an_explanation_says_since_when_another_version_counts_and_not_of_what_had_ended():
    case = small_plan.opened(LONG)
    new = small_plan.plan(SHORT)
    explained = case.change_plan(new, at=at(10)).explain("notify", at(15))
    line = f"Counted by version {new.version} of the plan since 2026-03-02 08:10"
    assert line in str(explained)
    assert explained.data["changes"]["changes"][0]["version"] == new.version
    done = case.record("told", at=at(5)).change_plan(new, at=at(10))
    assert "version" not in str(done.explain("notify", at(15)))


def test_a_preview_passes_over_closed_cases_and_those_of_other_plans():
    case = small_plan.opened(LONG)
    closed = case.record("false-alarm", at=at(5))
    other = Case.open(small_plan.plan(LONG, name="other"), "c-2", at=at(0))
    found = preview([closed, other, case], small_plan.plan(SHORT), at(10))
    assert [(it.case_id, it.due, it.new_due) for it in found] == [("c-1", at(60), at(20))]
