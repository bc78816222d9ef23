"""Fulfilment: the first event that does what is owed, and what is still missing for it.

An obligation is fulfilled by the first event, at or after its start, of a fulfilling type, by a
role that may, with which every required recipient has it and every required fact is stated, all
approvals having been given before it and every required event having happened before it.
Recipients and facts add up over several events, so a partial report is completed by later ones.
A returned draft voids the approvals given before its return.

Design: "Clocks over a case", paragraph "Fulfilment".
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from workflow.cases.event import Event
from workflow.cases.history import History
from workflow.instants import Instant
from workflow.plans.obligation import Approval, Obligation


@attrs.frozen
class Missing:
    """What fulfilment still lacks.

    Attributes:
        recipients: Roles that must receive it and have not.
        states: Facts that must be stated and are not.
        approvals: Approvals not yet given: the roles that may give each.
        requires: Events that must come first and have not.
    """

    recipients: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    approvals: tuple[tuple[str, ...], ...] = ()
    requires: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything but the act itself is missing."""
        return bool(self.recipients or self.states or self.approvals or self.requires)


NOTHING_MISSING = Missing()


@attrs.frozen
class Progress:
    """How far an obligation has come.

    Attributes:
        position: The place of the event that fulfilled it, or None.
        missing: What is missing, beside the act itself.
        partial: The places of events that did a part of it.
    """

    position: int | None
    missing: Missing = NOTHING_MISSING
    partial: tuple[int, ...] = ()


def simple(owed: Obligation) -> bool:
    """Whether the first event of a fulfilling type by an allowed role is enough."""
    return not (
        owed.to
        or owed.states
        or owed.requires
        or owed.approvals.in_order
        or owed.approvals.in_any_order
    )


def first(owed: Obligation, history: History, start: Instant, skip: int | None) -> int | None:
    """The place of the first event that fulfils a `simple` obligation."""
    events = history.events
    for position in history.positions_from(owed.fulfilled_by, start):
        if position != skip and may(owed, events[position]):
            return position
    return None


def progress(
    owed: Obligation, history: History, start: Instant, skip: int | None, since: int
) -> Progress:
    """How far the obligation has come since its start.

    Args:
        owed: The obligation.
        history: The history of the case.
        start: The instant from which events count.
        skip: The place of the anchor event, which fulfils nothing of its own.
        since: The place from which approvals count: the first event of the round.
    """
    received: set[str] = set()
    stated: set[str] = set()
    partial: list[int] = []
    supplements = ("supplemented",) if owed.states or owed.to else ()
    for position in history.positions_from((*owed.fulfilled_by, *supplements), start):
        event = history.events[position]
        if position == skip or not may(owed, event):
            continue
        if event.type == "supplemented" and not partial:
            continue  # a supplement completes something; alone it does nothing
        if approvals_missing(owed, history, since, position) or _absent(owed, history, position):
            continue
        received.update(owed.to if event.to is None else event.to)
        stated.update(event.states)
        if received.issuperset(owed.to) and stated.issuperset(owed.states):
            return Progress(position, partial=tuple(partial))
        partial.append(position)
    end = len(history.events)
    return Progress(
        None,
        Missing(
            recipients=tuple(role for role in owed.to if role not in received)
            if partial
            else owed.to,
            states=tuple(fact for fact in owed.states if fact not in stated),
            approvals=approvals_missing(owed, history, since, end),
            requires=_absent(owed, history, end),
        ),
        tuple(partial),
    )


def may(owed: Obligation, event: Event) -> bool:
    """Whether this event, of a fulfilling type, may fulfil the obligation: role and address."""
    return (event.by is None or not owed.who or event.by in owed.who) and (
        not event.of or owed.id in event.of
    )


def approvals_missing(
    owed: Obligation, history: History, since: int, before: int
) -> tuple[tuple[str, ...], ...]:
    """The approvals not given by the events in [since, before), in the order the plan asks."""
    asked = owed.approvals
    if not (asked.in_order or asked.in_any_order):
        return ()
    given = approvals_given(owed, history, since, before)
    count = _in_order(asked.in_order, given)
    missing = [approval.by for approval in asked.in_order[count:]]
    if asked.in_any_order and _asked(owed, history, before):
        roles = {event.by for event in given}
        missing += [
            approval.by
            for approval in asked.in_any_order
            if None not in roles and roles.isdisjoint(approval.by)
        ]
    return tuple(missing)


def approvals_given(owed: Obligation, history: History, since: int, before: int) -> Sequence[Event]:
    """The approvals given by the events in [since, before) that no later return has voided."""
    places = approvals_given_at(owed, history, since, before)
    return [history.events[place] for place in places]


def approvals_given_at(
    owed: Obligation, history: History, since: int, before: int | None = None
) -> Sequence[int]:
    """The places of those approvals; `before` not given: up to now."""
    events = history.events
    end = len(events) if before is None else before
    returned = since - 1
    for position in history.positions.get("returned", ()):
        if position < end and events[position].concerns(owed.id):
            returned = max(returned, position)
    return [
        position
        for position in history.positions.get("approved", ())
        if returned < position < end and events[position].concerns(owed.id)
    ]


def _in_order(asked: Sequence[Approval], given: Sequence[Event]) -> int:
    count = 0
    for event in given:
        if count < len(asked) and (event.by is None or event.by in asked[count].by):
            count += 1
    return count


def _asked(owed: Obligation, history: History, before: int) -> bool:
    conditions = owed.approvals.when
    if not conditions:
        return True
    last = history.events[before - 1].instant if before else None
    named = history.standing(last).named if last is not None else frozenset()
    return all(name in named for name in conditions)


def _absent(owed: Obligation, history: History, before: int) -> tuple[str, ...]:
    return tuple(
        name
        for name in owed.requires
        if not (history.positions.get(name) and history.positions[name][0] < before)
    )
