"""Acceptance: whether an event may enter the log. If not, one error says why, and nothing changes.

What is checked, in order: the names it uses, its times, the data its transition needs, what it
says of approvals and promises, and that the log with it is a legal path of the state machine.

Design: "Clocks over a case", paragraphs "Stage order" and "Late knowledge".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from workflow.cases.duties import duties_of
from workflow.cases.event import Event
from workflow.cases.history import History
from workflow.cases.lifecycle import Lifecycle, lifecycle_of
from workflow.cases.log import Log
from workflow.deadlines.promised import promised_instant
from workflow.errors import (
    ContradictionError,
    EventError,
    EventTimeError,
    IllegalEventError,
    UnknownNameError,
    WorkflowError,
    did_you_mean,
)
from workflow.instants import Micros, show
from workflow.plans.model import Plan
from workflow.plans.obligation import Obligation


def check_names(plans: Sequence[Plan], event: Event) -> None:
    """Every id that the event uses is known to one of the plans of the case.

    The ids of events and obligations may carry the name of their plan (`plan:id`).

    Raises:
        UnknownNameError: One is not; the nearest known one is named.
    """
    place = f"event {event.type}"
    if not any(event.type == it.id for plan in plans for it in plan.events):
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


def check_sense(plan: Plan, event: Event, history: History) -> None:
    """What the event says of starts, promises and extensions can be true.

    Raises:
        ContradictionError: An event that names an obligation that has not started, a promise or
            an extension that lies in the past.
    """
    for duty in duties_of(plan):
        owed = duty.owed
        if owed.id in event.of and event.type in owed.fulfilled_by:
            _check_started(owed, event, history)
        promising = event.type in owed.anchors or (
            event.type == "promise-changed" and event.concerns(owed.id)
        )
        if duty.fields and promising:
            for name in duty.fields:
                if name in event.data:
                    _check_promise(plan, event, name)
        if event.type in owed.extended_by and "until" in event.data and event.concerns(owed.id):
            _check_promise(plan, event, "until")


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


def check_approval(seen: Iterable[tuple[Plan, Event]], event: Event) -> None:
    """An approval is given by a role that some plan of the case asks for it.

    Args:
        seen: The plans of the case, each with the event as it reads it.
        event: The event.

    Raises:
        ContradictionError: No plan asks that role for an approval.
    """
    if event.type != "approved" or event.by is None:
        return
    roles = list(
        dict.fromkeys(
            role
            for plan, own in seen
            for owed in plan.obligations
            if own.concerns(owed.id)
            for role in _approvers(owed)
        )
    )
    if event.by not in roles:
        what = f" {', '.join(event.of)}" if event.of else ""
        raise ContradictionError(
            f"The role {event.by} may not approve{what or ' anything'}.",
            place=f"event {event.type}",
            allowed=", ".join(roles) or "nothing: no approval is asked for",
        )


def _approvers(owed: Obligation) -> list[str]:
    asked = owed.approvals
    return [role for each in (*asked.in_order, *asked.in_any_order) for role in each.by]


def _check_started(owed: Obligation, event: Event, history: History) -> None:
    events = history.events
    starts = [events[place].instant for place in history.positions_of(owed.anchors)]
    if owed.anchors and not any(start <= event.instant for start in starts):
        raise ContradictionError(
            f"It is said to fulfil {owed.id}, which had not started then.",
            place=f"event {event.type}",
            allowed=f"an event after {' or '.join(owed.anchors)}",
        )


def _check_promise(plan: Plan, event: Event, name: str) -> None:
    try:
        due = promised_instant(event.data[name], plan.zone)
    except WorkflowError as error:
        raise ContradictionError(
            f"{name}: {error.what}", place=f"event {event.type}", allowed=error.allowed
        ) from error
    if due <= event.instant:
        raise ContradictionError(
            f"{name} is {event.data[name]}, which is not after the event itself "
            f"({show(event.instant, plan.zone)}).",
            place=f"event {event.type}",
            allowed="a date or instant after the event",
        )


def _known(place: str, what: str, found: Iterable[str], known: Sequence[str]) -> None:
    for name in found:
        if name not in known:
            raise UnknownNameError(
                f'"{name}" is no {what} of the plan.',
                place=place,
                allowed=", ".join(known) or f"nothing: the plan has no {what}s",
                mend=did_you_mean(name, known),
            )
