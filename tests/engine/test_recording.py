"""Opening and recording: as a whole or not at all, once, and never over another writer."""

import threading

import pytest

from workflow.cases import Case
from workflow.cases.log import GENESIS, chained
from workflow.engine import Engine
from workflow.engine.keeping import hash_of
from workflow.errors import (
    CaseExistsError,
    EventError,
    EventTimeError,
    IdempotencyError,
    IllegalEventError,
    PlanError,
    UnknownCaseError,
    UnknownNameError,
    UnknownPlanError,
)
from workflow.instants import to_moment, zone_of
from workflow.plans import Plan

START = "2026-03-02T08:40+08:00"


@pytest.fixture
def opened(engine):
    engine.open("small", "c-1", at=START, by="duty")
    return engine


def test_what_is_recorded_is_the_case_that_the_core_makes(opened, plan, at):
    moment = at("08:50")
    got = opened.record("c-1", "reported", at=moment, by="duty", person="Ms Li", data={"n": [1]})
    core = Case.open(plan, "c-1", at=START, by="duty").record(
        "reported", at=moment, by="duty", person="Ms Li", data={"n": [1]}
    )
    assert got.case.events == core.events == opened.case("c-1").events
    assert str(opened.status("c-1")) == str(core.status(moment))
    assert [notice.kind.value for notice in got.notices] == ["met"]


def test_another_engine_on_the_same_store_sees_the_same(opened, plan, time, at):
    opened.record("c-1", "reported", at=at("08:50"))
    other = Engine(opened.store, [plan], time_source=time)
    assert other.case("c-1").events == opened.case("c-1").events
    other.record("c-1", "answered", at=at("09:00"))
    assert opened.case("c-1").events[-1].type == "answered"


def test_the_rows_of_a_log_are_the_chain_of_the_core(opened, at):
    opened.record("c-1", "reported", at=at("08:50"), data={"number": 7})
    with opened.store.reading() as unit:
        rows = unit.events("c-1")
    before = GENESIS
    for event, row in zip(opened.case("c-1").events, rows, strict=True):
        before = chained(before, event)
        assert before == row.hash
    assert hash_of(rows[0].hash, rows[1].body) == rows[1].hash


def test_a_case_that_is_not_there_is_named(engine):
    for ask in (engine.case, engine.status, engine.notices):
        with pytest.raises(UnknownCaseError, match="c-9"):
            ask("c-9")
    with pytest.raises(UnknownCaseError):
        engine.record("c-9", "reported", at=START)


def test_a_plan_that_the_engine_does_not_have_is_named(engine):
    with pytest.raises(UnknownPlanError, match='Did you mean "small"'):
        engine.open("smal", "c-1", at=START)


def test_an_event_that_is_refused_leaves_everything_as_it_was(opened, at):
    def rows():
        with opened.store.reading() as unit:
            return unit.case("c-1"), unit.events("c-1"), unit.notices("c-1"), unit.wakeup("c-1")

    before = rows()
    with pytest.raises(UnknownNameError):
        opened.record("c-1", "rang", at=at("08:50"))
    with pytest.raises(EventTimeError, match="future"):
        opened.record("c-1", "reported", at="2026-03-02T09:50+08:00")
    opened.record("c-1", "finished", at=at("08:55"), key="end")
    closed = rows()
    with pytest.raises(IllegalEventError):
        opened.record("c-1", "reported", at=at("09:00"))
    assert rows() == closed != before


def test_the_same_event_twice_with_one_key_is_one_event(opened, at):
    moment = at("08:50")
    assert not opened.record("c-1", "reported", at=moment, key="k").duplicate
    at("09:50")
    again = opened.record("c-1", "reported", at=moment, key="k")
    assert again.duplicate
    assert again.notices == ()
    assert len(opened.case("c-1").events) == 2


def test_the_same_key_with_other_content_is_an_error(opened, at):
    opened.record("c-1", "reported", at=at("08:50"), key="k")
    with pytest.raises(IdempotencyError):
        opened.record("c-1", "reported", at=at("08:51"), key="k")


def test_a_case_is_opened_once_and_the_same_opening_again_is_a_duplicate(engine):
    first = engine.open("small", "c-1", at=START, key="k")
    again = engine.open("small", "c-1", at=START, key="k")
    assert (first.duplicate, again.duplicate) == (False, True)
    assert again.case.events == first.case.events
    with pytest.raises(IdempotencyError):
        engine.open("small", "c-1", at=START, by="duty", key="k")
    with pytest.raises(CaseExistsError):
        engine.open("small", "c-1", at=START)
    assert list(engine.cases()) == ["c-1"]


def test_an_event_is_recorded_at_the_present_of_the_time_source(opened, at):
    at("09:30")
    event = opened.record("c-1", "reported", at="2026-03-02T08:50+08:00").case.events[-1]
    assert event.recorded_at.isoformat() == "2026-03-02T01:30:00+00:00"


def test_an_event_cannot_be_said_to_be_recorded_before_what_was_told(opened, at):
    opened.tick(at("09:30"))
    with pytest.raises(EventTimeError, match="told already"):
        opened.record("c-1", "reported", at=START, recorded_at="2026-03-02T09:00+08:00")


def test_two_threads_on_one_case_both_get_their_events_in(engine):
    engine.open("small", "c-1", at=START)
    failed = []

    def write(name):
        try:
            for number in range(10):
                engine.record("c-1", "noted", at=START, key=f"{name}-{number}")
        except Exception as error:  # noqa: BLE001 - it is shown by the assertion
            failed.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    events = engine.case("c-1").events
    assert len({event.key for event in events}) == 21
    assert [event.seq for event in events] == list(range(21))
    assert engine.verify() == ()


def test_a_case_keeps_the_version_of_its_plan_and_moves_only_by_an_event(
    url, plan, make_plan, time, at, request
):
    engine = Engine(url, [plan], time_source=time)
    request.addfinalizer(engine.close)
    engine.open("small", "c-1", at=START)
    newer = make_plan("2", "2 h")
    later = Engine(engine.store, [newer], time_source=time)
    assert later.case("c-1").plan.version == "1"
    later.open("small", "c-2", at=START)
    assert later.case("c-2").plan.version == "2"
    moved = later.change_plan("c-1", "small", at=at("08:45"))
    assert moved.case.plan.version == "2"
    third = Engine(engine.store, time_source=time)
    assert third.case("c-1").plan.version == "2"
    third.record("c-1", "reported", at=at("08:50"))
    assert str(later.status("c-1")) == str(third.status("c-1"))
    assert third.verify() == ()


def test_a_plan_built_in_python_must_be_given_to_every_engine(engine, plan, time):
    import attrs

    built: Plan = attrs.evolve(plan, name="built", digest="b" * 64, document={})
    Engine(engine.store, [built], time_source=time).open("built", "c-1", at=START)
    with pytest.raises(PlanError, match="built in Python"):
        engine.case("c-1")
    assert Engine(engine.store, [built], time_source=time).case("c-1").plan == built


def test_a_case_may_follow_several_plans(url, plan, make_plan, time):
    import attrs

    other = attrs.evolve(make_plan("1", "1 h"), name="other", digest="c" * 64)
    with Engine(url, [plan, other], time_source=time) as engine:
        engine.open(["small", "other"], "c-1", at=START)
        assert [it.name for it in engine.case("c-1").plans] == ["small", "other"]
        assert {clock.plan for clock in engine.status("c-1")} == {"small", "other"}
        assert engine.verify() == ()


def test_several_events_are_recorded_together_in_their_order(opened, at):
    opened.open("small", "c-2", at=START)
    moment = at("08:50")
    many = [
        {"case_id": "c-1", "event": "reported", "at": moment, "key": "a"},
        {"case_id": "c-2", "event": "reported", "at": moment},
        {"case_id": "c-1", "event": "answered", "at": moment},
        {"case_id": "c-1", "event": "reported", "at": moment, "key": "a"},
    ]
    got = opened.record_many(many)
    assert [it.duplicate for it in got] == [False, False, False, True]
    told = [[it.kind.value for it in each.notices] for each in got]
    assert told == [[], ["met"], ["met", "met"], []]  # those of a case stand with its last event
    assert [event.type for event in opened.case("c-1").events] == ["found", "reported", "answered"]
    assert got[2].case.events == opened.case("c-1").events
    assert opened.verify() == ()


def test_of_several_events_none_is_recorded_when_one_is_refused(opened, at):
    moment = at("08:50")
    many = [
        {"case_id": "c-1", "event": "reported", "at": moment},
        {"case_id": "c-1", "event": "rang", "at": moment},
    ]
    with pytest.raises(UnknownNameError):
        opened.record_many(many)
    assert len(opened.case("c-1").events) == 1
    assert opened.record("c-1", "reported", at=moment).case.events[-1].seq == 1
    assert opened.verify() == ()


@pytest.mark.parametrize("name", ["c\0", "c\ud800"])
def test_a_name_that_no_store_can_keep_is_refused(engine, name):
    with pytest.raises(EventError, match="the name of a case"):
        engine.open("small", name, at=START)
    assert list(engine.cases()) == []


def test_half_a_character_is_refused_and_any_other_text_is_kept(opened, at):
    moment = at("08:50")
    with pytest.raises(EventError, match="surrogate"):
        opened.record("c-1", "noted", at=moment, data={"text": "\ud800"})
    text = "报告 \0 \u2028 \U0001f4e2 'quoted' \"; DROP TABLE workflow_cases; --"
    opened.record("c-1", "noted", at=moment, person=text, data={text: [text, None, 1e300, 2**80]})
    assert opened.case("c-1").events[-1].data == {text: [text, None, 1e300, 2**80]}
    assert opened.verify() == ()
    fresh = Engine(opened.store, time_source=opened.time)
    assert fresh.case("c-1").events == opened.case("c-1").events


@pytest.mark.parametrize("event", ["plan-changed", "small:plan-changed"])
def test_a_case_is_moved_to_another_version_by_change_plan_alone(opened, at, event):
    said = {"case_id": "c-1", "event": event, "at": at("08:45")}
    with pytest.raises(EventError, match=r"Call change_plan\(case, plan\)"):
        opened.record(**said)
    with pytest.raises(EventError, match="by change_plan, not by an event"):
        opened.record_many([said])
    assert len(opened.case("c-1").events) == 1


def test_a_move_that_was_said_by_hand_to_an_earlier_version_leaves_the_case_readable(opened, at):
    def said_by_hand(case, recorded):
        told = to_moment(recorded, zone_of("UTC"))
        return case.record("plan-changed", at=at("08:40"), recorded_at=told)

    opened._recorder.change("c-1", said_by_hand, None)
    later = Engine(opened.store, time_source=opened.time)
    assert [it.type for it in later.case("c-1").events] == ["found", "plan-changed"]
    assert later.case("c-1").plan.version == opened.case("c-1").plan.version
    assert later.verify() == ()
