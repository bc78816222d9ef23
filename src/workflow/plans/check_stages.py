"""Check stages: whether every stage can be reached, and every event moves a case to one place."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.plans.faults import Fault, FieldPath
from workflow.plans.model import EventType, Plan
from workflow.plans.stages import StageKind


def check_stages(plan: Plan) -> Iterator[Fault]:
    """What is wrong with stages, transitions and opening events."""
    yield from _ends(plan)
    yield from _unreachable(plan)
    yield from _ambiguous(plan)
    if not plan.opens:
        yield Fault(
            path=("opens",),
            what="No event opens a case.",
            allowed="at least one event",
            unless=(("opens",),),
        )


def reachable_stages(plan: Plan) -> frozenset[str]:
    """The stages that a case can come to from the first one."""
    if not plan.stages:
        return frozenset()
    found, waiting = {plan.stages[0].id}, [plan.stages[0].id]
    while waiting:
        stage = waiting.pop()
        for move in plan.transitions:
            if stage in move.sources and move.target not in found:
                found.add(move.target)
                waiting.append(move.target)
    return frozenset(found)


def stages_of(plan: Plan, event: EventType) -> frozenset[str]:
    """The stages in which an event is legal."""
    moving = frozenset(
        source for move in plan.transitions if move.event == event.id for source in move.sources
    )
    if event.stages or any(move.event == event.id for move in plan.transitions):
        return moving | frozenset(event.stages)
    return frozenset(stage.id for stage in plan.stages if stage.kind is not StageKind.CLOSED)


def _ends(plan: Plan) -> Iterator[Fault]:
    path: FieldPath = ("stages",)
    if not plan.stages:
        yield Fault(
            path=path,
            what="The plan has no stages.",
            allowed="at least one that is open",
            unless=(("stages",),),
        )
        return
    if plan.stages[0].kind is StageKind.CLOSED:
        yield Fault(
            path=(*path, 0),
            what="A case opens in the first stage, and this one is closed.",
            mend="List the stages in their order.",
        )
    if all(stage.kind is not StageKind.CLOSED for stage in plan.stages):
        yield Fault(
            path=path,
            what="No stage is closed, so a case could never end.",
            mend="Add {id: closed} at the end.",
            unless=(("stages",),),
        )


def _unreachable(plan: Plan) -> Iterator[Fault]:
    reached = reachable_stages(plan)
    for number, stage in enumerate(plan.stages):
        if stage.id and stage.id not in reached:
            yield Fault(
                path=("stages", number),
                what=f'No transition leads to the stage "{stage.id}".',
                mend=f"Add a transition to {stage.id}, or leave the stage out.",
                unless=(("transitions",),),
            )


def _ambiguous(plan: Plan) -> Iterator[Fault]:
    seen: dict[tuple[str, str], int] = {}
    for number, move in enumerate(plan.transitions):
        if not move.sources:
            yield Fault(
                path=("transitions", number, "from"),
                what="The transition starts in no stage.",
                allowed="at least one stage, or open",
                unless=(("transitions", number, "from"),),
            )
        for source in move.sources:
            if (move.event, source) in seen:
                before = plan.transitions[seen[move.event, source]].target
                yield Fault(
                    path=("transitions", number),
                    what=f'The event "{move.event}" already moves a case from "{source}", '
                    f'to "{before}".',
                    allowed="one transition for an event in a stage",
                )
            elif move.event:
                seen[move.event, source] = number
