"""Verify: whether what a store holds is what was written, and what follows from it.

The chain of hashes finds the first row of a log that was altered, is missing or out of place, the
last rows included: the case's row holds the hash of the last. What the store keeps of the derived
things (clocks, wake-up, notices, whether a case is closed) is compared with what the log says.
What an earlier version of the tables did not have is left out of that. Design: "Engine".
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from workflow.engine.keeping import Shelf, fault, restored, stepped
from workflow.engine.personal import committed
from workflow.errors import StoreUnavailableError, WorkflowError
from workflow.stores.rows import ClockRow, Filed
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
            filed = unit.shelf([name]).get(name)
            found = [] if filed is None else list(_of(unit, shelf, filed))
        yield from found


def _of(unit: Unit, shelf: Shelf, filed: Filed) -> Iterator[Finding]:
    row = filed.case
    broken = fault(row, filed.events)
    if broken is not None:
        yield Finding(case=row.id, row=broken[0], what=f"{broken[1]}.")
        return
    try:
        kept = restored(unit, shelf, filed)
        fresh, now, _ = stepped(attrs.evolve(kept, clocks={}), kept.case, row.notified)
        due = {notice.id for notice in kept.case.notices_between(None, row.notified)}
    except StoreUnavailableError:
        raise  # it is the store that fails, not the case
    except Exception as error:  # noqa: BLE001 - it is reported, and the other cases go on
        told = str(error) if isinstance(error, WorkflowError) else repr(error)
        yield Finding(case=row.id, row=None, what=f"it cannot be evaluated: {told}")
        return
    forgotten = {redaction.seq for redaction in unit.redactions(row.id)}
    for event in filed.events:
        if not event.personal and event.seq not in forgotten and committed(event) is not None:
            what = f"the personal data of row {event.seq} are missing, and were not forgotten."
            yield Finding(case=row.id, row=event.seq, what=what)
    earlier = bool(kept.clocks) and not any(
        it.role or it.level or it.category for it in kept.clocks.values()
    )
    clocks = {name: _bare(it) for name, it in now.clocks.items()} if earlier else now.clocks
    if not earlier and now.row.closed != row.closed:
        yield Finding(case=row.id, row=None, what="whether it is closed is not what its log says.")
    if clocks != kept.clocks:
        yield Finding(case=row.id, row=None, what="its clocks are not what its log says.")
    wakeup = unit.wakeup(row.id)
    if wakeup is None or wakeup.at != fresh.wakeup:
        yield Finding(case=row.id, row=None, what="its wake-up is not what its log says.")
    written = {notice.id for notice in unit.notices(row.id)}
    if missing := len(due - written):
        yield Finding(case=row.id, row=None, what=f"{missing} of its notices are missing.")
    if extra := len(written - due):
        yield Finding(case=row.id, row=None, what=f"{extra} notices do not follow from its log.")


def _bare(row: ClockRow) -> ClockRow:
    """The clock as it was written before the tables had a role, a level and a category for it."""
    return attrs.evolve(row, role="", level="", category="")
