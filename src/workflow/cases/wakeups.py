"""Wake-ups: the instants at which something becomes true of a clock, with no further event.

A warning falls, a target is missed, a limit is broken, an escalation is due. `moments` lists them
for one life, past and future; the next wake-up of a case is the earliest one after now, or the
opening of a recurring duty's next occurrence if that is earlier. Between wake-ups nothing changes.

Design: "Clocks over a case", paragraph "Next wake-up".
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any

import attrs

from workflow.calendars.spans import NEVER
from workflow.cases.life import Life
from workflow.instants import Instant
from workflow.plans.obligation import Warn


class NoticeKind(enum.Enum):
    """The kinds of notice that a clock produces."""

    WARNING = "warning"
    TARGET_MISSED = "target_missed"
    BREACHED = "breached"
    ESCALATED = "escalated"
    MET = "met"
    MET_LATE = "met_late"
    WITHDRAWN = "withdrawn"
    DUE_CHANGED = "due_changed"
    BREACH_WITHDRAWN = "breach_withdrawn"


@attrs.frozen
class Moment:
    """Something that becomes true of a clock by the passing of time.

    Attributes:
        instant: When.
        kind: What.
        due: The due instant that it belongs to.
        number: Which one, where there are several: the warning or the repetition.
        to: The roles told.
        said: What else there is to say, as plain data.
    """

    instant: Instant
    kind: NoticeKind
    due: Instant
    number: int = 0
    to: tuple[str, ...] = ()
    said: tuple[tuple[str, Any], ...] = attrs.field(default=(), eq=False)


def moments(life: Life) -> tuple[Moment, ...]:
    """Everything that becomes true of it with no further event, in no particular order.

    Worked out once and kept with the life, which does not change.
    """
    known: tuple[Moment, ...] | None = life.__dict__.get("_moments")
    if known is None:
        known = life.__dict__["_moments"] = tuple(_moments(life))
    return known


def turns(life: Life) -> tuple[Instant, ...]:
    """The instants of `moments`, in no particular order, some perhaps twice; kept likewise."""
    known: tuple[Instant, ...] | None = life.__dict__.get("_turns")
    if known is None:
        known = life.__dict__["_turns"] = tuple(_turns(life))
    return known


def _moments(life: Life) -> Iterator[Moment]:
    if life.start is None:
        return
    end = NEVER if life.ended is None else life.ended
    target, due = life.target.due, life.limit.due
    if target is not None:
        missed = max(Instant(target + 1), life.target.since)
        if target < end and missed <= end:
            yield Moment(missed, NoticeKind.TARGET_MISSED, target, to=life.duty.owed.who)
    if due is None:
        due, since = target, life.target.since
    else:
        since = life.limit.since
        if due < end:
            yield Moment(
                max(Instant(due + 1), since), NoticeKind.BREACHED, due, to=life.duty.owed.who
            )
            if life.duty.owed.escalate:
                yield from _escalations(life, due, max(Instant(due + 1), since), end)
    if due is not None and life.duty.owed.warn:
        yield from _warnings(life, due, since, end)


def _turns(life: Life) -> Iterator[Instant]:
    owed = life.duty.owed
    if owed.warn or owed.escalate or life.limit.changes or life.target.changes:
        for it in moments(life):
            yield it.instant
        return
    if life.start is None:
        return
    end = NEVER if life.ended is None else life.ended
    for course in (life.target, life.limit):
        due = course.due
        if due is not None and due < end:
            at = max(Instant(due + 1), course.since)
            if at <= end or course is life.limit:
                yield at


def _warnings(life: Life, due: Instant, since: Instant, end: Instant) -> Iterator[Moment]:
    start = life.start
    if start is None:
        return
    for number, warn in enumerate(life.duty.owed.warn):
        at = max(_falls(warn, start, due), start, since)
        if at < end and at <= due:
            said = ("fraction", warn.fraction) if warn.lead is None else ("lead", str(warn.lead))
            yield Moment(Instant(at), NoticeKind.WARNING, due, number, life.duty.owed.who, (said,))


def _falls(warn: Warn, start: Instant, due: Instant) -> Instant:
    if warn.lead is not None:
        return Instant(due - warn.lead.micros)
    return Instant(start + round((due - start) * (warn.fraction or 0.0)))


def _escalations(life: Life, due: Instant, late: Instant, end: Instant) -> Iterator[Moment]:
    number = 0
    for step in life.duty.owed.escalate:
        at = late if step.after is None else Instant(max(due + step.after.micros, late))
        for _ in range(step.times):
            number += 1
            if at < end:
                yield Moment(at, NoticeKind.ESCALATED, due, number, step.to)
            if step.repeat is None:
                break
            at = Instant(at + step.repeat.micros)
    # Withdrawn or fulfilled at `end`, it stops: nobody is told of what is over.
