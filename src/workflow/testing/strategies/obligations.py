"""Obligations as a plan document writes them, from one line to all that a duty can say."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import strategies as st

from workflow.durations import Counts
from workflow.testing.strategies.rules import countable, exact_amounts, rule_spellings


@attrs.frozen(kw_only=True)
class Words:
    """What an obligation may name in its plan.

    Attributes:
        stages: The open stages.
        acts: Events that may fulfil something.
        roles: Roles, or none.
        levels: Levels, most severe first, or none.
        waiting: Whether the plan has the condition `waiting`.
        calendar: Whether the plan has a calendar.
    """

    stages: tuple[str, ...]
    acts: tuple[str, ...]
    roles: tuple[str, ...]
    levels: tuple[str, ...]
    waiting: bool
    calendar: bool


@st.composite
def obligation_entries(draw: st.DrawFn, name: str, words: Words) -> dict[str, Any]:
    """Valid obligations; shrinks towards `within: 0 min` from the opening."""
    entry: dict[str, Any] = {
        "id": name,
        "from": draw(st.sampled_from(("opened", words.acts[0]))),
        **draw(_when(words)),
        "fulfilled_by": [draw(st.sampled_from(words.acts))],
    }
    for part in (_parties, _applying, _moving, _telling):
        if draw(st.booleans()):
            entry |= draw(part(words))
    return entry


@st.composite
def _when(draw: st.DrawFn, words: Words) -> dict[str, Any]:
    forms = ("within", "target", "promptly", *(("by level",) if words.levels else ()))
    form = draw(st.sampled_from(forms))
    if form == "target":
        hours = draw(st.integers(1, 48))
        return {"target": f"{hours} h", "limit": f"{hours + draw(st.integers(0, 48))} h"}
    if form == "promptly":
        return {"within": "promptly"}
    spelled = rule_spellings(calendar=words.calendar)
    if form == "by level":
        return {"within": draw(spelled), "by_level": {words.levels[0]: {"within": draw(spelled)}}}
    return {"within": draw(spelled)}


@st.composite
def _parties(draw: st.DrawFn, words: Words) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    if words.roles:
        entry["who"] = [draw(st.sampled_from(words.roles))]
        if draw(st.booleans()):
            entry["to"] = list(words.roles)
        if draw(st.booleans()):
            entry["approvals"] = {"in_order": [draw(st.sampled_from(words.roles))]}
    if draw(st.booleans()):
        entry["states"] = ["time", "place"]
    return entry


@st.composite
def _applying(draw: st.DrawFn, words: Words) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    if draw(st.booleans()) and words.levels:
        entry["reclassified"] = {
            "newly": draw(st.sampled_from(("restart", "from_anchor", "ignore"))),
            "changed": draw(st.sampled_from(("from_anchor", "stricter", "restart"))),
        }
    if draw(st.booleans()):
        entry["stage"] = [draw(st.sampled_from(words.stages))]
    if draw(st.booleans()):
        entry["each"] = True
    return entry


@st.composite
def _moving(draw: st.DrawFn, words: Words) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    if words.waiting:
        entry["paused_while"] = {"when": ["waiting"]}
    if draw(st.booleans()):
        entry["extended_by"] = ["granted"]
    if draw(st.booleans()):
        entry["restarted_by"] = [draw(st.sampled_from(words.acts))]
    return entry


@st.composite
def _telling(draw: st.DrawFn, words: Words) -> dict[str, Any]:
    entry: dict[str, Any] = {"warn": [draw(st.sampled_from(("50%", "80%", "30 min")))]}
    if draw(st.booleans()) and words.roles:
        told: dict[str, Any] = {"to": [words.roles[-1]]}
        if draw(st.booleans()):
            told["after"] = draw(countable((Counts.EXACT,)))
        if draw(st.booleans()):
            told |= {"repeat": draw(exact_amounts(24)), "times": draw(st.integers(2, 4))}
        entry["escalate"] = [told]
    if draw(st.booleans()):
        entry["soft"] = True
    return entry
