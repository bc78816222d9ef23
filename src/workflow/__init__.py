"""Turn a written response plan into a running case.

>>> import workflow as wf
>>> wf.due("30 min", "2026-03-02T08:55+08:00", timezone="Asia/Shanghai").at.isoformat()
'2026-03-02T09:25:00+08:00'

The names below are the public face; everything else is reached by its folder's name. They are
imported when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from workflow.shown import draw_in

if TYPE_CHECKING:
    from workflow import adapters as adapters
    from workflow import calendars as calendars
    from workflow import cases as cases
    from workflow import deadlines as deadlines
    from workflow import engine as engine
    from workflow import exports as exports
    from workflow import pictures as pictures
    from workflow import plans as plans
    from workflow import stores as stores
    from workflow.calendars import WorkingCalendar as WorkingCalendar
    from workflow.cases import Case as Case
    from workflow.cases import Event as Event
    from workflow.cases import Notice as Notice
    from workflow.cases import Status as Status
    from workflow.durations import Duration as Duration
    from workflow.engine import AsyncEngine as AsyncEngine
    from workflow.engine import Engine as Engine
    from workflow.errors import WorkflowError as WorkflowError
    from workflow.plans import Plan as Plan
    from workflow.plans import load_plan as load_plan
    from workflow.plans.due import due as due

_HOMES = {
    "AsyncEngine": "workflow.engine",
    "Case": "workflow.cases",
    "Duration": "workflow.durations",
    "Engine": "workflow.engine",
    "Event": "workflow.cases",
    "Notice": "workflow.cases",
    "Plan": "workflow.plans",
    "Status": "workflow.cases",
    "WorkflowError": "workflow.errors",
    "WorkingCalendar": "workflow.calendars",
    "due": "workflow.plans.due",
    "load_plan": "workflow.plans",
}
_FOLDERS = (
    "adapters",
    "calendars",
    "cases",
    "deadlines",
    "engine",
    "exports",
    "pictures",
    "plans",
    "stores",
)

draw_in("workflow.pictures.notebook")

__version__ = "0.1.0"
__all__ = [  # noqa: PLE0604 - the names are written once, in the tables above
    *_HOMES,
    *_FOLDERS,
]


def __getattr__(name: str) -> Any:
    if name in _FOLDERS:
        return importlib.import_module(f"workflow.{name}")
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    if name.endswith("Error"):
        errors = importlib.import_module("workflow.errors")
        if hasattr(errors, name):
            return getattr(errors, name)
    raise AttributeError(f"module 'workflow' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
