"""Hosts: what `CaseMachine` drives. Write an adapter of your own host with these six methods.

Two are here: the smallest right host, to read, and the adapter of this package's engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from workflow.cases.case import Case
from workflow.cases.status import Status
from workflow.engine.engine import Engine
from workflow.engine.time_source import SimulatedTime
from workflow.instants import to_instant, to_moment, zone_of
from workflow.plans.model import Plan
from workflow.testing.pasteable import Record, opened_by, recorded

Seen: TypeAlias = Mapping[str, tuple[str, str | None]]
"""What a host shows of a case: by clock id, its state and its due time as ISO 8601 text in UTC."""


class Host(Protocol):
    """An adapter of a host. Times are ISO 8601 text with an offset."""

    def open(self, case: str, record: Record) -> None:
        """Open a case with its first record: `event`, `at`, `key`, `recorded_at` and more."""

    def record(self, case: str, record: Record) -> None:
        """Record an event; one whose key is known changes nothing. Raise if it is refused."""

    def tick(self, now: str) -> None:
        """Do what has fallen due by `now`; a `now` before the last one may come."""

    def status(self, case: str, now: str) -> Seen:
        """What the host shows of every clock of the case at `now`; see `seen`."""

    def sent(self, case: str) -> Sequence[str]:
        """The ids of all notices that were sent, in order; one sent twice stands there twice."""

    def restart(self) -> None:
        """Die and come back, with nothing but what was kept."""


def seen(status: Status) -> Seen:
    """What a status of this package shows, in the form in which hosts are compared."""
    utc = zone_of("UTC")
    return {
        clock.id: (
            clock.state.value,
            None if clock.due_instant is None else to_moment(clock.due_instant, utc).isoformat(),
        )
        for clock in status
    }


class PlainHost:
    """The smallest right host: it keeps records, and sends what it has not sent yet."""

    def __init__(self, plan: Plan) -> None:
        """Begin with nothing kept."""
        self.plan = plan
        self.kept: list[tuple[str, Record]] = []
        self.outbox: dict[str, list[str]] = {}
        self.cases: dict[str, Case] = {}

    def open(self, case: str, record: Record) -> None:
        """Open a case and keep the record."""
        self.cases[case] = opened_by(self.plan, record, name=case)
        self.kept.append((case, record))
        self.outbox[case] = []

    def record(self, case: str, record: Record) -> None:
        """Keep the record, once the case has accepted it."""
        before = self.cases[case]
        self.cases[case] = recorded(before, record)
        if self.cases[case] is not before:
            self.kept.append((case, record))

    def tick(self, now: str) -> None:
        """Send every notice up to now that has not been sent."""
        for name, case in self.cases.items():
            for notice in case.notices(None, now):
                if notice.id not in self.outbox[name]:
                    self.outbox[name].append(notice.id)

    def status(self, case: str, now: str) -> Seen:
        """What the library says."""
        return seen(self.cases[case].status(now))

    def sent(self, case: str) -> Sequence[str]:
        """What has been sent."""
        return self.outbox[case]

    def restart(self) -> None:
        """Read every case anew from the records that were kept."""
        self.cases = {}
        for name, record in self.kept:
            if name in self.cases:
                self.cases[name] = recorded(self.cases[name], record)
            else:
                self.cases[name] = opened_by(self.plan, record, name=name)


class EngineHost:
    """The adapter of an `Engine`. A restart makes another one on the same store."""

    def __init__(self, plan: Plan, make: Callable[[Plan, SimulatedTime], Engine]) -> None:
        """Drive the engines that `make(plan, time)` gives; all of them are on one store."""
        self._plan = plan
        self._make = make
        self._time = SimulatedTime("1970-01-01T00:00+00:00")
        self._engine = make(plan, self._time)

    def open(self, case: str, record: Record) -> None:
        """Open the case."""
        self._come_to(record["recorded_at"])
        self._engine.open(self._plan.name, case, **_without_time(record))

    def record(self, case: str, record: Record) -> None:
        """Record the event, at the engine's own time."""
        self._come_to(record["recorded_at"])
        said = _without_time(record)
        self._engine.record(case, said.pop("event"), **said)

    def tick(self, now: str) -> None:
        """Tick."""
        self._come_to(now)
        self._engine.tick(now)

    def status(self, case: str, now: str) -> Seen:
        """What the engine says."""
        return seen(self._engine.status(case, now))

    def sent(self, case: str) -> Sequence[str]:
        """The notices that are in the store."""
        return [notice.id for notice in self._engine.notices(case)]

    def restart(self) -> None:
        """Another engine on the same store."""
        self._engine = self._make(self._plan, self._time)

    def _come_to(self, moment: str) -> None:
        instant = to_instant(moment)
        if instant > self._time.now():
            self._time.move_to_instant(instant)


def _without_time(record: Record) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "recorded_at"}
