"""A clock: an obligation's life, looked at at one instant.

Derived, never stored as truth. Design: "The nouns", clock.
"""

from __future__ import annotations

import datetime as dt

import attrs
import pendulum

from workflow.cases.applying import Begin
from workflow.cases.duties import Duty
from workflow.cases.event import Event
from workflow.cases.explain import Explanation, explained
from workflow.cases.fulfilment import Missing
from workflow.cases.history import History
from workflow.cases.life import Life, State
from workflow.cases.moves import Course
from workflow.instants import Instant, to_moment
from workflow.plans.obligation import Obligation
from workflow.plans.text import Language

__all__ = ["Clock", "State"]

_LATE = frozenset({State.OVERDUE, State.MET_LATE})


@attrs.frozen(eq=False, repr=False)
class Clock:
    """What has become of one obligation in one case, by one instant.

    Datetimes are given in the plan's zone; the same as integer microseconds stand in the
    attributes that end in `instant`.

    Attributes:
        life: What becomes of it, as far as the events say.
        now_instant: The instant at which it is looked at.
    """

    life: Life
    now_instant: Instant

    @property
    def id(self) -> str:
        """The obligation's id, with the round or occurrence behind `@` where there are several."""
        return self.life.id

    @property
    def state(self) -> State:
        """Its state."""
        return self.life.state(self.now_instant)

    @property
    def duty(self) -> Duty:
        """The obligation, ready to run."""
        return self.life.duty

    @property
    def history(self) -> History:
        """The history in which it ran."""
        return self.life.history

    @property
    def begin(self) -> Begin | None:
        """What started it, or None while its anchor has not happened."""
        return self.life.begin

    @property
    def start_instant(self) -> Instant | None:
        """When it started to apply, or None while it is pending."""
        return self.life.start

    @property
    def limit_course(self) -> Course:
        """How its limit came to be."""
        return self.life.limit

    @property
    def target_course(self) -> Course:
        """How its target came to be."""
        return self.life.target

    @property
    def fulfilled_instant(self) -> Instant | None:
        """When it was fulfilled."""
        return self.life.fulfilled

    @property
    def ended_instant(self) -> Instant | None:
        """When it ended: fulfilled or withdrawn."""
        return self.life.ended

    @property
    def missing(self) -> Missing:
        """What fulfilment still lacks, beside the act itself."""
        return self.life.missing

    @property
    def count(self) -> tuple[int, int] | None:
        """For a quota: how often it has been done, and how often it must be."""
        return self.life.count

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
        return None if self.life.position is None else self.history.events[self.life.position]

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

    def explain(self, lang: Language = "en") -> Explanation:
        """What is owed, why, by when and why then, what is missing and what happens next."""
        return explained(self, lang)

    def __repr__(self) -> str:
        """Its id and state."""
        return f"<Clock {self.id} {self.state.value}>"
