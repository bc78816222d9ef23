"""The ticker: wakes the cases whose time has come.

Due cases are claimed in batches, evaluated, and written in the claiming transaction, so that the
claim of a process that dies is simply rolled back. A case that cannot be evaluated is parked with
its error and holds up nobody. After downtime each wake-up fires once, in due order.

Design: "Engine".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import attrs

from workflow.cases import Notice
from workflow.engine.keeping import Kept, Shelf, read, stepped
from workflow.errors import StoreUnavailableError
from workflow.instants import Instant
from workflow.stores.rows import Step, WakeupRow
from workflow.stores.store import Store, Unit

BATCH = 100
"""Cases in one transaction: enough to share the cost of a commit, few enough to hold for long."""

_Woken: TypeAlias = tuple[Kept, list[Notice]]


@attrs.frozen
class Ticker:
    """Wakes the cases of a store.

    Attributes:
        store: The store.
        shelf: The plans.
        known: Gives a case that is already at hand, if it is still the same.
        remember: Is given each case as it was written.
    """

    store: Store
    shelf: Shelf
    known: Callable[[Unit, str], Kept | None]
    remember: Callable[[Kept], None]

    def tick(self, now: Instant) -> list[Notice]:
        """Wake every case that is due by `now`; the notices, in the order in which they fell."""
        told: list[Notice] = []
        with self.store.reading() as unit:
            earliest = unit.next_wakeup()
        while earliest is not None and earliest <= now:
            with self.store.writing() as unit:
                due = unit.due(now, BATCH)
                woken = [self._wake(unit, wakeup, now) for wakeup in due]
            for kept, notices in filter(None, woken):
                self.remember(kept)
                told += notices
            if len(due) < BATCH:
                break
        return sorted(told, key=lambda notice: notice.instant)

    def _wake(self, unit: Unit, wakeup: WakeupRow, now: Instant) -> _Woken | None:
        try:
            step, kept, notices = self._stepped(unit, wakeup.case, now)
        except StoreUnavailableError:
            raise  # it is the store that fails, not the case
        except Exception as error:  # noqa: BLE001 - whatever it is, the other cases go on
            unit.park(wakeup.case, f"{type(error).__name__}: {error}"[:500])
            return None
        unit.write(step)
        return kept, notices

    def _stepped(self, unit: Unit, case: str, now: Instant) -> tuple[Step, Kept, list[Notice]]:
        kept = self.known(unit, case) or read(unit, self.shelf, case)
        # Where time has jumped back, what was told stays told, and nothing is told again.
        return stepped(kept, kept.case, max(now, kept.row.notified))
