"""The engine: plans, a store, a time source and sinks. It keeps cases over time.

An event is accepted or refused as a whole. An accepted event is one transaction: its row in the
log, the clocks it changed, the next wake-up, and the notices it caused. `tick` wakes the cases
whose time has come; `deliver` hands notices to sinks. Every answer is derived from the log by the
floor below, which reads no clock: the present comes from the time source alone.

Design: "Engine". What is guaranteed, and what breaks if it is not: docs/explanation/guarantees.md.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from workflow.cases import Notice
from workflow.cases.case import TOLERANCE, Case
from workflow.engine.authorising import Authorise, Authority, Intent
from workflow.engine.forgetting import Forgotten, forget
from workflow.engine.happenings import CaseWritten, Listener, Listeners, Ticked
from workflow.engine.keeping import Shelf, plan_row
from workflow.engine.memo import Memo
from workflow.engine.outbox import AnySink, Backoff, Outbox
from workflow.engine.outcome import Recorded
from workflow.engine.questions import Questions
from workflow.engine.rebuilding import rebuild, rebuild_all
from workflow.engine.recorder import Change, Recorder
from workflow.engine.ticker import Ticker
from workflow.engine.time_source import Stop, SystemTime, TimeSource
from workflow.errors import EventError
from workflow.instants import Instant, Moment, to_instant, to_moment, zone_of
from workflow.plans.model import Plan
from workflow.stores import Store, open_store

_UTC = zone_of("UTC")


class Engine(Questions):
    """Keeps cases in a store, wakes them in time, and delivers their notices.

    Threads may share an engine. Processes each make their own, on the same store.

    What it can be asked without changing anything stands in `questions.py`.

    >>> engine = Engine("memory://")
    >>> list(engine.cases())
    []
    """

    def __init__(
        self,
        store: str | Store = "memory://",
        plans: Iterable[Plan] = (),
        *,
        time_source: TimeSource | None = None,
        sinks: Iterable[AnySink] = (),
        backoff: Backoff = Backoff(),  # noqa: B008 - it is frozen
        tolerance: str = TOLERANCE,
        listeners: Iterable[Listener] = (),
        authorise: Authorise | None = None,
    ) -> None:
        """Open a store and make ready.

        Args:
            store: A URL (`sqlite:///cases.db`, `memory://`, `postgresql://...`), or a store.
            plans: The plans under which cases are opened. Cases already open keep the version
                that they were opened under.
            time_source: Says what time it is; by default the host's time.
            sinks: Take the notices: functions, or objects with a `name` and a `deliver` method.
            backoff: When a failed delivery is tried again.
            tolerance: How far in the future an event may lie: hosts' clocks differ.
            listeners: Are told what the engine did: for logs, metrics and traces.
            authorise: Is asked before anything is written on somebody's word, with an `Intent`;
                anything but True refuses. Without it, the host is not asked.

        Raises:
            StoreUnavailableError: The store cannot be opened.
            StoreCorruptError: It is no database of this package, or a damaged one.
        """
        self.store: Store = open_store(store) if isinstance(store, str) else store
        self.time: TimeSource = time_source or SystemTime()
        self._shelf = Shelf(plans)
        self._tolerance = tolerance
        self._memo = Memo()
        self._authority = Authority(authorise)
        self._tell = Listeners(tuple(listeners))
        self._outbox = Outbox(self.store, sinks, backoff, self.time, self._tell)
        self._recorder = Recorder(self.store, self._shelf, self.time, self._memo)
        self._ticker = Ticker(self.store, self._shelf, self._memo)

    def open(
        self,
        plan: str | Sequence[str],
        case_id: str,
        *,
        at: Moment,
        event: str | None = None,
        level: str | None = None,
        category: str | None = None,
        by: str | None = None,
        person: str | None = None,
        to: Sequence[str] | None = None,
        states: Sequence[str] = (),
        conditions: Mapping[str, bool] | None = None,
        data: Mapping[str, Any] | None = None,
        key: str | None = None,
        recorded_at: Moment | None = None,
    ) -> Recorded:
        """Open a case under a plan of this engine, or several; see `Case.open`.

        The same call with the same key again changes nothing: the case is given as a duplicate.

        Raises:
            CaseExistsError: A case of that name is open already.
            IdempotencyError: It was opened with the same key and says something else.
            UnknownPlanError: The engine has no such plan.
            EventError: The event cannot be accepted.
            NotAuthorisedError: The host does not allow it.
        """
        names = (plan,) if isinstance(plan, str) else tuple(plan)
        plans = [self._shelf.named(name) for name in names]
        told = self.time.now() if recorded_at is None else to_instant(recorded_at)
        case = Case.open(
            plans,
            case_id,
            at=at,
            event=event,
            level=level,
            category=category,
            by=by,
            person=person,
            to=to,
            states=states,
            conditions=conditions,
            data=data,
            key=key,
            recorded_at=to_moment(told, _UTC),
        )
        said = Intent(action="open", case=case_id, event=case.events[0].type, by=by, person=person)
        self._authority.check(said)
        began = self.time.now()
        return self._told("open", began, self._recorder.open(case, plans, told))

    def record(
        self,
        case_id: str,
        event: str,
        *,
        at: Moment,
        by: str | None = None,
        person: str | None = None,
        to: Sequence[str] | None = None,
        states: Sequence[str] = (),
        of: Sequence[str] = (),
        level: str | None = None,
        category: str | None = None,
        conditions: Mapping[str, bool] | None = None,
        data: Mapping[str, Any] | None = None,
        key: str | None = None,
        recorded_at: Moment | None = None,
    ) -> Recorded:
        """Record an event of a case; see `Case.record`. When this returns, it is kept.

        Args:
            case_id: The case.
            event: The event type.
            at: When it happened; it may lie before events already recorded.
            by: The role that did it.
            person: Who did it, by name.
            to: The roles that received it.
            states: Facts stated.
            of: The obligations that it concerns.
            level: The level that it sets.
            category: The category that it sets.
            conditions: Named conditions that it sets or clears.
            data: The host's own data, JSON values.
            key: The host's idempotency key: the same event twice with one key is one event.
            recorded_at: When the system was told; by default the time source's present. If that
                has jumped back, just after the last thing that was told of the case.

        Raises:
            UnknownCaseError: No case of that name.
            EventError: The event cannot be accepted; the case is unchanged.
            ConcurrentChangeError: Other writers kept changing the case; nothing was written.
            NotAuthorisedError: The host does not allow it.
        """
        said: dict[str, Any] = {
            "at": at,
            "by": by,
            "person": person,
            "to": to,
            "states": states,
            "of": of,
            "level": level,
            "category": category,
            "conditions": conditions,
            "data": data,
            "key": key,
        }
        self._ask("record", case_id, event, said)
        began = self.time.now()
        made = self._recorder.change(case_id, self._change(event, said), recorded_at)
        return self._told("record", began, made, event)

    def record_many(self, events: Iterable[Mapping[str, Any]]) -> list[Recorded]:
        """Record several events, of one case or of many, in one transaction: all or none.

        Args:
            events: For each event what `record` takes, by name: `{"case_id": "c-1", "event":
                "reported", "at": ...}`. They are recorded in this order.

        Returns:
            What became of each. The notices of a case stand with the last event that changed it.

        Raises:
            WorkflowError: One cannot be accepted; then none was. See `record`.
        """
        began, changes, types = self.time.now(), [], []
        for event in events:
            said = dict(event)
            name, type_ = said.pop("case_id"), said.pop("event")
            told = said.pop("recorded_at", None)
            self._ask("record", name, type_, said)
            types.append(type_)
            changes.append((name, self._change(type_, said), told))
        made = self._recorder.change_many(changes)
        return [
            self._told("record", began, one, type_) for one, type_ in zip(made, types, strict=True)
        ]

    def change_plan(
        self,
        case_id: str,
        plan: str,
        *,
        at: Moment,
        by: str | None = None,
        key: str | None = None,
        recorded_at: Moment | None = None,
    ) -> Recorded:
        """Move a case to the version of a plan that this engine has; see `Case.change_plan`.

        Raises:
            PlanError: The engine has no such plan, or the case does not follow one of that name.
            NotAuthorisedError: The host does not allow it.
        """
        new = self._shelf.named(plan)
        self._ask("change_plan", case_id, "plan-changed", {"by": by})
        with self.store.writing() as unit:
            unit.keep_plan(plan_row(new))

        def moved(case: Case, recorded: Instant) -> Case:
            told = to_moment(recorded, _UTC)
            return case.change_plan(new, at=at, by=by, key=key, recorded_at=told)

        began = self.time.now()
        made = self._recorder.change(case_id, moved, recorded_at)
        return self._told("change_plan", began, made, "plan-changed")

    def rebuild(self, case_id: str) -> None:
        """Write the clocks and the wake-up of a case anew, as its log says.

        Raises:
            UnknownCaseError: No case of that name.
            StoreCorruptError: Its log was altered.
        """
        rebuild(self.store, self._shelf, case_id)

    def rebuild_all(self) -> tuple[str, ...]:
        """Write anew, in all cases, the clocks and wake-ups that are not what the log says.

        Worth doing once after an upgrade: a newer version may keep more of a clock than the one
        that wrote it. Cases are written a hundred at a time; others may work meanwhile. A log that
        was altered and a case that cannot be evaluated stay as they are: `verify` names them.

        Returns:
            The names of the cases that were written anew, in the order of their code points.
        """
        return rebuild_all(self.store, self._shelf)

    def tick(self, now: Moment | None = None) -> list[Notice]:
        """Wake every case whose time has come by `now`, and deliver what waits.

        Returns:
            The notices that fell, in the order in which they fell. A notice that is told more than
            a minute late says by how many seconds: `told_late_seconds` in its data.
        """
        instant, began = self._moment(now), self.time.now()
        woken = self._ticker.tick(instant)
        self._tell(
            Ticked(
                began=began,
                ended=self.time.now(),
                now=instant,
                lag=woken.lag,
                notices=woken.notices,
                parked=woken.parked,
            )
        )
        self._outbox.deliver(instant)
        return list(woken.notices)

    def deliver(self, now: Moment | None = None) -> int:
        """Deliver the notices that wait for this engine's sinks; how many were delivered."""
        return self._outbox.deliver(self._moment(now))

    def run(self, stop: Stop | None = None) -> None:
        """Tick and deliver until `stop` is set, sleeping until the next wake-up in between.

        Args:
            stop: A `threading.Event`, or anything with `is_set()`; without it, run for ever.
        """
        stop = threading.Event() if stop is None else stop
        while not stop.is_set():
            self.tick()
            latest = Instant(self.time.now() + round(self.store.look_again * 1_000_000))
            found = [self._next_wakeup(), self._outbox.next_try()]
            until = min([latest, *(at for at in found if at is not None)])
            self.time.pause(until, stop, self.store.wait)

    def redeliver(self, id: str) -> bool:  # noqa: A002 - the id of what is parked
        """Try again what is parked under that id, at the next tick. False: nothing is."""
        with self.store.writing() as unit:
            return unit.redeliver(id, self.time.now()) > 0 or unit.unpark(id)

    def forget(self, person: str, *, case_id: str | None = None, by: str = "") -> Forgotten:
        """Forget a person: each event that names them loses its names and its free text.

        The chain of hashes holds, and no due time, state or notice changes. That something was
        forgotten, when, and by which role, is kept; `verify` tells it from a loss.

        Args:
            person: The name, exactly as it was recorded. Within free text it is found as it is
                written: forgetting "Li" also empties a text that says "Lisbon".
            case_id: Only in this case; by default in all.
            by: The role at whose word it is forgotten.

        Raises:
            UnknownCaseError: No case of that name.
            EventError: There is no name.
            NotAuthorisedError: The host does not allow it.
        """
        self._ask("forget", case_id, "", {"by": by or None, "person": person})
        return forget(self.store, self._memo, person, case_id, by, self.time.now())

    def forget_sink(self, name: str) -> None:
        """Deliver to a sink of that name no more, and drop what waits for it."""
        with self.store.writing() as unit:
            unit.forget_sink(name)

    def joining(self, connection: object) -> Engine:
        """This engine on a host's own open connection, inside the host's transaction.

        What it writes is committed or rolled back by the host, together with the host's own rows.
        The database is the one of the connection. Delivery is left to other engines.

        Args:
            connection: An open `sqlite3` or `psycopg` connection; a SQLAlchemy `Session` or
                `Connection` on one of them; Django's `connection` on one of them, inside
                `transaction.atomic`.

        Raises:
            StoreError: It is a connection of another kind, or has no transaction to join.
        """
        from workflow.engine.joining import store_on

        engine = Engine(
            store_on(connection),
            self._shelf.plans,
            time_source=self.time,
            tolerance=self._tolerance,
            listeners=self._tell.each,
            authorise=self._authority.asked,
        )
        # What the host rolls back must not be remembered.
        engine._memo.limit = 0
        return engine

    def close(self) -> None:
        """Give back the store."""
        self.store.close()

    def __enter__(self) -> Self:
        """The engine itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def _ask(self, action: str, case: str | None, event: str, said: Mapping[str, Any]) -> None:
        by, person = said.get("by"), said.get("person")
        self._authority.check(Intent(action=action, case=case, event=event, by=by, person=person))

    def _change(self, type_: str, said: Mapping[str, Any]) -> Change:
        if type_.rpartition(":")[2] == "plan-changed":  # said by hand, it names no version
            raise EventError(
                "A case moves to another version of its plan by change_plan, not by an event.",
                place=f"event {type_}",
                mend="Call change_plan(case, plan), which says to which version.",
            )

        def changed(case: Case, recorded: Instant) -> Case:
            told = to_moment(recorded, _UTC)
            return case.record(type_, recorded_at=told, tolerance=self._tolerance, **said)

        return changed

    def _told(
        self, action: str, began: Instant, made: Recorded, event: str | None = None
    ) -> Recorded:
        """The same, once those who listen have been told."""
        self._tell(
            CaseWritten(
                began=began,
                ended=self.time.now(),
                action=action,
                case=made.case.id,
                plan=made.case.plan.name,
                event=event or made.case.events[0].type,
                duplicate=made.duplicate,
                notices=made.notices,
            )
        )
        return made
