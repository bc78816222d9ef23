"""Verify: the first altered, missing or reordered row is named."""

import sqlite3

import pytest

from workflow.engine import Engine
from workflow.engine.keeping import hash_of
from workflow.errors import StoreCorruptError

START = "2026-03-02T08:40+08:00"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cases.db"


@pytest.fixture
def engine(path, plan, time):
    with Engine(f"sqlite:///{path}", [plan], time_source=time) as opened:
        opened.open("small", "c-1", at=START)
        opened.open("small", "c-2", at=START)
        for number in range(5):
            opened.record("c-1", "noted", at=START, data={"n": number})
        yield opened


def tamper(path, *statements):
    connection = sqlite3.connect(path)
    for statement, *values in statements:
        connection.execute(statement, values)
    connection.commit()
    connection.close()


def rehashed(path, seq, body):
    """The last row replaced with one whose own hash is right."""
    connection = sqlite3.connect(path)
    ask = "SELECT hash FROM workflow_events WHERE case_id = 'c-1' AND seq = ?"
    before = connection.execute(ask, [seq - 1]).fetchone()[0]
    connection.close()
    change = "UPDATE workflow_events SET body = ?, hash = ? WHERE case_id = 'c-1' AND seq = ?"
    tamper(path, (change, body, hash_of(before, body), seq))


def without(seq):
    return ("DELETE FROM workflow_events WHERE case_id = 'c-1' AND seq = ?", seq)


@pytest.mark.parametrize(
    ("statements", "row", "what"),
    [
        (
            [("UPDATE workflow_events SET body = replace(body, '\"n\":2', '\"n\":9')",)],
            3,
            "altered",
        ),
        ([without(2)], 2, "row 2 is missing"),
        ([without(0)], 0, "row 0 is missing"),
        ([without(5)], 5, "holds 5 rows and should hold 6"),
        ([("DELETE FROM workflow_events WHERE case_id = 'c-1'",)], 0, "holds 0 rows"),
        (
            [
                ("UPDATE workflow_events SET seq = 9 WHERE case_id = 'c-1' AND seq = 2",),
                ("UPDATE workflow_events SET seq = 2 WHERE case_id = 'c-1' AND seq = 3",),
                ("UPDATE workflow_events SET seq = 3 WHERE case_id = 'c-1' AND seq = 9",),
            ],
            2,
            "order",
        ),
    ],
)
def test_the_first_row_that_is_wrong_is_named(engine, path, statements, row, what):
    assert engine.verify() == ()
    tamper(path, *statements)
    (finding,) = engine.verify()
    assert (finding.case, finding.row) == ("c-1", row)
    assert what in finding.what
    assert str(finding).startswith("case c-1: ")


def test_a_last_row_altered_together_with_its_hash_is_found(engine, path):
    with engine.store.reading() as unit:
        body = unit.events("c-1")[5].body.replace(":4}", ":7}")
    rehashed(path, 5, body)
    (finding,) = engine.verify()
    assert (finding.row, finding.what) == (5, "row 5 was altered together with its hash.")


def test_a_case_whose_log_was_altered_is_never_evaluated(engine, path, plan, time):
    tamper(path, without(2))
    fresh = Engine(engine.store, [plan], time_source=time)
    for ask in (
        lambda: fresh.case("c-1"),
        lambda: fresh.record("c-1", "reported", at=START),
    ):
        with pytest.raises(StoreCorruptError, match="row 2 is missing"):
            ask()
    time.move_to("2026-03-02T08:55+08:00")
    assert [it.case_id for it in fresh.tick()] == ["c-2"]
    assert [it.id for it in fresh.parked()] == ["c-1"]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DELETE FROM workflow_clocks", "clocks"),
        ("UPDATE workflow_clocks SET due = due + 1", "clocks"),
        ("UPDATE workflow_wakeups SET at = at + 1", "wake-up"),
        ("DELETE FROM workflow_wakeups", "wake-up"),
        ("UPDATE workflow_cases SET closed = 1", "whether it is closed"),
        ("DELETE FROM workflow_notices", "1 of its notices are missing"),
        ("UPDATE workflow_notices SET id = 'x' || id", "1 notices do not follow"),
    ],
)
def test_what_is_kept_of_derived_things_is_held_against_the_log(
    engine, path, time, statement, what
):
    time.move_to("2026-03-02T08:55+08:00")
    engine.tick()
    assert engine.verify() == ()
    tamper(path, (statement,))
    found = [str(it) for it in engine.verify()]
    assert {it.split(":")[0] for it in found} == {"case c-1", "case c-2"}
    assert any(what in it for it in found)


def test_a_plan_that_was_altered_in_the_store_is_found(engine, path, time):
    tamper(path, ("UPDATE workflow_plans SET document = replace(document, '30 min', '40 min')",))
    engine.close()
    with Engine(f"sqlite:///{path}", time_source=time) as fresh:
        with pytest.raises(StoreCorruptError, match="was altered"):
            fresh.case("c-1")
        assert len(fresh.verify()) == 2


def test_a_case_kept_as_open_that_its_log_closed_is_found_and_mended(engine, path):
    engine.record("c-2", "finished", at=START)
    tamper(path, ("UPDATE workflow_cases SET closed = 0",))
    assert [str(it) for it in engine.verify()] == [
        "case c-2: whether it is closed is not what its log says."
    ]
    assert engine.census().open == 2
    assert engine.rebuild_all() == ("c-2",)
    assert engine.verify() == ()
    assert engine.census().open == 1


def test_what_is_derived_can_be_thrown_away_and_built_anew(engine, path, time):
    time.move_to("2026-03-02T08:55+08:00")
    engine.tick()
    tamper(
        path,
        ("DELETE FROM workflow_clocks",),
        ("DELETE FROM workflow_wakeups",),
    )
    assert len(engine.verify()) == 4
    engine.rebuild("c-2")
    assert {it.case for it in engine.verify()} == {"c-1"}
    assert engine.rebuild_all() == ("c-1",)
    assert engine.verify() == ()
    assert engine.next_wakeup().isoformat() == "2026-03-02T01:10:00.000001+00:00"
