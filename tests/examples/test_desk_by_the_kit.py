"""The desk, driven through its own forms and pages through random lives of a case.

The adapter knows no more than a browser does: it fills in the forms, and reads states and due
times from the page.
"""

import html
import itertools
import re

import desk_house
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import workflow as wf
from workflow.errors import EventError
from workflow.instants import to_instant
from workflow.testing.machine import CaseMachine
from workflow.testing.sample import sample_plan

LAWS = desk_house.ROOT / "examples" / "plans" / "data-breach.yaml"
PLANS = [sample_plan(), wf.plans.load("tourism-bureau"), wf.load_plan(LAWS)]
CLOCK = re.compile(r'data-clock="([^"]*)" data-state="([^"]*)" data-due="([^"]*)"')
NOTICE = re.compile(r'<li class="notice [^"]*" data-id="([^"]*)"')


class DeskHost:
    """An adapter of the desk."""

    def __init__(self, plan, house, path):
        self._plan = plan
        self._house = house
        house.renew(path)
        self._visitor = desk_house.Visitor(house)
        self._visitor.sign_in("officer")

    def open(self, case, record):
        self._come_to(record["recorded_at"])
        form = {**_form(record), "plan": self._plan.name, "title": "A matter", "name": case}
        self._sent(self._visitor.post("/matters/new", **form))

    def record(self, case, record):
        self._come_to(record["recorded_at"])
        self._sent(self._visitor.post(f"/cases/{case}/record", **_form(record)))

    def tick(self, now):
        self._come_to(now)
        self._house.desk.engine.tick(now)

    def status(self, case, now):
        self._come_to(now)
        page = self._visitor.get(f"/cases/{case}").text
        return {
            html.unescape(clock): (state, due or None) for clock, state, due in CLOCK.findall(page)
        }

    def sent(self, case):  # noqa: ARG002 - there is one case
        page = self._visitor.get("/inbox?all").text
        return [html.unescape(name) for name in NOTICE.findall(page)][::-1]

    def restart(self):
        self._house.renew()

    def close(self):
        self._visitor.close()

    def _come_to(self, moment):
        if to_instant(moment) > self._house.time.now():
            self._house.time.move_to(moment)

    def _sent(self, answer):
        if answer.status_code != 303:
            raise EventError(f"The desk answered {answer.status_code}.")


def _form(record):
    form = {name: it for name, it in record.items() if name not in {"recorded_at", "data"}}
    return form | {f"data__{name}": it for name, it in record.get("data", {}).items()}


@pytest.fixture
def desk(tmp_path):
    """Gives machines that drive a desk, each example on a file of its own."""
    house = desk_house.House(tmp_path, plans=PLANS)
    files = itertools.count()

    def machine(plan=PLANS[0], host=DeskHost):
        class Desk(CaseMachine):
            make_host = staticmethod(
                lambda plan: host(plan, house, tmp_path / f"desk-{next(files)}.db")
            )

            def teardown(self):
                self.host.close()

        Desk.plan = plan
        return Desk

    yield machine
    house.close()


@pytest.mark.parametrize("plan", PLANS, ids=lambda it: it.name)
def test_a_random_life_in_the_desk_is_the_library_s(desk, plan):
    run_state_machine_as_test(
        desk(plan),
        settings=settings(
            max_examples=max(5, settings().max_examples // 20),
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("field", ["by", "at"])
def test_a_desk_that_loses_what_a_form_says_is_found_out(desk, field):
    class Forgetful(DeskHost):
        def record(self, case, record):
            super().record(case, {name: it for name, it in record.items() if name != field})

    with pytest.raises((AssertionError, EventError)):
        run_state_machine_as_test(
            desk(host=Forgetful),
            settings=settings(
                max_examples=400,
                stateful_step_count=12,
                deadline=None,
                derandomize=True,
                database=None,
                report_multiple_bugs=False,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
