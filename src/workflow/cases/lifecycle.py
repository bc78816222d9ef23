"""Every rule about stages: one `transitions` machine a plan, and the table read from it.

The machine is the one definition. `machine_of` builds it: the plan's transitions, and for every
other event an internal transition (one that stays) in each stage where the event is legal. Logs
are folded through a table taken from that machine's own transitions, which is many times faster
than triggering it; a property test shows that both agree on every sequence of events.

An event that is a transition is legal in its source stages alone, and where its `stages` say that
it may happen without moving the case. Any other event is legal in every open stage, or where its
`stages` say. Going back to a stage of an earlier kind, and re-opening, start a new round.

Design: "Clocks over a case", paragraphs "Stage order" and "Re-open and recurrence of the matter".
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Protocol

import attrs
from transitions import Machine, MachineError

from workflow.errors import IllegalEventError, PlanError
from workflow.plans.model import Plan
from workflow.plans.stages import StageKind, Transition


@attrs.frozen
class Move:
    """What an event does in a stage.

    Attributes:
        stage: The stage after it.
        stays: Whether the case stays where it is.
        back: Whether it starts a new round.
        closes: Whether it closes the case.
        needs: Data fields that the event must carry.
        withdraws: Whether every running duty is withdrawn.
    """

    stage: str
    stays: bool = True
    back: bool = False
    closes: bool = False
    needs: tuple[str, ...] = ()
    withdraws: bool = False


class HasState(Protocol):
    """A host's object that follows a case: it has a `state` that the machine moves."""

    state: Any


@attrs.frozen
class Lifecycle:
    """The stages of a plan, ready to be asked.

    Attributes:
        first: The stage in which a case opens.
        moves: For each stage, what each legal event does there.
        closed: The stages that are closed.
    """

    first: str
    moves: Mapping[str, Mapping[str, Move]]
    closed: frozenset[str]

    def legal(self, stage: str) -> tuple[str, ...]:
        """The event types legal in that stage, in the plan's order."""
        return tuple(self.moves[stage])

    def move(self, stage: str, event: str) -> Move | None:
        """What the event does in the stage, or None where it is not legal."""
        return self.moves[stage].get(event)


def machine_of(plan: Plan, machine_class: type[Machine] = Machine, **options: Any) -> Machine:
    """A new `transitions` machine of the plan, for the host to attach its own things to.

    The machine has no model and no timers. Callbacks (`machine.on_enter_respond(...)`),
    conditions and models are the host's. With `transitions.extensions.GraphMachine` as
    `machine_class` it draws its own diagram.

    Args:
        plan: The plan.
        machine_class: The class to build; any `transitions` machine.
        options: Passed on to it.
    """
    machine = machine_class(
        **{
            "model": None,
            "states": [stage.id for stage in plan.stages],
            "initial": plan.stages[0].id,
            "auto_transitions": False,
            "name": plan.name,
            **options,
        }
    )
    for transition in plan.transitions:
        for source in transition.sources:
            machine.add_transition(transition.event, source, transition.target)
    moving = {transition.event for transition in plan.transitions}
    open_stages = [stage.id for stage in plan.stages if stage.kind is not StageKind.CLOSED]
    for event in plan.events:
        stages = event.stages or (() if event.id in moving else open_stages)
        for stage in stages:
            if not machine.get_transitions(event.id, stage):
                machine.add_transition(event.id, stage, None)
    return machine


@functools.cache
def lifecycle_of(plan: Plan) -> Lifecycle:
    """The table of the plan's machine. One machine a plan, built once."""
    return table_of(plan, machine_of(plan))


def table_of(plan: Plan, machine: Machine) -> Lifecycle:
    """What a machine of the plan does, as a table."""
    kinds = {stage.id: stage.kind for stage in plan.stages}
    said = {(move.event, source): move for move in plan.transitions for source in move.sources}
    moves: dict[str, dict[str, Move]] = {stage.id: {} for stage in plan.stages}
    for name, event in machine.events.items():
        for source, transitions in event.transitions.items():
            target = transitions[0].dest
            if target is None:
                moves[source][name] = Move(source)
            else:
                moves[source][name] = _move(kinds, source, target, said[name, source])
    return Lifecycle(
        first=plan.stages[0].id,
        moves=MappingProxyType({stage: MappingProxyType(table) for stage, table in moves.items()}),
        closed=frozenset(stage for stage, kind in kinds.items() if kind is StageKind.CLOSED),
    )


def follow(plan: Plan, machine: Machine, model: HasState, events: Iterable[str]) -> None:
    """Trigger events on a host's model, so that the host's callbacks and conditions run.

    Raises:
        IllegalEventError: The machine, or a condition of the host's, refuses an event. Events
            before it have been triggered; the model stands in the stage they led to.
    """
    if model not in machine.models:
        raise PlanError(
            "The model is not attached to the machine.",
            mend="Call machine.add_model(model) first.",
        )
    for name in events:
        try:
            moved = name in machine.events and machine.events[name].trigger(model)
        except MachineError:
            moved = False
        if not moved:
            stage = str(model.state)
            legal = lifecycle_of(plan).legal(stage)
            raise IllegalEventError(
                f'"{name}" is not possible in stage {stage}, or the host refuses it.',
                allowed=", ".join(legal),
                stage=stage,
                legal=legal,
            )


def _move(kinds: Mapping[str, StageKind], source: str, target: str, said: Transition) -> Move:
    return Move(
        stage=target,
        stays=False,
        back=kinds[target].place < kinds[source].place,
        closes=kinds[target] is StageKind.CLOSED,
        needs=said.needs,
        withdraws=said.withdraws,
    )
