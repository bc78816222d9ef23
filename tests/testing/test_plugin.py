"""The plugin in a test run of its own, as another project would have it."""

import subprocess
import sys

import pytest

from workflow.errors import TimeError
from workflow.plans import names
from workflow.testing import SimulatedTime


def run(tmp_path, text):
    (tmp_path / "test_other.py").write_text(text, "utf-8")
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--strict-markers",
        ],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_the_fixtures_tell_time_and_keep_cases(tmp_path):
    done = run(
        tmp_path,
        """
import pytest

def test_a_case(workflow_engine, workflow_time):
    workflow_engine.open("sample", "c-1", at="2026-03-02T09:00+01:00")
    assert workflow_time.to_next_wakeup(workflow_engine)
    (notice,) = workflow_engine.tick()
    assert notice.kind.value == "breached" and notice.obligation == "receipt"

@pytest.mark.workflow_plan("township")
def test_a_named_plan(workflow_plan):
    assert workflow_plan.name == "township"

@pytest.mark.every_workflow_plan
def test_every_plan(workflow_plan, workflow_engine):
    workflow_engine.open(workflow_plan.name, "c-1", at="2026-03-02T00:00Z")
""",
    )
    assert f"{2 + len(names())} passed" in done.stdout, done.stdout


def test_loading_the_plugin_imports_neither_hypothesis_nor_the_engine():
    code = (
        "import sys, workflow.testing.plugin; "
        "print([it for it in sys.modules if it.split('.')[0] == 'hypothesis' "
        "or it.startswith(('workflow.engine', 'workflow.plans', 'pendulum'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]"


def test_simulated_time_does_not_go_back():
    time = SimulatedTime("2026-03-02T09:00+01:00")
    time.advance("1 h")
    with pytest.raises(
        TimeError, match=r"cannot go back from 2026-03-02 09:00 .* to 2026-03-02 08:00"
    ):
        time.move_to("2026-03-02T09:00+01:00")


def told(code):
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout.split()


def test_importing_hypothesis_loads_nothing_of_the_package_but_the_hook():
    code = "import hypothesis, sys; print(*[it for it in sys.modules if it.startswith('workflow')])"
    assert set(told(code)) <= {
        "workflow",
        "workflow.shown",
        "workflow.testing",
        "workflow.testing.registration",
    }


@pytest.mark.parametrize(
    "first", ["import hypothesis, workflow.cases", "import workflow.cases, hypothesis"]
)
def test_types_are_known_to_hypothesis_whichever_is_imported_first(first):
    code = f"""
{first}
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
import workflow as wf
one = settings(
    max_examples=1, database=None, derandomize=True, deadline=None,
    phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)
for kind in (wf.Duration, wf.WorkingCalendar, wf.Plan, wf.Case):
    @one
    @given(st.from_type(kind))
    def say(value):
        print(type(value).__name__)
    say()
"""
    assert told(code) == ["Duration", "WorkingCalendar", "Plan", "Case"]
