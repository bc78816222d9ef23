"""How a due instant came to be: the rule at the start, then every event that moved it.

Extending (a later limit, the old one stays in the log), restarting (a fresh period from a new
event), another level with another time, a changed promise, and a further part of a combined rule
are different things; each is a `Change` here, with its instant and what it made of the due
instant. Once a due instant has passed unfulfilled, nothing later moves it. A pause is none of
these: the rule itself counts around it.

Design: "How a due instant is computed", "Clocks over a case", paragraphs "Pause" and
"Reclassification".
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any, Literal

import attrs

from workflow.calendars.spans import Spans
from workflow.cases.basis import Basis
from workflow.cases.duties import Duty
from workflow.cases.event import Event
from workflow.cases.history import BEGINNING, History
from workflow.cases.reclassification import reclassified
from workflow.deadlines.fixed import Fixed
from workflow.deadlines.rule import Rule, Setting
from workflow.instants import Instant
from workflow.plans.due_text import parse_rule
from workflow.plans.obligation import Changed


class Cause(enum.Enum):
    """What moved a due instant."""

    LEVEL = "level"
    EXTENDED = "extended"
    RESTARTED = "restarted"
    PROMISE = "promise"
    PART = "part"


@attrs.frozen
class Change:
    """One move of a due instant, or a change of level that left it as it was.

    Attributes:
        cause: What moved it.
        instant: When.
        position: The place of the event that did.
        before: The due instant before it.
        after: The due instant after it.
    """

    cause: Cause
    instant: Instant
    position: int | None
    before: Instant | None
    after: Instant | None


@attrs.frozen(slots=False)  # quicker to make, and many are made
class Course:
    """A due instant and how it came to be.

    Attributes:
        due: The due instant, or None: the rule gives none, or none for now.
        basis: What it was computed from.
        changes: What moved it, in order.
        since: The instant from which this due instant held: the start, or the last change.
    """

    due: Instant | None = None
    basis: Basis | None = None
    changes: tuple[Change, ...] = ()
    since: Instant = BEGINNING


NO_COURSE = Course()
"""The course of a due instant that no rule gives."""


@attrs.frozen
class Moves:
    """What `run` needs to know of one clock.

    Attributes:
        duty: The obligation, ready to run.
        history: The history of the case.
        position: The place of the anchor event.
        since: The place of the first event of the round.
        start: From when the obligation applies.
        counted_from: The instant it is counted from.
        until: The instant from which nothing moves it any more: fulfilled or withdrawn.
        setting: What its rules look at at the start.
    """

    duty: Duty
    history: History
    position: int | None
    since: int
    start: Instant
    counted_from: Instant
    until: Instant
    setting: Setting

    @classmethod
    def of(
        cls,
        duty: Duty,
        history: History,
        position: int | None,
        since: int,
        start: Instant,
        counted_from: Instant,
        until: Instant,
    ) -> Moves:
        """Gather what the rules may look at."""
        setting = duty.setting
        paused = duty.owed.paused_while
        if paused is not None:
            counting = attrs.evolve(setting.counting, pauses=_pauses(history, paused, until))
            setting = attrs.evolve(setting, counting=counting)
        if duty.moves:
            promise = None
            if duty.fields and position is not None:
                promise = _promised(duty, history, position, start)
            known = {name: at for name, at in _parts(duty, history, since) if at <= start}
            setting = attrs.evolve(setting, promise=promise, anchors=known, started=start)
            setting = _counted_from(duty, setting, counted_from)
        return cls(duty, history, position, since, start, counted_from, until, setting)


def unmoved(rule: Rule | None, anchor: Instant, setting: Setting, start: Instant) -> Course:
    """The course of a due instant that nothing but a pause can move."""
    if rule is None:
        return NO_COURSE
    return Course(rule.due(anchor, setting), Basis(rule, anchor, setting), (), start)


def run(moves: Moves, which: Literal["target", "limit"]) -> Course:
    """The course of the target or of the limit of one clock."""
    duty = moves.duty
    if not duty.moves:
        rule: Rule | None = getattr(duty.times, which)
        return unmoved(rule, moves.counted_from, moves.setting, moves.start)
    origin = moves.counted_from
    allowed = _allowed(moves, which, moves.start)
    basis = None if allowed is None else Basis(allowed, origin, moves.setting)
    due = None if basis is None else basis.due()
    changes: list[Change] = []
    since = moves.start
    for instant, cause, place, said in _changes(moves, which):
        if instant >= moves.until or (due is not None and due < instant):
            break
        if cause is Cause.LEVEL:
            before, allowed = allowed, _allowed(moves, which, instant)
            if allowed == before:
                continue  # another level, the same time: nothing moves
        if cause is Cause.RESTARTED:
            origin = instant
            setting = _counted_from(
                duty, moves.setting if basis is None else basis.setting, instant
            )
            basis = None if allowed is None else Basis(allowed, origin, setting)
            after = None if basis is None else basis.due()
        else:
            basis, after = _moved(moves, which, basis, due, origin, instant, cause, said)
        if after != due or cause is Cause.LEVEL:
            # Told also where it moved nothing: the level would allow another time.
            changes.append(Change(cause, instant, place, due, after))
        if after != due:
            due, since = after, instant
    return Course(due, basis, tuple(changes), since)


def _allowed(moves: Moves, which: str, at: Instant) -> Rule | None:
    """The time that the level at an instant allows."""
    level = moves.history.standing(at).level
    rule: Rule | None = getattr(moves.duty.at_level(level), which)
    return rule


def _changes(moves: Moves, which: str) -> Iterator[tuple[Instant, Cause, int | None, Any]]:
    found: list[tuple[Instant, int, Cause, Any]] = []
    history, duty = moves.history, moves.duty
    events = history.events
    if duty.by_level:
        found += [(at, -1, Cause.LEVEL, level) for at, level in history.levels_after(moves.start)]
    if which == "limit" and duty.owed.extended_by:
        found += _said(moves, duty.owed.extended_by, Cause.EXTENDED)
    if duty.owed.restarted_by:
        found += _said(moves, duty.owed.restarted_by, Cause.RESTARTED)
    if duty.fields:
        found += _said(moves, ("promise-changed",), Cause.PROMISE)
    if duty.parts:
        firsts = dict(_parts(duty, history, moves.since))
        found += [(at, -1, Cause.PART, name) for name, at in firsts.items()]
    found.sort(key=lambda change: (change[0], change[1]))
    for at, position, cause, said in found:
        if at > moves.start and position != moves.position:
            place = position if position >= 0 else _place(history, at, cause, said)
            yield at, cause, place, (events[position] if position >= 0 else said)


def _said(
    moves: Moves, types: tuple[str, ...], cause: Cause
) -> list[tuple[Instant, int, Cause, Any]]:
    events = moves.history.events
    return [
        (events[position].instant, position, cause, None)
        for position in moves.history.positions_from(types, moves.start)
        if events[position].concerns(moves.duty.owed.id)
    ]


def _place(history: History, at: Instant, cause: Cause, said: Any) -> int | None:
    """The place of the event behind a change that was found without it."""
    for position, event in enumerate(history.events):
        if event.instant == at and (
            event.level == said if cause is Cause.LEVEL else event.type == said
        ):
            return position
    return None


def _moved(
    moves: Moves,
    which: str,
    basis: Basis | None,
    due: Instant | None,
    origin: Instant,
    at: Instant,
    cause: Cause,
    said: Any,
) -> tuple[Basis | None, Instant | None]:
    setting = basis.setting if basis is not None else moves.setting
    if cause is Cause.LEVEL:
        rule: Rule | None = getattr(moves.duty.at_level(said), which)
        if rule is None:
            return None, None
        choice = moves.duty.owed.changed
        if choice in {Changed.RESTART, Changed.REMAINING}:
            setting = _counted_from(moves.duty, setting, at)
        basis = reclassified(choice, rule, basis, origin, at, setting)
        return basis, basis.due()
    if cause is Cause.EXTENDED:
        return _extended(moves, basis, due, said)
    if basis is None:
        return None, None
    if cause is Cause.PROMISE:
        promise = _promise(moves.duty, said)
        if promise is not None:
            # A new promise takes the place of whatever stood, also of an extension of the old one.
            basis = basis.plan_said or basis
            basis = attrs.evolve(basis, setting=attrs.evolve(basis.setting, promise=promise))
    else:
        known = {**setting.anchors, said: at}
        basis = attrs.evolve(basis, setting=attrs.evolve(setting, anchors=known))
    return basis, basis.due()


def _extended(
    moves: Moves, basis: Basis | None, due: Instant | None, event: Event
) -> tuple[Basis | None, Instant | None]:
    """A later limit: `until` names it, `by` is an amount of time after the old one."""
    until, amount = event.data.get("until"), event.data.get("by")
    setting = moves.setting if basis is None else basis.setting
    plan_said = None if basis is None else basis.plan_said or basis
    if until is not None:
        later = Basis(Fixed.at(until), event.instant, setting, plan_said)
    elif amount is not None and due is not None:
        later = Basis(parse_rule(amount), due, setting, plan_said)
    else:
        return basis, due
    after = later.due()
    return (
        (basis, due) if due is not None and after is not None and after <= due else (later, after)
    )


def _promised(duty: Duty, history: History, position: int, start: Instant) -> Any:
    """The promise that stands at `start`: the anchor event's, or one that changed it."""
    promise = _promise(duty, history.events[position])
    for place in history.positions.get("promise-changed", ()):
        event = history.events[place]
        if place > position and event.instant <= start and event.concerns(duty.owed.id):
            changed = _promise(duty, event)
            promise = promise if changed is None else changed
    return promise


def _counted_from(duty: Duty, setting: Setting, since: Instant) -> Setting:
    """The setting without a promise that had passed before anybody owed anything."""
    if setting.promise is None:
        return setting
    dues = (it.due(BEGINNING, setting) for it in duty.promises)
    if all(due is None or due > since for due in dues):
        return setting
    return attrs.evolve(setting, promise=None)


def _promise(duty: Duty, event: Event) -> Any:
    for name in duty.fields:
        if name in event.data:
            return event.data[name]
    return None


def _parts(duty: Duty, history: History, since: int) -> Iterator[tuple[str, Instant]]:
    """The first occurrence, in the round, of each event that parts of the rule count from."""
    for name in duty.parts:
        for position in history.positions.get(name, ()):
            if position >= since:
                yield name, history.events[position].instant
                break


def _pauses(history: History, paused: Any, until: Instant) -> Spans:
    """The pauses that begin before the clock ends; one that begins later changes nothing."""
    return Spans(tuple(span for span in history.pauses(paused) if span.start < until))
