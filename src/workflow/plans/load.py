"""Load: a plan document as a plan, with all that is wrong told at once.

A document is read (`document.py`), given its form (`structure.py`), put together (`assemble.py`)
and checked (`check.py`). What each of them finds is told in the order of the document. Design:
"The nouns", the word "plan".
"""

from __future__ import annotations

import copy
import os
from collections.abc import Mapping
from typing import Any

import attrs

from workflow.deadlines.rule import Rule
from workflow.errors import PlanDocumentError, PlanError, WorkflowError, did_you_mean
from workflow.plans.assemble import assemble
from workflow.plans.check import check
from workflow.plans.digest import digest_of
from workflow.plans.document import Document, Format, read_file, read_plain, read_text
from workflow.plans.due_text import format_rule, parse_rule
from workflow.plans.faults import Fault
from workflow.plans.model import Plan
from workflow.plans.structure import structure


def load_plan(path: str | os.PathLike[str], *, parameters: Mapping[str, Any] | None = None) -> Plan:
    """The plan that a YAML or TOML file states.

    Args:
        path: The file; its suffix says how it is written (`.yaml`, `.yml`, `.toml`).
        parameters: The times that the text leaves to another document, by id, each written as
            in a plan (`"3 working days"`) or as a rule. They become part of the plan's digest.

    Raises:
        PlanDocumentError: The file cannot be read, or says what a plan cannot; every fault is
            one of its `problems`, with file, line and field.
    """
    return _plan(read_file(path), parameters or {})


def loads(
    text: str,
    *,
    format: Format = "yaml",  # noqa: A002 - "format" is what it is
    name: str = "<text>",
    parameters: Mapping[str, Any] | None = None,
) -> Plan:
    """The plan that a text states; `name` is what errors call it. See `load_plan`.

    Raises:
        PlanDocumentError: The text cannot be read, or says what a plan cannot.
    """
    return _plan(read_text(text, format=format, name=name), parameters or {})


def with_parameters(plan: Plan, values: Mapping[str, Any]) -> Plan:
    """The same plan with times set that its text leaves to another document.

    Args:
        plan: A plan that was loaded from a document.
        values: Rules by parameter id, written as in a plan or as rules.

    Raises:
        PlanDocumentError: The plan has no such parameter, or a value is no rule.
        PlanError: The plan was not loaded from a document.
    """
    if not plan.document:
        raise PlanError(
            f"The plan {plan.name} was built in Python, so there is no document to set times in.",
            mend="Give the parameters their values when it is built.",
        )
    return _plan(read_plain(plan.document, name=plan.name), values)


def _plan(document: Document, parameters: Mapping[str, Any]) -> Plan:
    document = _adopted(document, parameters)
    entry, faults = structure(document.content)
    plan, unfit = assemble(entry, digest=digest_of(document.content), document=document.content)
    unread = {str(fault.path[0]) for fault in faults if len(fault.path) == 1}
    found = [*document.faults, *faults, *unfit, *check(plan, unread=unread)]
    document.raise_faults(_as_spelled(document, fault) for fault in found)
    return plan


def _as_spelled(document: Document, fault: Fault) -> Fault:
    """The fault at the key that the document uses: a limit may stand under three of them."""
    path = fault.path
    if "within" not in path or document.has(path[: path.index("within") + 1]):
        return fault
    at = path.index("within")
    for key in ("limit", "due"):
        if document.has((*path[:at], key)):
            return attrs.evolve(fault, path=(*path[:at], key, *path[at + 1 :]))
    return fault


def _adopted(document: Document, values: Mapping[str, Any]) -> Document:
    """The document with the adopter's values in it.

    Raises:
        PlanDocumentError: A parameter is not the document's, or a value is no rule.
    """
    if not values:
        return document
    known = document.content.get("parameters")
    known = known if isinstance(known, dict) else {}
    problems: list[WorkflowError] = []
    content = copy.deepcopy(document.content)
    for name, value in values.items():
        place = f'{document.name}, argument parameters["{name}"]'
        if name not in known:
            problems.append(
                PlanError(
                    f'The plan has no parameter "{name}".',
                    place=place,
                    allowed=", ".join(known) or "none: the plan leaves no time open",
                    mend=did_you_mean(str(name), known),
                )
            )
            continue
        try:
            rule: Rule = parse_rule(value) if isinstance(value, str | Mapping) else value
            plain = format_rule(rule)
        except WorkflowError as error:
            problems.append(
                PlanError(error.what, place=place, allowed=error.allowed, mend=error.mend)
            )
            continue
        if isinstance(content["parameters"][name], dict):
            content["parameters"][name]["value"] = plain
        else:
            content["parameters"][name] = {"en": content["parameters"][name], "value": plain}
    if problems:
        raise PlanDocumentError(problems)
    return attrs.evolve(document, content=content)
