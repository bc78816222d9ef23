"""A plan's state diagram holds its stages and what moves a case, and nothing else."""

import pytest

from workflow.pictures import state_diagram
from workflow.plans import load, names


@pytest.mark.parametrize("name", names())
def test_every_stage_and_every_transition_of_a_plan_is_drawn(name):
    plan = load(name)
    drawn = state_diagram(plan)
    assert "stateDiagram" in drawn
    for stage in plan.stages:
        assert f'state "{stage.id}"' in drawn
    lines = drawn.splitlines()
    for move in plan.transitions:
        for source in move.sources:
            arrows = [line for line in lines if f"{source} --> {move.target}:" in line]
            assert any(move.event in line for line in arrows)


def test_events_that_move_nothing_are_not_drawn():
    drawn = state_diagram(load("township"))
    assert "noted" not in drawn
    assert "internal" not in drawn


def test_the_title_is_in_the_language_asked_for():
    plan = load("township")
    assert plan.title.zh in state_diagram(plan, "zh")
    assert plan.title.en in state_diagram(plan)
