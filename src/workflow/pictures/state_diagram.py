"""The stages of a plan and what moves a case between them, as a Mermaid state diagram.

Drawn by `transitions` itself, from a machine that holds the plan's transitions alone: the events
that leave a case where it is would hide them.
"""

from __future__ import annotations

from transitions.extensions import GraphMachine

from workflow.plans.model import Plan
from workflow.plans.text import Language


def state_diagram(plan: Plan, lang: Language = "en") -> str:
    """The state diagram of a plan, as Mermaid text.

    Paste it into any page that renders Mermaid. Stages and events stand under their ids, the
    plan under its title in `lang`.

    Args:
        plan: The plan.
        lang: The language of the title.
    """

    class Drawn:
        """A model for the machine to draw."""

    drawn = Drawn()
    GraphMachine(
        model=drawn,
        states=[stage.id for stage in plan.stages],
        initial=plan.stages[0].id,
        transitions=[
            {"trigger": move.event, "source": source, "dest": move.target}
            for move in plan.transitions
            for source in move.sources
        ],
        auto_transitions=False,
        graph_engine="mermaid",
        title=plan.title.words(lang) or plan.name,
    )
    # The machine pastes this method on the model when it runs.
    source: str = drawn.get_graph().source  # type: ignore[attr-defined]
    return source
