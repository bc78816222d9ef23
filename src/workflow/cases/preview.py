"""A preview: what another version of a plan would change for open cases, before anyone commits.

Each case is moved to the new version at one instant, on a copy, and its clocks are compared with
what they are. Nothing is recorded. Design: "Engine", last sentence; `plans/diff.py` compares the
plans themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
import pendulum

from workflow.cases.case import Case
from workflow.cases.clocks import Clock, State
from workflow.instants import Moment
from workflow.plans.model import Plan


@attrs.frozen(kw_only=True)
class DueChange:
    """What a new version would make of one clock of one case.

    Attributes:
        case_id: The case.
        clock_id: The clock.
        state: Its state now, or None: the duty would be new.
        new_state: Its state under the new version, or None: the duty would be dropped.
        due: Its limit now, in the plan's zone.
        new_due: Its limit under the new version.
        target: Its target now.
        new_target: Its target under the new version.
    """

    case_id: str
    clock_id: str
    state: State | None
    new_state: State | None
    due: pendulum.DateTime | None
    new_due: pendulum.DateTime | None
    target: pendulum.DateTime | None
    new_target: pendulum.DateTime | None


def preview(cases: Iterable[Case], plan: Plan, at: Moment) -> tuple[DueChange, ...]:
    """Every clock that moving the cases to this version at `at` would change.

    Args:
        cases: The cases; passed over are those that do not follow a plan of that name, and those
            that are closed, which keep the version they were closed under.
        plan: The new version.
        at: When they would move.
    """
    return tuple(
        change
        for case in cases
        if any(own.name == plan.name for own in case.plans) and case.is_legal("plan-changed")
        for change in _changes(case, plan, at)
    )


def _changes(case: Case, plan: Plan, at: Moment) -> Iterator[DueChange]:
    moved = case.change_plan(plan, at=at)
    now = {clock.id: clock for clock in case.status(at)}
    then = {clock.id: clock for clock in moved.status(at)}
    for name in dict.fromkeys((*now, *then)):
        old, new = now.get(name), then.get(name)
        if _said(old) != _said(new):
            yield DueChange(
                case_id=case.id,
                clock_id=name,
                state=None if old is None else old.state,
                new_state=None if new is None else new.state,
                due=None if old is None else old.due,
                new_due=None if new is None else new.due,
                target=None if old is None else old.target,
                new_target=None if new is None else new.target,
            )


def _said(clock: Clock | None) -> tuple[object, ...] | None:
    return None if clock is None else (clock.state, clock.due_instant, clock.target_instant)
