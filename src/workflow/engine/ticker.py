"""The ticker: wakes the cases whose time has come.

Due cases are claimed in batches, evaluated, and written in the claiming transaction, so that the
claim of a process that dies is simply rolled back. A case that cannot be evaluated is parked with
its error and holds up nobody. After downtime each wake-up fires once, in due order.

Design: "Engine".
"""

from __future__ import annotations

import attrs

from workflow.cases import Notice
from workflow.engine.keeping import Kept, Shelf, restored, stepped
from workflow.engine.memo import Memo
from workflow.errors import StoreUnavailableError
from workflow.instants import Instant, Micros
from workflow.stores.rows import Filed, Step
from workflow.stores.store import Store, Unit

BATCH = 100
"""Cases in one transaction: enough to share the cost of a commit, few enough to hold for long."""


@attrs.frozen(kw_only=True)
class Woken:
    """What became of a tick.

    Attributes:
        notices: The notices, in the order in which they fell.
        parked: The cases that could not be evaluated, each with its error.
        lag: How late the earliest was, in microseconds.
    """

    notices: tuple[Notice, ...]
    parked: tuple[tuple[str, str], ...]
    lag: Micros


@attrs.frozen
class Ticker:
    """Wakes the cases of a store.

    Attributes:
        store: The store.
        shelf: The plans.
        memo: The cases at hand.
    """

    store: Store
    shelf: Shelf
    memo: Memo

    def tick(self, now: Instant) -> Woken:
        """Wake every case that is due by `now`; the notices, in the order in which they fell."""
        told: list[Notice] = []
        parked: list[tuple[str, str]] = []
        with self.store.reading() as unit:
            earliest = unit.next_wakeup()
        lag = Micros(0) if earliest is None else Micros(max(0, now - earliest))
        while earliest is not None and earliest <= now:
            with self.store.writing() as unit:
                due = unit.due(now, BATCH)
                at_hand, filed = self.memo.sorted(unit, [wakeup.case for wakeup in due])
                found: dict[str, Kept | Filed] = {**filed, **at_hand}
                woken = [(it.case, self._wake(unit, it.case, found[it.case], now)) for it in due]
                unit.write_all([it[0] for _, it in woken if not isinstance(it, str)])
            for name, outcome in woken:
                if isinstance(outcome, str):
                    parked.append((name, outcome))
                else:
                    self.memo.put(outcome[1])
                    told += outcome[2]
            if len(due) < BATCH:
                break
        notices = sorted(told, key=lambda notice: notice.instant)
        return Woken(notices=tuple(notices), parked=tuple(parked), lag=lag)

    def _wake(
        self, unit: Unit, name: str, found: Kept | Filed, now: Instant
    ) -> tuple[Step, Kept, list[Notice]] | str:
        """What is to be written for a case and its notices; or why it was parked."""
        try:
            kept = found if isinstance(found, Kept) else restored(unit, self.shelf, found)
            # Where time has jumped back, what was told stays told, and nothing is told again.
            return stepped(kept, kept.case, max(now, kept.row.notified))
        except StoreUnavailableError:
            raise  # it is the store that fails, not the case
        except Exception as error:  # noqa: BLE001 - whatever it is, the other cases go on
            why = f"{type(error).__name__}: {error}"[:500]
            unit.park(name, why)
            return why
