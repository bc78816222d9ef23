"""Roles are the plan's business; who holds one is the host's: it is asked before a row is written."""

import pytest

from workflow.engine import Engine, Intent
from workflow.errors import EventError, NotAuthorisedError, UnknownNameError
from workflow.plans import loads

START = "2026-03-02T08:40+08:00"

PLAN = """
workflow: 1
name: signed
version: "1"
timezone: Asia/Shanghai
roles: {duty: Duty officer, lead: Lead group}
stages: [{id: detect}, {id: closed}]
opens: [found]
events: {found: Found, answered: Answered, ended: Ended}
transitions: [{event: ended, from: [detect], to: closed}]
obligations:
  - {id: answer, who: lead, from: found, within: 2 h, fulfilled_by: [answered], approvals: {in_order: [{by: [lead]}]}}
"""


class Gate:
    """A host that notes what it is asked, and answers as it is told."""

    def __init__(self, answer=True):
        self.answer, self.asked = answer, []

    def __call__(self, intent):
        self.asked.append(intent)
        return self.answer(intent) if callable(self.answer) else self.answer


@pytest.fixture
def gate():
    return Gate()


@pytest.fixture
def guarded(engine, plan, time, gate):
    """An engine that asks, on the same store as one that does not."""
    return Engine(engine.store, [plan], time_source=time, authorise=gate)


def everything(store):
    with store.reading() as unit:
        return {name: (unit.case(name), unit.events(name)) for name in unit.cases("", 100)}


ACTIONS = {
    "open": lambda it: it.open("small", "c-2", at=START, by="duty", person="Mei"),
    "record": lambda it: it.record("c-1", "noted", at=START, by="duty", person="Mei"),
    "record many": lambda it: it.record_many(
        [
            {"case_id": "c-1", "event": "noted", "at": START, "by": "duty"},
            {"case_id": "c-1", "event": "noted", "at": START, "by": "lead"},
        ]
    ),
    "change_plan": lambda it: it.change_plan("c-1", "small", at=START, by="duty"),
    "forget": lambda it: it.forget("Mei Zhang", case_id="c-1", by="duty"),
}


@pytest.fixture
def opened(engine):
    engine.open("small", "c-1", at=START, by="lead", person="Mei Zhang")
    return engine


@pytest.mark.parametrize("answer", [False, None, 0, "yes"])
@pytest.mark.parametrize("action", list(ACTIONS))
def test_what_the_host_does_not_answer_with_true_is_refused_and_writes_nothing(
    opened, guarded, gate, action, answer
):
    gate.answer = answer
    before = everything(opened.store)
    with pytest.raises(NotAuthorisedError, match='the role "duty"'):
        ACTIONS[action](guarded)
    assert everything(opened.store) == before


def test_an_error_of_the_hosts_own_comes_through_and_nothing_is_written(opened, guarded, gate):
    def refuse(_intent):
        raise PermissionError

    gate.answer = refuse
    before = everything(opened.store)
    for act in ACTIONS.values():
        with pytest.raises(PermissionError):
            act(guarded)
    assert everything(opened.store) == before


def test_one_event_of_many_that_is_refused_refuses_all(opened, guarded, gate):
    gate.answer = lambda intent: intent.by == "duty"
    with pytest.raises(NotAuthorisedError, match='record "noted"'):
        ACTIONS["record many"](guarded)
    assert len(opened.case("c-1").events) == 1


def test_the_host_is_told_who_wants_to_do_what_where(opened, guarded, gate):  # noqa: ARG001 - opened
    ACTIONS["open"](guarded)
    ACTIONS["record"](guarded)
    guarded.forget("Mei Zhang")
    assert gate.asked == [
        Intent(action="open", case="c-2", event="found", by="duty", person="Mei"),
        Intent(action="record", case="c-1", event="noted", by="duty", person="Mei"),
        Intent(action="forget", case=None, event="", by=None, person="Mei Zhang"),
    ]


def test_the_refusal_names_no_person(opened, guarded, gate):  # noqa: ARG001 - opened
    gate.answer = False
    with pytest.raises(NotAuthorisedError) as found:
        guarded.forget("Mei Zhang")
    assert "Mei" not in str(found.value)
    assert "in all cases" in str(found.value)


def test_the_engine_inside_a_hosts_transaction_asks_as_well(plan, time, tmp_path):
    import sqlite3

    path = tmp_path / "cases.db"
    with Engine(f"sqlite:///{path}", [plan], time_source=time, authorise=Gate(False)) as engine:
        host = sqlite3.connect(path)
        with pytest.raises(NotAuthorisedError):
            engine.joining(host).open("small", "c-1", at=START)
        host.close()


def test_waking_and_delivering_ask_nobody(opened, guarded, gate, at):  # noqa: ARG001 - opened
    at("09:30")
    assert guarded.tick()
    assert gate.asked == []


@pytest.fixture
def signed(url, time):
    with Engine(url, [loads(PLAN)], time_source=time, authorise=lambda _: True) as engine:
        engine.open("signed", "c-1", at=START, by="duty")
        yield engine


def test_a_role_that_may_not_approve_is_refused_whatever_the_host_says(signed):
    with pytest.raises(EventError, match="duty may not approve"):
        signed.record("c-1", "approved", at=START, by="duty")
    assert len(signed.case("c-1").events) == 1


def test_a_role_that_the_plan_does_not_know_is_refused(signed):
    with pytest.raises(UnknownNameError, match="nobody"):
        signed.record("c-1", "answered", at=START, by="nobody")
    assert len(signed.case("c-1").events) == 1


def test_what_a_role_does_that_does_not_owe_it_is_kept_and_fulfils_nothing(signed):
    signed.record("c-1", "approved", at=START, by="lead")
    signed.record("c-1", "answered", at=START, by="duty")
    assert signed.status("c-1")["answer"].state.value == "running"
    signed.record("c-1", "answered", at=START, by="lead")
    assert signed.status("c-1")["answer"].state.value == "met"
