"""Sense: whether what an event says can be true. If not, one error says why.

An event that names an obligation as done needs that obligation to have started; an approval comes
from a role that some plan asks for it; a promise and an extension name a time after the event; an
event that changes the level or the promise says to what.

Design: "Clocks over a case", paragraphs "Fulfilment" and "Late knowledge"; "How a due instant is
computed", row "promised".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workflow.cases.duties import Duty, duties_of
from workflow.cases.event import Event
from workflow.cases.history import History
from workflow.deadlines.promised import promised_instant
from workflow.errors import ContradictionError, WorkflowError
from workflow.instants import show
from workflow.plans.due_text import parse_rule
from workflow.plans.model import Plan
from workflow.plans.obligation import Obligation


def check_level(plans: Sequence[Plan], event: Event) -> None:
    """A change of level or category says which.

    Raises:
        ContradictionError: It names neither, in a case whose plans have levels.
    """
    if event.type.rpartition(":")[2] != "reclassified":
        return
    if event.level or event.category or event.conditions:
        return
    kinds = [plan.event("reclassified") for plan in plans]
    if any(it.level or it.category or it.sets or it.clears for it in kinds):
        return
    levels = dict.fromkeys(level.id for plan in plans for level in plan.levels)
    if levels:
        raise ContradictionError(
            "It is said to change the level or category and names neither.",
            place=f"event {event.type}",
            allowed=f"a level: {', '.join(levels)}; or a category",
        )


def check_sense(plan: Plan, event: Event, history: History) -> None:
    """What the event says of starts, promises and extensions can be true.

    Raises:
        ContradictionError: An event that names an obligation that has not started, a promise or
            an extension that lies in the past or cannot be read, or a changed promise that names
            none.
    """
    promises: list[str] = []
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
            promises += duty.fields
        if event.type in owed.extended_by and event.concerns(owed.id):
            _check_extension(plan, duty, event)
    if event.type == "promise-changed" and promises and event.data.keys().isdisjoint(promises):
        raise ContradictionError(
            "It is said to change what was promised and names no new promise.",
            place=f"event {event.type}",
            allowed=f"data with {' or '.join(dict.fromkeys(promises))}",
            mend=f'Give data={{"{promises[0]}": "2026-03-05"}}.',
        )


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


def _check_extension(plan: Plan, duty: Duty, event: Event) -> None:
    """An extension names an instant or date after the event, or an amount of time."""
    if "until" in event.data:
        _check_promise(plan, event, "until")
        return
    amount = event.data.get("by")
    if amount is None:
        return
    try:
        later = parse_rule(amount).due(event.instant, duty.setting)
    except WorkflowError as error:
        raise ContradictionError(
            f"by: {error.what}", place=f"event {event.type}", allowed=error.allowed
        ) from error
    if later is None or later <= event.instant:
        raise ContradictionError(
            f"by is {amount!r}, which gives no later time.",
            place=f"event {event.type}",
            allowed='an amount of time, such as "2 h" or "3 working days"',
        )
