"""Cases: one matter under one or more plans. The face of this floor, which only calls the others.

A case is immutable: recording an event gives a new one. It reads no clock and does no I/O; the
host says what time it is. Design: "The nouns", "Clocks over a case".
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs
import pendulum

from workflow.cases.acceptance import check_names, check_path, check_times
from workflow.cases.clocks import Clock
from workflow.cases.evaluate import unmoved, work_out
from workflow.cases.event import Event
from workflow.cases.explain import Explanation
from workflow.cases.folding import Folds
from workflow.cases.history import History
from workflow.cases.lifecycle import Lifecycle, lifecycle_of
from workflow.cases.log import Log
from workflow.cases.notice import Notice
from workflow.cases.notices import between
from workflow.cases.sense import check_approval, check_level, check_sense
from workflow.cases.status import Status
from workflow.cases.story import Story, told
from workflow.cases.track import Track, tracks_of
from workflow.durations import Duration
from workflow.errors import (
    CaseError,
    EventError,
    IdempotencyError,
    PlanError,
    UnknownNameError,
    did_you_mean,
)
from workflow.instants import Instant, Micros, Moment, to_instant, to_moment
from workflow.plans.given import plans_given
from workflow.plans.model import Plan
from workflow.plans.text import Language
from workflow.shown import html_of, svg_of

TOLERANCE = "5 min"
"""How far in the future an event may lie by default: hosts' clocks differ by minutes."""


def _several(name: str, values: Sequence[str]) -> tuple[str, ...]:
    """The values as a tuple. One text is refused: it would be taken for its letters."""
    if isinstance(values, str):
        raise EventError(
            f'{name} is the text "{values}".',
            place=f"event, {name}",
            allowed="a list of ids",
            mend=f'Write {name}=["{values}"].',
        )
    return tuple(values)


@functools.lru_cache(maxsize=8)
def _micros(tolerance: str) -> Micros:
    return Duration.parse(tolerance).micros


@attrs.frozen(eq=False, repr=False)
class Case:
    """One matter: its name, its plans and its log. Everything else is derived.

    Attributes:
        id: Its name, the host's own.
        tracks: Its plans, each with its view of the log.
        log: What happened.
    """

    id: str
    tracks: tuple[Track, ...]
    log: Log
    _folds: Folds = attrs.field(
        default=attrs.Factory(lambda case: Folds(case.tracks, case.log), takes_self=True),
        init=False,
    )

    @classmethod
    def open(
        cls,
        plan: Plan | Sequence[Plan],
        id: str,  # noqa: A002 - "id" is the word for it everywhere
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
    ) -> Case:
        """Open a case with its first event.

        Args:
            plan: The plan, or several, the first of which leads.
            id: The name of the case.
            at: When the first event happened: an aware datetime, or ISO 8601 text with an offset.
            event: Its type, one of the plan's `opens`; by default the first of them.
            level: The level, if it is known.
            category: The category, if it is known.
            by: The role that found or received it.
            person: Who did, by name.
            to: The roles that were told.
            states: Facts stated.
            conditions: Named conditions that hold from now on.
            data: The host's own data, JSON values.
            key: The host's idempotency key.
            recorded_at: When the system was told; by default `at`.

        Raises:
            UnknownNameError: The plan does not know the event, role, level, category or condition.
            TimeError: A time has no offset, or cannot be read.
        """
        plans = plans_given(plan, "Case.open, plan")
        if not plans or not id:
            raise CaseError("A case needs a name and at least one plan.", place="Case.open")
        names = [each.name for each in plans]
        if len(set(names)) < len(names):
            raise PlanError(f"One case cannot follow the same plan twice: {', '.join(names)}.")
        lead = plans[0]
        first = event or lead.opens[0]
        if first not in lead.opens:
            raise UnknownNameError(
                f'"{first}" does not open a case under the plan {lead.name}.',
                place="Case.open, event",
                allowed=", ".join(lead.opens),
                mend=did_you_mean(first, lead.opens),
            )
        case = cls(id, tracks_of(plans), Log())
        return case._with(
            type_=first,
            at=at,
            by=by,
            person=person,
            to=to,
            states=states,
            of=(),
            level=level,
            category=category,
            conditions=conditions or {},
            data=data or {},
            key=key,
            recorded_at=recorded_at,
            tolerance=TOLERANCE,
        )

    @classmethod
    def from_events(
        cls,
        plan: Plan | Sequence[Plan],
        id: str,  # noqa: A002 - "id" is the word for it everywhere
        events: Iterable[Event],
    ) -> Case:
        """The case with this log, given in the order of recording; the path is checked once.

        Raises:
            IllegalEventError: An event is not legal in the stage in which it happened.
            UnknownNameError: An event uses an id that the plan does not know.
        """
        plans = plans_given(plan, "Case.from_events, plan")
        case = cls(id, tracks_of(plans), Log.of(events))
        for event in case.log.recorded:
            check_names(case.plans, event)
        for track in case.tracks:
            case._history(track)
        return case

    @property
    def plan(self) -> Plan:
        """The plan that leads."""
        return self.tracks[0].plan

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Every plan that it follows."""
        return tuple([track.plan for track in self.tracks])

    @property
    def events(self) -> tuple[Event, ...]:
        """The log, in the order of recording."""
        return self.log.recorded

    def record(
        self,
        type: str,  # noqa: A002 - an event's type is its name
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
        tolerance: str = TOLERANCE,
    ) -> Case:
        """The case with one more event. This case is unchanged.

        The same key with the same content is the same event: the case itself is returned.

        Args:
            type: The event type.
            at: When it happened; it may lie before events already recorded.
            by: The role that did it; not said: somebody who may.
            person: Who did it, by name.
            to: The roles that received it; not said: everyone who must.
            states: Facts stated.
            of: The obligations that it concerns; not said: all that it can concern.
            level: The level that it sets.
            category: The category that it sets.
            conditions: Named conditions that it sets (true) or clears (false).
            data: The host's own data, JSON values.
            key: The host's idempotency key.
            recorded_at: When the system was told; by default the later of `at` and the newest
                recording in the log.
            tolerance: How far in the future of `recorded_at` the event may lie.

        Raises:
            IllegalEventError: It is not legal in the stage in which it would happen.
            EventTimeError: It lies before the case, or too far in the future.
            ContradictionError: It contradicts the log or the plan.
            IdempotencyError: Its key belongs to another event.
            UnknownNameError: It uses an id that the plan does not know.
            TimeError: A time has no offset, or cannot be read.
        """
        return self._with(
            type_=type,
            at=at,
            by=by,
            person=person,
            to=to,
            states=states,
            of=of,
            level=level,
            category=category,
            conditions=conditions or {},
            data=data or {},
            key=key,
            recorded_at=recorded_at,
            tolerance=tolerance,
        )

    def status(self, now: Moment, *, known_at: Moment | None = None) -> Status:
        """Where the case stands at `now`, as far as was known at `known_at` (not said: all)."""
        return self.status_at(to_instant(now), None if known_at is None else to_instant(known_at))

    def status_at(self, now: Instant, known_at: Instant | None = None) -> Status:
        """`status`, with instants."""
        histories = self._histories(now, known_at)
        found = self._clocks(histories, now)
        return Status(
            case_id=self.id,
            plan=self.plan,
            now_instant=now,
            standing=histories[0].now_standing,
            clocks=found,
            next_wakeup_instant=self._next(histories, now),
        )

    def next_wakeup(self, now: Moment) -> pendulum.DateTime | None:
        """The earliest instant after `now` at which anything changes with no further event."""
        instant = self.next_wakeup_instant(to_instant(now))
        return None if instant is None else to_moment(instant, self.plan.zone)

    def next_wakeup_instant(self, now: Instant) -> Instant | None:
        """`next_wakeup`, with instants."""
        return self._next(self._histories(now, None), now)

    def notices(self, since: Moment | None, until: Moment) -> tuple[Notice, ...]:
        """Every notice after `since` (None: from the beginning) up to and including `until`."""
        start = None if since is None else to_instant(since)
        return self.notices_between(start, to_instant(until))

    def notices_between(self, since: Instant | None, until: Instant) -> tuple[Notice, ...]:
        """`notices`, with instants."""
        return tuple(between(self.id, self.log, self._known, since, until))

    def stands_as(self, before: Case) -> bool:
        """Whether what this case recorded since `before` changed nothing but its log.

        Then every clock, the stage, the level and what time alone will change are the same. False
        where that is not known without comparing them.
        """
        if self.tracks is not before.tracks:
            return False
        earlier = before._folds.of(before.log.happened)
        work_out(earlier)
        return all(map(unmoved, self._folds.of(self.log.happened), earlier))

    def explain(self, obligation: str, now: Moment, lang: Language = "en") -> Explanation:
        """What is owed, why, by when and why then, what is missing and what happens next.

        Raises:
            UnknownNameError: No obligation and no clock has that id.
        """
        return self.status(now).obligation(obligation).explain(lang)

    def story(self, now: Moment, lang: Language = "en") -> Story:
        """The whole case told in order, as far as it had come by `now`."""
        return told(self.status(now), self._histories(to_instant(now), None)[0], lang)

    def legal_events(self) -> tuple[str, ...]:
        """The event types that are legal after the last event, under the plan that leads."""
        stage = self._history(self.tracks[0]).now_standing.stage
        return lifecycle_of(self.plan).legal(stage)

    def change_plan(
        self,
        plan: Plan,
        *,
        at: Moment,
        by: str | None = None,
        key: str | None = None,
        recorded_at: Moment | None = None,
    ) -> Case:
        """The case moved to another version of one of its plans, by a `plan-changed` event.

        What had ended or was overdue under the old version keeps its result; what runs is
        counted by the new version from then on.

        Raises:
            PlanError: The case does not follow a plan of that name.
        """
        number = next((n for n, it in enumerate(self.tracks) if it.plan.name == plan.name), None)
        if number is None:
            raise PlanError(
                f"The case {self.id} does not follow a plan {plan.name}.",
                allowed=", ".join(it.name for it in self.plans),
            )
        old = self.tracks[number]
        data = {"plan": plan.name, "version": plan.version, "digest": plan.digest}
        moved = self.record(
            "plan-changed", at=at, by=by, data=data, key=key, recorded_at=recorded_at
        )
        if moved is self:
            return self
        track = attrs.evolve(
            old, plan=plan, earlier=(*old.earlier, (old.plan, moved.log.recorded[-1].seq))
        )
        tracks = (*self.tracks[:number], track, *self.tracks[number + 1 :])
        case = Case(self.id, tracks, moved.log)
        for each in tracks:
            case._history(each)
        return case

    def is_legal(self, type: str) -> bool:  # noqa: A002 - an event's type is its name
        """Whether an event of that type is legal after the last event, under the leading plan."""
        return type in self._lifecycle.moves[self._history(self.tracks[0]).standings[-1].stage]

    @cached_property
    def _lifecycle(self) -> Lifecycle:
        return lifecycle_of(self.plan)

    def __repr__(self) -> str:
        """Its name, its plans and how many events it holds."""
        plans = ", ".join(plan.name for plan in self.plans)
        return f"<Case {self.id} under {plans}, {len(self.log.recorded)} events>"

    def _repr_svg_(self) -> str | None:
        """The timeline up to the newest event as a picture, for a notebook."""
        return svg_of("case", self)

    def _repr_html_(self) -> str | None:
        """The timeline up to the newest event as a picture, for a notebook that shows HTML."""
        return html_of("case", self)

    def _with(
        self,
        *,
        type_: str,
        at: Moment,
        to: Sequence[str] | None,
        states: Sequence[str],
        of: Sequence[str],
        recorded_at: Moment | None,
        tolerance: str,
        **said: Any,
    ) -> Case:
        instant = to_instant(at)
        newest = self.log.newest
        if recorded_at is not None:
            recorded = to_instant(recorded_at)
        else:
            recorded = instant if newest is None else max(instant, newest)
        event = Event(
            type=type_,
            instant=instant,
            recorded=recorded,
            seq=len(self.log.recorded),
            to=None if to is None else _several("to", to),
            states=_several("states", states),
            of=_several("of", of),
            **said,
        )
        return self.accept(event, _micros(tolerance))

    def accept(self, event: Event, tolerance: Micros) -> Case:
        """The case with this event, once it has been found acceptable. See `record`."""
        event.check_free()
        if event.key is not None and event.key in self.log.keys:
            known = self.log.recorded[self.log.keys.index(event.key)]
            if known.says_again(event):
                return self
            raise IdempotencyError(
                f'The key "{event.key}" belongs to the event {known.type} at '
                f"{known.at.isoformat()}, which says something else.",
                place=f"event {event.type}",
                mend="Give each event a key of its own, and repeat an event unchanged.",
            )
        check_names(self.plans, event)
        check_level(self.plans, event)
        lead = self.tracks[0]
        if self.log.recorded:
            history = self._history(lead)
            views = lead.view((event,))
            check_times(lead.plan, self.log, views[0] if views else event, tolerance)

            def again() -> History:
                return lead.history(self.log.append(event).happened)

            for own in views:
                check_path(lead.plan, self.log, own, history, again)
            if len(views) > 1:
                again()  # one event that is several things in one plan must be legal as all of them
        else:
            check_times(lead.plan, self.log, event, tolerance)
        seen = [(track, it) for track in self.tracks for it in track.view((event,))]
        check_approval([(track.plan, it) for track, it in seen], event)
        for track, it in seen:
            check_sense(track.plan, it, self._history(track))
        case = Case(self.id, self.tracks, self.log.append(event))
        case._folds.go_on_from(self._folds)
        return case

    def _history(self, track: Track) -> History:
        """What became of the case under one plan, all of it known."""
        return self._folds.of(self.log.happened)[self.tracks.index(track)]

    def _histories(self, now: Instant, known_at: Instant | None) -> Sequence[History]:
        return self._folds.of(self.log.view(now, known_at))

    def _clocks(self, histories: Sequence[History], now: Instant) -> tuple[Clock, ...]:
        if len(histories) == 1:
            return self.tracks[0].clocks(histories[0], now)
        return tuple(
            clock
            for track, history in zip(self.tracks, histories, strict=True)
            for clock in track.clocks(history, now)
        )

    def _known(self, arrived: Sequence[Event], now: Instant) -> Sequence[Clock]:
        """The clocks from what has arrived, given in the order of arrival."""
        return self._clocks(self._folds.of(self._folds.happened(arrived)), now)

    def _next(self, histories: Sequence[History], now: Instant) -> Instant | None:
        found = [
            instant
            for track, history in zip(self.tracks, histories, strict=True)
            if (instant := track.next_change(history, now)) is not None
        ]
        for event in reversed(self.log.happened):
            if event.instant <= now:
                break
            found.append(event.instant)
        return min(found, default=None)
