"""History: where a case stood at every instant, folded once from its events.

Level, category, stage and named conditions as they followed one another, the rounds, the
closings, and where each type of event stands. Whatever else is asked of a case is asked of its
history. A pure function of the plan and of the events in the order in which they happened.

Design: "Clocks over a case".
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from workflow.calendars.spans import NEVER, Span, Spans
from workflow.cases.event import Event
from workflow.cases.lifecycle import Lifecycle, Move, lifecycle_of
from workflow.errors import IllegalEventError
from workflow.instants import Instant, show
from workflow.plans.conditions import Condition
from workflow.plans.model import EventType, Plan
from workflow.plans.stages import Stage

BEGINNING = Instant(-(2**62))
"""Before every instant."""


@attrs.frozen
class Standing:
    """How a case stands for a while: level, category, stage, the conditions that hold."""

    level: str | None
    category: str | None
    stage: str
    named: frozenset[str] = frozenset()


@attrs.frozen
class Round:
    """A round: from the opening, or from the event that led back to an earlier stage.

    Attributes:
        number: 1 for the first.
        position: The place of its first event among the events as they happened.
        instant: When it began.
        nth: Which one it is of the rounds that began by a step back at that instant.
    """

    number: int
    position: int
    instant: Instant
    nth: int = 1


@attrs.frozen
class Adopted:
    """The event by which a case moved to this version of its plan.

    Attributes:
        position: Its place among the events as they happened.
        stage: The stage in which the case stood then, under the version before.
    """

    position: int
    stage: Stage


@attrs.define
class History:
    """What became of a case, from its events in the order in which they happened.

    Attributes:
        plan: The plan under which they are read.
        events: The events.
        positions: The places of the events of each type.
        times: When each standing begins; the first is `BEGINNING`.
        standings: How the case stood from each of `times` on.
        rounds: The rounds; at least one.
        closings: The places of the events that closed the case.
        withdrawals: The places of the events that withdrew everything still owed.
        adopted: The event by which the case moved to this version of the plan, if one did.
        kept: What was worked out from it, kept for the next time it is asked for.
        earlier: The same of a history before its last events, and the types of those events, where
            they changed nothing else than that they happened.
        series: The same, of the fulfilling events of each recurring obligation.
        begins: The same, of the events from which plain obligations are counted, by place.
    """

    plan: Plan
    events: tuple[Event, ...]
    positions: dict[str, list[int]] = attrs.field(factory=dict)
    times: list[Instant] = attrs.field(factory=list)
    standings: list[Standing] = attrs.field(factory=list)
    rounds: list[Round] = attrs.field(factory=list)
    closings: list[int] = attrs.field(factory=list)
    withdrawals: list[int] = attrs.field(factory=list)
    adopted: Adopted | None = None
    kept: Any = None
    earlier: tuple[Any, frozenset[str]] | None = None
    series: dict[str, Any] = attrs.field(factory=dict)
    begins: dict[int, Any] = attrs.field(factory=dict)
    _merged: dict[tuple[str, ...], list[int]] = attrs.field(factory=dict)
    _spans: dict[Condition, tuple[tuple[Instant, Instant], ...]] = attrs.field(factory=dict)

    @classmethod
    def of(
        cls,
        plan: Plan,
        events: Sequence[Event],
        *,
        adopted: Adopted | None = None,
        lenient: bool = False,
    ) -> History:
        """Fold the events.

        Args:
            plan: The plan under which they are read.
            events: The events, in the order in which they happened.
            adopted: The event by which the case moved to this plan; what was legal under the
                version before need not be legal under this one.
            lenient: Pass over an event that is not legal, as in a plan that does not lead.

        Raises:
            IllegalEventError: An event is not legal in the stage in which it happened.
        """
        history = cls(plan, tuple(events), adopted=adopted)
        history.times.append(BEGINNING)
        history.standings.append(Standing(None, None, lifecycle_of(plan).first))
        history.rounds.append(Round(1, 0, events[0].instant if events else BEGINNING))
        history._fold(0, len(events) if lenient else 0 if adopted is None else adopted.position)
        return history

    def extended(self, event: Event, *, lenient: bool = False) -> History:
        """The history with one more event, which happened after all the others.

        What was worked out of an obligation that looks neither at such an event nor at anything
        that it changed is handed on. This history is unchanged.

        Args:
            event: The event; its instant is not before that of the last one.
            lenient: Pass over it if it is not legal.

        Raises:
            IllegalEventError: It is not legal in the stage in which the case stands.
        """
        last = len(self.events)
        history = History(
            self.plan,
            (*self.events, event),
            {**self.positions, event.type: [*self.positions.get(event.type, ())]},
            [*self.times],
            [*self.standings],
            [*self.rounds],
            [*self.closings],
            [*self.withdrawals],
            self.adopted,
        )
        history._fold(last, last + 1 if lenient else 0)
        if history.standings == self.standings and len(history.rounds) == len(self.rounds):
            history._spans.update(self._spans)
            if len(history.closings) == len(self.closings):
                if self.kept is not None:
                    history.earlier = (self.kept, frozenset({event.type}))
                elif self.earlier is not None:
                    known, types = self.earlier
                    history.earlier = (known, types | {event.type})
        return history

    def forget(self) -> None:
        """Keep no longer what was worked out from it: it can be worked out again."""
        self.kept = self.earlier = None

    def _fold(self, first: int, passing: int) -> None:
        """Take in the events from a place on; what is illegal before `passing` is passed over."""
        plan, adopted = self.plan, self.adopted
        lifecycle = lifecycle_of(plan)
        effects = _effects(plan)
        standing = self.standings[-1]
        stage = standing.stage
        opened = first > 0
        positions = self.positions
        for position, event in enumerate(self.events[first:], first):
            positions.setdefault(event.type, []).append(position)
            if opened:
                move = lifecycle.moves[stage].get(event.type)
                if adopted is not None and position == adopted.position:
                    stage = _same_stage(plan, adopted.stage)
                elif move is None:
                    if position >= passing:
                        raise _illegal(self, lifecycle, event, stage)
                elif not move.stays:
                    stage = move.stage
                    self._moved(move, event, position)
            elif event.seq == 0:
                opened = True
                self.rounds[0] = Round(1, 0, event.instant)
            effect = effects.get(event.type)
            if (
                effect is not None
                or stage != standing.stage
                or event.level is not None
                or event.category is not None
                or event.conditions
            ):
                standing = _after(standing, stage, event, effect)
                self._stand(event.instant, standing)

    @property
    def now_standing(self) -> Standing:
        """How the case stands after the last event."""
        return self.standings[-1]

    def standing(self, instant: Instant) -> Standing:
        """How the case stood at that instant, after whatever happened at it."""
        return self.standings[bisect.bisect_right(self.times, instant) - 1]

    def spans(self, condition: Condition) -> tuple[tuple[Instant, Instant], ...]:
        """The half-open spans in which the condition held, the last one perhaps until `NEVER`."""
        known = self._spans.get(condition)
        if known is None:
            known = self._spans[condition] = tuple(self._held(condition))
        return known

    def pauses(self, condition: Condition) -> Spans:
        """The spans in which the condition held, as a set of spans to count around."""
        return Spans(tuple(Span(start, end) for start, end in self.spans(condition)))

    def positions_of(self, types: tuple[str, ...]) -> Sequence[int]:
        """The places of the events of any of these types, in the order in which they happened."""
        if len(types) == 1:
            return self.positions.get(types[0], ())
        known = self._merged.get(types)
        if known is None:
            found = [place for name in types for place in self.positions.get(name, ())]
            known = self._merged[types] = sorted(found)
        return known

    def positions_from(self, types: tuple[str, ...], start: Instant) -> Sequence[int]:
        """The places of those events of any of these types that happened at or after `start`."""
        places = self.positions_of(types)
        if not places or self.events[places[0]].instant >= start:
            return places
        first = bisect.bisect_left(places, start, key=lambda place: self.events[place].instant)
        return places[first:]

    def round_ends(self, number: int) -> int:
        """The place behind the last event of a round."""
        return self.rounds[number].position if number < len(self.rounds) else len(self.events)

    def levels_after(self, start: Instant) -> Iterator[tuple[Instant, str | None]]:
        """Each instant after `start` at which the level became another one, with that level."""
        place = bisect.bisect_right(self.times, start)
        before = self.standings[place - 1].level
        for time, standing in zip(self.times[place:], self.standings[place:], strict=True):
            if standing.level != before:
                before = standing.level
                yield time, before

    def _held(self, condition: Condition) -> Iterator[tuple[Instant, Instant]]:
        since: Instant | None = None
        for time, it in zip(self.times, self.standings, strict=True):
            if condition.holds(it.level, it.category, it.stage, it.named):
                since = time if since is None else since
            elif since is not None:
                yield since, time
                since = None
        if since is not None:
            yield since, NEVER

    def _moved(self, move: Move, event: Event, position: int) -> None:
        if move.back:
            before = self.rounds[-1]
            again = before.number > 1 and before.instant == event.instant
            nth = before.nth + 1 if again else 1
            self.rounds.append(Round(before.number + 1, position, event.instant, nth))
        if move.closes:
            self.closings.append(position)
        if move.withdraws:
            self.withdrawals.append(position)

    def _stand(self, instant: Instant, standing: Standing) -> None:
        if self.times[-1] == instant:
            self.standings[-1] = standing
        else:
            self.times.append(instant)
            self.standings.append(standing)


def _after(before: Standing, stage: str, event: Event, effect: EventType | None) -> Standing:
    level, category, named = before.level, before.category, before.named
    if effect is not None:
        level, category = effect.level or level, effect.category or category
        named = (named | set(effect.sets)) - set(effect.clears)
    if event.conditions:
        named = (named | {name for name, holds in event.conditions.items() if holds}) - {
            name for name, holds in event.conditions.items() if not holds
        }
    return Standing(event.level or level, event.category or category, stage, frozenset(named))


def _same_stage(plan: Plan, stage: Stage) -> str:
    """The stage of this plan that answers to one of another version: same id, else same kind."""
    for own in plan.stages:
        if own.id == stage.id:
            return own.id
    for own in plan.stages:
        if own.kind is stage.kind:
            return own.id
    return plan.stages[0].id


def _effects(plan: Plan) -> dict[str, EventType]:
    known: dict[str, EventType] | None = plan.__dict__.get("_effects")
    if known is None:
        known = {
            event.id: event
            for event in plan.events
            if event.sets or event.clears or event.level or event.category
        }
        plan.__dict__["_effects"] = known
    return known


def _illegal(history: History, lifecycle: Lifecycle, event: Event, stage: str) -> IllegalEventError:
    legal = lifecycle.legal(stage)
    at = show(event.instant, history.plan.zone)
    return IllegalEventError(
        f'"{event.type}" at {at} is not legal in stage {stage}.',
        place=f"event {event.type}",
        allowed=", ".join(legal) or "nothing: the case is closed for good",
        stage=stage,
        legal=legal,
    )
