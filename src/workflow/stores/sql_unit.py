"""The unit of a store that speaks SQL: named statements to rows and back."""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import attrs

from workflow.cases.event import FORGOTTEN
from workflow.errors import ConcurrentChangeError
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


class Answer(Protocol):
    """What a database says to a statement, as both drivers give it."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchall(self) -> list[Any]:
        """The rows."""


Ask = Callable[[str, dict[str, Any]], Answer]
"""Runs the statement of that name with these parameters."""

AskAll = Callable[[str, list[dict[str, Any]]], int]
"""Runs it once with each of several sets of parameters; how many rows were changed."""


@attrs.define
class SqlUnit:
    """One transaction of a SQL store. See `store.Unit`, whose words are not repeated here.

    Attributes:
        ask: Runs a statement.
        ask_all: Runs a statement several times, in one go.
        names: Several names as a parameter of this database.
        stirred: Whether it wrote something that those who sleep should know of.
    """

    ask: Ask
    ask_all: AskAll
    names: Callable[[Sequence[str]], Any]
    stirred: bool = False

    def plan(self, digest: str) -> PlanRow | None:
        """See `Unit.plan`."""
        found = self._all("plan", digest=digest)
        return _plan(found[0]) if found else None

    def plans(self) -> tuple[PlanRow, ...]:
        """See `Unit.plans`."""
        return tuple(_plan(row) for row in self._all("plans"))

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
        return tuple(_event(row) for row in self._all("events", case=case))

    def rows(self, cases: Sequence[str]) -> dict[str, CaseRow]:
        """See `Unit.rows`."""
        found = [_case(row) for row in self._all("cases_of", cases=self.names(cases))]
        return {row.id: row for row in found}

    def shelf(self, cases: Sequence[str]) -> dict[str, Filed]:
        """See `Unit.shelf`."""
        names = self.names(cases)
        events: dict[str, list[EventRow]] = defaultdict(list)
        for row in self._all("events_of", cases=names):
            events[row[0]].append(_event(row[1:]))
        clocks: dict[str, list[ClockRow]] = defaultdict(list)
        for row in self._all("clocks_of", cases=names):
            clocks[row[0]].append(_clock(row[1:]))
        return {
            name: Filed(case=row, events=tuple(events[name]), clocks=tuple(clocks[name]))
            for name, row in self.rows(cases).items()
        }

    def clocks(self, case: str) -> tuple[ClockRow, ...]:
        """See `Unit.clocks`."""
        return tuple(_clock(row) for row in self._all("clocks", case=case))

    def owed(self, until: Instant, limit: int) -> tuple[tuple[str, ClockRow], ...]:
        """See `Unit.owed`."""
        rows = self._all("owed", until=until, limit=limit)
        return tuple((row[0], _clock(row[1:])) for row in rows)

    def owed_count(self) -> int:
        """See `Unit.owed_count`."""
        return int(self._all("owed_count")[0][0])

    def notices(self, case: str) -> tuple[NoticeRow, ...]:
        """See `Unit.notices`."""
        return tuple(_notice(row) for row in self._all("notices", case=case))

    def wakeup(self, case: str) -> WakeupRow | None:
        """See `Unit.wakeup`."""
        found = self._all("wakeup", case=case)
        return _wakeup(found[0]) if found else None

    def write(self, step: Step) -> None:
        """See `Unit.write`."""
        self.write_all([step])

    def write_all(self, steps: Sequence[Step]) -> None:
        """See `Unit.write_all`."""
        for together in _apart(steps):
            self._write(together)

    def _write(self, steps: Sequence[Step]) -> None:
        """Write steps of different cases."""
        cases = [step.case for step in steps]
        for name, rows in (
            ("open_case", [row for row in cases if row.version == 1]),
            ("update_case", [row for row in cases if row.version > 1]),
        ):
            if rows and self.ask_all(name, [_said(row) for row in rows]) != len(rows):
                raise ConcurrentChangeError(
                    f"Another writer changed the case {', '.join(row.id for row in rows)} first.",
                    mend="Nothing was written; read it again and retry.",
                )
        said: dict[str, list[dict[str, Any]]] = {
            "add_event": [
                {"case": step.case.id, **_fields(event)} for step in steps for event in step.events
            ],
            "put_clock": [
                {"case": step.case.id, **_fields(clock)} for step in steps for clock in step.clocks
            ],
            "drop_clock": [
                {"case": step.case.id, "clock": name} for step in steps for name in step.gone
            ],
            "set_wakeup": [{"case": step.case.id, "at": step.wakeup} for step in steps],
            "add_notice": [_fields(notice) for step in steps for notice in step.notices],
            "add_deliveries": [
                {"id": notice.id, "told": notice.told} for step in steps for notice in step.notices
            ],
        }
        for name, each in said.items():
            if each:
                self.ask_all(name, each)
        self.stirred = True

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

    def open_cases(self) -> int:
        """See `Unit.open_cases`."""
        return int(self._all("open_cases")[0][0])

    def late(self, now: Instant) -> tuple[Late, ...]:
        """See `Unit.late`."""
        rows = self._all("late", now=now)
        return tuple(Late(plan=row[0], obligation=row[1], count=row[2]) for row in rows)

    def started(self) -> tuple[tuple[str, Instant, Instant], ...]:
        """See `Unit.started`."""
        return tuple((row[0], row[1], row[2]) for row in self._all("started"))

    def tally(
        self, plan: str, since: Instant, until: Instant, now: Instant, by: Sequence[str] = KINDS
    ) -> tuple[Tally, ...]:
        """See `Unit.tally`."""
        kinds = {f"by_{name}": name in by for name in KINDS}
        rows = self._all("tally", plan=plan, since=since, until=until, now=now, **kinds)
        return tuple(
            Tally(
                obligation=row[0],
                role=row[1],
                level=row[2],
                category=row[3],
                outcome=row[4],
                minutes=row[5],
                count=row[6],
            )
            for row in rows
        )

    def mentions(self, text: str, case: str | None = None) -> tuple[tuple[str, int], ...]:
        """See `Unit.mentions`."""
        return tuple((row[0], row[1]) for row in self._all("mentions", text=text, case=case))

    def redact(self, rows: Sequence[RedactionRow]) -> None:
        """See `Unit.redact`."""
        for row in rows:
            said = {"case": row.case, "seq": row.seq}
            self.ask("redact", said)
            self.ask("add_redaction", {**said, "at": row.at, "by": row.by})
        for case in dict.fromkeys(row.case for row in rows):
            self.ask("touch_case", {"case": case})
            for name in ("hush_wakeup", "hush_deliveries"):
                self.ask(name, {"case": case, "instead": FORGOTTEN})

    def redactions(self, case: str) -> tuple[RedactionRow, ...]:
        """See `Unit.redactions`."""
        rows = self._all("redactions", case=case)
        return tuple(RedactionRow(case=row[0], seq=row[1], at=row[2], by=row[3]) for row in rows)

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
        self.ask("settle", _settled(row))

    def next_try(self, sink: str) -> Instant | None:
        """See `Unit.next_try`."""
        return self._one("next_try", sink=sink)

    def undelivered(self) -> tuple[DeliveryRow, ...]:
        """See `Unit.undelivered`."""
        return tuple(_delivery(row) for row in self._all("undelivered"))

    def deliveries(self, case: str) -> tuple[DeliveryRow, ...]:
        """See `Unit.deliveries`."""
        return tuple(_delivery(row) for row in self._all("deliveries", case=case))

    def restore(self, copy: CaseCopy) -> None:
        """See `Unit.restore`."""
        name = copy.case.id
        if self.ask("open_case", _said(copy.case)).rowcount != 1:
            raise ConcurrentChangeError(f"There is a case {name} already.")
        self.ask("restore_wakeup", attrs.asdict(copy.wakeup))
        said: dict[str, list[dict[str, Any]]] = {
            "add_event": [{"case": name, **_fields(row)} for row in copy.events],
            "add_redaction": [attrs.asdict(row) for row in copy.redactions],
            "put_clock": [{"case": name, **_fields(row)} for row in copy.clocks],
            "add_notice": [_fields(row) for row in copy.notices],
            "restore_delivery": [_settled(row) for row in copy.deliveries],
        }
        for statement, each in said.items():
            if each:
                self.ask_all(statement, each)
        self.stirred = True

    def redeliver(self, notice: str, now: Instant) -> int:
        """See `Unit.redeliver`."""
        self.stirred = True
        return self.ask("redeliver", {"id": notice, "now": now}).rowcount

    def _all(self, name: str, **said: Any) -> list[Any]:
        return self.ask(name, said).fetchall()

    def _one(self, name: str, **said: Any) -> Instant | None:
        found: Instant | None = self._all(name, **said)[0][0]
        return found


def _apart(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """The steps in their order, in runs that hold no case twice."""
    run: dict[str, Step] = {}
    for step in steps:
        if step.case.id in run:
            yield list(run.values())
            run = {}
        run[step.case.id] = step
    if run:
        yield list(run.values())


@functools.lru_cache(maxsize=256)
def _plans(digests: tuple[str, ...]) -> str:
    return json.dumps(digests)


def _said(row: CaseRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "plans": _plans(row.plans),
        "version": row.version,
        "events": row.events,
        "head": row.head,
        "notified": row.notified,
        "closed": int(row.closed),
    }


def _fields(row: ClockRow | EventRow | NoticeRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _NAMES[type(row)]}


_NAMES: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in attrs.fields(kind))
    for kind in (ClockRow, EventRow, NoticeRow)
}


def _settled(row: DeliveryRow) -> dict[str, Any]:
    return {
        "id": row.notice.id,
        "sink": row.sink,
        "state": row.state,
        "tries": row.tries,
        "next_try": row.next_try,
        "error": row.error,
    }


def _plan(row: tuple[Any, ...]) -> PlanRow:
    digest, name, version, document = row
    return PlanRow(digest=digest, name=name, version=version, document=document)


def _case(row: tuple[Any, ...]) -> CaseRow:
    id_, plans, version, events, head, notified, closed = row
    return CaseRow(
        id=id_,
        plans=tuple(json.loads(plans)),
        version=version,
        events=events,
        head=head,
        notified=notified,
        closed=bool(closed),
    )


def _event(row: tuple[Any, ...]) -> EventRow:
    seq, body, hash_, personal = row
    return EventRow(seq=seq, body=body, hash=hash_, personal=personal)


def _clock(row: tuple[Any, ...]) -> ClockRow:
    clock, plan, obligation, state, start, target, due, ended, role, level, category = row
    return ClockRow(
        clock=clock,
        plan=plan,
        obligation=obligation,
        state=state,
        start=start,
        target=target,
        due=due,
        ended=ended,
        role=role,
        level=level,
        category=category,
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
