"""Wake-ups: the instants at which something becomes true of a clock, with no further event.

A warning falls, a target is missed, a limit is broken, an escalation is due. `moments` lists them
for one clock, past and future; the next wake-up of a case is the earliest one after now. Between
wake-ups nothing changes.

Design: "Clocks over a case", paragraph "Next wake-up".
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from workflow.calendars.spans import NEVER
from workflow.cases.clocks import Clock
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


def moments(clock: Clock) -> Iterator[Moment]:
    """Everything that becomes true of the clock while it is as it is, in no particular order."""
    if clock.start_instant is None:
        return
    end = NEVER if clock.ended_instant is None else clock.ended_instant
    target, due = clock.target_instant, clock.due_instant
    if target is not None:
        missed = max(Instant(target + 1), clock.target_course.since)
        if target < end and missed <= end:
            yield Moment(missed, NoticeKind.TARGET_MISSED, target, to=clock.obligation.who)
    if due is None:
        due, since = target, clock.target_course.since
    else:
        since = clock.limit_course.since
        if due < end:
            yield Moment(
                max(Instant(due + 1), since), NoticeKind.BREACHED, due, to=clock.obligation.who
            )
            if clock.obligation.escalate:
                yield from _escalations(clock, due, max(Instant(due + 1), since), end)
    if due is not None and clock.obligation.warn:
        yield from _warnings(clock, due, since, end)


def next_moment(clocks: Iterable[Clock], now: Instant) -> Instant | None:
    """The earliest instant after `now` at which something becomes true of one of the clocks."""
    earliest: Instant | None = None
    for clock in clocks:
        for moment in moments(clock):
            if moment.instant > now and (earliest is None or moment.instant < earliest):
                earliest = moment.instant
    return earliest


def _warnings(clock: Clock, due: Instant, since: Instant, end: Instant) -> Iterator[Moment]:
    start = clock.start_instant
    if start is None:
        return
    for number, warn in enumerate(clock.obligation.warn):
        at = max(_falls(warn, start, due), start, since)
        if at < end and at <= due:
            said = ("fraction", warn.fraction) if warn.lead is None else ("lead", str(warn.lead))
            yield Moment(
                Instant(at), NoticeKind.WARNING, due, number, clock.obligation.who, (said,)
            )


def _falls(warn: Warn, start: Instant, due: Instant) -> Instant:
    if warn.lead is not None:
        return Instant(due - warn.lead.micros)
    return Instant(start + round((due - start) * (warn.fraction or 0.0)))


def _escalations(clock: Clock, due: Instant, late: Instant, end: Instant) -> Iterator[Moment]:
    number = 0
    for step in clock.obligation.escalate:
        at = late if step.after is None else Instant(max(due + step.after.micros, late))
        for _ in range(step.times):
            number += 1
            if at < end:
                yield Moment(at, NoticeKind.ESCALATED, due, number, step.to)
            if step.repeat is None:
                break
            at = Instant(at + step.repeat.micros)
    # Withdrawn or fulfilled at `end`, it stops: nobody is told of what is over.
