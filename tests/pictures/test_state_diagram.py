"""A plan's state diagram holds its stages and what moves a case, and nothing else."""

import shutil
import xml.etree.ElementTree as ET

import pytest
from rich_case import rich_plan

from workflow.cases.lifecycle import lifecycle_of
from workflow.errors import MissingProgramError, WorkflowError
from workflow.pictures import state_diagram, state_dot, state_svg
from workflow.pictures.state_diagram import _quoted
from workflow.plans import load, names

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")


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


@pytest.mark.parametrize("name", names())
def test_dot_draws_the_table_that_a_case_runs_on(name):
    plan = load(name)
    lines = state_dot(plan).splitlines()
    for stage in plan.stages:
        assert any(line.startswith(f'  "{stage.id}" [label=') for line in lines)
    closed = lifecycle_of(plan).closed
    for source, moves in lifecycle_of(plan).moves.items():
        for event, move in moves.items():
            if not move.stays:
                begins = {f'"{source}"', '"*"' if move.stage in closed else f'"{source}"'}
                arrows = [
                    line
                    for line in lines
                    if any(f'{it} -> "{move.stage}"' in line for it in begins)
                ]
                named = [it for it in arrows if (plan.event(event).title.en or event) in it]
                assert len(named) == 1
                assert ("dashed" in named[0]) is move.back


def test_what_closes_a_case_from_everywhere_is_drawn_once():
    lines = state_dot(rich_plan()).splitlines()
    (arrow,) = (line for line in lines if '-> "closed"' in line)
    assert arrow.startswith('  "*" -> "closed" [label="Finished"')
    assert any(line.startswith('  "*" [label="any open stage"') for line in lines)
    assert '"任一未办结阶段"' in state_dot(rich_plan(), "zh")


def test_quotes_and_backslashes_do_not_end_a_dot_string():
    assert _quoted('a "b" \\ c\nd') == '"a \\"b\\" \\\\ c\\nd"'


@needs_dot
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", names())
def test_svg_shows_every_stage_and_stands_alone(name, lang):
    plan = load(name)
    drawn = state_svg(plan, lang)
    root = ET.fromstring(drawn)  # noqa: S314 - our own text
    said = "".join(root.itertext())
    for stage in plan.stages:
        assert (stage.title.words(lang) or stage.id).replace(" ", "") in said.replace(
            "\xa0", ""
        ).replace(" ", "")
    assert root.get("lang") == lang
    assert "prefers-color-scheme:dark" in drawn
    assert "DOCTYPE" not in drawn


@needs_dot
def test_a_dark_diagram_brings_its_dark_ground_along():
    root = ET.fromstring(state_svg(rich_plan(), theme="dark"))  # noqa: S314 - our own text
    ground = root.find("{http://www.w3.org/2000/svg}rect")
    assert (ground.get("class"), ground.get("width"), ground.get("height")) == (
        "wf-paper", "100%", "100%",
    )  # fmt: skip
    assert list(root).index(ground) < list(root).index(root.find("{http://www.w3.org/2000/svg}g"))


@needs_dot
def test_a_plans_words_are_escaped_in_svg():
    root = ET.fromstring(state_svg(rich_plan()))  # noqa: S314 - our own text
    assert "Assessed; <b>done</b> & signed" in "".join(root.itertext()).replace("\xa0", " ")


def test_without_graphviz_the_error_says_how_to_install_it(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingProgramError, match="apt install graphviz") as told:
        state_svg(load("township"))
    assert told.value.program == "dot"


def test_graphviz_that_fails_is_told(monkeypatch, tmp_path):
    broken = tmp_path / "dot"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(WorkflowError, match="Graphviz could not draw the plan"):
        state_svg(load("township"))
