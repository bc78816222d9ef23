"""The contract of a store on deliveries: claimed by one, settled once, tried again when asked."""

# ruff: noqa: S101 - a contract is made of tests: they assert, of stated numbers, as methods

# mypy: disable-error-code="union-attr, arg-type"
# Small whole numbers stand for instants, and a None where a row is due fails the test by itself.

from __future__ import annotations

import attrs

from workflow.stores.store import Store
from workflow.testing.contracts.rows import notice, step, write


class Deliveries:
    """Notices on their way to sinks."""

    def test_a_notice_is_for_the_sinks_known_when_it_is_written(self, store: Store) -> None:
        """A notice is for the sinks known when it is written."""
        write(store, step(notices=(notice("n-1"),)))
        with store.writing() as unit:
            unit.know_sink("pager")
            unit.know_sink("log")
            unit.know_sink("log")
            assert unit.sinks() == ("log", "pager")
        write(store, step(version=2, notices=(notice("n-2"),)))
        with store.writing() as unit:
            for sink in ("log", "pager"):
                assert [row.notice.id for row in unit.claim(sink, 10, 20, 5)] == ["n-2"]

    def test_a_claimed_delivery_is_given_to_nobody_else_before_its_time(self, store: Store) -> None:
        """A claimed delivery is given to nobody else before its time."""
        with store.writing() as unit:
            unit.know_sink("pager")
            unit.write(step(notices=(notice("n-1"), notice("n-2"))))
        with store.writing() as unit:
            assert [row.notice.id for row in unit.claim("pager", 10, 20, 1)] == ["n-1"]
            assert [row.notice.id for row in unit.claim("pager", 10, 20, 5)] == ["n-2"]
            assert unit.claim("pager", 19, 30, 5) == ()
            assert unit.next_try("pager") == 20
            assert len(unit.claim("pager", 20, 30, 5)) == 2

    def test_a_delivery_is_settled_once_it_is_delivered(self, store: Store) -> None:
        """A delivery is settled once it is delivered."""
        with store.writing() as unit:
            unit.know_sink("pager")
            unit.write(step(notices=(notice(),)))
        with store.writing() as unit:
            (row,) = unit.claim("pager", 10, 20, 5)
            unit.settle(attrs.evolve(row, state="delivered", tries=1))
            assert unit.claim("pager", 99, 100, 5) == ()
            assert unit.next_try("pager") is None
            assert unit.redeliver("n-1", 30) == 0

    def test_a_parked_delivery_is_listed_and_can_be_tried_again(self, store: Store) -> None:
        """A parked delivery is listed and can be tried again."""
        with store.writing() as unit:
            unit.know_sink("pager")
            unit.write(step(notices=(notice(),)))
        with store.writing() as unit:
            (row,) = unit.claim("pager", 10, 20, 5)
            unit.settle(attrs.evolve(row, state="parked", tries=3, error="it is down"))
            (parked,) = unit.undelivered()
            assert (parked.notice, parked.error, parked.tries) == (notice(), "it is down", 3)
            assert unit.redeliver("n-1", 30) == 1
            assert unit.undelivered() == ()
            (again,) = unit.claim("pager", 30, 40, 5)
            assert again.tries == 0

    def test_a_sink_that_is_forgotten_has_nothing_more_waiting(self, store: Store) -> None:
        """A sink that is forgotten has nothing more waiting."""
        with store.writing() as unit:
            unit.know_sink("pager")
            unit.write(step(notices=(notice(),)))
            unit.forget_sink("pager")
            unit.write(step(version=2, notices=(notice("n-2"),)))
            assert unit.claim("pager", 99, 100, 5) == ()
            assert unit.sinks() == ()
