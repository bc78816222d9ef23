"""The contract of a store on cases: read back whole, written once, earliest first."""

# ruff: noqa: S101 - a contract is made of tests: they assert, of stated numbers, as methods

# mypy: disable-error-code="union-attr, arg-type"
# Small whole numbers stand for instants, and a None where a row is due fails the test by itself.

from __future__ import annotations

import attrs
import pytest

from workflow.errors import ConcurrentChangeError
from workflow.stores.rows import PlanRow
from workflow.stores.store import Store, Unit, every_case
from workflow.testing.contracts.rows import clock, event, notice, step, write


class CaseRows:
    """Cases, their clocks and plans."""

    def test_what_a_step_writes_is_read_back_as_it_was(self, store: Store) -> None:
        """What a step writes is read back as it was."""
        whole = step(
            events=(event(0), event(1)),
            clocks=(clock("b"), clock("a", target=40)),
            wakeup=50,
            notices=(notice("n-2"), notice("n-1")),
        )
        write(store, whole)
        with store.reading() as unit:
            assert unit.case("c-1") == whole.case
            assert unit.events("c-1") == whole.events
            assert unit.clocks("c-1") == (clock("a", target=40), clock("b"))
            assert unit.notices("c-1") == whole.notices
            assert unit.wakeup("c-1").at == 50

    def test_what_is_not_there_is_none_or_empty(self, store: Store) -> None:
        """What is not there is none or empty."""
        with store.reading() as unit:
            assert unit.case("x") is None
            assert unit.plan("x") is None
            assert unit.wakeup("x") is None
            assert unit.next_wakeup() is None
            assert (unit.events("x"), unit.clocks("x"), unit.notices("x")) == ((), (), ())
            assert (unit.parked(), unit.undelivered(), unit.sinks()) == ((), (), ())
            assert unit.next_try("x") is None

    def test_a_unit_that_ends_by_an_error_leaves_nothing(self, store: Store) -> None:
        """A unit that ends by an error leaves nothing."""
        write(store, step(clocks=(clock(),), wakeup=50))

        def all_of(unit: Unit) -> tuple[object, ...]:
            return (
                [unit.case(name) for name in ("c-1", "c-2")],
                unit.clocks("c-1"),
                unit.notices("c-1"),
                unit.wakeup("c-1"),
                unit.sinks(),
                unit.plan("d"),
            )

        with store.reading() as unit:
            before = all_of(unit)

        def change_all(unit: Unit) -> None:
            unit.know_sink("pager")
            unit.keep_plan(PlanRow(digest="d", name="p", version="1", document=""))
            unit.write(step(version=2, gone=("report",), wakeup=70, notices=(notice(),)))
            unit.write(step("c-2"))
            unit.park("c-1", "why")
            raise RuntimeError

        with pytest.raises(RuntimeError), store.writing() as unit:
            change_all(unit)
        with store.reading() as unit:
            assert all_of(unit) == before

    def test_a_writer_that_read_another_version_may_not_write(self, store: Store) -> None:
        """A writer that read another version may not write."""
        write(store, step())
        write(store, step(version=2))
        for version in (1, 2, 4):
            with pytest.raises(ConcurrentChangeError, match="c-1"):
                write(store, step(version=version, wakeup=99))
        with store.reading() as unit:
            assert unit.case("c-1").version == 2
            assert unit.wakeup("c-1").at is None

    def test_a_case_can_be_opened_only_once(self, store: Store) -> None:
        """A case can be opened only once."""
        write(store, step(events=(event(),)))
        with pytest.raises(ConcurrentChangeError):
            write(store, step(events=(event(),)))

    def test_clocks_change_and_go(self, store: Store) -> None:
        """Clocks change and go."""
        write(store, step(clocks=(clock("a"), clock("b"))))
        write(store, step(version=2, clocks=(clock("a", state="met", ended=9),), gone=("b",)))
        with store.reading() as unit:
            assert unit.clocks("c-1") == (clock("a", state="met", ended=9),)

    def test_what_is_owed_comes_earliest_first_and_without_what_has_ended(
        self, store: Store
    ) -> None:
        """What is owed comes earliest first and without what has ended."""
        write(
            store,
            step("b", clocks=(clock("x", due=30), clock("y", due=20), clock("z", due=5, ended=9))),
            step("a", clocks=(clock("x", due=30), clock("none", due=None), clock("far", due=31))),
        )
        with store.reading() as unit:
            found = unit.owed(30, 10)
            assert [(case, row.clock) for case, row in found] == [
                ("b", "y"),
                ("a", "x"),
                ("b", "x"),
            ]
            assert found[0][1] == clock("y", due=20)
            assert unit.owed(30, 1) == found[:1]
            assert unit.owed_count() == 4

    def test_a_notice_is_written_once_whatever_happens(self, store: Store) -> None:
        """A notice is written once whatever happens."""
        write(store, step(notices=(notice(),)))
        write(store, step(version=2, notices=(attrs.evolve(notice(), body="other"),)))
        with store.reading() as unit:
            assert unit.notices("c-1") == (notice(),)

    def test_a_plan_is_kept_once_and_never_changed(self, store: Store) -> None:
        """A plan is kept once and never changed."""
        row = PlanRow(digest="d", name="p", version="1", document='{"a": "中"}')
        with store.writing() as unit:
            unit.keep_plan(row)
            unit.keep_plan(attrs.evolve(row, version="2"))
        with store.reading() as unit:
            assert unit.plan("d") == row

    def test_names_come_in_pages_in_the_order_of_code_points(self, store: Store) -> None:
        """Names come in pages in the order of code points."""
        names = ["案件", "b", "a", "B", "a-1", "Ä"]
        write(store, *(step(name) for name in names))
        assert list(every_case(store, page=2)) == sorted(names)
        assert list(every_case(store)) == sorted(names)
