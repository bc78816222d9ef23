"""Acceptance: whether an event may enter the log. If not, one error says why, and nothing changes.

What is checked, in order: the names it uses, its times, the data its transition needs, and that
the log with it is a legal path of the state machine. Then what it says (`sense.py`).

Design: "Clocks over a case", paragraphs "Stage order" and "Late knowledge".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from workflow.cases.event import Event
from workflow.cases.history import History
from workflow.cases.lifecycle import Lifecycle, lifecycle_of
from workflow.cases.log import Log
from workflow.errors import (
    EventError,
    EventTimeError,
    IllegalEventError,
    UnknownNameError,
    did_you_mean,
)
from workflow.instants import Micros, show
from workflow.plans.model import Plan


def check_names(plans: Sequence[Plan], event: Event) -> None:
    """Every id that the event uses is known to one of the plans of the case.

    The ids of events and obligations may carry the name of their plan (`plan:id`).

    Raises:
        UnknownNameError: One is not; the nearest known one is named.
        EventError: A condition is neither set nor cleared.
    """
    place = f"event {event.type}"
    if not any(plan.knows(event.type) for plan in plans):
        _known(place, "event", [event.type], _of_plans(plans, lambda it: it.events))
    roles = [event.by, *(event.to or ())] if event.by else event.to
    if roles:
        _known(place, "role", roles, _ids(plans, lambda it: it.roles))
    if event.level:
        _known(place, "level", [event.level], _ids(plans, lambda it: it.levels))
    if event.category:
        _known(place, "category", [event.category], _ids(plans, lambda it: it.categories))
    if event.conditions:
        _known(place, "condition", event.conditions, _ids(plans, lambda it: it.conditions))
        for name, value in event.conditions.items():
            if not isinstance(value, bool):  # any text would count as true, "no" as well
                raise EventError(
                    f"The condition {name} is given as {value!r}.",
                    place=place,
                    allowed="true, which sets it, or false, which clears it",
                )
    if event.of:
        _known(place, "obligation", event.of, _of_plans(plans, lambda it: it.obligations))


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def _ids(plans: Sequence[Plan], which: Callable[[Plan], Iterable[_Named]]) -> list[str]:
    return list(dict.fromkeys(it.id for plan in plans for it in which(plan)))


def _of_plans(plans: Sequence[Plan], which: Callable[[Plan], Iterable[_Named]]) -> list[str]:
    """The ids, and where there are several plans the ids with the name of their plan."""
    named = [f"{plan.name}:{it.id}" for plan in plans for it in which(plan)]
    return _ids(plans, which) + (named if len(plans) > 1 else [])


def check_times(plan: Plan, log: Log, event: Event, tolerance: Micros) -> None:
    """The event is not before the case, nor further in the future than tolerated.

    Raises:
        EventTimeError: It is, or it was recorded before an event that stands before it.
    """
    place, zone = f"event {event.type}", plan.zone
    if event.instant > event.recorded + tolerance:
        raise EventTimeError(
            f"It is said to happen at {show(event.instant, zone)}, after it was recorded "
            f"({show(event.recorded, zone)}).",
            place=place,
            allowed=f"at most {tolerance / 60_000_000:g} min in the future",
            mend="Record it once it has happened.",
        )
    if log.newest is not None and event.recorded < log.newest:
        raise EventTimeError(
            f"It is said to be recorded at {show(event.recorded, zone)}, before the event recorded "
            f"last ({show(log.newest, zone)}).",
            place=place,
            allowed="a recorded_at at or after that of the event recorded last",
        )
    opening = log.recorded[0].instant if log.recorded else event.instant
    if event.instant < opening and not plan.event(event.type).may_precede:
        early = [it.id for it in plan.events if it.may_precede]
        raise EventTimeError(
            f"It happened at {show(event.instant, zone)}, before the case began at "
            f"{show(opening, zone)}.",
            place=place,
            allowed=f"events before the opening: {', '.join(early) or 'none in this plan'}",
        )


def check_path(
    plan: Plan, log: Log, event: Event, history: History, again: Callable[[], History]
) -> None:
    """The log with this event is a legal path of the plan's state machine.

    Args:
        plan: The plan that leads.
        log: The log without the event.
        event: The event, as that plan reads it.
        history: What became of the case under that plan without the event.
        again: The same with the event; it raises `IllegalEventError` if that is no legal path.

    Raises:
        IllegalEventError: It is not; the stage, what is legal there and, for a back-dated event,
            the later event it conflicts with are named.
        EventError: The transition needs data that the event lacks.
    """
    lifecycle = lifecycle_of(plan)
    latest = not log.happened or log.happened[-1].instant <= event.instant
    if event.instant < log.recorded[0].instant:
        return  # it precedes the case and stands outside its stages
    stage = history.now_standing.stage if latest else history.standing(event.instant).stage
    move = lifecycle.move(stage, event.type)
    if move is None:
        raise illegal(plan, lifecycle, event, stage)
    absent = [name for name in move.needs if event.data.get(name) in (None, "")]
    if absent:
        raise EventError(
            f"It lacks {', '.join(absent)}.",
            place=f"event {event.type}",
            allowed=f"data with {', '.join(move.needs)}",
            mend=f'Give data={{"{absent[0]}": "..."}}.',
        )
    if not latest and not move.stays:
        _check_later(plan, event, again)


def illegal(plan: Plan, lifecycle: Lifecycle, event: Event, stage: str) -> IllegalEventError:
    """The error of an event that is not legal in a stage."""
    legal = lifecycle.legal(stage)
    return IllegalEventError(
        f"It is not legal in stage {stage}, where the case stood at "
        f"{show(event.instant, plan.zone)}.",
        place=f"event {event.type}",
        allowed=", ".join(legal) or "nothing: no event is legal in this stage",
        stage=stage,
        legal=legal,
    )


def _check_later(plan: Plan, event: Event, again: Callable[[], History]) -> None:
    try:
        again()
    except IllegalEventError as error:
        raise IllegalEventError(
            f"With it at {show(event.instant, plan.zone)}, a later event is no longer legal: "
            f"{error.what}",
            place=f"event {event.type}",
            allowed=error.allowed,
            stage=error.stage,
            legal=error.legal,
            conflict=error.conflict or error.what,
        ) from error


def _known(place: str, what: str, found: Iterable[str], known: Sequence[str]) -> None:
    for name in found:
        if name not in known:
            raise UnknownNameError(
                f'"{name}" is no {what} of the plan.',
                place=place,
                allowed=", ".join(known) or "nothing: the plan has none",
                mend=did_you_mean(name, known),
            )
