"""The catalogue: the documented plans that ship with the package, by name."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from workflow.errors import UnknownPlanError, did_you_mean
from workflow.plans.load import loads, with_parameters
from workflow.plans.model import Plan


def names() -> tuple[str, ...]:
    """The names of the documented plans, in the order of the alphabet."""
    return tuple(
        sorted(
            found.name.removesuffix(".yaml")
            for found in files("workflow.plans").joinpath("library").iterdir()
            if found.name.endswith(".yaml")
        )
    )


def load(name: str, *, parameters: Mapping[str, Any] | None = None) -> Plan:
    """The documented plan of that name. It is read once and then kept, since it never changes.

    Args:
        name: One of `names()`.
        parameters: The times that its text leaves to another document; see `load_plan`.

    Raises:
        UnknownPlanError: There is no such plan; the nearest is named.
        PlanDocumentError: A parameter is not the plan's, or its value is no rule.
    """
    plan = _load(name)
    return with_parameters(plan, parameters) if parameters else plan


@functools.cache
def _load(name: str) -> Plan:
    known = names()
    if name not in known:
        raise UnknownPlanError(
            f'There is no documented plan "{name}".',
            allowed=", ".join(known),
            mend=did_you_mean(name, known),
        )
    file = files("workflow.plans").joinpath("library", f"{name}.yaml")
    return loads(file.read_text(encoding="utf-8"), name=f"{name}.yaml")
