"""A store carried as JSON Lines: what is read back is what was written, or nothing is."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgres_server import fresh

from workflow.engine import Backoff, Engine, SimulatedTime
from workflow.errors import CaseExistsError, LogFormatError
from workflow.exports.read_store_lines import Carried, read_store_lines
from workflow.exports.store_lines import store_lines
from workflow.plans import load
from workflow.stores import open_store

START = "2026-03-02T08:40+08:00"
PLANS = [load("municipal-investment-group"), load("township")]


def taking(_notice):
    """A sink that takes everything."""


def refusing(_notice):
    raise ValueError("not now")


def worked(store="memory://", days=2):
    """A store in which everything occurs: two plans, late duties, three states of deliveries."""
    time = SimulatedTime(START)
    engine = Engine(
        store, PLANS, time_source=time, sinks=[taking, refusing], backoff=Backoff(tries=2)
    )
    engine.open("municipal-investment-group", "c-1", at=START, level="major", person="张三")
    engine.open("township", "c-2", at=START, data={"说明": "由电话报告", "n": 1.5}, key="k")
    engine.record("c-1", "reported", at=START, by="department", to=["leading-group"])
    for _ in range(days * 4):
        time.advance("6 h")
        engine.tick()
    engine.forget("张三", by="department")
    engine.forget_sink("taking")
    time.advance("6 h")
    engine.record("c-2", "noted", at="2026-03-02T09:00+08:00", person="Li Si")
    engine.open("municipal-investment-group", "c-3", at=START, level="major")
    engine.record("c-3", "reported", at=START, by="department", to=["leading-group"])
    return engine


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def empty(request, tmp_path):
    urls = {"memory": "memory://", "sqlite": f"sqlite:///{tmp_path / 'copy.db'}"}
    store = open_store(urls.get(request.param) or fresh())
    yield store
    store.close()


def test_an_export_of_what_was_read_gives_equal_bytes(empty):
    lines = list(store_lines(worked().store))
    kinds = {next(iter(json.loads(line))) for line in lines}
    assert kinds == {
        "workflow-export", "plan", "sink", "case", "event", "forgotten", "clock", "notice",
        "delivery", "end",
    }  # fmt: skip
    states = {said["delivery"]["state"] for said in map(json.loads, lines) if "delivery" in said}
    assert states == {"delivered", "parked", "waiting"}
    found = read_store_lines(empty, lines)
    assert found == Carried(plans=2, cases=3, events=6, notices=found.notices)
    assert found.notices > 5
    assert list(store_lines(empty)) == lines


def test_what_was_read_goes_on_as_the_first_would_have(empty):
    first = worked(days=1)
    read_store_lines(empty, store_lines(first.store))
    later = "2026-03-09T08:40+08:00"
    second = Engine(empty, time_source=SimulatedTime(later), sinks=[refusing])
    assert second.verify() == ()
    assert str(second.status("c-1", later)) == str(first.status("c-1", later))
    assert [it.id for it in second.tick(later)] == [it.id for it in first.tick(later)]


def test_what_was_forgotten_is_not_in_an_export():
    lines = "\n".join(store_lines(worked().store))
    assert "张三" not in lines
    assert "Li Si" in lines


def test_another_case_of_the_store_stays(empty):
    engine = Engine(empty, PLANS, time_source=SimulatedTime(START))
    engine.open("township", "c-0", at=START)
    read_store_lines(empty, store_lines(worked().store))
    assert list(engine.cases()) == ["c-0", "c-1", "c-2", "c-3"]
    assert engine.verify() == ()


def test_a_case_that_is_there_is_refused_and_nothing_is_written(empty):
    engine = Engine(empty, PLANS, time_source=SimulatedTime(START))
    engine.open("township", "c-2", at=START)
    before = list(store_lines(empty))
    with pytest.raises(CaseExistsError, match='"c-2" is in the database already'):
        read_store_lines(empty, store_lines(worked().store), "x.jsonl")
    assert list(store_lines(empty)) == before


def test_a_plan_that_was_built_in_python_is_carried_without_a_document(empty):
    import attrs

    built = attrs.evolve(PLANS[1], document={})
    engine = Engine("memory://", [built], time_source=SimulatedTime(START))
    engine.open("township", "c-1", at=START)
    lines = list(store_lines(engine.store))
    read_store_lines(empty, lines)
    assert list(store_lines(empty)) == lines
    again = Engine(empty, [built], time_source=SimulatedTime(START))
    assert again.case("c-1").events == engine.case("c-1").events


def changed(line, **fields):
    said = json.loads(line)
    kind = next(iter(said))
    return json.dumps({kind: {**said[kind], **fields}}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("kind", "wrong", "says"),
    [
        ("workflow-export", lambda _: '{"event": {}}', "x:1: It is no export of a database."),
        ("workflow-export", lambda _: '{"workflow-export": 9}', "x:1: It is an export of version"),
        ("plan", lambda _: "{", "x:2: The line is no JSON"),
        ("plan", lambda _: "[]", "x:2: The line is no mapping with one key."),
        ("plan", lambda _: '{"plan": 3}', "x:2: plan is no mapping."),
        ("plan", lambda it: changed(it, nme="x"), 'x:2: "nme" is no field of it. .*Did you mean'),
        ("plan", lambda it: changed(it, digest="0"), "The plan .* of the case c-. is missing"),
        ("sink", lambda _: '{"sink": {}}', 'x:4: The field "name" is missing.'),
        ("case", lambda it: changed(it, version=True), 'The field "version" is true. .*a whole'),
        ("case", lambda it: changed(it, plans="abc"), 'The field "plans" is "abc". .*a list'),
        ("case", lambda it: changed(it, events=9), "the log holds . rows and should hold 9"),
        ("case", lambda _: None, 'A line "event" stands outside a case'),
        ("event", lambda it: changed(it, seq=1), "The log of the case c-1 was altered"),
        ("event", lambda it: changed(it, hash="0"), "The log of the case c-1 was altered"),
        ("event", lambda _: '{"evnt": {}}', '"evnt" is nothing that an export holds'),
        ("delivery", lambda it: changed(it, state="lost"), '"lost" is no state of a delivery'),
        ("delivery", lambda it: changed(it, notice="?"), "names a notice that its case has not"),
        ("clock", lambda _: None, "lines are missing, or too many"),
        ("end", lambda _: None, "The file ends early"),
        ("end", lambda it: f"{it}\n{it}", "Something stands behind the end"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(kind, wrong, says):
    lines = list(store_lines(worked().store))
    place = next(n for n, it in enumerate(lines) if next(iter(json.loads(it))) == kind)
    said = wrong(lines[place])
    bad = [*lines[:place], *([] if said is None else said.split("\n")), *lines[place + 1 :]]
    store = open_store("memory://")
    with pytest.raises(LogFormatError, match=says) as caught:
        read_store_lines(store, bad, "x")
    assert caught.value.place.startswith("x:")
    assert len(list(store_lines(store))) == 2


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5),
            st.recursive(
                st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)
                | st.integers() | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
                lambda inner: st.lists(inner, max_size=3),
                max_leaves=4,
            ),
            max_size=3,
        ),
        max_size=3,
    )
)  # fmt: skip
def test_whatever_data_a_host_keeps_comes_back(each):
    engine = Engine("memory://", PLANS[1:], time_source=SimulatedTime(START))
    for number, data in enumerate(each):
        engine.open("township", f"c-{number}", at=START, data=data, person="王五")
    lines = list(store_lines(engine.store))
    assert not any("\n" in line for line in lines)
    copy = open_store("memory://")
    read_store_lines(copy, lines)
    assert list(store_lines(copy)) == lines
    again = Engine(copy, time_source=SimulatedTime(START))
    assert [again.case(it).events for it in again.cases()] == [
        engine.case(it).events for it in engine.cases()
    ]


def rows_of(lines):
    """The lines of cases, each with what belongs to it."""
    found = {}
    for line in lines:
        kind, said = next(iter(json.loads(line).items()))
        if kind == "case":
            case = found.setdefault(said["id"], [])
        if kind not in {"workflow-export", "plan", "sink", "end"}:
            case.append(line)
    return found


def test_a_store_that_is_divided_loses_no_row_and_has_none_twice():
    whole = worked()
    parts = [open_store("memory://") for _ in range(2)]
    for number, part in enumerate(parts):
        lines = store_lines(whole.store, chosen=lambda name, half=number: int(name[2:]) % 2 == half)
        read_store_lines(part, lines)
    divided = [rows_of(store_lines(part)) for part in parts]
    assert [list(rows) for rows in divided] == [["c-2"], ["c-1", "c-3"]]
    assert divided[0] | divided[1] == rows_of(store_lines(whole.store))
    for part in parts:
        engine = Engine(part, PLANS, time_source=whole.time)
        assert engine.verify() == ()
        assert engine.tick() == []
