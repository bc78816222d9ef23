"""Almost valid plan documents: exactly one fault, and what and where it is."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import attrs
from hypothesis import strategies as st

from workflow.testing.strategies.plans import plan_documents


@attrs.frozen(kw_only=True)
class FaultyDocument:
    """A plan document with one fault.

    Attributes:
        document: The document, as plain values.
        place: The field that an error must name, as errors write it: `obligations[0].within`.
        fault: What is wrong, in a few words.
    """

    document: dict[str, Any]
    place: str
    fault: str


def _unknown_event(document: dict[str, Any]) -> str:
    document["obligations"][0]["fulfilled_by"] = ["never-heard-of"]
    return "obligations[0].fulfilled_by"


def _no_time(document: dict[str, Any]) -> str:
    for key in ("within", "target", "limit", "by_level", "reclassified"):
        document["obligations"][0].pop(key, None)
    return "obligations[0]"


def _unreadable_time(document: dict[str, Any]) -> str:
    duty = document["obligations"][0]
    for key in ("target", "limit", "by_level", "reclassified"):
        duty.pop(key, None)
    duty["within"] = "3 fortnights"
    return "obligations[0].within"


def _unknown_zone(document: dict[str, Any]) -> str:
    document["timezone"] = "Mars/Olympus_Mons"
    return "timezone"


def _unknown_key(document: dict[str, Any]) -> str:
    document["obligations"][0]["deadline"] = "3 days"
    return "obligations[0].deadline"


def _id_twice(document: dict[str, Any]) -> str:
    document["obligations"].append(copy.deepcopy(document["obligations"][0]))
    return f"obligations[{len(document['obligations']) - 1}].id"


def _unreachable_stage(document: dict[str, Any]) -> str:
    document["stages"].append({"id": "limbo", "is": "respond"})
    return f"stages[{len(document['stages']) - 1}]"


def _unknown_role(document: dict[str, Any]) -> str:
    document["obligations"][0]["with"] = ["nobody"]
    return "obligations[0].with"


def _no_beginning(document: dict[str, Any]) -> str:
    del document["obligations"][0]["from"]
    return "obligations[0]"


def _two_targets(document: dict[str, Any]) -> str:
    document["transitions"].append({**document["transitions"][0], "to": "closed"})
    return f"transitions[{len(document['transitions']) - 1}]"


_FAULTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "an event that the plan does not know": _unknown_event,
    "a role that the plan does not know": _unknown_role,
    "no time": _no_time,
    "a time that cannot be read": _unreadable_time,
    "no event from which it counts": _no_beginning,
    "a zone that does not exist": _unknown_zone,
    "a key that no obligation has": _unknown_key,
    "an id given twice": _id_twice,
    "a stage that nothing leads to": _unreachable_stage,
    "an event that moves a case to two places": _two_targets,
}


def with_fault(document: dict[str, Any], fault: str) -> FaultyDocument:
    """The document with that fault put in; the document given is unchanged."""
    broken = copy.deepcopy(document)
    place = _FAULTS[fault](broken)
    return FaultyDocument(document=broken, place=place, fault=fault)


def faulty_documents(zone: str | None = None) -> st.SearchStrategy[FaultyDocument]:
    """Almost valid documents with exactly one fault; shrinks towards an unknown event."""
    return st.builds(with_fault, plan_documents(zone), st.sampled_from(tuple(_FAULTS)))
