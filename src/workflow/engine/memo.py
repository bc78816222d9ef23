"""A memo: cases at hand, so that a log is not read and folded again for every event.

A case is only given out while the store still holds the same version of it with the same last
hash. The memo is bounded: it does not grow with the number of open cases.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from workflow.engine.keeping import Kept, Shelf, restored, unknown
from workflow.stores.rows import Filed
from workflow.stores.store import Unit

LIMIT = 1_000
"""Cases at hand at most: some tens of megabytes."""


class Memo:
    """The cases used last, by name."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, unit: Unit, case: str) -> Kept | None:
        """The case, if it is at hand and as it stands in the store."""
        with self._lock:
            kept = self._kept.get(case)
        if kept is None or unit.case(case) != kept.row:
            return None
        return kept

    def all(self, unit: Unit, shelf: Shelf, names: Iterable[str]) -> dict[str, Kept]:
        """These cases as they stand in the store; those not at hand are read together.

        Raises:
            UnknownCaseError: One is not there.
            StoreCorruptError: The log of one was altered, or a plan of it is missing.
        """
        asked = tuple(dict.fromkeys(names))
        at_hand, filed = self.sorted(unit, asked)
        for name in asked:
            if name not in at_hand and name not in filed:
                raise unknown(name)
        return {
            name: at_hand[name] if name in at_hand else restored(unit, shelf, filed[name])
            for name in asked
        }

    def sorted(self, unit: Unit, names: Sequence[str]) -> tuple[dict[str, Kept], dict[str, Filed]]:
        """Of these cases, those at hand as they stand in the store, and the rows of the others."""
        rows = unit.rows(names)
        with self._lock:
            found = {name: self._kept.get(name) for name in rows}
        at_hand = {
            name: kept
            for name, kept in found.items()
            if kept is not None and kept.row == rows[name]
        }
        others = [name for name in rows if name not in at_hand]
        return at_hand, unit.shelf(others) if others else {}

    def drop(self, case: str) -> None:
        """Have the case at hand no more."""
        with self._lock:
            self._kept.pop(case, None)

    def put(self, kept: Kept) -> None:
        """Have the case at hand."""
        with self._lock:
            self._kept[kept.row.id] = kept
            self._kept.move_to_end(kept.row.id)
            while len(self._kept) > self.limit:
                self._kept.popitem(last=False)
