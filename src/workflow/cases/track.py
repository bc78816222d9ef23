"""A track: one plan's view of a case's log.

A case may follow several plans. Each has its own stages, levels and obligations, and reads the
one log in its own words: an event counts in every plan that knows its type, in the plan that it
names (`plan:event`), and in a plan to which an equivalence is declared (`same_as`). A name without
a plan that several plans know is, for equivalences, the name of the first of them: what another
means by it is recorded as `plan:event`. In a plan other than the first, an event that is not legal
there is left out of that plan's view.

A case that moved to another version of a plan has a track for each version. Design: "Several
plans, one case".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

import attrs

from workflow.cases.clocks import Clock
from workflow.cases.evaluate import clocks, next_change, openings
from workflow.cases.event import Event
from workflow.cases.history import Adopted, History
from workflow.cases.life import State
from workflow.cases.wakeups import moments
from workflow.instants import Instant
from workflow.plans.model import EventType, Plan


@attrs.frozen
class Track:
    """One plan of a case.

    Attributes:
        plan: The plan, in its present version.
        lead: Whether it is the first plan of the case: what is illegal in it is refused.
        alone: Whether it is the only one, so that its ids need no prefix.
        words: For event types of other plans, what this plan calls them.
        earlier: Earlier versions, each with the place in the log of the event that left it.
    """

    plan: Plan
    lead: bool = True
    alone: bool = True
    words: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    earlier: tuple[tuple[Plan, int], ...] = ()

    def view(self, events: Sequence[Event]) -> Sequence[Event]:
        """The events as this plan reads them."""
        if self.alone:
            return events
        return tuple(self._read(events))

    def history(self, events: Sequence[Event]) -> History:
        """What became of the case under this plan, from events in the order of happening."""
        seen = self.view(events)
        adopted = None
        if self.earlier:
            place = next(
                (n for n, event in enumerate(seen) if event.seq == self.earlier[-1][1]), None
            )
            if place is None:  # not yet moved, by what was known then
                return attrs.evolve(
                    self, plan=self.earlier[-1][0], earlier=self.earlier[:-1]
                ).history(events)
            before = attrs.evolve(self, plan=self.earlier[-1][0], earlier=self.earlier[:-1])
            stage = before.history(events[:place]).now_standing.stage
            adopted = Adopted(place, self.earlier[-1][0].stage(stage))
        return History.of(self.plan, seen, adopted=adopted, lenient=not self.lead)

    def extended(self, history: History, event: Event) -> History | None:
        """The history with one more event, the last to happen; None where all is folded anew."""
        if self.earlier:
            return None
        for own in self.view((event,)):
            history = history.extended(own, lenient=not self.lead)
        return history

    def clocks(self, history: History, now: Instant) -> tuple[Clock, ...]:
        """Every clock at `now`; what had ended under an earlier version keeps its result."""
        found = clocks(history, now)
        if self.earlier and history.adopted is not None:
            found = tuple(self._kept(history, found, now))
        if self.alone:
            return found
        return tuple(
            attrs.evolve(it, life=attrs.evolve(it.life, id=f"{self.plan.name}:{it.id}"))
            for it in found
        )

    def next_change(self, history: History, now: Instant) -> Instant | None:
        """The earliest instant after `now` at which, with no further event, anything changes."""
        if not self.earlier or history.adopted is None:
            return next_change(history, now)
        # Not of the clocks that the new version would have had: what is kept takes their place.
        found = [
            moment.instant
            for clock in self.clocks(history, now)
            for moment in moments(clock.life)
            if moment.instant > now
        ]
        return min([*found, *openings(history, now)], default=None)

    def _kept(self, history: History, found: Sequence[Clock], now: Instant) -> Iterator[Clock]:
        adopted = history.adopted
        if adopted is None:
            return
        plan, _ = self.earlier[-1]
        before = attrs.evolve(self, plan=plan, earlier=self.earlier[:-1], alone=True)
        events = history.events
        moved_at = events[adopted.position].instant
        then = before.clocks(before.history(events[: adopted.position]), moved_at)
        done = {it.id for it in then if it.state.ended or it.state is State.OVERDUE}
        # The old plan goes on reading the log only for what was already late under it.
        # It too may have been moved to, so it keeps what had ended or was late before that.
        later = before.clocks(attrs.evolve(before, lead=False).history(events), now)
        kept = {it.id: it for it in then if it.state.ended}
        kept.update({it.id: it for it in later if it.id in done and it.id not in kept})
        for clock in found:
            yield kept.pop(clock.id, clock)
        yield from kept.values()

    def _read(self, events: Sequence[Event]) -> Iterator[Event]:
        known = {event.id for event in self.plan.events}
        levels = {level.id for level in self.plan.levels}
        categories = {category.id for category in self.plan.categories}
        roles = {role.id for role in self.plan.roles}
        for event in events:
            for name in self._names(event.type, known):
                yield attrs.evolve(
                    event,
                    type=name,
                    # Another plan's role says nothing here; but an approval is this role's alone.
                    by=event.by if event.by in roles or name == "approved" else None,
                    level=event.level if event.level in levels else None,
                    category=event.category if event.category in categories else None,
                    of=tuple(self._own(event.of)),
                )
            if event.seq == 0 and not self._names(event.type, known):
                yield event  # what opens the case opens it under every plan

    def _names(self, type_: str, known: AbstractSet[str]) -> list[str]:
        """What this plan calls an event: its own name for it, and what is declared the same."""
        plan, _, bare = type_.rpartition(":")
        own = [bare] if plan in {"", self.plan.name} and bare in known else []
        return own + [name for name in self.words.get(type_, ()) if name not in own]

    def _own(self, names: Sequence[str]) -> Iterator[str]:
        for name in names:
            plan, _, bare = name.rpartition(":")
            yield bare if plan in {"", self.plan.name} else name


def tracks_of(plans: Sequence[Plan]) -> tuple[Track, ...]:
    """A track for each plan, the declared equivalences between their events worked out."""
    alone = len(plans) == 1
    return tuple(
        Track(plan, number == 0, alone, {} if alone else _words(plan, plans))
        for number, plan in enumerate(plans)
    )


def _words(plan: Plan, plans: Sequence[Plan]) -> dict[str, tuple[str, ...]]:
    """For events of other plans, by bare name and as `plan:event`, what this plan calls them."""
    own = {event.id for event in plan.events}
    pairs: list[tuple[str, str, str]] = []
    for other in plans:
        if other.name != plan.name:
            theirs = {event.id for event in other.events}
            pairs += [
                (other.name, event.id, bare)
                for event in other.events
                for name, bare in _same(event)
                if name == plan.name and bare in own
            ]
            pairs += [
                (other.name, bare, event.id)
                for event in plan.events
                for name, bare in _same(event)
                if name == other.name and bare in theirs
            ]
    owner = {event.id: it.name for it in reversed(plans) for event in it.events}
    found: dict[str, tuple[str, ...]] = {}
    for name, bare, called in pairs:
        for key in (bare, f"{name}:{bare}") if owner[bare] == name else (f"{name}:{bare}",):
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), called)))
    return found


def _same(event: EventType) -> list[tuple[str, str]]:
    """The plan and the event of each declared equivalence."""
    parts = [said.rpartition(":") for said in event.same_as]
    return [(plan, bare) for plan, _, bare in parts]
