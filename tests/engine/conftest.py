"""An engine on each store, under a small plan, with a time that moves when told."""

import postgres_server
import pytest

from workflow.engine import Engine, SimulatedTime
from workflow.plans import loads

PLAN = """
workflow: 1
name: small
version: "{version}"
timezone: Asia/Shanghai
roles: {{duty: Duty officer, lead: Lead group}}
stages: [{{id: detect}}, {{id: report}}, {{id: closed}}]
opens: [found]
conditions: {{waiting: Waiting}}
events:
  found: Found
  reported: Reported
  answered: Answered
  finished: Finished
  asked: {{en: Asked, sets: [waiting]}}
  got: {{en: Got, clears: [waiting]}}
transitions:
  - {{event: reported, from: [detect], to: report}}
  - {{event: finished, from: open, to: closed}}
obligations:
  - {{id: report, who: duty, from: found, within: {within}, fulfilled_by: [reported], warn: ["50%"],
     escalate: [{{to: [lead], after: 30 min, repeat: 1 h, times: 2}}]}}
  - {{id: answer, who: duty, from: reported, target: 1 h, limit: 3 h, fulfilled_by: [answered],
     paused_while: {{when: [waiting]}}}}
"""

START = "2026-03-02T08:40+08:00"


def small_plan(version="1", within="30 min"):
    return loads(PLAN.format(version=version, within=within))


@pytest.fixture(scope="session")
def make_plan():
    """Makes the small plan in a version."""
    return small_plan


@pytest.fixture(scope="session")
def plan():
    return small_plan()


@pytest.fixture
def time():
    return SimulatedTime(START)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def url(request, tmp_path):
    known = {"memory": "memory://", "sqlite": f"sqlite:///{tmp_path / 'cases.db'}"}
    return known.get(request.param) or postgres_server.fresh()


@pytest.fixture
def engine(url, plan, time):
    with Engine(url, [plan], time_source=time) as opened:
        yield opened


@pytest.fixture
def at(time):
    """Moves time to that hour of the day and gives it as text."""

    def move(hour):
        moment = f"2026-03-02T{hour}+08:00"
        time.move_to(moment)
        return moment

    return move
