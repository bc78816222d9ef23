"""Plans from tiny to rich, always valid: documents of plain values, and the plans they state."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import strategies as st

from workflow.plans.model import Plan
from workflow.testing.pasteable import plan_of
from workflow.testing.strategies.calendars import calendar_entries
from workflow.testing.strategies.obligations import Words, obligation_entries
from workflow.testing.strategies.zones import zone_names

_OPEN = ("detect", "report", "assess", "respond", "follow_up", "review")
_STAGES = [some for count in range(1, 5) for some in itertools.combinations(_OPEN, count)]


@st.composite
def plan_documents(draw: st.DrawFn, zone: str | None = None) -> dict[str, Any]:
    """Plan documents as plain Python values, all of them valid.

    Shrinks towards one stage, one duty and one event beside those that open and close. As it
    grows it has levels, named conditions, a calendar, ways back and false alarms.
    """
    stages = list(draw(st.sampled_from(_STAGES)))
    acts = [f"act-{number}" for number in range(1, draw(st.integers(1, 3)) + 1)]
    words = Words(
        stages=tuple(stages),
        acts=tuple(acts),
        roles=tuple(draw(st.sampled_from(((), ("duty",), ("duty", "head"))))),
        levels=tuple(draw(st.sampled_from(((), ("high", "low"))))),
        waiting=draw(st.booleans()),
        calendar=draw(st.booleans()),
    )
    timezone = draw(zone_names()) if zone is None else zone
    document: dict[str, Any] = {
        "workflow": 1,
        "name": "example",
        "version": "1",
        "timezone": timezone,
        "stages": [{"id": stage} for stage in (*stages, "closed")],
        "opens": ["opened"],
    }
    if words.calendar:
        document["calendars"] = {"office": draw(calendar_entries(timezone))}
        document["calendar"] = "office"
    if words.roles:
        document["roles"] = {role: {"en": role.capitalize()} for role in words.roles}
    if words.levels:
        document["levels"] = [{"id": level} for level in words.levels]
    if words.waiting:
        document["conditions"] = {"waiting": {"en": "Waiting for the other side"}}
    document["transitions"] = draw(_transitions(stages))
    document["events"] = _events(document["transitions"], words)
    count = draw(st.integers(1, 3))
    document["obligations"] = [
        draw(obligation_entries(f"duty-{number}", words)) for number in range(1, count + 1)
    ]
    return document


def plans(zone: str | None = None) -> st.SearchStrategy[Plan]:
    """Valid plans; see `plan_documents`. They print as `plan_of({...})`."""
    return st.builds(plan_of, plan_documents(zone))


@st.composite
def _transitions(draw: st.DrawFn, stages: list[str]) -> list[dict[str, Any]]:
    moves: list[dict[str, Any]] = [
        {"event": f"came-to-{after}", "from": [before], "to": after}
        for before, after in itertools.pairwise(stages)
    ]
    moves.append({"event": "finished", "from": [stages[-1]], "to": "closed"})
    if draw(st.booleans()) and len(stages) > 1:
        moves.append({"event": "worsened", "from": stages[1:], "to": stages[0]})
    if draw(st.booleans()):
        moves.append({"event": "reopened", "from": ["closed"], "to": stages[0]})
    if draw(st.booleans()):
        moves.append(
            {
                "event": "false-alarm",
                "from": "open",
                "to": "closed",
                "needs": ["reason"],
                "withdraws": True,
            }
        )
    return moves


def _events(moves: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    events: dict[str, Any] = {"opened": {"en": "Opened"}}
    events.update({act: {"en": f"Act {act[4:]}"} for act in words.acts})
    if words.waiting:
        events["asked"] = {"en": "The other side was asked", "sets": ["waiting"]}
        events["answered"] = {"en": "The other side answered", "clears": ["waiting"]}
    events["granted"] = {"en": "Extension granted"}
    for move in moves:
        events[move["event"]] = {"en": move["event"].replace("-", " ").capitalize()}
    return events
