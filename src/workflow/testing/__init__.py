"""The testing kit: hosts prove their own deadline logic with it. Needs the extra `testing`.

Names are imported when they are first used, so that the pytest plugin costs a test run nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workflow.testing.pasteable import calendar_of as calendar_of
    from workflow.testing.pasteable import case_of as case_of
    from workflow.testing.pasteable import duration_of as duration_of
    from workflow.testing.pasteable import plan_of as plan_of
    from workflow.testing.pasteable import record_of as record_of

_HOMES = {
    "calendar_of": "workflow.testing.pasteable",
    "case_of": "workflow.testing.pasteable",
    "duration_of": "workflow.testing.pasteable",
    "plan_of": "workflow.testing.pasteable",
    "record_of": "workflow.testing.pasteable",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name == "strategies":
        return importlib.import_module("workflow.testing.strategies")
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'workflow.testing' has no attribute {name!r}")
