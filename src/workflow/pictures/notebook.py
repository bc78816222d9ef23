"""What a notebook shows of a plan, a case and a status.

A picture must not depend on when it is looked at: a case is drawn as it stood when its newest event
was recorded, a status at its own `now`, and a plan as its stages, or as the list of its duties
where Graphviz is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workflow.cases.case import Case
from workflow.cases.status import Status
from workflow.errors import MissingProgramError
from workflow.instants import to_moment
from workflow.pictures.state_diagram import state_svg
from workflow.pictures.timeline import timeline, timeline_of
from workflow.pictures.timetable_chart import timetable_chart
from workflow.plans.model import Plan

EXAMPLE = "2026-03-02T08:40+08:00"
"""A Monday morning, from which a plan's timetable is drawn where its stages cannot be."""


def plan_svg(plan: Plan) -> str:
    """A plan: its stages; without Graphviz its timetable at the most severe level."""
    try:
        return state_svg(plan)
    except MissingProgramError:
        return timetable_chart(plan, plan.levels[0].id if plan.levels else None, EXAMPLE)


def case_svg(case: Case) -> str | None:
    """A case as it stood when its newest event was recorded; None while it has no event."""
    newest = case.log.newest
    return None if newest is None else timeline(case, to_moment(newest, case.plan.zone))


def status_svg(status: Status) -> str:
    """A status, at its own now."""
    return timeline_of(status)


DRAWERS: Mapping[str, Callable[[Any], str | None]] = {
    "plan": plan_svg,
    "case": case_svg,
    "status": status_svg,
}
