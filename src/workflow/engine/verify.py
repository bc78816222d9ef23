"""Verify: whether what a store holds is what was written, and what follows from it.

The chain of hashes finds the first row of a log that was altered, is missing or out of place, the
last rows included: the case's row holds the hash of the last. What the store keeps of the derived
things (clocks, wake-up, notices) is compared with what the log says. Design: "Engine".
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from workflow.engine.keeping import Shelf, fault, restored, stepped
from workflow.errors import WorkflowError
from workflow.stores.rows import CaseRow
from workflow.stores.store import Store, Unit, every_case


@attrs.frozen(kw_only=True)
class Finding:
    """Something that is not as it should be.

    Attributes:
        case: The case.
        row: The place in its log from which on it cannot be trusted; None: the log is whole.
        what: What is wrong.
    """

    case: str
    row: int | None
    what: str

    def __str__(self) -> str:
        """One line."""
        return f"case {self.case}: {self.what}"


def findings(store: Store, shelf: Shelf) -> Iterator[Finding]:
    """What is wrong in a store; nothing: all is well."""
    for name in every_case(store):
        with store.reading() as unit:
            row = unit.case(name)
            found = [] if row is None else list(_of(unit, shelf, row))
        yield from found


def _of(unit: Unit, shelf: Shelf, row: CaseRow) -> Iterator[Finding]:
    broken = fault(row, unit.events(row.id))
    if broken is not None:
        yield Finding(case=row.id, row=broken[0], what=f"{broken[1]}.")
        return
    try:
        kept = restored(unit, shelf, row)
        fresh, now, _ = stepped(attrs.evolve(kept, clocks={}), kept.case, row.notified)
        due = {notice.id for notice in kept.case.notices_between(None, row.notified)}
    except Exception as error:  # noqa: BLE001 - it is reported, and the other cases go on
        told = str(error) if isinstance(error, WorkflowError) else repr(error)
        yield Finding(case=row.id, row=None, what=f"it cannot be evaluated: {told}")
        return
    if now.clocks != kept.clocks:
        yield Finding(case=row.id, row=None, what="its clocks are not what its log says.")
    wakeup = unit.wakeup(row.id)
    if wakeup is None or wakeup.at != fresh.wakeup:
        yield Finding(case=row.id, row=None, what="its wake-up is not what its log says.")
    written = {notice.id for notice in unit.notices(row.id)}
    if missing := len(due - written):
        yield Finding(case=row.id, row=None, what=f"{missing} of its notices are missing.")
    if extra := len(written - due):
        yield Finding(case=row.id, row=None, what=f"{extra} notices do not follow from its log.")
