"""Plans: written response plans as values, from documents or built in Python.

`load_plan` reads a file, `loads` a text, `load` one of the documented plans that ship with the
package, whose `names()` it gives.
"""

from __future__ import annotations

from workflow.plans.catalogue import load, names
from workflow.plans.load import load_plan, loads, with_parameters
from workflow.plans.model import Plan
from workflow.plans.obligation import Obligation

__all__ = [
    "Obligation",
    "Plan",
    "load",
    "load_plan",
    "loads",
    "names",
    "with_parameters",
]
