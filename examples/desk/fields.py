"""Fields: what the form of an event asks for, read from the plan and from where the case stands."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from examples.desk.people import Person
from examples.desk.permits import APPROVING, may_record, recordable

from workflow.cases import Case, Status
from workflow.cases.clocks import Clock, State
from workflow.cases.duties import duties_of
from workflow.cases.lifecycle import lifecycle_of
from workflow.plans import Plan

_OPEN = frozenset({State.RUNNING, State.OVERDUE, State.PAUSED})


@attrs.frozen(kw_only=True)
class Fields:
    """What is asked for an event.

    Attributes:
        event: The event type.
        roles: The roles in which the reader may record it.
        fulfils: The open duties that it can fulfil.
        moves_to: The stage that it leads to, or empty.
        recipients: The roles that must receive it, for one of these duties.
        states: The facts that these duties still need.
        data: Names of data that the plan asks for, such as the reason of a false alarm.
        dates: Names of data that are dates: a promise, a longer limit.
        reasons: Whether a duty is late for which a law asks for reasons.
        levels: Whether the level may be set with it.
        categories: Whether the category may be set with it.
    """

    event: str
    roles: tuple[str, ...]
    fulfils: tuple[Clock, ...]
    moves_to: str
    recipients: tuple[str, ...]
    states: tuple[str, ...]
    data: tuple[str, ...]
    dates: tuple[str, ...]
    reasons: bool
    levels: bool
    categories: bool


def fields_of(case: Case, status: Status, person: Person, event: str) -> Fields:
    """What the form of this event asks for now."""
    plan = case.plan
    open_ = [clock for clock in status.clocks if clock.state in _OPEN]
    fulfils = [clock for clock in open_ if event in clock.obligation.fulfilled_by]
    concerned = open_ if event == "supplemented" else fulfils
    move = lifecycle_of(plan).move(status.stage, event)
    moves = move is not None and not move.stays
    return Fields(
        event=event,
        roles=may_record(person, plan, event),
        fulfils=tuple(fulfils),
        moves_to=move.stage if move is not None and moves else "",
        recipients=_each(role for clock in concerned for role in clock.obligation.to),
        states=_each(fact for clock in concerned for fact in clock.missing.states),
        data=() if move is None else move.needs,
        dates=_dates(plan, event),
        reasons=any(
            clock.obligation.reasons_if_late and clock.state is State.OVERDUE for clock in fulfils
        ),
        levels=bool(plan.levels) and (moves or event == "reclassified"),
        categories=bool(plan.categories) and event == "reclassified",
    )


def choices(case: Case, status: Status, person: Person) -> dict[str, list[str]]:
    """The events that the reader may record now: what is owed, what moves the case, the rest."""
    table = lifecycle_of(case.plan).moves[status.stage]
    owed = {
        name
        for clock in status.clocks
        if clock.state in _OPEN
        for name in clock.obligation.fulfilled_by
    }
    found: dict[str, list[str]] = {"owed": [], "moves": [], "others": []}
    for event in recordable(person, case):
        if event in APPROVING:
            continue  # they have buttons of their own, beside what waits for them
        kind = "owed" if event in owed else "others" if table[event].stays else "moves"
        found[kind].append(event)
    return found


def _dates(plan: Plan, event: str) -> tuple[str, ...]:
    names: list[str] = []
    for duty in duties_of(plan):
        if event in duty.owed.anchors or event == "promise-changed":
            names += duty.fields
        if event in duty.owed.extended_by:
            names.append("until")
    return _each(names)


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
