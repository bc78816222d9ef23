"""The contract of a store on wake-ups: in order, moved and parked, and sleepers woken."""

# ruff: noqa: S101 - a contract is made of tests: they assert, of stated numbers, as methods

# mypy: disable-error-code="union-attr, arg-type"
# Small whole numbers stand for instants, and a None where a row is due fails the test by itself.

from __future__ import annotations

import pytest

from workflow.errors import StoreUnavailableError
from workflow.stores.store import Store
from workflow.testing.contracts.rows import step, write


class Wakeups:
    """When cases are woken."""

    def test_due_wakeups_come_earliest_first_up_to_now_and_no_more_than_asked(
        self, store: Store
    ) -> None:
        """Due wakeups come earliest first up to now and no more than asked."""
        write(store, step("late", wakeup=30), step("soon", wakeup=20), step("later", wakeup=31))
        write(store, step("never", wakeup=None))
        with store.writing() as unit:
            assert [row.case for row in unit.due(30, 10)] == ["soon", "late"]
            assert [row.case for row in unit.due(31, 1)] == ["soon"]
            assert unit.due(19, 10) == ()
            assert unit.next_wakeup() == 20

    def test_a_wakeup_that_has_been_moved_changes_no_row_and_says_so(self, store: Store) -> None:
        """A wakeup that has been moved changes no row and says so."""
        write(store, step(wakeup=20))
        with store.writing() as unit:
            assert unit.move("c-1", 1, 25)
            assert not unit.move("c-1", 1, 30)
            assert not unit.move("x", 1, 30)
            assert unit.move("c-1", 2, None)
            assert unit.next_wakeup() is None
        with store.reading() as unit:
            assert (unit.wakeup("c-1").at, unit.wakeup("c-1").generation) == (None, 3)

    def test_a_parked_case_is_not_woken_until_it_is_unparked_or_written(self, store: Store) -> None:
        """A parked case is not woken until it is unparked or written."""
        write(store, step(wakeup=20), step("c-2", wakeup=21))
        with store.writing() as unit:
            unit.park("c-1", "it broke")
            assert [row.case for row in unit.due(30, 10)] == ["c-2"]
            assert unit.next_wakeup() == 21
            assert [(row.case, row.parked) for row in unit.parked()] == [("c-1", "it broke")]
            assert unit.unpark("c-1")
            assert not unit.unpark("c-1")
            assert not unit.unpark("x")
            unit.park("c-1", "again")
        write(store, step(version=2, wakeup=22))
        with store.reading() as unit:
            assert unit.parked() == ()
            assert unit.next_wakeup() == 21

    def test_a_sleeper_is_woken_by_a_writer_and_not_by_a_reader(self, store: Store) -> None:
        """A sleeper is woken by a writer and not by a reader."""
        store.wait(0)  # the first time it may be woken for nothing
        with store.reading() as unit:
            unit.next_wakeup()
        assert not store.wait(0)
        write(store, step(wakeup=5))
        assert store.wait(5)
        assert not store.wait(0)

    def test_a_closed_store_says_that_it_is_closed(self, store: Store) -> None:
        """A closed store says that it is closed."""
        store.close()
        with pytest.raises(StoreUnavailableError, match="closed"), store.reading():
            pass
