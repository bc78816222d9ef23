"""Rows: what a store keeps, as plain values. A store knows no plan, no event and no clock.

Instants are integer microseconds since the epoch, UTC. Events and notices are JSON text that the
engine wrote. Design: "Engine".
"""

from __future__ import annotations

import attrs

from workflow.instants import Instant


@attrs.frozen(kw_only=True)
class PlanRow:
    """A plan as it was when a case was opened under it.

    Attributes:
        digest: Its digest, by which cases name it.
        name: Its name.
        version: Its version.
        document: Its document as JSON text; empty for a plan that was built in Python.
    """

    digest: str
    name: str
    version: str
    document: str


@attrs.frozen(kw_only=True)
class CaseRow:
    """What is kept of a case beside its log.

    Attributes:
        id: Its name.
        plans: The digests of the plans under which it was opened, the one that leads first.
        version: How often it was written; a writer that read another version may not write.
        events: How many events its log holds.
        head: The hash of the last of them.
        notified: Every notice up to here, itself included, has been written.
        closed: Whether it was closed when it was last written. A cache.
    """

    id: str
    plans: tuple[str, ...]
    version: int
    events: int
    head: str
    notified: Instant
    closed: bool = False


@attrs.frozen(kw_only=True)
class EventRow:
    """A row of a log.

    Attributes:
        seq: Its place, from 0.
        body: The event as canonical JSON text. What is personal stands in it as a commitment only.
        hash: The hash over the row before it and the body.
        personal: What the body commits to, as JSON text with its salt; empty: there is nothing
            personal, or it was forgotten.
    """

    seq: int
    body: str
    hash: str
    personal: str = ""


@attrs.frozen(kw_only=True)
class RedactionRow:
    """That the personal data of a row were forgotten: which row, when, at whose word (a role)."""

    case: str
    seq: int
    at: Instant
    by: str


@attrs.frozen(kw_only=True)
class Late:
    """How many duties of one kind are owed and late: the plan, the obligation, the number."""

    plan: str
    obligation: str
    count: int


@attrs.frozen(kw_only=True)
class ClockRow:
    """A clock that has started, as it was when the case was last written. A cache.

    Attributes:
        clock: The clock's id.
        plan: The name of its plan.
        obligation: The id of its obligation.
        state: Its state.
        start: When it started to apply.
        target: Its target, if it has one.
        due: Its limit, if it has one.
        ended: When it ended, if it has.
        role: The first role that owes it, or empty.
        level: The level of its case, or empty.
        category: The category of its case, or empty.
    """

    clock: str
    plan: str
    obligation: str
    state: str
    start: Instant
    target: Instant | None
    due: Instant | None
    ended: Instant | None
    role: str = ""
    level: str = ""
    category: str = ""


KINDS = ("role", "level", "category")
"""What clocks can be counted by, beside their obligation."""


@attrs.frozen(kw_only=True)
class Tally:
    """How many clocks of one kind came to the same end. See `Unit.tally`.

    Attributes:
        obligation: The id of their obligation.
        role: The first role that owes it; empty if there is none or they are not counted by role.
        level: The level of their cases, likewise.
        category: The category of their cases, likewise.
        outcome: `on_time`, `late`, `unlimited` (fulfilled, and there is no limit), `overdue`,
            `open` or `withdrawn`.
        minutes: Minutes from start to end of those fulfilled, rounded up: to the minute up to two
            hours, to ten minutes up to a day, to the hour up to a week, else to six hours.
            None for the others.
        count: How many there are.
    """

    obligation: str
    role: str
    level: str
    category: str
    outcome: str
    minutes: int | None
    count: int


@attrs.frozen(kw_only=True)
class Filed:
    """All that is kept of a case: its row, its log in order, its clocks by id."""

    case: CaseRow
    events: tuple[EventRow, ...]
    clocks: tuple[ClockRow, ...]


@attrs.frozen(kw_only=True)
class NoticeRow:
    """A notice that was written: its id, its case, when it fell due, when it was told, its JSON."""

    id: str
    case: str
    at: Instant
    told: Instant
    body: str


@attrs.frozen(kw_only=True)
class WakeupRow:
    """The next wake-up of a case; each time that it is moved it has a new generation.

    Attributes:
        case: The case.
        at: When; None: nothing is awaited.
        generation: How often it was moved.
        parked: Why the case is not woken, if it is not.
    """

    case: str
    at: Instant | None
    generation: int
    parked: str | None = None


@attrs.frozen(kw_only=True)
class DeliveryRow:
    """A notice on its way to one sink.

    Attributes:
        notice: The notice.
        sink: The name of the sink.
        state: `waiting`, `delivered` or `parked`.
        tries: How often it was tried.
        next_try: When it is tried next.
        error: What went wrong the last time, or empty.
    """

    notice: NoticeRow
    sink: str
    state: str
    tries: int
    next_try: Instant
    error: str


@attrs.frozen(kw_only=True)
class Step:
    """All that one accepted event, or one wake-up, changes. Written as a whole or not at all.

    Attributes:
        case: The case's row as it is to be; its version is one more than the version read.
        events: New rows of the log.
        clocks: Clocks that are new or have changed.
        gone: The ids of clocks that are no more.
        wakeup: The next wake-up.
        notices: New notices.
    """

    case: CaseRow
    events: tuple[EventRow, ...] = ()
    clocks: tuple[ClockRow, ...] = ()
    gone: tuple[str, ...] = ()
    wakeup: Instant | None = None
    notices: tuple[NoticeRow, ...] = ()


@attrs.frozen(kw_only=True)
class CaseCopy:
    """All that a store keeps of a case, to be carried to another store as it is.

    Attributes:
        case: The case's row, with the version that it has reached.
        events: Its log, in order.
        clocks: Its clocks.
        wakeup: Its wake-up with its generation.
        notices: Its notices, in the order in which they were written.
        deliveries: What became of each of them at each sink.
        redactions: What was forgotten in it.
    """

    case: CaseRow
    events: tuple[EventRow, ...]
    clocks: tuple[ClockRow, ...]
    wakeup: WakeupRow
    notices: tuple[NoticeRow, ...]
    deliveries: tuple[DeliveryRow, ...]
    redactions: tuple[RedactionRow, ...] = ()
