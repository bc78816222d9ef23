"""Memory: a store for tests and for embedding. It is gone when the process ends.

Each change remembers how to undo itself, so that a unit that ends by an error leaves nothing.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

import attrs

from workflow.cases.event import FORGOTTEN
from workflow.errors import ConcurrentChangeError, StoreUnavailableError
from workflow.instants import Instant
from workflow.stores.counted import counted
from workflow.stores.nudge import Nudge
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

_Key = TypeVar("_Key", bound=Hashable)
_Row = TypeVar("_Row")


@attrs.define
class _Tables:
    plans: dict[str, PlanRow] = attrs.field(factory=dict)
    cases: dict[str, CaseRow] = attrs.field(factory=dict)
    events: dict[str, tuple[EventRow, ...]] = attrs.field(factory=dict)
    clocks: dict[tuple[str, str], ClockRow] = attrs.field(factory=dict)
    wakeups: dict[str, WakeupRow] = attrs.field(factory=dict)
    notices: dict[str, NoticeRow] = attrs.field(factory=dict)
    redactions: dict[tuple[str, int], RedactionRow] = attrs.field(factory=dict)
    sinks: dict[str, None] = attrs.field(factory=dict)
    deliveries: dict[tuple[str, str], DeliveryRow] = attrs.field(factory=dict)


class MemoryStore:
    """A store in memory; threads of one process may share it."""

    url = "memory://"
    look_again = 60.0

    def __init__(self) -> None:
        self._tables = _Tables()
        self._lock = threading.RLock()
        self._nudge = Nudge()
        self._closed = False

    @contextlib.contextmanager
    def reading(self) -> Iterator[MemoryUnit]:
        """See `Store.reading`."""
        with self._lock:
            self._check()
            yield MemoryUnit(self._tables)

    @contextlib.contextmanager
    def writing(self) -> Iterator[MemoryUnit]:
        """See `Store.writing`."""
        with self._lock:
            self._check()
            unit = MemoryUnit(self._tables)
            try:
                yield unit
            except BaseException:
                unit.undo()
                raise
        if unit.stirred:
            self._nudge.give()

    def scrub(self) -> None:
        """See `Store.scrub`. There are no files."""

    def wait(self, seconds: float) -> bool:
        """See `Store.wait`."""
        return self._nudge.wait(seconds)

    def close(self) -> None:
        """See `Store.close`."""
        self._closed = True

    def _check(self) -> None:
        if self._closed:
            raise StoreUnavailableError(
                "The store is closed.", place=self.url, mend="Open it anew."
            )


class MemoryUnit:
    """One transaction. See `store.Unit`, whose words are not repeated here."""

    def __init__(self, tables: _Tables) -> None:
        self._tables = tables
        self._undo: list[Callable[[], object]] = []
        self.stirred = False

    def plan(self, digest: str) -> PlanRow | None:
        """See `Unit.plan`."""
        return self._tables.plans.get(digest)

    def plans(self) -> tuple[PlanRow, ...]:
        """See `Unit.plans`."""
        return tuple(row for _, row in sorted(self._tables.plans.items(), key=_key))

    def keep_plan(self, row: PlanRow) -> None:
        """See `Unit.keep_plan`."""
        if row.digest not in self._tables.plans:
            self._put(self._tables.plans, row.digest, row)

    def case(self, case: str) -> CaseRow | None:
        """See `Unit.case`."""
        return self._tables.cases.get(case)

    def cases(self, after: str, limit: int) -> tuple[str, ...]:
        """See `Unit.cases`."""
        return tuple(sorted(name for name in self._tables.cases if name > after)[:limit])

    def events(self, case: str) -> tuple[EventRow, ...]:
        """See `Unit.events`."""
        return self._tables.events.get(case, ())

    def rows(self, cases: Sequence[str]) -> dict[str, CaseRow]:
        """See `Unit.rows`."""
        return {row.id: row for row in map(self.case, cases) if row is not None}

    def shelf(self, cases: Sequence[str]) -> dict[str, Filed]:
        """See `Unit.shelf`."""
        return {
            name: Filed(case=row, events=self.events(name), clocks=self.clocks(name))
            for name, row in self.rows(cases).items()
        }

    def clocks(self, case: str) -> tuple[ClockRow, ...]:
        """See `Unit.clocks`."""
        found = self._tables.clocks.items()
        return tuple(row for (owner, _), row in sorted(found, key=_key) if owner == case)

    def owed(self, until: Instant, limit: int) -> tuple[tuple[str, ClockRow], ...]:
        """See `Unit.owed`."""
        found = [
            ((row.due, case, row.clock), (case, row))
            for (case, _), row in self._tables.clocks.items()
            if row.ended is None and row.due is not None and row.due <= until
        ]
        return tuple(pair for _, pair in sorted(found, key=_key)[:limit])

    def owed_count(self) -> int:
        """See `Unit.owed_count`."""
        rows = self._tables.clocks.values()
        return sum(row.ended is None and row.due is not None for row in rows)

    def notices(self, case: str) -> tuple[NoticeRow, ...]:
        """See `Unit.notices`."""
        return tuple(row for row in self._tables.notices.values() if row.case == case)

    def wakeup(self, case: str) -> WakeupRow | None:
        """See `Unit.wakeup`."""
        return self._tables.wakeups.get(case)

    def write(self, step: Step) -> None:
        """See `Unit.write`."""
        tables, row = self._tables, step.case
        known = tables.cases.get(row.id)
        if (0 if known is None else known.version) != row.version - 1:
            raise ConcurrentChangeError(
                f"Another writer changed the case {row.id} first.",
                mend="Nothing was written; read it again and retry.",
            )
        self._put(tables.cases, row.id, row)
        self._put(tables.events, row.id, (*tables.events.get(row.id, ()), *step.events))
        for clock in step.clocks:
            self._put(tables.clocks, (row.id, clock.clock), clock)
        for name in step.gone:
            self._drop(tables.clocks, (row.id, name))
        before = tables.wakeups.get(row.id)
        generation = 1 if before is None else before.generation + 1
        self._wake(WakeupRow(case=row.id, at=step.wakeup, generation=generation))
        for notice in step.notices:
            if notice.id not in tables.notices:
                self._put(tables.notices, notice.id, notice)
                for sink in tables.sinks:
                    self.settle(
                        DeliveryRow(
                            notice=notice,
                            sink=sink,
                            state="waiting",
                            tries=0,
                            next_try=notice.told,
                            error="",
                        )
                    )

    def write_all(self, steps: Sequence[Step]) -> None:
        """See `Unit.write_all`."""
        for step in steps:
            self.write(step)

    def due(self, now: Instant, limit: int) -> tuple[WakeupRow, ...]:
        """See `Unit.due`."""
        found = [((at, row.case), row) for at, row in self._awaited() if at <= now]
        return tuple(row for _, row in sorted(found, key=_key)[:limit])

    def next_wakeup(self) -> Instant | None:
        """See `Unit.next_wakeup`."""
        return min((at for at, _ in self._awaited()), default=None)

    def move(self, case: str, generation: int, at: Instant | None) -> bool:
        """See `Unit.move`."""
        row = self._tables.wakeups.get(case)
        if row is None or row.generation != generation:
            return False
        self._wake(attrs.evolve(row, at=at, generation=generation + 1))
        return True

    def park(self, case: str, error: str) -> None:
        """See `Unit.park`."""
        row = self._tables.wakeups[case]
        self._put(self._tables.wakeups, case, attrs.evolve(row, parked=error))

    def unpark(self, case: str) -> bool:
        """See `Unit.unpark`."""
        row = self._tables.wakeups.get(case)
        if row is None or row.parked is None:
            return False
        self._put(self._tables.wakeups, case, attrs.evolve(row, parked=None))
        return True

    def parked(self) -> tuple[WakeupRow, ...]:
        """See `Unit.parked`."""
        rows = sorted(self._tables.wakeups.items(), key=_key)
        return tuple(row for _, row in rows if row.parked is not None)

    def open_cases(self) -> int:
        """See `Unit.open_cases`."""
        return sum(not row.closed for row in self._tables.cases.values())

    def late(self, now: Instant) -> tuple[Late, ...]:
        """See `Unit.late`."""
        found = Counter(
            (row.plan, row.obligation)
            for row in self._tables.clocks.values()
            if row.ended is None and row.due is not None and row.due < now and row.state != "paused"
        )
        return tuple(
            Late(plan=plan, obligation=obligation, count=count)
            for (plan, obligation), count in sorted(found.items())
        )

    def started(self) -> tuple[tuple[str, Instant, Instant], ...]:
        """See `Unit.started`."""
        found: dict[str, list[Instant]] = {}
        for row in self._tables.clocks.values():
            found.setdefault(row.plan, []).append(row.start)
        return tuple((plan, min(them), max(them)) for plan, them in sorted(found.items()))

    def tally(
        self, plan: str, since: Instant, until: Instant, now: Instant, by: Sequence[str] = KINDS
    ) -> tuple[Tally, ...]:
        """See `Unit.tally`."""
        return counted(
            (
                row
                for row in self._tables.clocks.values()
                if row.plan == plan and since <= row.start < until
            ),
            now,
            by,
        )

    def mentions(self, text: str, case: str | None = None) -> tuple[tuple[str, int], ...]:
        """See `Unit.mentions`."""
        return tuple(
            (name, row.seq)
            for name, rows in sorted(self._tables.events.items())
            for row in rows
            if case in {None, name} and (text in row.personal or text in row.body)
        )

    def redact(self, rows: Sequence[RedactionRow]) -> None:
        """See `Unit.redact`."""
        tables = self._tables
        for row in rows:
            events = list(tables.events[row.case])
            events[row.seq] = attrs.evolve(events[row.seq], personal="")
            self._put(tables.events, row.case, tuple(events))
            if (row.case, row.seq) not in tables.redactions:
                self._put(tables.redactions, (row.case, row.seq), row)
        for case in dict.fromkeys(row.case for row in rows):
            known = tables.cases[case]
            self._put(tables.cases, case, attrs.evolve(known, version=known.version + 1))
            wakeup = tables.wakeups[case]
            if wakeup.parked is not None:
                self._put(tables.wakeups, case, attrs.evolve(wakeup, parked=FORGOTTEN))
            for key, sent in list(tables.deliveries.items()):
                if sent.notice.case == case and sent.error:
                    self._put(tables.deliveries, key, attrs.evolve(sent, error=FORGOTTEN))

    def redactions(self, case: str) -> tuple[RedactionRow, ...]:
        """See `Unit.redactions`."""
        found = self._tables.redactions.items()
        return tuple(row for (name, _), row in sorted(found, key=_key) if name == case)

    def know_sink(self, name: str) -> None:
        """See `Unit.know_sink`."""
        self._put(self._tables.sinks, name, None)

    def forget_sink(self, name: str) -> None:
        """See `Unit.forget_sink`."""
        self._drop(self._tables.sinks, name)
        for key, row in list(self._tables.deliveries.items()):
            if row.sink == name and row.state != "delivered":
                self._drop(self._tables.deliveries, key)

    def sinks(self) -> tuple[str, ...]:
        """See `Unit.sinks`."""
        return tuple(sorted(self._tables.sinks))

    def claim(self, sink: str, now: Instant, until: Instant, limit: int) -> tuple[DeliveryRow, ...]:
        """See `Unit.claim`."""
        waiting = [row for row in self._waiting(sink) if row.next_try <= now]
        found = sorted(waiting, key=lambda row: row.next_try)[:limit]
        for row in found:
            self.settle(attrs.evolve(row, next_try=until))
        return tuple(found)

    def settle(self, row: DeliveryRow) -> None:
        """See `Unit.settle`."""
        self._put(self._tables.deliveries, (row.notice.id, row.sink), row)

    def next_try(self, sink: str) -> Instant | None:
        """See `Unit.next_try`."""
        return min((row.next_try for row in self._waiting(sink)), default=None)

    def undelivered(self) -> tuple[DeliveryRow, ...]:
        """See `Unit.undelivered`."""
        return tuple(row for row in self._tables.deliveries.values() if row.state == "parked")

    def deliveries(self, case: str) -> tuple[DeliveryRow, ...]:
        """See `Unit.deliveries`."""
        places = {row.id: place for place, row in enumerate(self.notices(case))}
        found = [row for row in self._tables.deliveries.values() if row.notice.id in places]
        return tuple(sorted(found, key=lambda row: (places[row.notice.id], row.sink)))

    def restore(self, copy: CaseCopy) -> None:
        """See `Unit.restore`."""
        tables, name = self._tables, copy.case.id
        if name in tables.cases:
            raise ConcurrentChangeError(f"There is a case {name} already.")
        self._put(tables.cases, name, copy.case)
        self._put(tables.events, name, copy.events)
        for clock in copy.clocks:
            self._put(tables.clocks, (name, clock.clock), clock)
        self._wake(copy.wakeup)
        for notice in copy.notices:
            self._put(tables.notices, notice.id, notice)
        for delivery in copy.deliveries:
            self.settle(delivery)
        for redaction in copy.redactions:
            self._put(tables.redactions, (name, redaction.seq), redaction)

    def redeliver(self, notice: str, now: Instant) -> int:
        """See `Unit.redeliver`."""
        found = [row for row in self.undelivered() if row.notice.id == notice]
        self.stirred = True
        for row in found:
            self.settle(attrs.evolve(row, state="waiting", tries=0, next_try=now))
        return len(found)

    def undo(self) -> None:
        """Take back all that was written."""
        while self._undo:
            self._undo.pop()()

    def _awaited(self) -> Iterator[tuple[Instant, WakeupRow]]:
        for row in self._tables.wakeups.values():
            if row.at is not None and row.parked is None:
                yield row.at, row

    def _waiting(self, sink: str) -> Iterator[DeliveryRow]:
        for row in self._tables.deliveries.values():
            if row.sink == sink and row.state == "waiting":
                yield row

    def _wake(self, row: WakeupRow) -> None:
        self._put(self._tables.wakeups, row.case, row)
        self.stirred = True

    def _put(self, table: dict[_Key, _Row], key: _Key, row: _Row) -> None:
        if key in table:
            before = table[key]
            self._undo.append(lambda: table.__setitem__(key, before))
        else:
            self._undo.append(lambda: table.pop(key))
        table[key] = row

    def _drop(self, table: dict[_Key, _Row], key: _Key) -> None:
        if key in table:
            before = table.pop(key)
            self._undo.append(lambda: table.__setitem__(key, before))


def _key(pair: tuple[_Key, object]) -> _Key:
    return pair[0]
