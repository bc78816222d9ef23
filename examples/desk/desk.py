"""The desk itself: the engine, the host's tables and the people, and the two ways to write.

A matter and its case are opened in one transaction, and so are an event and what was written
about it: `engine.joining` puts the library's rows into the host's own transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import attrs
from examples.desk.attempts import Attempts
from examples.desk.matters import Matter, Matters, Remark
from examples.desk.people import People, Person

from workflow import Engine, Plan
from workflow.cases import Case
from workflow.engine import SystemTime
from workflow.engine.outcome import Recorded
from workflow.engine.time_source import TimeSource
from workflow.instants import Instant, to_instant, to_moment


@attrs.frozen(kw_only=True)
class Desk:
    """Everything that a page needs.

    Attributes:
        engine: Keeps the cases.
        matters: The host's own tables.
        people: Who may sign in.
        attempts: Counts wrong passwords.
        plans: The plans under which cases are opened, by name.
    """

    engine: Engine
    matters: Matters
    people: People
    attempts: Attempts
    plans: dict[str, Plan]

    @property
    def now(self) -> Instant:
        """The present."""
        return self.engine.time.now()

    def open(
        self, person: Person, plan: str, *, title: str, name: str = "", words: str = "", **said: Any
    ) -> Recorded:
        """Open a matter and its case, in one transaction; see `Engine.open`."""
        with self.matters.writing() as connection:
            engine = self.engine.joining(connection)
            before = self.matters.opened_by(connection, said.get("key"))
            if before is not None:
                return Recorded(case=engine.case(before), duplicate=True)
            year = to_moment(to_instant(said["at"]), self.plans[plan].zone).year
            name = name or self.matters.next_name(connection, year)
            done = engine.open(plan, name, person=person.name, **said)
            matter = Matter(case_id=name, title=title, person=person.name, at=self.now)
            self.matters.add(connection, matter, said.get("key"))
            self._remark(connection, person, done.case, words)
        return done

    def record(
        self, person: Person, case: str, event: str, words: str = "", **said: Any
    ) -> Recorded:
        """Record an event and what was written of it, in one transaction; see `Engine.record`."""
        with self.matters.writing() as connection:
            engine = self.engine.joining(connection)
            done = engine.record(case, event, person=person.name, **said)
            if not done.duplicate:
                self._remark(connection, person, done.case, words)
        return done

    def _remark(self, connection: Any, person: Person, case: Case, words: str) -> None:
        if words:
            event = case.events[-1].type
            remark = Remark(person=person.name, at=self.now, event=event, words=words)
            self.matters.remark(connection, case.id, remark)


def make_desk(
    database: Path,
    plans: Iterable[Plan],
    people: People,
    *,
    time_source: TimeSource | None = None,
) -> Desk:
    """A desk on a SQLite file. The inbox is a sink of the engine."""
    known = {plan.name: plan for plan in plans}
    time = time_source or SystemTime()
    matters = Matters(database)
    return Desk(
        engine=Engine(f"sqlite:///{database}", known.values(), time_source=time, sinks=[matters]),
        matters=matters,
        people=people,
        attempts=Attempts(time),
        plans=known,
    )
