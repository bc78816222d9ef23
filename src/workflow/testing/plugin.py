"""The pytest plugin: fixtures and markers. Loading it imports neither hypothesis nor the engine.

The entry point is `workflow.testing.plugin` in the group `pytest11`.

- `workflow_plan`: the sample plan; the documented plan that `@pytest.mark.workflow_plan("name")`
  names; or every documented plan in turn, under `@pytest.mark.every_workflow_plan`.
- `workflow_time`: a `SimulatedTime` that stands at 09:00 on Monday 2 March 2026 in the plan's zone.
- `workflow_engine`: an engine in memory with that plan and that time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from workflow.engine import Engine
    from workflow.plans import Plan
    from workflow.testing.time import SimulatedTime

# The contracts are tests that live in a package: their asserts too are to show what they compared.
pytest.register_assert_rewrite("workflow.testing.contracts")


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers."""
    config.addinivalue_line(
        "markers", "workflow_plan(name): the documented plan that the fixture workflow_plan is"
    )
    config.addinivalue_line(
        "markers", "every_workflow_plan: run the test under every documented plan"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test with the marker under every documented plan."""
    if metafunc.definition.get_closest_marker("every_workflow_plan") is None:
        return
    if "workflow_plan" in metafunc.fixturenames:
        from workflow.plans import names

        metafunc.parametrize("workflow_plan", names(), indirect=True)


@pytest.fixture
def workflow_plan(request: pytest.FixtureRequest) -> Plan:
    """The plan; see the markers."""
    from workflow.plans import load
    from workflow.testing.sample import sample_plan

    marker = request.node.get_closest_marker("workflow_plan")
    name = getattr(request, "param", None) or (marker.args[0] if marker else None)
    return sample_plan() if name is None else load(name)


@pytest.fixture
def workflow_time(workflow_plan: Plan) -> SimulatedTime:
    """A time that moves only when told, at 09:00 on Monday 2 March 2026 in the plan's zone."""
    import datetime as dt

    from workflow.calendars.local_days import wall
    from workflow.instants import to_moment
    from workflow.testing.time import SimulatedTime

    start = wall(dt.date(2026, 3, 2), dt.time(9), workflow_plan.zone)
    return SimulatedTime(to_moment(start, workflow_plan.zone))


@pytest.fixture
def workflow_engine(workflow_plan: Plan, workflow_time: SimulatedTime) -> Iterator[Engine]:
    """An engine in memory with that plan and that time."""
    from workflow.engine import Engine

    with Engine("memory://", [workflow_plan], time_source=workflow_time) as engine:
        yield engine
