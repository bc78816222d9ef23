"""Keeping: cases to rows and back.

A log's row holds the event as canonical JSON text and the hash over the row before it and that
text (where nothing is personal, `cases.log.chained` gives the same). Every row is checked when it
is read: a case whose log was altered is never evaluated.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterable, Iterator, Sequence

import attrs

from workflow.cases import Notice
from workflow.cases.case import Case
from workflow.cases.event import Event, canonical
from workflow.cases.log import GENESIS, Log
from workflow.cases.status import Status
from workflow.engine.personal import commitment, committed, event_of, read_fields, sealed
from workflow.errors import (
    EventError,
    PlanError,
    StoreCorruptError,
    UnknownCaseError,
    UnknownPlanError,
    did_you_mean,
)
from workflow.instants import Instant, to_moment, zone_of
from workflow.plans.given import plans_given
from workflow.plans.load import loads
from workflow.plans.model import Plan
from workflow.plans.stages import StageKind
from workflow.stores.rows import CaseRow, ClockRow, EventRow, Filed, NoticeRow, PlanRow, Step
from workflow.stores.store import Unit

LATE = 60_000_000
"""Microseconds after which a notice that is told is marked as told late: a tick may take seconds,
people count in minutes."""


@attrs.frozen(kw_only=True)
class Kept:
    """A case as it stands in the store.

    Attributes:
        row: Its row.
        case: The case.
        clocks: The clocks that are written, by id.
        wakeup: The next wake-up, where it is known: nothing changes before it. A case that was
            only read has been told what fell due up to `row.notified`, and no more is known.
    """

    row: CaseRow
    case: Case
    clocks: dict[str, ClockRow]
    wakeup: Instant | None

    def sleeps(self, now: Instant) -> bool:
        """Whether it is known that time changes nothing until then, that instant included."""
        return self.wakeup is None or now < self.wakeup


class Shelf:
    """The plans of an engine: by name for new cases, by digest for those already open."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self._named: dict[str, Plan] = {}
        self._known: dict[str, Plan] = {}
        self._lock = threading.Lock()
        for plan in plans_given(plans, "Engine, plans"):
            self._named[plan.name] = plan
            self._known[plan.digest] = plan

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans under which cases may be opened."""
        return tuple(self._named.values())

    def named(self, name: str) -> Plan:
        """The plan under which new cases of that name are opened: the last one given.

        Raises:
            UnknownPlanError: The engine was given no such plan.
        """
        if name not in self._named:
            raise UnknownPlanError(
                f'The engine has no plan "{name}".',
                place="Engine, plans",
                allowed=", ".join(self._named) or "none: give it plans=[...]",
                mend=did_you_mean(name, self._named),
            )
        return self._named[name]

    def by_digest(self, unit: Unit, digest: str) -> Plan:
        """The plan of that digest: one that was given, or as it stands in the store.

        Raises:
            PlanError: It was built in Python and not given to this engine.
            StoreCorruptError: It is not in the store, or is not what its digest says.
        """
        with self._lock:
            found = self._known.get(digest)
        if found is None:
            found = _plan(unit.plan(digest), digest)
            with self._lock:
                self._known[digest] = found
        return found


def plan_row(plan: Plan) -> PlanRow:
    """The row of a plan."""
    document = json.dumps(plan.document, ensure_ascii=False) if plan.document else ""
    return PlanRow(digest=plan.digest, name=plan.name, version=plan.version, document=document)


def _plan(row: PlanRow | None, digest: str) -> Plan:
    if row is None:
        raise StoreCorruptError(f"The plan {digest[:12]} of a case is not in the store.")
    if not row.document:
        raise PlanError(
            f"The plan {row.name} {row.version} was built in Python, so the store has no document "
            "of it.",
            mend="Give it to the engine: plans=[...].",
        )
    plan = loads(row.document, name=f"{row.name} {row.version} in the store")
    if plan.digest != digest:
        raise StoreCorruptError(f"The plan {row.name} {row.version} in the store was altered.")
    return plan


def hash_of(before: str, body: str) -> str:
    """The hash of a row: over the hash of the row before it and its own text."""
    return hashlib.sha256(f"{before}\n{body}".encode()).hexdigest()


def fault(row: CaseRow, rows: Sequence[EventRow]) -> tuple[int, str] | None:
    """The first row of a log that is altered, missing or out of place, and what is wrong."""
    before = GENESIS
    for place, event in enumerate(rows):
        if event.seq != place:
            return place, f"row {place} is missing"
        if hash_of(before, event.body) != event.hash:
            return place, f"row {place} was altered, or the order of rows was changed"
        if event.personal and committed(event) != commitment(event.personal):
            return place, f"the personal data of row {place} were altered"
        before = event.hash
    if len(rows) != row.events:
        place = min(len(rows), row.events)
        return place, f"the log holds {len(rows)} rows and should hold {row.events}"
    if before != row.head:
        return row.events - 1, f"row {row.events - 1} was altered together with its hash"
    return None


def unknown(case: str) -> UnknownCaseError:
    """The error of a case that is not there."""
    return UnknownCaseError(
        f'There is no case "{case}" in the store.', mend="Open it first, with Engine.open."
    )


def read(unit: Unit, shelf: Shelf, case: str) -> Kept:
    """The case of that name.

    Raises:
        UnknownCaseError: There is none.
        StoreCorruptError: Its log was altered, or a plan of it is missing.
    """
    filed = unit.shelf([case]).get(case)
    if filed is None:
        raise unknown(case)
    return restored(unit, shelf, filed)


def restored(unit: Unit, shelf: Shelf, filed: Filed) -> Kept:
    """A case from its rows.

    Raises:
        StoreCorruptError: Its log was altered, or a plan of it is missing.
    """
    row = filed.case
    found = fault(row, filed.events)
    if found is not None:
        raise StoreCorruptError(
            f"The log of the case {row.id} was damaged: {found[1]}.",
            place=f"case {row.id}, row {found[0]}",
            mend="Restore it from a backup.",
        )
    plans = [shelf.by_digest(unit, digest) for digest in row.plans]
    case = _replayed(unit, shelf, plans, row.id, [event_of(each) for each in filed.events])
    clocks = {each.clock: each for each in filed.clocks}
    return Kept(row=row, case=case, clocks=clocks, wakeup=row.notified)


def _replayed(
    unit: Unit, shelf: Shelf, plans: Sequence[Plan], name: str, events: Sequence[Event]
) -> Case:
    # An earlier version let hosts record the event by hand: it names no version, and moves none.
    moves = [event for event in events if event.type == "plan-changed" and "digest" in event.data]
    first = moves[0].seq if moves else len(events)
    case = Case.from_events(plans, name, events[:first])
    for number, move in enumerate(moves):
        utc = zone_of("UTC")
        case = case.change_plan(
            shelf.by_digest(unit, move.data["digest"]),
            at=to_moment(move.instant, utc),
            by=move.by,
            key=move.key,
            recorded_at=to_moment(move.recorded, utc),
        )
        end = moves[number + 1].seq if number + 1 < len(moves) else len(events)
        case = attrs.evolve(case, log=Log.of(events[:end]))
    return case


def stepped(kept: Kept | None, case: Case, now: Instant) -> tuple[Step, Kept, list[Notice]]:
    """What is to be written for a case that has become `case` by `now`.

    Returns:
        The step, the case as it stands once that is written, and the new notices.

    Raises:
        EventError: A name or an event holds text that cannot be kept.
    """
    if kept is None:
        _checked(case.id, "the name of a case")
    elif _only_logged(kept, case, now):
        return _logged(kept, case, now)
    row = None if kept is None else kept.row
    old = {} if kept is None else kept.clocks
    written = 0 if row is None else row.events
    events = tuple(_event_rows(case, written, GENESIS if row is None else row.head))
    status = case.status_at(now)
    clocks = {each.clock: each for each in _clock_rows(status)}
    notices = [
        _marked(notice, now)
        for notice in case.notices_between(None if row is None else row.notified, now)
    ]
    new = CaseRow(
        id=case.id,
        plans=tuple(plan.digest for plan in case.plans) if row is None else row.plans,
        version=1 if row is None else row.version + 1,
        events=len(case.log.recorded),
        head=events[-1].hash if events or row is None else row.head,
        notified=now,
        closed=case.plan.stage(status.stage).kind is StageKind.CLOSED,
    )
    step = Step(
        case=new,
        events=events,
        clocks=tuple(each for name, each in clocks.items() if old.get(name) != each),
        gone=tuple(name for name in old if name not in clocks),
        wakeup=status.next_wakeup_instant,
        notices=tuple(_notice_row(notice, now) for notice in notices),
    )
    return step, Kept(row=new, case=case, clocks=clocks, wakeup=step.wakeup), notices


def _only_logged(kept: Kept, case: Case, now: Instant) -> bool:
    """Whether nothing became of the case by `now` but that its log is longer.

    No obligation looks at what was recorded, and time has changed nothing since.
    """
    if case.log.recorded[-1].instant > now or not kept.sleeps(now):
        return False
    return case.stands_as(kept.case)


def _logged(kept: Kept, case: Case, now: Instant) -> tuple[Step, Kept, list[Notice]]:
    """What is to be written for such a case: the events, and no clock and no notice."""
    row = kept.row
    events = tuple(_event_rows(case, row.events, row.head))
    new = CaseRow(
        id=row.id,
        plans=row.plans,
        version=row.version + 1,
        events=len(case.log.recorded),
        head=events[-1].hash if events else row.head,
        notified=now,
        closed=row.closed,
    )
    step = Step(case=new, events=events, clocks=(), gone=(), wakeup=kept.wakeup, notices=())
    return step, Kept(row=new, case=case, clocks=kept.clocks, wakeup=kept.wakeup), []


def _event_rows(case: Case, written: int, before: str) -> Iterator[EventRow]:
    """The rows of the events that are not written yet."""
    read = read_fields(case.plans)
    for event in case.log.recorded[written:]:
        body, personal = sealed(event, read)
        _checked(body + personal, f"event {event.type}")
        before = hash_of(before, body)
        yield EventRow(seq=event.seq, body=body, hash=before, personal=personal)


def _clock_rows(status: Status) -> Iterator[ClockRow]:
    for clock in status.clocks:
        if clock.start_instant is not None:
            yield ClockRow(
                clock=clock.id,
                plan=clock.plan,
                obligation=clock.obligation.id,
                state=clock.state.value,
                start=clock.start_instant,
                target=clock.target_instant,
                due=clock.due_instant,
                ended=clock.ended_instant,
                role=next(iter(clock.obligation.who), ""),
                level=status.level or "",
                category=status.category or "",
            )


def _checked(text: str, place: str) -> str:
    """The same text, once it is known that every store can keep it.

    Raises:
        EventError: It holds a lone surrogate, which has no UTF-8, or the character zero.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise EventError(
            "It holds half of a character, a lone surrogate.",
            place=place,
            allowed="text that can be written as UTF-8",
        ) from error
    if "\0" in text:
        raise EventError("It holds the character zero.", place=place, allowed="other text")
    return text


def _marked(notice: Notice, now: Instant) -> Notice:
    """Told long after it fell due, it says by how much."""
    late = now - notice.instant
    if late <= LATE:
        return notice
    return attrs.evolve(notice, data={**notice.data, "told_late_seconds": late // 1_000_000})


def _notice_row(notice: Notice, now: Instant) -> NoticeRow:
    body = canonical(notice.to_json())
    return NoticeRow(id=notice.id, case=notice.case_id, at=notice.instant, told=now, body=body)


def notice_of(row: NoticeRow) -> Notice:
    """The notice of a row; exactly the one that was written."""
    return Notice.from_json(json.loads(row.body))
