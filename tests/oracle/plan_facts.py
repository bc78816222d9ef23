"""What the facts file says of a duty, and where a plan says otherwise.

The facts file is `tests/data/plans_facts.yaml`. The plan that carries a section has the
section's name, and each of its duties the same id; a copy is a source of the plan it copies.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from workflow import plans
from workflow.deadlines.fixed import Fixed
from workflow.deadlines.promised import Promised
from workflow.deadlines.promptly import Promptly
from workflow.plans.due_text import parse_rule

_FACTS = Path(__file__).parent.parent / "data" / "plans_facts.yaml"
TIME_KEYS = (
    "within",
    "target",
    "limit",
    "due",
    "recurring",
    "fixed",
    "undated",
    "continuous",
    "before",
    "simultaneous_with",
    "from",
    "until",
    "during",
)
# Sections that are word-for-word copies of another one are sources of its plan.
_COPIES = {"county-monitoring-office-copy": "county-monitoring-office"}
# The facts describe these in words; the plans name the event.
_EVENT_OF = {"a media interview or disclosure": "media-interview"}
NOT_STATED = ("not stated", "not named")

Fact = Mapping[str, Any]


def _read_facts() -> dict[str, Any]:
    return YAML(typ="safe").load(_FACTS.read_text(encoding="utf-8"))


FACTS = _read_facts()
SECTIONS: list[dict[str, Any]] = FACTS["sections"]


def as_list(value: object) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def fact_id(words: str) -> str:
    return re.sub(r"\s+", "-", words.replace("'", "").lower())


def plan_of(section: Fact) -> plans.Plan:
    name = _COPIES.get(section["name"], section["name"])
    assert name in plans.names(), f"no plan carries section {section['section']}, {name}"
    return plans.load(name)


def obligation_of(section: Fact, duty: Fact) -> plans.Obligation:
    carried = str(section.get("same_as", section["section"]))
    for found in plan_of(section).obligations:
        if found.id == duty["id"] and found.origin.section == carried:
            return found
    raise AssertionError(f"no plan carries {duty['id']} of section {section['section']}")


def _rules(owed: plans.Obligation) -> list[object]:
    return [rule for rule in (owed.due.target, owed.due.limit) if rule is not None]


def time_faults(owed: plans.Obligation, duty: Fact) -> Iterator[str]:
    """What the obligation says otherwise than the facts about time, one sentence each."""
    if "within" in duty and owed.due.limit != parse_rule(duty["within"]):
        yield f"within {duty['within']}"
    for key in ("target", "limit"):
        if key in duty and getattr(owed.due, key) != parse_rule(duty[key]):
            yield f"{key} {duty[key]}"
    if duty.get("due") == "promised" and not isinstance(owed.due.limit, Promised):
        yield "due promised"
    if duty.get("due") == "set elsewhere" and (not owed.due.parameter or owed.due.limit):
        yield "due set elsewhere: a parameter without a value"
    if "fixed" in duty:
        day = dt.date.fromisoformat(str(duty["fixed"]))
        if owed.due.limit != Fixed.at(day):
            yield f"fixed {day}"
    if duty.get("undated"):
        yield from _undated_faults(owed, duty)
    if bool(duty.get("continuous")) != owed.continuous:
        yield "continuous"
    if "recurring" in duty:
        yield from _recurring_faults(owed, duty)
    yield from _anchor_faults(owed, duty)


def _undated_faults(owed: plans.Obligation, duty: Fact) -> Iterator[str]:
    rules = _rules(owed)
    if not rules or owed.by_level or owed.due.parameter:
        yield "undated: promptly"
    for rule in rules:
        if not isinstance(rule, Promptly) or rule.assume is not None:
            yield "undated: promptly, without an assumption"
        elif rule.word != "、".join(as_list(duty.get("word"))):
            yield f"word {duty.get('word')}"


def _recurring_faults(owed: plans.Obligation, duty: Fact) -> Iterator[str]:
    fact = dict(duty["recurring"])
    if fact["every"] in NOT_STATED:
        if not all(isinstance(rule, Promptly) for rule in _rules(owed)) or not owed.each:
            yield "recurring without an interval: promptly, again and again"
        return
    if owed.recurring is None:
        yield "recurring"
        return
    for key, value in fact.items():
        said = getattr(owed.recurring, key)
        told = None if value in NOT_STATED else value
        if (list(said) if isinstance(said, tuple) else said) != told:
            yield f"recurring.{key} {value}"
    numbers = {"at_least", "between", "more_than", "count"} - set(fact)
    if any(getattr(owed.recurring, key) is not None for key in numbers):
        yield "recurring: a number that the facts do not give"


def _anchor_faults(owed: plans.Obligation, duty: Fact) -> Iterator[str]:
    if "from" in duty and duty["from"] not in owed.anchors:
        yield f"from {duty['from']}"
    if "before" in duty and owed.before != _EVENT_OF.get(duty["before"], duty["before"]):
        yield f"before {duty['before']}"
    if owed.simultaneous_with != duty.get("simultaneous_with", ""):
        yield f"simultaneous_with {duty.get('simultaneous_with')}"
    if "until" in duty and duty["until"] not in owed.until:
        yield f"until {duty['until']}"
    if "during" in duty and not (owed.applies.when and owed.continuous and owed.until):
        yield f"during {duty['during']}"
    if not (owed.anchors or owed.before or owed.simultaneous_with):
        yield "an anchor"


def as_written(section: Fact, duty: Fact) -> Fact:
    """A copy's duty with the word that the section it copies writes."""
    if "same_as" not in section:
        return duty
    original = next(s for s in SECTIONS if s["section"] == section["same_as"])
    same = next(d for d in original["duties"] if d["id"] == duty["id"])
    return {**duty, "word": same["word"]}
