"""What a notebook shows of a plan, a case and a status."""

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from rich_case import NOW, rich_case, rich_plan

import workflow as wf
from workflow import shown
from workflow.cases import Case
from workflow.cases.log import Log
from workflow.cases.track import tracks_of
from workflow.pictures import state_svg, timeline, timeline_of, timetable_chart

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")


@needs_dot
def test_a_plan_shows_its_stages():
    assert rich_plan()._repr_svg_() == state_svg(rich_plan())


def test_a_plan_shows_its_timetable_where_graphviz_is_missing(monkeypatch):
    monkeypatch.setenv("PATH", "")
    for plan in (rich_plan(), wf.plans.load("township")):
        level = plan.levels[0].id if plan.levels else None
        assert plan._repr_svg_() == timetable_chart(plan, level, "2026-03-02T08:40+08:00")


def test_a_case_shows_its_timeline_as_of_its_newest_recording():
    case = rich_case()
    assert case._repr_svg_() == timeline(case, case.events[-1].recorded_at)


def test_a_case_without_events_shows_no_picture():
    case = Case("c", tracks_of((rich_plan(),)), Log())
    assert case._repr_svg_() is None
    assert case._repr_html_() is None


def test_a_status_shows_its_timeline_at_its_own_now():
    status = rich_case().status(NOW)
    assert status._repr_svg_() == timeline_of(status)


@needs_dot
def test_html_holds_the_same_picture():
    case = rich_case()
    for value in (case, case.plan, case.status(NOW)):
        assert ET.fromstring(value._repr_html_())[0].tag.endswith("svg")  # noqa: S314 - our own
        assert value._repr_svg_() in value._repr_html_()


def test_where_nobody_draws_nothing_is_shown(monkeypatch):
    monkeypatch.setattr(shown, "_home", [])
    assert shown.svg_of("case", rich_case()) is None
    assert shown.html_of("case", rich_case()) is None


def test_pictures_are_not_imported_before_somebody_looks():
    program = (
        "import sys, workflow as wf; plan = wf.plans.load('township')\n"
        "assert not any(name.startswith('workflow.pictures') for name in sys.modules)\n"
        "case = wf.Case.open(plan, 'c', at='2026-03-02T08:40+08:00')\n"
        "assert case._repr_svg_().startswith('<svg')\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
