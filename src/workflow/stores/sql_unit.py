"""The unit of a store that speaks SQL: named statements to rows and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol

import attrs

from workflow.errors import ConcurrentChangeError
from workflow.instants import Instant
from workflow.stores.rows import (
    CaseRow,
    ClockRow,
    DeliveryRow,
    EventRow,
    NoticeRow,
    PlanRow,
    Step,
    WakeupRow,
)


class Answer(Protocol):
    """What a database says to a statement, as both drivers give it."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchall(self) -> list[Any]:
        """The rows."""


Ask = Callable[[str, dict[str, Any]], Answer]
"""Runs the statement of that name with these parameters."""


@attrs.define
class SqlUnit:
    """One transaction of a SQL store. See `store.Unit`, whose words are not repeated here.

    Attributes:
        ask: Runs a statement.
        stirred: Whether it wrote something that those who sleep should know of.
    """

    ask: Ask
    stirred: bool = False

    def plan(self, digest: str) -> PlanRow | None:
        """See `Unit.plan`."""
        found = self._all("plan", digest=digest)
        return _plan(found[0]) if found else None

    def keep_plan(self, row: PlanRow) -> None:
        """See `Unit.keep_plan`."""
        self.ask("keep_plan", attrs.asdict(row))

    def case(self, case: str) -> CaseRow | None:
        """See `Unit.case`."""
        found = self._all("case", case=case)
        return _case(found[0]) if found else None

    def cases(self, after: str, limit: int) -> tuple[str, ...]:
        """See `Unit.cases`."""
        return tuple(row[0] for row in self._all("cases", after=after, limit=limit))

    def events(self, case: str) -> tuple[EventRow, ...]:
        """See `Unit.events`."""
        rows = self._all("events", case=case)
        return tuple(EventRow(seq=seq, body=body, hash=hash_) for seq, body, hash_ in rows)

    def clocks(self, case: str) -> tuple[ClockRow, ...]:
        """See `Unit.clocks`."""
        return tuple(_clock(row) for row in self._all("clocks", case=case))

    def owed(self, until: Instant, limit: int) -> tuple[tuple[str, ClockRow], ...]:
        """See `Unit.owed`."""
        rows = self._all("owed", until=until, limit=limit)
        return tuple((row[0], _clock(row[1:])) for row in rows)

    def notices(self, case: str) -> tuple[NoticeRow, ...]:
        """See `Unit.notices`."""
        return tuple(_notice(row) for row in self._all("notices", case=case))

    def wakeup(self, case: str) -> WakeupRow | None:
        """See `Unit.wakeup`."""
        found = self._all("wakeup", case=case)
        return _wakeup(found[0]) if found else None

    def write(self, step: Step) -> None:
        """See `Unit.write`."""
        row = step.case
        said = {
            "id": row.id,
            "version": row.version,
            "events": row.events,
            "head": row.head,
            "notified": row.notified,
        }
        if row.version == 1:
            written = self.ask("open_case", {**said, "plans": json.dumps(row.plans)})
        else:
            written = self.ask("update_case", said)
        if written.rowcount != 1:
            raise ConcurrentChangeError(
                f"Another writer changed the case {row.id} first.",
                mend="Nothing was written; read it again and retry.",
            )
        for event in step.events:
            self.ask(
                "add_event",
                {"case": row.id, "seq": event.seq, "body": event.body, "hash": event.hash},
            )
        for clock in step.clocks:
            self.ask("put_clock", {"case": row.id, **_fields(clock)})
        for name in step.gone:
            self.ask("drop_clock", {"case": row.id, "clock": name})
        self.ask("set_wakeup", {"case": row.id, "at": step.wakeup})
        self.stirred = True
        for notice in step.notices:
            found = self.ask("add_notice", _fields(notice)).fetchall()
            if found:
                self.ask("add_deliveries", {"number": found[0][0], "now": notice.told})

    def due(self, now: Instant, limit: int) -> tuple[WakeupRow, ...]:
        """See `Unit.due`."""
        return tuple(_wakeup(row) for row in self._all("due", now=now, limit=limit))

    def next_wakeup(self) -> Instant | None:
        """See `Unit.next_wakeup`."""
        return self._one("next_wakeup")

    def move(self, case: str, generation: int, at: Instant | None) -> bool:
        """See `Unit.move`."""
        said = {"case": case, "generation": generation, "at": at}
        self.stirred = True
        return self.ask("move_wakeup", said).rowcount == 1

    def park(self, case: str, error: str) -> None:
        """See `Unit.park`."""
        self.ask("park", {"case": case, "error": error})

    def unpark(self, case: str) -> bool:
        """See `Unit.unpark`."""
        return self.ask("unpark", {"case": case}).rowcount == 1

    def parked(self) -> tuple[WakeupRow, ...]:
        """See `Unit.parked`."""
        return tuple(_wakeup(row) for row in self._all("parked"))

    def know_sink(self, name: str) -> None:
        """See `Unit.know_sink`."""
        self.ask("know_sink", {"name": name})

    def forget_sink(self, name: str) -> None:
        """See `Unit.forget_sink`."""
        self.ask("forget_sink", {"name": name})
        self.ask("drop_deliveries", {"name": name})

    def sinks(self) -> tuple[str, ...]:
        """See `Unit.sinks`."""
        return tuple(row[0] for row in self._all("sinks"))

    def claim(self, sink: str, now: Instant, until: Instant, limit: int) -> tuple[DeliveryRow, ...]:
        """See `Unit.claim`."""
        rows = self._all("claimable", sink=sink, now=now, limit=limit)
        for row in rows:
            self.ask("hold", {"notice": row[10], "sink": sink, "until": until})
        return tuple(_delivery(row) for row in rows)

    def settle(self, row: DeliveryRow) -> None:
        """See `Unit.settle`."""
        said = {
            "id": row.notice.id,
            "sink": row.sink,
            "state": row.state,
            "tries": row.tries,
            "next_try": row.next_try,
            "error": row.error,
        }
        self.ask("settle", said)

    def next_try(self, sink: str) -> Instant | None:
        """See `Unit.next_try`."""
        return self._one("next_try", sink=sink)

    def undelivered(self) -> tuple[DeliveryRow, ...]:
        """See `Unit.undelivered`."""
        return tuple(_delivery(row) for row in self._all("undelivered"))

    def redeliver(self, notice: str, now: Instant) -> int:
        """See `Unit.redeliver`."""
        self.stirred = True
        return self.ask("redeliver", {"id": notice, "now": now}).rowcount

    def _all(self, name: str, **said: Any) -> list[Any]:
        return self.ask(name, said).fetchall()

    def _one(self, name: str, **said: Any) -> Instant | None:
        found: Instant | None = self._all(name, **said)[0][0]
        return found


def _fields(row: ClockRow | NoticeRow) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in attrs.fields(type(row))}


def _plan(row: tuple[Any, ...]) -> PlanRow:
    digest, name, version, document = row
    return PlanRow(digest=digest, name=name, version=version, document=document)


def _case(row: tuple[Any, ...]) -> CaseRow:
    id_, plans, version, events, head, notified = row
    return CaseRow(
        id=id_,
        plans=tuple(json.loads(plans)),
        version=version,
        events=events,
        head=head,
        notified=notified,
    )


def _clock(row: tuple[Any, ...]) -> ClockRow:
    clock, plan, obligation, state, start, target, due, ended = row
    return ClockRow(
        clock=clock,
        plan=plan,
        obligation=obligation,
        state=state,
        start=start,
        target=target,
        due=due,
        ended=ended,
    )


def _notice(row: tuple[Any, ...]) -> NoticeRow:
    id_, case, at, told, body = row
    return NoticeRow(id=id_, case=case, at=at, told=told, body=body)


def _wakeup(row: tuple[Any, ...]) -> WakeupRow:
    case, at, generation, parked = row
    return WakeupRow(case=case, at=at, generation=generation, parked=parked)


def _delivery(row: tuple[Any, ...]) -> DeliveryRow:
    return DeliveryRow(
        notice=_notice(row[:5]),
        sink=row[5],
        state=row[6],
        tries=row[7],
        next_try=row[8],
        error=row[9],
    )
