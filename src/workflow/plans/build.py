"""Build: a plan from Python classes, held to the same rules as a document.

The digest covers the same content in canonical form, so that two plans built of equal parts are
equal. Design: "The nouns", the word "plan".
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from workflow.calendars import WorkingCalendar
from workflow.durations import Duration
from workflow.errors import RuleError
from workflow.plans.assemble import share_times, with_standard_events
from workflow.plans.check import check
from workflow.plans.digest import digest_of
from workflow.plans.document import Document
from workflow.plans.due_text import format_rule
from workflow.plans.faults import Fault, FieldPath
from workflow.plans.model import EventType, Plan
from workflow.plans.obligation import Obligation
from workflow.plans.spellings import ID, PLAN_NAME
from workflow.plans.stages import Stage, Transition


def build(
    *,
    name: str,
    timezone: str,
    stages: Sequence[Stage],
    transitions: Sequence[Transition],
    opens: Sequence[str],
    events: Sequence[EventType],
    obligations: Sequence[Obligation],
    version: str = "1",
    **parts: Any,
) -> Plan:
    """A plan built from its parts. The standard events need not be among the events.

    Args:
        name: Its name: lower case letters, digits and hyphens.
        timezone: The zone of its local days.
        stages: Its stages in order; the first is where a case opens.
        transitions: What moves a case.
        opens: The events that may open a case, the usual one first.
        events: Its kinds of events.
        obligations: Who owes what by when.
        version: Its version, as the adopter counts.
        parts: Any other field of `Plan` but `digest` and `document`.

    Raises:
        PlanDocumentError: The parts do not fit together; every fault is one of its `problems`,
            with the path that the field would have in a document.
        TimeError: There is no such time zone.
    """
    plan = Plan(
        name=name,
        version=version,
        digest="",
        timezone=timezone,
        stages=tuple(stages),
        transitions=tuple(transitions),
        opens=tuple(opens),
        events=with_standard_events(events),
        obligations=share_times(obligations),
        **parts,
    )
    _zone = plan.zone  # an unknown one is refused here
    content = {
        field.name: _plain(getattr(plan, field.name))
        for field in attrs.fields(Plan)
        if field.name not in {"digest", "document"}
    }
    document = Document(name=name, content=content, lines=_EveryField())
    document.raise_faults([*_ids(plan), *check(plan)])
    return attrs.evolve(plan, digest=digest_of(content))


class _EveryField(dict[FieldPath, int]):
    """No line of any field, and every field known, since nothing was read from a text."""

    def __contains__(self, path: object) -> bool:
        return True


def _ids(plan: Plan) -> list[Fault]:
    faults = []
    if not PLAN_NAME.fullmatch(plan.name):
        what = f'"{plan.name}" is not a plan\'s name.'
        allowed = "lower case letters a to z, digits, and hyphens between them"
        faults.append(Fault(path=("name",), what=what, allowed=allowed))
    for kind in ("roles", "levels", "categories", "conditions", "stages", "events", "obligations"):
        for number, item in enumerate(getattr(plan, kind)):
            if not ID.fullmatch(item.id):
                what = f'"{item.id}" is not an id.'
                allowed = "letters, digits, hyphens, underscores and dots"
                faults.append(Fault(path=(kind, number, "id"), what=what, allowed=allowed))
    return faults


def _plain(value: Any) -> Any:
    """A value of the model as plain content."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Duration | dt.date):
        return str(value)
    if isinstance(value, WorkingCalendar):
        return repr(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    try:
        return format_rule(value)
    except RuleError:  # not a rule: one of the classes of a plan
        return {
            field.name: _plain(getattr(value, field.name)) for field in attrs.fields(type(value))
        }
