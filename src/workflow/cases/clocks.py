"""One obligation's life in one case: from its start to its end, and how its due instant moved.

A clock is derived, never stored as truth. It starts at its anchor event if its conditions hold,
or later when they come to hold; it stops counting while it is paused; it ends by fulfilment, or
is withdrawn when it no longer applies, unless it was already overdue: history is never rewritten.

Fulfilled at s is on time iff s <= due. Overdue at now iff now > due and unfulfilled at now.
Equality is never late. Design: "How a due instant is computed", "Clocks over a case".
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs
import pendulum

from workflow.cases.applying import Applying, Begin, applying
from workflow.cases.duties import Duty, Kind, Times
from workflow.cases.event import Event
from workflow.cases.fulfilment import NOTHING_MISSING, Missing, first, progress
from workflow.cases.history import History
from workflow.cases.moves import NO_COURSE, Course, Moves, run
from workflow.instants import Instant, to_moment
from workflow.plans.obligation import Obligation


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


@attrs.frozen(kw_only=True, eq=False)
class Clock:
    """What has become of one obligation in one case, by one instant.

    Datetimes are given in the plan's zone; the same as integer microseconds stand in the
    attributes that end in `instant`.

    Attributes:
        id: The obligation's id, with the round or occurrence behind `@` where there are several.
        duty: The obligation, ready to run.
        history: The history in which it ran.
        state: Its state at `now_instant`.
        now_instant: The instant at which it was looked at.
        begin: What started it, or None while its anchor has not happened.
        start_instant: When it started to apply, or None while it is pending.
        limit_course: How its limit came to be.
        target_course: How its target came to be.
        fulfilled_instant: When it was fulfilled.
        position: The place of the fulfilling event.
        ended_instant: When it ended: fulfilled or withdrawn.
        missing: What fulfilment still lacks, beside the act itself.
        partial: The places of events that did a part of it.
        count: For a quota: how often it has been done, and how often it must be.
    """

    id: str
    duty: Duty
    history: History
    state: State
    now_instant: Instant
    begin: Begin | None = None
    start_instant: Instant | None = None
    limit_course: Course = NO_COURSE
    target_course: Course = NO_COURSE
    fulfilled_instant: Instant | None = None
    position: int | None = None
    ended_instant: Instant | None = None
    missing: Missing = NOTHING_MISSING
    partial: tuple[int, ...] = ()
    count: tuple[int, int] | None = None

    @property
    def obligation(self) -> Obligation:
        """The obligation."""
        return self.duty.owed

    @property
    def plan(self) -> str:
        """The name of the plan it comes from."""
        return self.history.plan.name

    @property
    def anchor_instant(self) -> Instant | None:
        """The instant it is counted from, unless a later event moved that."""
        return None if self.begin is None else self.begin.instant

    @property
    def due_instant(self) -> Instant | None:
        """The limit: the last instant that is still on time. None: no limit, or none for now."""
        return self.limit_course.due

    @property
    def target_instant(self) -> Instant | None:
        """The target: what the plan aims at."""
        return self.target_course.due

    @property
    def anchor(self) -> pendulum.DateTime | None:
        """The instant it is counted from, as a datetime."""
        return self._moment(self.anchor_instant)

    @property
    def start(self) -> pendulum.DateTime | None:
        """When it started to apply, as a datetime."""
        return self._moment(self.start_instant)

    @property
    def target(self) -> pendulum.DateTime | None:
        """The target, as a datetime."""
        return self._moment(self.target_instant)

    @property
    def due(self) -> pendulum.DateTime | None:
        """The limit, as a datetime."""
        return self._moment(self.due_instant)

    @property
    def fulfilled_at(self) -> pendulum.DateTime | None:
        """When it was fulfilled, as a datetime."""
        return self._moment(self.fulfilled_instant)

    @property
    def ended_at(self) -> pendulum.DateTime | None:
        """When it was fulfilled or withdrawn, as a datetime."""
        return self._moment(self.ended_instant)

    @property
    def fulfilled_by(self) -> Event | None:
        """The event that fulfilled it."""
        return None if self.position is None else self.history.events[self.position]

    @property
    def anchor_event(self) -> Event | None:
        """The event it is counted from."""
        if self.begin is None or self.begin.position is None:
            return None
        return self.history.events[self.begin.position]

    @property
    def advice(self) -> bool:
        """Whether being late breaks nothing."""
        return self.obligation.advice

    @property
    def target_missed(self) -> bool:
        """Whether the target has passed, by now, without fulfilment."""
        target = self.target_instant
        if target is None:
            return False
        return target < (self.now_instant if self.ended_instant is None else self.ended_instant)

    @property
    def breached_instant(self) -> Instant | None:
        """The first instant at which it was late, if it has been late by now."""
        if self.state not in _LATE or self.due_instant is None:
            return None
        return max(Instant(self.due_instant + 1), self.limit_course.since)

    @property
    def reasons(self) -> str:
        """The reasons stated for being late, from the data of the fulfilling event."""
        event = self.fulfilled_by
        return str(event.data.get("reasons", "")) if event is not None else ""

    @property
    def remaining(self) -> dt.timedelta | None:
        """The time left until the limit, while it runs; None when there is no limit for now."""
        if self.due_instant is None or self.state is not State.RUNNING:
            return None
        return dt.timedelta(microseconds=self.due_instant - self.now_instant)

    @property
    def overdue_by(self) -> dt.timedelta | None:
        """How late it is, or was when it was fulfilled; None when it is not late."""
        if self.state not in _LATE or self.due_instant is None:
            return None
        until = self.now_instant if self.fulfilled_instant is None else self.fulfilled_instant
        return dt.timedelta(microseconds=until - self.due_instant)

    def _moment(self, instant: Instant | None) -> pendulum.DateTime | None:
        return None if instant is None else to_moment(instant, self.history.plan.zone)


_LATE = frozenset({State.OVERDUE, State.MET_LATE})


def live(duty: Duty, history: History, now: Instant, begin: Begin) -> Clock:
    """What has become, by `now`, of the clock that `begin` started."""
    last: Clock | None = None
    for span in applying(duty, history, begin):
        last = _within(duty, history, now, begin, span)
        if last.state is not State.WITHDRAWN:
            return last
    return last or Clock(
        id=duty.owed.id + begin.label,
        duty=duty,
        history=history,
        state=State.PENDING,
        now_instant=now,
        begin=begin,
    )


def pending(duty: Duty, history: History, now: Instant) -> Clock:
    """The clock of an obligation whose anchor has not happened."""
    return Clock(id=duty.owed.id, duty=duty, history=history, state=State.PENDING, now_instant=now)


def _within(duty: Duty, history: History, now: Instant, begin: Begin, span: Applying) -> Clock:
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
    state = _state(duty, history, now, fulfilled, due, end, span.own_end)
    return Clock(
        id=owed.id + begin.label,
        duty=duty,
        history=history,
        state=state,
        now_instant=now,
        begin=begin,
        start_instant=span.start,
        limit_course=limit,
        target_course=target,
        fulfilled_instant=fulfilled,
        position=position,
        ended_instant=(end if fulfilled is None else fulfilled) if state.ended else None,
        missing=missing,
        partial=partial,
    )


_NO_TIMES = Times(None, None)


def _courses(
    duty: Duty, history: History, begin: Begin, span: Applying, fulfilled: Instant | None
) -> tuple[Course, Course]:
    if duty.times == _NO_TIMES and not duty.by_level:
        return NO_COURSE, NO_COURSE
    until = span.end if fulfilled is None else min(fulfilled, span.end)
    moves = Moves.of(
        duty, history, begin.position, begin.since, span.applies, span.counted_from, until
    )
    return run(moves, "limit"), run(moves, "target")


def _state(
    duty: Duty,
    history: History,
    now: Instant,
    fulfilled: Instant | None,
    due: Instant | None,
    end: Instant,
    own_end: bool,
) -> State:
    state = judged(now, fulfilled, due, end)
    if state is State.WITHDRAWN and own_end and duty.kind is Kind.CONTINUOUS:
        return State.MET
    paused = duty.owed.paused_while
    if state is not State.RUNNING or paused is None:
        return state
    stands = any(since <= now < to for since, to in history.spans(paused))
    return State.PAUSED if stands else State.RUNNING


def judged(
    now: Instant, fulfilled: Instant | None, due: Instant | None, end: Instant | None
) -> State:
    """The state of a clock that has started and is not paused.

    Args:
        now: The instant at which it is looked at.
        fulfilled: When it was fulfilled.
        due: Its limit.
        end: When it ceased to be owed, or ceases.
    """
    if fulfilled is not None:
        return State.MET if due is None or fulfilled <= due else State.MET_LATE
    if due is not None and now > due and (end is None or due < end):
        return State.OVERDUE
    return State.WITHDRAWN if end is not None and end <= now else State.RUNNING
