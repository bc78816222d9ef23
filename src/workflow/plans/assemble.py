"""Assemble: the entries of a document as the classes of a plan.

What a document may write in a short way becomes what it means here: `open` becomes the stages
that are open, a parameter becomes the rule that the adopter set, `simultaneous_with` shares the
other duty's event and time, and the standard events join those of the plan. Nothing is checked
here; what does not fit together is left for `check.py` to find.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from workflow.calendars import WorkingCalendar
from workflow.errors import WorkflowError
from workflow.plans import entries
from workflow.plans.assemble_obligation import assemble_obligation
from workflow.plans.entry_types import DayHours
from workflow.plans.faults import Fault
from workflow.plans.model import (
    STANDARD_EVENTS,
    Category,
    Conflict,
    EventType,
    Level,
    NamedCondition,
    Parameter,
    Plan,
    Role,
    Source,
)
from workflow.plans.obligation import Obligation
from workflow.plans.stages import Stage, StageKind, Transition
from workflow.plans.text import Text


def assemble(
    entry: entries.PlanEntry, *, digest: str, document: Mapping[str, Any]
) -> tuple[Plan, list[Fault]]:
    """The plan that the entries describe, and what could not be put together."""
    faults: list[Fault] = []
    stages, kinds = _stages(entry.stages, faults)
    obligations = tuple(
        assemble_obligation(owed, ("obligations", number), entry.parameters, faults)
        for number, owed in enumerate(entry.obligations)
    )
    plan = Plan(
        name=entry.name,
        version=entry.version,
        digest=digest,
        title=entry.title,
        timezone=entry.timezone or "UTC",
        calendars=_calendars(entry, faults),
        calendar=entry.calendar,
        sources=tuple(Source(**attrs.asdict(source, recurse=False)) for source in entry.sources),
        roles=tuple(
            Role(id=id, title=_title(role), reports_to=role.reports_to, note=role.note)
            for id, role in entry.roles.items()  # noqa: A001 - "id" is the plan's own word
        ),
        levels=tuple(Level(**attrs.asdict(level, recurse=False)) for level in entry.levels),
        categories=tuple(Category(**attrs.asdict(it, recurse=False)) for it in entry.categories),
        conditions=tuple(
            NamedCondition(id=id, title=_title(named), clause=named.clause)
            for id, named in entry.conditions.items()  # noqa: A001 - "id" is the plan's own word
        ),
        parameters=tuple(
            Parameter(id=id, title=_title(it), value=it.value, clause=it.clause, reading=it.reading)
            for id, it in entry.parameters.items()  # noqa: A001 - "id" is the plan's own word
        ),
        stages=stages,
        transitions=tuple(_transition(move, kinds) for move in entry.transitions),
        opens=entry.opens,
        events=_events(entry.events, kinds),
        obligations=share_times(obligations),
        conflicts=tuple(Conflict(**attrs.asdict(it, recurse=False)) for it in entry.conflicts),
        notes=entry.notes,
        document=document,
    )
    return plan, faults


def share_times(obligations: Sequence[Obligation]) -> tuple[Obligation, ...]:
    """The obligations, those with `simultaneous_with` with the event and the time of the other.

    One that names no obligation, or that leads back to itself, stays as it is.
    """
    known = {owed.id: owed for owed in obligations}

    def shared(owed: Obligation) -> Obligation:
        seen, other = {owed.id}, owed
        while other.simultaneous_with:
            if other.simultaneous_with in seen or other.simultaneous_with not in known:
                return owed
            other = known[other.simultaneous_with]
            seen.add(other.id)
        if other is owed:
            return owed
        return attrs.evolve(
            owed,
            anchors=other.anchors,
            each=other.each,
            due=other.due,
            by_level=other.by_level,
            before=other.before,
        )

    return tuple(shared(owed) for owed in obligations)


def with_standard_events(events: Sequence[EventType]) -> tuple[EventType, ...]:
    """The events and, behind them, the standard ones that they do not restate."""
    restated = {event.id for event in events}
    return (*events, *(event for event in STANDARD_EVENTS if event.id not in restated))


def _title(entry: Any) -> Text:
    return Text(en=entry.en or entry.title.en, zh=entry.zh or entry.title.zh)


def _calendars(entry: entries.PlanEntry, faults: list[Fault]) -> dict[str, WorkingCalendar]:
    built: dict[str, WorkingCalendar] = {}
    for id, calendar in entry.calendars.items():  # noqa: A001 - "id" is the plan's own word
        zone = calendar.timezone or entry.timezone or "UTC"
        if calendar.hours is None:  # told already: the key is missing or cannot be read
            built[id] = WorkingCalendar.always(zone)
            continue
        try:
            built[id] = WorkingCalendar(
                zone,
                calendar.hours.week,
                holidays=calendar.holidays.holidays if calendar.holidays else None,
                special_days=calendar.special_days.dated if calendar.special_days else None,
                breaks=calendar.breaks.dated if calendar.breaks else None,
                makeup_hours=_texts(calendar.makeup_hours),
            )
        except WorkflowError as error:
            path = ("calendars", id, error.place) if error.place else ("calendars", id)
            faults.append(Fault(path=path, what=error.what, allowed=error.allowed, mend=error.mend))
    return built


def _texts(given: DayHours | None) -> list[str] | None:
    return None if given is None else [str(span) for span in given.hours]


def _stages(
    given: Sequence[entries.StageEntry], faults: list[Fault]
) -> tuple[tuple[Stage, ...], dict[str, StageKind]]:
    stages = []
    names = [kind.value for kind in StageKind]
    for number, stage in enumerate(given):
        kind = stage.is_
        if kind is None and stage.id in names:
            kind = StageKind(stage.id)
        if kind is None and stage.id:
            faults.append(
                Fault(
                    path=("stages", number),
                    what=f'It is not said which documented stage "{stage.id}" is.',
                    allowed=f"is: one of {', '.join(names)}",
                )
            )
        stages.append(
            Stage(
                id=stage.id,
                kind=kind or StageKind.DETECT,
                title=stage.title,
                clause=stage.clause,
                note=stage.note,
            )
        )
    return tuple(stages), {stage.id: stage.kind for stage in stages}


def _spread(given: Sequence[str], kinds: Mapping[str, StageKind]) -> tuple[str, ...]:
    """The stages that a list names, `open` and `any` spelled out unless they are stages."""
    spread: list[str] = []
    for name in given:
        if name == "open" and name not in kinds:
            spread += [stage for stage, kind in kinds.items() if kind is not StageKind.CLOSED]
        elif name == "any" and name not in kinds:
            spread += kinds
        else:
            spread.append(name)
    return tuple(dict.fromkeys(spread))


def _transition(move: entries.TransitionEntry, kinds: Mapping[str, StageKind]) -> Transition:
    return Transition(
        event=move.event,
        sources=_spread(move.from_, kinds),
        target=move.to,
        needs=move.needs,
        withdraws=move.withdraws,
        clause=move.clause,
    )


def _events(
    given: Mapping[str, entries.EventEntry], kinds: Mapping[str, StageKind]
) -> tuple[EventType, ...]:
    return with_standard_events(
        [
            EventType(
                id=id,
                title=_title(event),
                stages=_spread(event.stages, kinds),
                may_precede=event.may_precede,
                sets=event.sets,
                clears=event.clears,
                level=event.level,
                category=event.category,
                same_as=event.same_as,
                clause=event.clause,
                note=event.note,
            )
            for id, event in given.items()  # noqa: A001 - "id" is the plan's own word
        ]
    )
