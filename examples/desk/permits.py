"""Permits: in which roles a person may record an event.

Which events are possible at all is the library's answer (`case.legal_events()`). Whose they are is
read from the plan: an event that fulfils duties belongs to the roles that owe them, an approval to
those who may give it, any other event to every role of the plan.
"""

from __future__ import annotations

import functools

from examples.desk.people import Person

from workflow.cases import Case
from workflow.plans import Obligation, Plan

APPROVING = ("approved", "returned")
_NEVER = ("plan-changed",)
"""Moving a case to another version of its plan is the administrator's work, not the desk's."""


def roles_of(person: Person, plan: Plan) -> tuple[str, ...]:
    """The roles of the plan that the person holds, or may speak for."""
    known = [role.id for role in plan.roles]
    return tuple(role for role in known if person.clerk or role in person.roles)


def may_open(person: Person, plan: Plan) -> bool:
    """Whether the person may open a case under the plan."""
    return person.clerk or bool(roles_of(person, plan))


def may_record(person: Person, plan: Plan, event: str, of: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The roles in which the person may record the event, its owners first; empty: in none.

    One who keeps the log records what happened, whoever did it; the library says what it is worth.
    """
    if event in _NEVER:
        return ()
    held, allowed = roles_of(person, plan), owners(plan, event, of)
    own = tuple(role for role in held if not allowed or role in allowed)
    return (*own, *(role for role in held if role not in own)) if person.clerk else own


def recordable(person: Person, case: Case) -> tuple[str, ...]:
    """The events that are legal now and that the person may record, in the plan's order."""
    return tuple(
        event
        for event in case.legal_events()
        if may_record(person, case.plan, event)
        or (person.clerk and event not in _NEVER and not case.plan.roles)
    )


@functools.lru_cache(maxsize=4_096)
def owners(plan: Plan, event: str, of: tuple[str, ...] = ()) -> frozenset[str]:
    """The roles to which an event belongs; empty: to every role."""
    if event in APPROVING:
        return frozenset(
            role for owed in plan.obligations if not of or owed.id in of for role in approvers(owed)
        )
    found = [owed for owed in plan.obligations if event in owed.fulfilled_by]
    if any(not owed.who for owed in found):
        return frozenset()  # the text does not say whose duty it is
    return frozenset(role for owed in found for role in owed.who)


def approvers(owed: Obligation) -> tuple[str, ...]:
    """The roles that may approve what is owed."""
    asked = owed.approvals
    return tuple(role for each in (*asked.in_order, *asked.in_any_order) for role in each.by)
