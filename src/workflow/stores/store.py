"""The protocol of a store: transactions over plain rows.

Everything a unit writes is there when its block ends, or none of it is there when the block ends
by an error. A store that is opened on a host's own connection leaves the commit to the host.

Design: "Engine". The contract is tested: one suite runs unchanged against every store.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from workflow.instants import Instant
from workflow.stores.rows import (
    KINDS,
    CaseCopy,
    CaseRow,
    ClockRow,
    DeliveryRow,
    EventRow,
    Filed,
    Late,
    NoticeRow,
    PlanRow,
    RedactionRow,
    Step,
    Tally,
    WakeupRow,
)


class Unit(Protocol):
    """One transaction."""

    def plan(self, digest: str) -> PlanRow | None:
        """The plan of that digest."""

    def plans(self) -> tuple[PlanRow, ...]:
        """The plans that are kept, by digest."""

    def keep_plan(self, row: PlanRow) -> None:
        """Keep a plan; one that is kept already stays as it is."""

    def case(self, case: str) -> CaseRow | None:
        """The row of a case."""

    def cases(self, after: str, limit: int) -> tuple[str, ...]:
        """At most `limit` names of cases behind `after`, in the order of their code points."""

    def events(self, case: str) -> tuple[EventRow, ...]:
        """The log of a case, in order."""

    def rows(self, cases: Sequence[str]) -> dict[str, CaseRow]:
        """The rows of several cases; those that are not there are left out."""

    def shelf(self, cases: Sequence[str]) -> dict[str, Filed]:
        """All that is kept of several cases; those that are not there are left out."""

    def clocks(self, case: str) -> tuple[ClockRow, ...]:
        """The clocks of a case as they were last written, by id."""

    def owed(self, until: Instant, limit: int) -> tuple[tuple[str, ClockRow], ...]:
        """At most `limit` clocks that have not ended and are due up to then, with their cases."""

    def owed_count(self) -> int:
        """How many clocks have not ended and have a due time, in all cases."""

    def notices(self, case: str) -> tuple[NoticeRow, ...]:
        """The notices of a case, in the order in which they were written."""

    def wakeup(self, case: str) -> WakeupRow | None:
        """The next wake-up of a case."""

    def write(self, step: Step) -> None:
        """Write a step, and a delivery of each notice to each sink that is known.

        Raises:
            ConcurrentChangeError: The case has another version by now, or was opened meanwhile.
        """

    def write_all(self, steps: Sequence[Step]) -> None:
        """Write several steps, of one case or of many, in their order. See `write`."""

    def due(self, now: Instant, limit: int) -> tuple[WakeupRow, ...]:
        """At most `limit` wake-ups up to `now`, the earliest first, held until the unit ends."""

    def next_wakeup(self) -> Instant | None:
        """The earliest wake-up of all."""

    def move(self, case: str, generation: int, at: Instant | None) -> bool:
        """Move a wake-up (None: cancel it); False if it is of another generation by now."""

    def park(self, case: str, error: str) -> None:
        """Wake the case no more until it is written again or unparked."""

    def unpark(self, case: str) -> bool:
        """Wake a parked case again; False if it was not parked."""

    def parked(self) -> tuple[WakeupRow, ...]:
        """The parked cases."""

    def open_cases(self) -> int:
        """How many cases are not closed."""

    def late(self, now: Instant) -> tuple[Late, ...]:
        """How many duties are owed and were due before `now`, by plan and obligation.

        One that was paused when its case was last written is not late: its limit moves.
        """

    def started(self) -> tuple[tuple[str, Instant, Instant], ...]:
        """Each plan that has clocks, with the first and the last start among them, by name."""

    def tally(
        self, plan: str, since: Instant, until: Instant, now: Instant, by: Sequence[str] = KINDS
    ) -> tuple[Tally, ...]:
        """The clocks of a plan that started from `since` to before `until`, counted by kind.

        By obligation, and by what `by` names of `role`, `level` and `category`: the less, the
        quicker. The others are empty.
        What is owed and was due before `now` is overdue, whether or not its case was woken since.
        What was paused when its case was last written is open: its limit moves.
        """

    def mentions(self, text: str, case: str | None = None) -> tuple[tuple[str, int], ...]:
        """The rows (case, place) whose personal data or body hold this JSON text."""

    def redact(self, rows: Sequence[RedactionRow]) -> None:
        """Drop the personal data of these rows and remember that; their cases get a new version.

        What errors are kept of these cases, parked or to be delivered again, are dropped too: their
        text may repeat the same.
        """

    def redactions(self, case: str) -> tuple[RedactionRow, ...]:
        """What was forgotten in a case, by place."""

    def know_sink(self, name: str) -> None:
        """From now on each new notice is delivered to this sink."""

    def forget_sink(self, name: str) -> None:
        """Deliver to this sink no more, and drop what waits for it."""

    def sinks(self) -> tuple[str, ...]:
        """The sinks that are known."""

    def claim(self, sink: str, now: Instant, until: Instant, limit: int) -> tuple[DeliveryRow, ...]:
        """Deliveries due for a sink, in order; nobody else is given them before `until`."""

    def settle(self, row: DeliveryRow) -> None:
        """Write what became of a delivery."""

    def next_try(self, sink: str) -> Instant | None:
        """When the next delivery to a sink is to be tried."""

    def undelivered(self) -> tuple[DeliveryRow, ...]:
        """The deliveries that are parked."""

    def deliveries(self, case: str) -> tuple[DeliveryRow, ...]:
        """The deliveries of a case's notices, in the order of writing, then by sink."""

    def restore(self, copy: CaseCopy) -> None:
        """Write a case as it stood in another store; nothing is delivered anew.

        Raises:
            ConcurrentChangeError: There is a case of that name.
        """

    def redeliver(self, notice: str, now: Instant) -> int:
        """Try a notice's parked deliveries again from `now` on; how many there were."""


class Store(Protocol):
    """A place where cases are kept.

    Attributes:
        url: What it is called in errors.
        look_again: Seconds after which a sleeper looks again, since not every writer can wake it.
    """

    url: str
    look_again: float

    def reading(self) -> AbstractContextManager[Unit]:
        """A transaction that reads one state of the store."""

    def writing(self) -> AbstractContextManager[Unit]:
        """A transaction that writes."""

    def scrub(self) -> None:
        """Have what was redacted leave the files as well, as far as the database can."""

    def wait(self, seconds: float) -> bool:
        """Wait until somebody has written, or for so long. True: somebody has."""

    def close(self) -> None:
        """Give back what it holds. A closed store cannot be used."""


def every_case(store: Store, page: int = 1_000) -> Iterator[str]:
    """The names of all cases, read a page at a time."""
    after = ""
    while True:
        with store.reading() as unit:
            names = unit.cases(after, page)
        yield from names
        if len(names) < page:
            return
        after = names[-1]
