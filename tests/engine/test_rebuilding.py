"""Rebuilding: one walk writes anew what is not what the logs say, and holds up nobody."""

import attrs
import pytest

from workflow.engine import rebuilding, retrying
from workflow.errors import ConcurrentChangeError, StoreCorruptError, StoreUnavailableError
from workflow.stores.rows import Step

START = "2026-03-02T08:40+08:00"
NAMES = ("c-1", "c-2", "c-3", "c-4", "c-5")


@pytest.fixture
def filled(engine):
    for name in NAMES:
        engine.open("small", name, at=START)
    return engine


def spoil(engine, *names):
    """Have the wake-ups and the first clock of these cases be wrong."""
    for name in names:
        with engine.store.writing() as unit:
            row, clock = unit.case(name), unit.clocks(name)[0]
            wrong = attrs.evolve(clock, due=clock.due + 1)
            later = attrs.evolve(row, version=row.version + 1)
            at = unit.wakeup(name).at + 1
            unit.write(Step(case=later, events=(), clocks=(wrong,), gone=(), wakeup=at, notices=()))


def versions(engine):
    with engine.store.reading() as unit:
        return [unit.case(name).version for name in NAMES]


@pytest.mark.parametrize("batch", [1, 2, 5, 100])
def test_only_the_cases_that_differ_are_written(filled, monkeypatch, batch):
    monkeypatch.setattr(rebuilding, "BATCH", batch)
    spoil(filled, "c-2", "c-5")
    before = versions(filled)
    assert {it.case for it in filled.verify()} == {"c-2", "c-5"}
    assert filled.rebuild_all() == ("c-2", "c-5")
    assert filled.verify() == ()
    changed = [new - old for old, new in zip(before, versions(filled), strict=True)]
    assert changed == [0, 1, 0, 0, 1]


def test_rebuilding_tells_nothing_new_even_when_something_has_fallen_due(filled, time):
    spoil(filled, "c-1")
    time.advance("2 h")
    assert filled.rebuild_all() == ("c-1",)
    assert filled.notices("c-1") == ()
    assert len({it.case_id for it in filled.tick()}) == len(NAMES)
    assert filled.verify() == ()


def test_a_writer_that_comes_in_between_loses_nothing(filled, monkeypatch):
    spoil(filled, *NAMES)
    writing = filled.store.writing

    def disturbed():
        # All were read and derived; before they are written, one moves on.
        monkeypatch.setattr(filled.store, "writing", writing)
        filled.record("c-4", "reported", at=START)
        return writing()

    monkeypatch.setattr(filled.store, "writing", disturbed)
    # What its writer wrote anew is what its log says by then.
    assert filled.rebuild_all() == ("c-1", "c-2", "c-3", "c-5")
    assert filled.verify() == ()
    assert [it.type for it in filled.case("c-4").events] == ["found", "reported"]


def test_a_case_that_others_write_all_the_time_is_given_up_with_an_error(filled, monkeypatch):
    tried = []

    def never(_store, _shelf, names):
        tried.append(names)
        raise ConcurrentChangeError("Another writer was first.")

    monkeypatch.setattr(rebuilding, "_mended", never)
    with pytest.raises(ConcurrentChangeError):
        filled.rebuild_all()
    assert len(tried) == 1 + retrying.RETRIES


def test_a_store_that_fails_is_not_taken_for_a_case_that_fails(filled, monkeypatch):
    def away(*_):
        raise StoreUnavailableError("The server is gone.")

    monkeypatch.setattr(rebuilding, "restored", away)
    with pytest.raises(StoreUnavailableError):
        filled.rebuild_all()
    monkeypatch.setattr("workflow.engine.verify.restored", away)
    with pytest.raises(StoreUnavailableError):
        filled.verify()


@pytest.mark.parametrize("failures", [0, 1, retrying.RETRIES - 1])
def test_one_case_is_rebuilt_however_often_another_writer_was_first(filled, monkeypatch, failures):
    spoil(filled, "c-3")
    real, left = (
        rebuilding._rebuilt,
        [ConcurrentChangeError("Another writer was first.")] * failures,
    )

    def disturbed(*said):
        if left:
            raise left.pop()
        real(*said)

    monkeypatch.setattr(rebuilding, "_rebuilt", disturbed)
    filled.rebuild("c-3")
    assert filled.verify() == ()


def test_a_damaged_log_is_left_to_verify_and_the_others_are_rebuilt(filled, monkeypatch):
    spoil(filled, "c-2", "c-3")
    real = rebuilding.restored

    def damaged(unit, shelf, filed):
        if filed.case.id == "c-2":
            raise StoreCorruptError("Its log was altered.")
        return real(unit, shelf, filed)

    monkeypatch.setattr(rebuilding, "restored", damaged)
    assert filled.rebuild_all() == ("c-3",)
    assert {it.case for it in filled.verify()} == {"c-2"}
