"""Duties of a case, put together as people look for them: what is late first, what waits last."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from examples.desk.people import Person
from examples.desk.permits import roles_of

from workflow.cases import Status
from workflow.cases.clocks import Clock, State
from workflow.plans.text import Language

GROUPS = ("late", "running", "paused", "undated", "done", "withdrawn", "waiting")
"""In the order of the page. `undated`: owed now, though the plan gives no time."""

_BY_STATE = {
    State.OVERDUE: "late",
    State.PAUSED: "paused",
    State.MET: "done",
    State.MET_LATE: "done",
    State.WITHDRAWN: "withdrawn",
    State.PENDING: "waiting",
}


@attrs.frozen(kw_only=True)
class Approval:
    """An approval that something waits for.

    Attributes:
        clock: What waits.
        roles: The roles that may give it, any one of them.
        mine: Those of them that the reader holds; empty: others must.
        next: Whether it can be given now, or stands behind another.
    """

    clock: Clock
    roles: tuple[str, ...]
    mine: tuple[str, ...]
    next: bool


def grouped(status: Status) -> dict[str, list[Clock]]:
    """The clocks of a case in the groups of the page."""
    groups: dict[str, list[Clock]] = {group: [] for group in GROUPS}
    for clock in status.clocks:
        groups[_group(clock)].append(clock)
    for group in ("late", "running"):
        groups[group].sort(key=lambda it: it.due_instant or it.target_instant or 0)
    groups["done"].sort(key=lambda it: -(it.ended_instant or 0))
    return groups


def _group(clock: Clock) -> str:
    if clock.state is State.RUNNING:
        timed = clock.due_instant is not None or clock.target_instant is not None
        return "running" if timed else "undated"
    return _BY_STATE[clock.state]


def lacking(clock: Clock, lang: Language) -> tuple[str, ...]:
    """What is still to be done, in sentences."""
    parts = {part.about: part for part in clock.explain(lang).parts}
    return parts["missing"].lines


def approvals(status: Status, person: Person) -> Iterator[Approval]:
    """The approvals that are waited for, in the order in which they are asked."""
    for clock in status.clocks:
        if clock.state not in {State.RUNNING, State.OVERDUE, State.PAUSED}:
            continue
        asked = clock.obligation.approvals
        in_order = {each.by for each in asked.in_order}
        for place, roles in enumerate(clock.missing.approvals):
            held = roles_of(person, status.plan)
            yield Approval(
                clock=clock,
                roles=roles,
                mine=tuple(role for role in held if role in roles),
                next=place == 0 or roles not in in_order,
            )
