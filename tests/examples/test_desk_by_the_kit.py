"""The desk, driven through its own forms and pages through random lives of a case.

The adapter knows no more than a browser does: it fills in the forms, and reads states and due
times from the page.
"""

import html
import re

import desk_house
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from workflow.errors import EventError
from workflow.instants import to_instant
from workflow.testing.machine import CaseMachine

CLOCK = re.compile(r'data-clock="([^"]*)" data-state="([^"]*)" data-due="([^"]*)"')
NOTICE = re.compile(r'<li class="notice [^"]*" data-id="([^"]*)"')


class DeskHost:
    """An adapter of the desk."""

    def __init__(self, plan, folder):
        self._plan = plan
        self._house = desk_house.House(folder, plans=[plan], start="1970-01-01T00:00+00:00")
        self._arrive()

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
        self._visitor.close()
        self._house.restart()
        self._arrive()

    def close(self):
        self._visitor.close()
        self._house.close()

    def _arrive(self):
        self._visitor = desk_house.Visitor(self._house)
        self._visitor.sign_in("officer")

    def _come_to(self, moment):
        if to_instant(moment) > self._house.time.now():
            self._house.time.move_to(moment)

    def _sent(self, answer):
        if answer.status_code != 303:
            raise EventError(f"The desk answered {answer.status_code}.")


def _form(record):
    form = {name: it for name, it in record.items() if name not in {"recorded_at", "data"}}
    return form | {f"data__{name}": it for name, it in record.get("data", {}).items()}


def test_a_random_life_in_the_desk_is_the_library_s(tmp_path_factory):
    made = []

    def make(plan):
        made.append(DeskHost(plan, tmp_path_factory.mktemp("desk")))
        return made[-1]

    class Desk(CaseMachine):
        make_host = staticmethod(make)

        def teardown(self):
            self.host.close()

    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=max(5, settings().max_examples // 20),
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert made
