"""The kit finds what is wrong with a host, and finds nothing wrong with right ones.

Five hosts are broken on purpose. Each has one fault that hosts have had; the kit must find each.
"""

import copy

import postgres_server
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from workflow.engine import Engine
from workflow.errors import WorkflowError
from workflow.stores.memory import MemoryStore
from workflow.testing import plan_of
from workflow.testing.hosts import EngineHost, PlainHost
from workflow.testing.machine import CaseMachine
from workflow.testing.sample import sample_plan

CALM = {"suppress_health_check": list(HealthCheck), "deadline": None, "database": None}
CHECKS = ("state = ", "state.every_clock_is", "state.no_notice_is", "state.teardown")
RIGHT = settings(max_examples=30, stateful_step_count=20, **CALM)
SEARCH = settings(
    max_examples=300, stateful_step_count=15, derandomize=True, phases=[Phase.generate], **CALM
)
SHRINK = settings(SEARCH, phases=[Phase.generate, Phase.shrink], report_multiple_bugs=False)


def altered(change):
    """The sample plan as a careless host has it."""
    document = copy.deepcopy(dict(sample_plan().document))
    change(document)
    return plan_of(document)


class LosesAnEventOnRestart(PlainHost):
    """The last record was still in a buffer."""

    def restart(self):
        if len(self.kept) > 1:
            self.kept.pop()
        super().restart()


class SendsANoticeTwice(PlainHost):
    """What was sent is remembered in memory only."""

    def __init__(self, plan):
        super().__init__(plan)
        self.remembered = set()

    def tick(self, now):
        for name, case in self.cases.items():
            for notice in case.notices(None, now):
                if notice.id not in self.remembered:
                    self.remembered.add(notice.id)
                    self.outbox[name].append(notice.id)

    def restart(self):
        self.remembered = set()
        super().restart()


class CountsTheAnchorDay(PlainHost):
    """The day of the complaint is taken for the first of the three days."""

    def __init__(self, _plan):
        super().__init__(altered(self.careless))

    @staticmethod
    def careless(document):
        document["obligations"][1]["within"] = {"calendar_days": "3 days", "count_anchor_day": True}


class IgnoresAPause(PlainHost):
    """The time goes on while the customer is being waited for."""

    def __init__(self, _plan):
        super().__init__(altered(lambda document: document["obligations"][0].pop("paused_while")))


class ForgetsDst(PlainHost):
    """Local days are counted at the offset of winter, all year."""

    def __init__(self, _plan):
        super().__init__(altered(lambda document: document.update(timezone="+01:00")))


def machine(make):
    class Machine(CaseMachine):
        make_host = staticmethod(make)

    return Machine


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (LosesAnEventOnRestart, "the host shows"),
        (SendsANoticeTwice, "sent a notice more than once"),
        (CountsTheAnchorDay, "clock answer: the host shows"),
        (IgnoresAPause, "clock call-back: the host shows"),
        (ForgetsDst, "clock (answer|receipt): the host shows"),
    ],
    ids=lambda it: it.__name__ if isinstance(it, type) else "",
)
def test_each_broken_host_is_found_out(broken, told):
    with pytest.raises(AssertionError, match=told):
        run_state_machine_as_test(machine(broken), settings=SEARCH)


@pytest.mark.parametrize(
    ("broken", "steps"),
    [
        (LosesAnEventOnRestart, 5),
        (SendsANoticeTwice, 5),
        (CountsTheAnchorDay, 5),
        (IgnoresAPause, 5),
        (ForgetsDst, 5),
    ],
    ids=lambda it: it.__name__ if isinstance(it, type) else "",
)
def test_what_is_found_shrinks_to_a_short_script_that_fails_again_when_pasted(broken, steps):
    with pytest.raises((AssertionError, WorkflowError)) as caught:
        run_state_machine_as_test(machine(broken), settings=SHRINK)
    said = "\n".join(caught.value.__notes__).splitlines()
    script = [line for line in said if line.startswith("state")]
    acts = [line for line in script if not line.startswith(CHECKS)]
    assert len(acts) <= steps, "\n".join(acts)
    with pytest.raises(type(caught.value)) as again:
        exec("\n".join(script), {"Machine": machine(broken)})  # noqa: S102 - it is what was printed
    assert str(again.value) == str(caught.value)


def test_nothing_is_wrong_with_the_smallest_right_host():
    run_state_machine_as_test(machine(PlainHost), settings=RIGHT)


def test_nothing_is_wrong_with_the_engine_in_memory():
    def make(plan):
        store = MemoryStore()
        return EngineHost(plan, lambda it, time: Engine(store, [it], time_source=time))

    run_state_machine_as_test(machine(make), settings=RIGHT)


def test_nothing_is_wrong_with_the_engine_on_sqlite(tmp_path):
    made = []

    def make(plan):
        made.append(None)
        url = f"sqlite:///{tmp_path / f'{len(made)}.db'}"
        return EngineHost(plan, lambda it, time: Engine(url, [it], time_source=time))

    run_state_machine_as_test(machine(make), settings=settings(RIGHT, max_examples=10))


def test_nothing_is_wrong_with_the_engine_on_postgresql():
    engines = []

    def make(plan):
        url = postgres_server.fresh()

        def engine(it, time):
            engines.append(Engine(url, [it], time_source=time))
            return engines[-1]

        return EngineHost(plan, engine)

    try:
        run_state_machine_as_test(machine(make), settings=settings(RIGHT, max_examples=3))
    finally:
        for engine in engines:
            engine.close()
