"""One definition of the stages: the `transitions` machine, and the table read from it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transitions import MachineError
from transitions.core import Condition
from transitions.extensions import GraphMachine

from workflow.cases.lifecycle import follow, lifecycle_of, machine_of, table_of
from workflow.errors import IllegalEventError, PlanError
from workflow.plans.model import STANDARD_EVENTS, EventType, Plan
from workflow.plans.stages import Stage, StageKind, Transition

DIGESTS = itertools.count()
NAMES = ["reported", "assessed", "worsened", "false-alarm", "reopened", "told", "archived"]


def plan_of(transitions, events=()):
    """A plan that has stages and events and owes nothing."""
    stages = tuple(Stage(id=kind.value, kind=kind) for kind in StageKind)
    known = {event.id for event in events}
    more = tuple(EventType(id=name) for name in NAMES if name not in known)
    return Plan(
        name="p",
        version="1",
        digest=f"lifecycle-{next(DIGESTS)}",
        stages=stages,
        transitions=tuple(transitions),
        opens=("told",),
        events=(*STANDARD_EVENTS, *events, *more),
    )


STAGES = [kind.value for kind in StageKind]


@st.composite
def plans(draw):
    """Any transitions between the seven stages, no event leading two ways from one stage."""
    table = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(NAMES[:5]), st.sampled_from(STAGES)),
            st.sampled_from(STAGES),
            max_size=12,
        )
    )
    transitions = [
        Transition(event=event, sources=(source,), target=target)
        for (event, source), target in table.items()
    ]
    limited = draw(st.lists(st.sampled_from(STAGES), unique=True, max_size=3))
    return plan_of(transitions, [EventType(id="archived", stages=tuple(limited))])


class Host:
    state = "detect"


@given(plans(), st.lists(st.sampled_from([*NAMES, "noted", "approved"]), max_size=30))
def test_the_table_and_the_machine_agree_on_every_sequence_of_events(plan, events):
    lifecycle = lifecycle_of(plan)
    machine = machine_of(plan)
    host = Host()
    machine.add_model(host, initial=lifecycle.first)
    stage = lifecycle.first
    for event in events:
        move = lifecycle.move(stage, event)
        try:
            moved = event in machine.events and machine.events[event].trigger(host)
        except MachineError:
            moved = False
        assert moved is (move is not None)
        stage = stage if move is None else move.stage
        assert host.state == stage


@given(plans())
def test_the_table_says_which_moves_lead_back_and_which_close(plan):
    kinds = {stage.id: stage.kind for stage in plan.stages}
    for stage, moves in lifecycle_of(plan).moves.items():
        for move in moves.values():
            assert move.back is (kinds[move.stage].place < kinds[stage].place)
            assert move.closes is (not move.stays and kinds[move.stage] is StageKind.CLOSED)


REPORTING = plan_of(
    [
        Transition(event="reported", sources=("detect",), target="report"),
        Transition(event="false-alarm", sources=("detect", "report"), target="closed"),
        Transition(event="reopened", sources=("closed",), target="assess"),
    ]
)


def test_an_event_that_is_no_transition_is_legal_in_every_open_stage():
    lifecycle = lifecycle_of(REPORTING)
    for stage in STAGES[:-1]:
        assert lifecycle.move(stage, "noted").stays
    assert lifecycle.move("closed", "noted") is None


def test_a_transition_is_legal_in_its_source_stages_alone():
    lifecycle = lifecycle_of(REPORTING)
    assert lifecycle.move("detect", "reported").stage == "report"
    assert lifecycle.move("report", "reported") is None
    assert lifecycle.legal("closed") == ("reopened",)


def test_reopening_leads_back_and_so_starts_a_round():
    assert lifecycle_of(REPORTING).move("closed", "reopened").back


def test_a_transition_to_the_stage_it_comes_from_moves_nothing_back():
    plan = plan_of([Transition(event="worsened", sources=("assess",), target="assess")])
    move = lifecycle_of(plan).move("assess", "worsened")
    assert not move.back
    assert not move.stays


def test_a_host_attaches_callbacks_to_the_machine():
    machine = machine_of(REPORTING)
    entered = []
    machine.on_enter_report(lambda *_: entered.append("report"))
    host = Host()
    machine.add_model(host)
    follow(REPORTING, machine, host, ["noted", "reported"])
    assert entered == ["report"]
    assert host.state == "report"


def test_a_host_attaches_conditions_and_a_refusal_names_what_is_legal():
    machine = machine_of(REPORTING)
    for transition in machine.get_transitions("reported"):
        transition.conditions.append(Condition(lambda *_: False))
    host = Host()
    machine.add_model(host)
    with pytest.raises(IllegalEventError) as caught:
        follow(REPORTING, machine, host, ["reported"])
    assert host.state == "detect"
    assert caught.value.stage == "detect"
    assert "reported" in caught.value.legal


def test_a_host_whose_model_is_not_attached_is_told_how_to_attach_it():
    with pytest.raises(PlanError, match="add_model"):
        follow(REPORTING, machine_of(REPORTING), Host(), ["reported"])


def test_the_machine_of_a_host_is_its_own():
    machine = machine_of(REPORTING)
    machine.add_transition("reported", "report", "assess")
    assert machine_of(REPORTING).get_transitions("reported", "report") == []
    assert lifecycle_of(REPORTING).move("report", "reported") is None


def test_the_table_can_be_read_from_any_machine_of_the_plan():
    assert table_of(REPORTING, machine_of(REPORTING)) == lifecycle_of(REPORTING)


def test_the_machine_draws_its_own_diagram():
    machine = machine_of(REPORTING, GraphMachine, graph_engine="mermaid")
    host = Host()
    machine.add_model(host)
    drawn = machine.get_combined_graph().source
    assert "stateDiagram" in drawn
    for stage in STAGES:
        assert stage in drawn
    assert "false-alarm" in drawn
