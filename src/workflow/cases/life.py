"""One obligation's life in one case: from its start to its end, and how its due instant moved.

A life is derived from the history alone, so it is the same whenever it is looked at; only whether
a due instant has passed depends on the instant of looking (`clocks.py`). It starts at the anchor
event if its conditions hold, or later when they come to hold; it stops counting while it is
paused; it ends by fulfilment, or is withdrawn when it no longer applies, unless it was already
overdue: history is never rewritten.

Fulfilled at s is on time iff s <= due. Overdue at now iff now > due and unfulfilled at now.
Equality is never late. Design: "How a due instant is computed", "Clocks over a case".
"""

from __future__ import annotations

import enum

import attrs

from workflow.calendars.spans import NEVER
from workflow.cases.applying import Applying, Begin, applying
from workflow.cases.duties import Duty, Kind
from workflow.cases.fulfilment import NOTHING_MISSING, Missing, first, progress
from workflow.cases.history import History
from workflow.cases.moves import NO_COURSE, Course, Moves, run, unmoved
from workflow.instants import Instant


class State(enum.Enum):
    """The states of a clock."""

    PENDING = "pending"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"

    @property
    def ended(self) -> bool:
        """Whether nothing more will become of it."""
        return self in _ENDED


_ENDED = frozenset({State.MET, State.MET_LATE, State.WITHDRAWN})


@attrs.frozen(kw_only=True, eq=False, slots=False)  # quicker to make, and many are made
class Life:
    """What becomes of one obligation in one case.

    Attributes:
        id: The obligation's id, with the round or occurrence behind `@` where there are several.
        duty: The obligation, ready to run.
        history: The history in which it ran; nothing in it lies after the instant of looking.
        settled: Its state, if no passing of time changes it any more.
        idle: Its state while it is neither settled nor overdue.
        begin: What started it, or None while its anchor has not happened.
        start: When it started to apply, or None while it is pending.
        limit: How its limit came to be.
        target: How its target came to be.
        fulfilled: When it was fulfilled.
        position: The place of the fulfilling event.
        ended: When it ended: fulfilled or withdrawn.
        missing: What fulfilment still lacks, beside the act itself.
        partial: The places of events that did a part of it.
        count: For a quota: how often it has been done, and how often it must be.
    """

    id: str
    duty: Duty
    history: History
    settled: State | None = None
    idle: State = State.RUNNING
    begin: Begin | None = None
    start: Instant | None = None
    limit: Course = NO_COURSE
    target: Course = NO_COURSE
    fulfilled: Instant | None = None
    position: int | None = None
    ended: Instant | None = None
    missing: Missing = NOTHING_MISSING
    partial: tuple[int, ...] = ()
    count: tuple[int, int] | None = None

    def state(self, now: Instant) -> State:
        """Its state at `now`."""
        if self.settled is not None:
            return self.settled
        due = self.limit.due
        return State.OVERDUE if due is not None and now > due else self.idle


def live(duty: Duty, history: History, begin: Begin) -> Life:
    """The life that `begin` started."""
    last: Life | None = None
    for span in applying(duty, history, begin):
        last = _within(duty, history, begin, span)
        if last.settled is not State.WITHDRAWN:
            return last
    return last or Life(
        id=duty.owed.id + begin.label,
        duty=duty,
        history=history,
        settled=State.PENDING,
        begin=begin,
    )


def pending(duty: Duty, history: History) -> Life:
    """The life of an obligation whose anchor has not happened."""
    return Life(id=duty.owed.id, duty=duty, history=history, settled=State.PENDING)


def _within(duty: Duty, history: History, begin: Begin, span: Applying) -> Life:
    owed, end = duty.owed, span.end
    missing: Missing = NOTHING_MISSING
    partial: tuple[int, ...] = ()
    if duty.plain:
        position = first(owed, history, span.start, begin.position) if owed.fulfilled_by else None
    else:
        done = progress(owed, history, span.start, begin.position, begin.since)
        position, missing, partial = done.position, done.missing, done.partial
    fulfilled = None if position is None else history.events[position].instant
    limit, target = _courses(duty, history, begin, span, fulfilled)
    due = limit.due
    if fulfilled is not None and fulfilled > end and (due is None or due >= end):
        fulfilled = position = None
    settled = _settled(duty, fulfilled, due, end, own_end=span.own_end)
    ended = settled is not None and settled.ended
    return Life(
        id=owed.id + begin.label,
        duty=duty,
        history=history,
        settled=settled,
        idle=idle(duty, history),
        begin=begin,
        start=span.start,
        limit=limit,
        target=target,
        fulfilled=fulfilled,
        position=position,
        ended=(end if fulfilled is None else fulfilled) if ended else None,
        missing=missing,
        partial=partial,
    )


def _courses(
    duty: Duty, history: History, begin: Begin, span: Applying, fulfilled: Instant | None
) -> tuple[Course, Course]:
    if not duty.timed:
        return NO_COURSE, NO_COURSE
    if not duty.moves and duty.owed.paused_while is None:
        times, setting = duty.times, duty.setting
        return (
            unmoved(times.limit, span.counted_from, setting, span.applies),
            unmoved(times.target, span.counted_from, setting, span.applies),
        )
    until = span.end if fulfilled is None else min(fulfilled, span.end)
    moves = Moves.of(
        duty, history, begin.position, begin.since, span.applies, span.counted_from, until
    )
    return run(moves, "limit"), run(moves, "target")


def _settled(
    duty: Duty, fulfilled: Instant | None, due: Instant | None, end: Instant, *, own_end: bool
) -> State | None:
    state = judged(fulfilled, due, None if end == NEVER else end)
    if state is State.WITHDRAWN and own_end and duty.kind is Kind.CONTINUOUS:
        return State.MET
    return state


def judged(fulfilled: Instant | None, due: Instant | None, end: Instant | None) -> State | None:
    """The state that no passing of time changes any more; None while there is no such state.

    Args:
        fulfilled: When it was fulfilled.
        due: Its limit.
        end: When it ceased to be owed, if it has.
    """
    if fulfilled is not None:
        return State.MET if due is None or fulfilled <= due else State.MET_LATE
    if end is None:
        return None
    return State.OVERDUE if due is not None and due < end else State.WITHDRAWN


def idle(duty: Duty, history: History) -> State:
    """How an obligation that is owed stands while it is not late: running, or paused."""
    paused = duty.owed.paused_while
    if paused is None:
        return State.RUNNING
    it = history.now_standing
    stands = paused.holds(it.level, it.category, it.stage, it.named)
    return State.PAUSED if stands else State.RUNNING
