"""Rebuilding: what is derived of a case is written anew, as its log says.

Clocks, the next wake-up and whether a case is closed are a cache; the log is the truth. A newer
version of the tables may have columns that an older one left empty: one walk over all cases fills
them. Cases are evaluated outside the transaction that writes them, so that the walk holds up
nobody, and a case that stands as its log says is not written, so that it can be repeated.

Design: "Engine".
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from workflow.engine.keeping import Kept, Shelf, read, restored, stepped
from workflow.engine.retrying import retried
from workflow.errors import ConcurrentChangeError, StoreUnavailableError
from workflow.stores.rows import Step
from workflow.stores.store import Store, Unit, every_case

BATCH = 100
"""Cases in one transaction: enough to share the cost of a commit."""


def rebuild(store: Store, shelf: Shelf, case: str) -> None:
    """Write what is derived of one case anew. See `Engine.rebuild`."""
    retried(lambda: _rebuilt(store, shelf, case))


def rebuild_all(store: Store, shelf: Shelf) -> tuple[str, ...]:
    """Write anew what differs, in all cases. See `Engine.rebuild_all`."""
    done: list[str] = []
    every = every_case(store)
    while names := list(itertools.islice(every, BATCH)):
        try:
            done += _mended(store, shelf, names)
        except ConcurrentChangeError:
            for name in names:
                done += _mended_alone(store, shelf, name)
    return tuple(done)


def differs(unit: Unit, kept: Kept, fresh: Step) -> bool:
    """Whether what is kept of a case differs from the step that was derived from its log."""
    wakeup = unit.wakeup(kept.row.id)
    return (
        bool(fresh.clocks or fresh.gone)
        or wakeup is None
        or wakeup.at != fresh.wakeup
        or kept.row.closed != fresh.case.closed
    )


def _rebuilt(store: Store, shelf: Shelf, case: str) -> None:
    with store.writing() as unit:
        unit.write(_anew(read(unit, shelf, case)))


def _mended(store: Store, shelf: Shelf, names: Sequence[str]) -> list[str]:
    """Write those of these cases that differ from their logs; their names."""
    with store.reading() as unit:
        steps = list(_wrong(unit, shelf, names))
    if steps:
        with store.writing() as unit:
            unit.write_all(steps)
    return [step.case.id for step in steps]


def _mended_alone(store: Store, shelf: Shelf, name: str) -> list[str]:
    return retried(lambda: _mended(store, shelf, [name]))


def _wrong(unit: Unit, shelf: Shelf, names: Sequence[str]) -> Iterator[Step]:
    filed = unit.shelf(names)
    for name in names:
        try:
            kept = restored(unit, shelf, filed[name])
            fresh = _anew(kept)
        except StoreUnavailableError:
            raise  # it is the store that fails, not the case
        except Exception:  # noqa: BLE001, S112 - `verify` names it, and the other cases go on
            continue
        if differs(unit, kept, fresh):
            yield fresh


def _anew(kept: Kept) -> Step:
    """What the log says, up to what was told already: nothing new is told."""
    return stepped(kept, kept.case, kept.row.notified)[0]
