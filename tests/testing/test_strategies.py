"""What the strategies promise: valid or faulty as they say, legal, and printed as Python."""

import ast

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from workflow import testing
from workflow.calendars import WorkingCalendar
from workflow.cases import Case
from workflow.deadlines.rule import Setting
from workflow.durations import Counts, Duration
from workflow.errors import PlanDocumentError
from workflow.instants import to_instant, zone_of
from workflow.plans import Plan
from workflow.plans.due_text import format_rule, parse_rule
from workflow.testing import case_of, plan_of, record_of
from workflow.testing import strategies as made
from workflow.testing.registration import _hypothesis_setup_hook
from workflow.testing.strategies.moments import changes_in

_hypothesis_setup_hook()  # a checkout may have been installed before it had the entry point

FEW = settings(max_examples=50, suppress_health_check=list(HealthCheck))
FIND = settings(max_examples=2000, suppress_health_check=list(HealthCheck), database=None)
PASTED = {
    "parse_rule": parse_rule,
    "WorkingCalendar": WorkingCalendar,
    "FaultyDocument": made.FaultyDocument,
    **{name: getattr(testing, name) for name in testing.__all__},
}


@FEW
@given(made.plan_documents())
def test_every_document_is_valid(document):
    assert plan_of(document).document == document


@FEW
@given(made.faulty_documents())
def test_an_almost_valid_document_has_exactly_the_fault_that_it_says(faulty):
    with pytest.raises(PlanDocumentError) as caught:
        plan_of(faulty.document)
    (problem,) = caught.value.problems
    assert faulty.place in problem.place


@FEW
@given(st.data())
def test_every_log_is_legal_and_its_records_give_it_again(data):
    case = data.draw(made.plans().flatmap(made.cases))
    again = case_of(case.plan, [record_of(event) for event in case.events])
    assert again.events == case.events


@FEW
@given(st.data())
def test_a_log_out_of_order_tells_the_same_story_as_one_in_order(data):
    plan = data.draw(made.plans())
    arrived = case_of(plan, data.draw(made.disordered_records(plan)))
    at = max(event.recorded for event in arrived.events)
    in_order = sorted(
        (record_of(event) for event in arrived.events), key=lambda it: to_instant(it["at"])
    )
    for record in in_order:
        record.pop("recorded_at", None)
    ordered = case_of(plan, in_order)
    seen = [
        {clock.id: (clock.state, clock.due_instant) for clock in case.status_at(at)}
        for case in (arrived, ordered)
    ]
    assert seen[0] == seen[1]


@FEW
@given(made.rules())
def test_every_rule_can_be_written_and_read_again(rule):
    assert parse_rule(format_rule(rule)) == rule


@FEW
@given(st.data())
def test_every_rule_without_a_calendar_gives_a_due_time_without_one(data):
    from workflow.calendars import Counting

    zone = data.draw(made.zone_names())
    rule = data.draw(made.rules(calendar=False))
    anchor = data.draw(made.instants(zone))
    due = rule.due(anchor, Setting(counting=Counting(zone=zone_of(zone))))
    assert due is not None
    assert due >= anchor


@pytest.mark.parametrize("wanted", list(Counts)[:5])
def test_durations_of_every_kind_are_made(wanted):
    assert find(made.durations(), lambda it: it.counts is wanted, settings=FIND).counts is wanted


def test_instants_on_both_sides_of_a_clock_change_are_made():
    (spring, _) = changes_in(zone_of("Europe/Berlin"), 2026)
    for beside in (spring - 1, spring, spring + 1):
        assert find(made.instants(), lambda it, at=beside: it == at, settings=FIND) == beside


def test_both_half_past_twos_of_an_autumn_night_are_made_and_print_apart():
    for offset in ("+02:00", "+01:00"):
        wanted = f"2026-10-25T02:30{offset}"
        assert find(made.moments(), lambda it, at=wanted: it == at, settings=FIND) == wanted


@pytest.mark.parametrize(
    "kind", [Case, Duration, Plan, WorkingCalendar, made.FaultyDocument], ids=lambda it: it.__name__
)
def test_a_type_has_a_strategy_of_its_own(kind):
    @settings(FIND, max_examples=1, phases=[Phase.generate])
    @given(st.from_type(kind))
    def is_one(it):
        assert isinstance(it, kind)

    is_one()


@pytest.mark.parametrize(
    "strategy",
    [
        st.from_type(Case),
        st.from_type(Duration),
        st.from_type(Plan),
        st.from_type(WorkingCalendar),
        made.rules(),
        made.moments(),
        made.plans().flatmap(made.disordered_records),
        made.instants(),
        made.zone_names(),
        made.plan_documents(),
        made.faulty_documents(),
        made.plans().flatmap(made.records),
    ],
    ids=[
        "case",
        "duration",
        "plan",
        "calendar",
        "rule",
        "moment",
        "disordered records",
        "instant",
        "zone",
        "document",
        "faulty document",
        "records",
    ],
)
def test_a_failing_example_prints_as_python_that_makes_it_again(strategy):
    failed = []

    @settings(FIND, phases=[Phase.generate], print_blob=False)
    @given(strategy)
    def fail(it):
        failed.append(it)
        raise AssertionError

    with pytest.raises(AssertionError) as caught:
        fail()
    text = "\n".join(caught.value.__notes__)
    printed = text[text.index("fail(") : text.index("\n)") + 2]
    call = ast.parse(printed).body[0].value
    pasted = eval(ast.unparse(call.keywords[0].value), PASTED)  # noqa: S307 - it is what was printed
    shown = [it.events if isinstance(it, Case) else it for it in (pasted, failed[-1])]
    assert shown[0] == shown[1]


def test_a_plan_shrinks_to_one_stage_one_duty_and_one_act():
    seen = []

    @settings(FIND, phases=[Phase.generate, Phase.shrink])
    @given(made.plan_documents())
    def fail(document):
        seen.append(document)
        assert len(document["name"]) == 0

    with pytest.raises(AssertionError):
        fail()
    least = seen[-1]
    assert [stage["id"] for stage in least["stages"]] == ["detect", "closed"]
    assert len(least["obligations"]) == 1
    assert [event for event in least["events"] if event.startswith("act-")] == ["act-1"]
