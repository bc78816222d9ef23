"""Personal data stand beside the log, can be forgotten, and the log still proves itself."""

import json
import re

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflow.cases.event import FORGOTTEN, Event
from workflow.engine import Engine, SimulatedTime
from workflow.engine.personal import commitment, committed, event_of, sealed
from workflow.errors import EventError, IdempotencyError, UnknownCaseError
from workflow.stores.rows import EventRow
from workflow.testing import strategies as made

START = "2026-03-02T08:40+08:00"
EARLY = "2026-03-02T08:50+08:00"
LATER = "2026-03-02T09:00+08:00"
TEXT = "The tenant of 4 Lime Street, Mei Zhang, called."


def rows_of(engine, name="c-1"):
    with engine.store.reading() as unit:
        return unit.events(name)


@pytest.fixture
def opened(engine):
    engine.open("small", "c-1", at=START)
    return engine


@pytest.fixture
def told(opened, at):
    """A case of which two events name a person, one of them within its free text."""
    opened.record("c-1", "reported", at=at("08:50"), person="Mei Zhang", key="k-1")
    opened.record("c-1", "noted", at=at("08:55"), person="Wei Li", data={"text": TEXT, "floor": 4})
    opened.record("c-1", "answered", at=at("09:00"), person="Wei Li", key="k-2")
    return opened


def test_the_log_itself_holds_no_name_and_no_free_text(told):
    for row in rows_of(told):
        assert "Mei" not in row.body
        assert "Lime" not in row.body
    assert [event.person for event in told.case("c-1").events] == [
        None,
        "Mei Zhang",
        "Wei Li",
        "Wei Li",
    ]
    assert told.case("c-1").events[2].data == {"text": TEXT, "floor": 4}
    assert told.verify() == ()


def test_every_event_that_names_the_person_loses_its_names_and_free_text(told):
    outcome = told.forget("Mei Zhang", by="lead")
    assert (outcome.events, outcome.cases, outcome.kept) == (2, ("c-1",), 0)
    _, first, second, third = told.case("c-1").events
    assert first.person == FORGOTTEN
    assert (second.person, second.data) == (FORGOTTEN, {"text": FORGOTTEN, "floor": 4})
    assert third.person == "Wei Li"
    assert "Mei" not in repr(rows_of(told))
    assert told.verify() == ()
    with told.store.reading() as unit:
        assert [(row.seq, row.by) for row in unit.redactions("c-1")] == [(1, "lead"), (2, "lead")]


def test_another_engine_that_has_the_case_at_hand_reads_it_again(told, plan, time):
    other = Engine(told.store, [plan], time_source=time)
    assert other.case("c-1").events[1].person == "Mei Zhang"
    told.forget("Mei Zhang")
    assert other.case("c-1").events[1].person == FORGOTTEN


def test_only_the_case_that_is_named_forgets(told):
    told.open("small", "c-2", at=LATER, person="Mei Zhang")
    assert told.forget("Mei Zhang", case_id="c-2").cases == ("c-2",)
    assert told.case("c-1").events[1].person == "Mei Zhang"
    with pytest.raises(UnknownCaseError):
        told.forget("Mei Zhang", case_id="c-3")
    with pytest.raises(EventError, match="no name"):
        told.forget(" ")


def test_nothing_to_forget_changes_nothing(told):
    before = rows_of(told)
    assert told.forget("Nobody").events == 0
    assert rows_of(told) == before


def test_an_event_that_was_forgotten_and_is_told_again_is_a_duplicate(told):
    told.forget("Mei Zhang")
    again = told.record("c-1", "reported", at=EARLY, person="Mei Zhang", key="k-1")
    assert again.duplicate
    with pytest.raises(IdempotencyError):
        told.record("c-1", "reported", at="2026-03-02T08:51+08:00", person="Mei Zhang", key="k-1")
    with pytest.raises(IdempotencyError):
        told.record("c-1", "answered", at=LATER, person="Mei Zhang", key="k-2")


@pytest.mark.parametrize("how", ["altered", "lost"])
def test_personal_data_that_were_altered_or_lost_are_found(told, how):
    (_, row, *_), store = rows_of(told), told.store
    other = "" if how == "lost" else row.personal.replace("Mei", "Lei")
    with store.writing() as unit:
        if hasattr(unit, "ask"):
            unit.ask("redact", {"case": "c-1", "seq": 1})
            statement = f"UPDATE workflow_events SET personal = '{other}' WHERE seq = 1"  # noqa: S608
            store._connection.execute(statement)
        else:
            events = list(store._tables.events["c-1"])
            events[1] = attrs.evolve(row, personal=other)
            store._tables.events["c-1"] = tuple(events)
    (finding,) = told.verify()
    assert (finding.case, finding.row) == ("c-1", 1)
    assert re.search("personal data of row 1", finding.what)


def test_what_the_library_reads_is_no_free_text():
    said = {"until": "2026-03-04", "day": "2026-03-05", "note": "private"}
    event = Event(type="promised", instant=0, recorded=0, seq=0, data=said)
    body, personal = sealed(event, frozenset({"until", "day"}))
    row = EventRow(seq=0, body=body, hash="", personal=personal)
    assert event_of(row) == event
    assert committed(row) == commitment(personal)
    assert event_of(attrs.evolve(row, personal="")).data == {**said, "note": FORGOTTEN}
    assert sealed(attrs.evolve(event, data={"n": 1, "list": [2]}), frozenset())[1] == ""


def test_a_name_in_a_field_that_the_library_reads_as_an_amount_is_a_name_all_the_same():
    read = frozenset({"by", "until", "period"})
    for said in ({"by": "Mei Zhang"}, {"period": "Mei Zhang"}):
        event = Event(type="noted", instant=0, recorded=0, seq=0, data=said)
        assert "Mei" not in sealed(event, read)[0]
    for said in ({"by": "same day"}, {"by": "2 h"}, {"until": "2026-03-04"}, {"period": "2026-03"}):
        event = Event(type="noted", instant=0, recorded=0, seq=0, data=said)
        assert sealed(event, read)[1] == ""


def test_reasons_that_were_left_empty_are_no_reasons_after_forgetting_either(told, at):
    told.record("c-1", "noted", at=at("09:05"), person="Mei Zhang", data={"reasons": "", "n": "x"})
    told.forget("Mei Zhang")
    assert told.case("c-1").events[-1].data == {"reasons": "", "n": FORGOTTEN}


def test_a_name_that_the_log_itself_holds_beside_an_amount_is_counted_as_kept(told, at):
    said = {"by": "Mei Zhang, 2 h", "text": "Mei Zhang"}
    told.record("c-1", "noted", at=at("09:05"), data=said)
    outcome = told.forget("Mei Zhang")
    assert (outcome.events, outcome.kept) == (3, 1)
    assert told.case("c-1").events[-1].data == {**said, "text": FORGOTTEN}


def test_the_same_words_are_sealed_differently_each_time():
    event = Event(type="noted", instant=0, recorded=0, seq=0, person="Mei Zhang")
    (one, first), (two, second) = sealed(event, frozenset()), sealed(event, frozenset())
    assert one != two
    assert {**json.loads(first), "salt": 0} == {**json.loads(second), "salt": 0}


def test_after_forgetting_the_name_is_in_no_file_of_the_database(plan, tmp_path):
    time = SimulatedTime(START)
    path = tmp_path / "cases.db"
    with Engine(f"sqlite:///{path}", [plan], time_source=time) as engine:
        engine.open("small", "c-1", at=START, person="Mei Zhang", data={"text": TEXT * 300})
        engine.record("c-1", "noted", at=START, person="Mei Zhang")
        with engine.store.writing() as unit:
            unit.park("c-1", "ValueError: Mei Zhang of Lime Street")
        assert b"Mei Zhang" in b"".join(it.read_bytes() for it in tmp_path.iterdir())
        engine.forget("Mei Zhang")
        files = list(tmp_path.iterdir())
        assert path in files
        assert b"Mei Zhang" not in b"".join(it.read_bytes() for it in files)
        assert b"Lime Street" not in b"".join(it.read_bytes() for it in files)
        assert [it.error for it in engine.parked()] == ["(forgotten)"]


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(st.data())
def test_forgetting_changes_no_outcome(data):
    plan = data.draw(made.plans())
    case = data.draw(made.cases(plan))
    last = max(event.arrival for event in case.events)
    name = data.draw(st.sampled_from(["Mei Zhang", "Wei Li"]))
    time = SimulatedTime(case.events[0].recorded_at)
    with Engine("memory://", [plan], time_source=time) as engine:
        for number, event in enumerate(case.events):
            person = data.draw(st.sampled_from(["Mei Zhang", "Wei Li", None]))
            text = {"text": data.draw(st.sampled_from([TEXT, "Nobody is named here."]))}
            said = {
                "at": event.at,
                "by": event.by,
                "person": person,
                "to": event.to,
                "states": event.states,
                "level": event.level,
                "category": event.category,
                "conditions": event.conditions,
                "data": {**event.data, **text},
                "recorded_at": event.recorded_at,
            }
            if number == 0:
                engine.open(plan.name, "c-1", event=event.type, **said)
            else:
                engine.record("c-1", event.type, of=event.of, **said)
        before, notices = engine.case("c-1").status_at(last), engine.notices("c-1")
        engine.forget(name)
        after = engine.case("c-1").status_at(last)
        assert engine.verify() == ()
        assert engine.notices("c-1") == notices
        assert name not in repr(engine.case("c-1").events)
        assert after.next_wakeup_instant == before.next_wakeup_instant
        assert [(it.id, it.state, it.due_instant, it.ended_instant) for it in after] == [
            (it.id, it.state, it.due_instant, it.ended_instant) for it in before
        ]
