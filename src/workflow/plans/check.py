"""Check: whether the parts of a plan fit together.

Works on the classes of a plan, so that a plan built in Python is held to the same rules as one
from a document. The path of each fault is written in the words of a document. Ids first, then
stages (`check_stages.py`), then obligations (`check_obligations.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from workflow.deadlines.combined import EarliestOf, LatestOf
from workflow.deadlines.rule import Rule
from workflow.errors import did_you_mean
from workflow.plans.check_obligations import check_obligations, rules_of
from workflow.plans.check_stages import check_stages
from workflow.plans.conditions import Condition
from workflow.plans.faults import Fault, FieldPath
from workflow.plans.model import Plan
from workflow.plans.obligation import Obligation

_LISTED = ("sources", "levels", "categories", "stages", "obligations")
_NAMED = ("roles", "conditions", "parameters", "events")
_SECTIONS = {
    "role": "roles",
    "level": "levels",
    "category": "categories",
    "condition": "conditions",
    "parameter": "parameters",
    "stage": "stages",
    "event": "events",
    "obligation": "obligations",
    "calendar": "calendars",
    "source": "sources",
}


def check(plan: Plan, *, unread: Collection[str] = ()) -> Iterator[Fault]:
    """All that does not fit together.

    Args:
        plan: The plan.
        unread: Keys of the plan that could not be read, so that nobody can say what is unknown.
    """
    yield from _twice(plan)
    yield from _unknown(plan, unread)
    yield from check_stages(plan)
    yield from check_obligations(plan)


def _twice(plan: Plan) -> Iterator[Fault]:
    """Ids given twice. In a document the named ones are keys, told as doubled keys before."""
    for kind in (*_LISTED, *_NAMED):
        seen: set[str] = set()
        for number, item in enumerate(getattr(plan, kind)):
            if item.id in seen:
                path = (kind, number, "id") if kind in _LISTED else (kind, item.id)
                yield Fault(
                    path=path,
                    what=f'The id "{item.id}" stands twice in {kind}.',
                    allowed="each id once",
                )
            if item.id:
                seen.add(item.id)


def _unknown(plan: Plan, unread: Collection[str]) -> Iterator[Fault]:
    """Names that the plan does not define."""
    known: dict[str, Collection[str]] = {
        "role": [it.id for it in plan.roles],
        "level": [it.id for it in plan.levels],
        "category": [it.id for it in plan.categories],
        "condition": [it.id for it in plan.conditions],
        "parameter": [it.id for it in plan.parameters],
        "stage": [it.id for it in plan.stages],
        "event": [it.id for it in plan.events],
        "obligation": [it.id for it in plan.obligations],
        "calendar": list(plan.calendars),
        "source": [it.id for it in plan.sources],
    }
    for kind, name, path in _names(plan):
        if name and name not in known[kind] and _SECTIONS[kind] not in unread:
            word = ["open"] if path[0] == "transitions" and "from" in path else []
            allowed = [*known[kind], *word]
            yield Fault(
                path=path,
                what=f'The plan has no {kind} "{name}".',
                allowed=_listed(allowed) or f"none: the plan defines no {kind}",
                mend=did_you_mean(name, allowed),
            )


_Name = tuple[str, str, FieldPath]
"""What is named, by what name, and where."""


def _names(plan: Plan) -> Iterator[_Name]:
    """Every name in the plan that must be defined in it."""
    yield "calendar", plan.calendar, ("calendar",)
    yield from _each("event", plan.opens, ("opens",))
    for role in plan.roles:
        yield from _each("role", role.reports_to, ("roles", role.id, "reports_to"))
    for number, level in enumerate(plan.levels):
        yield "role", level.command, ("levels", number, "command")
    for event in plan.events:
        path: FieldPath = ("events", event.id)
        yield from _each("stage", event.stages, (*path, "stages"))
        yield from _each("condition", event.sets, (*path, "sets"))
        yield from _each("condition", event.clears, (*path, "clears"))
        yield "level", event.level, (*path, "level")
        yield "category", event.category, (*path, "category")
    for number, move in enumerate(plan.transitions):
        path = ("transitions", number)
        yield "event", move.event, (*path, "event")
        yield from _each("stage", move.sources, (*path, "from"))
        yield "stage", move.target, (*path, "to")
    for number, owed in enumerate(plan.obligations):
        yield from _of_obligation(owed, ("obligations", number))


def _of_obligation(owed: Obligation, path: FieldPath) -> Iterator[_Name]:
    for key, roles in (("who", owed.who), ("to", owed.to), ("with", owed.together_with)):
        yield from _each("role", roles, (*path, key))
    yield from _of_condition(owed.applies, path)
    if owed.paused_while is not None:
        yield from _of_condition(owed.paused_while, (*path, "paused_while"))
    shared = bool(owed.simultaneous_with)  # its event and time are the other's, told there
    events = {
        "from": () if shared else owed.anchors,
        "until": owed.until,
        "fulfilled_by": owed.fulfilled_by,
        "requires": owed.requires,
        "extended_by": owed.extended_by,
        "restarted_by": owed.restarted_by,
    }
    for key, names in events.items():
        yield from _each("event", names, (*path, key))
    if not shared:
        yield "event", owed.before, (*path, "before")
        for at, rule in rules_of(owed):
            for name in _parts(rule):
                yield "event", name, (*path, *at)
        yield "parameter", owed.due.parameter, (*path, "within")
        for level, due in owed.by_level.items():
            yield "level", level, (*path, "by_level", level)
            yield "parameter", due.parameter, (*path, "by_level", level, "within")
    yield "obligation", owed.simultaneous_with, (*path, "simultaneous_with")
    yield "calendar", owed.calendar, (*path, "calendar")
    yield "source", owed.origin.source, (*path, "source")
    yield from _each("condition", owed.approvals.when, (*path, "approvals", "when"))
    for key in ("in_order", "in_any_order"):
        for number, step in enumerate(getattr(owed.approvals, key)):
            yield from _each("role", step.by, (*path, "approvals", key, number, "by"))
    for number, told in enumerate(owed.escalate):
        yield from _each("role", told.to, (*path, "escalate", number, "to"))


def _of_condition(condition: Condition, path: FieldPath) -> Iterator[_Name]:
    for key, kind in (
        ("level", "level"),
        ("category", "category"),
        ("stage", "stage"),
        ("when", "condition"),
        ("unless", "condition"),
    ):
        yield from _each(kind, getattr(condition, key), (*path, key))


def _each(kind: str, names: Iterable[str], path: FieldPath) -> Iterator[_Name]:
    for number, name in enumerate(names):
        yield kind, name, (*path, number)


def _parts(rule: Rule) -> Iterator[str]:
    """The events that the parts of a combined rule are counted from."""
    if isinstance(rule, EarliestOf | LatestOf):
        for part in rule.parts:
            yield part.anchor
            yield from _parts(part.rule)


def _listed(names: Collection[str]) -> str:
    """The names, in their order, cut to what a person will read."""
    first = list(names)[:30]
    more = len(names) - len(first)
    return ", ".join(first) + (f" and {more} more" if more else "")
