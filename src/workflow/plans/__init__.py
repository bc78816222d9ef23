"""Plans: written response plans as values, from documents or built in Python.

`load_plan` reads a file, `loads` a text, `load` one of the documented plans that ship with the
package, whose `names()` it gives. `build` makes a plan from Python classes, `diff` says what
another version changes.
"""

from __future__ import annotations

from workflow.plans.build import build
from workflow.plans.catalogue import load, names
from workflow.plans.diff import PlanDiff, diff
from workflow.plans.load import load_plan, loads, with_parameters
from workflow.plans.model import Plan
from workflow.plans.obligation import Obligation

__all__ = [
    "Obligation",
    "Plan",
    "PlanDiff",
    "build",
    "diff",
    "load",
    "load_plan",
    "loads",
    "names",
    "with_parameters",
]
