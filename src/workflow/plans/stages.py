"""Stages and the transitions between them, as a plan states them.

Whatever a plan calls its stages, each is one of the six documented kinds, or closed. Going back
to a stage of an earlier kind starts a new round. Design: "The nouns" and "Clocks over a case".
"""

from __future__ import annotations

import enum

import attrs

from workflow.plans.text import Text


class StageKind(enum.Enum):
    """The six documented stages in their order, and closed."""

    DETECT = "detect"
    REPORT = "report"
    ASSESS = "assess"
    RESPOND = "respond"
    FOLLOW_UP = "follow_up"
    REVIEW = "review"
    CLOSED = "closed"

    @property
    def place(self) -> int:
        """Its place in the documented order, detect being 0 and closed the last."""
        return _PLACES[self]


_PLACES = {kind: place for place, kind in enumerate(StageKind)}


@attrs.frozen(kw_only=True)
class Stage:
    """A stage of a plan.

    Attributes:
        id: Its name within the plan.
        kind: Which of the six documented stages it is, or closed (`is` in a plan document;
            a stage whose id is the name of a kind need not say it).
        title: What people call it.
        clause: The wording of the source, if it names the stage.
        note: Anything a reader should know.
    """

    id: str
    kind: StageKind
    title: Text = Text()
    clause: str = ""
    note: str = ""


@attrs.frozen(kw_only=True)
class Transition:
    """An event that moves a case from one stage to another.

    Attributes:
        event: The event type that causes it.
        sources: The stages in which it is possible (`from` in a plan document).
        target: The stage it leads to (`to` in a plan document).
        needs: Data fields that the event must carry, such as the reason of a false alarm.
        withdraws: Whether every duty still running is withdrawn, since nobody owes it any more
            (a false alarm).
        clause: The wording of the source.
    """

    event: str
    sources: tuple[str, ...]
    target: str
    needs: tuple[str, ...] = ()
    withdraws: bool = False
    clause: str = ""
