"""The testing kit: hosts prove their own deadline logic with it. Needs the extra `testing`.

Names are imported when they are first used, so that the pytest plugin costs a test run nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workflow.testing import strategies as strategies
    from workflow.testing.assertions import assert_due as assert_due
    from workflow.testing.assertions import assert_nobody_waits as assert_nobody_waits
    from workflow.testing.assertions import assert_on_time as assert_on_time
    from workflow.testing.hosts import EngineHost as EngineHost
    from workflow.testing.hosts import Host as Host
    from workflow.testing.hosts import PlainHost as PlainHost
    from workflow.testing.hosts import seen as seen
    from workflow.testing.machine import CaseMachine as CaseMachine
    from workflow.testing.pasteable import calendar_of as calendar_of
    from workflow.testing.pasteable import case_of as case_of
    from workflow.testing.pasteable import duration_of as duration_of
    from workflow.testing.pasteable import plan_of as plan_of
    from workflow.testing.pasteable import record_of as record_of
    from workflow.testing.sample import sample_plan as sample_plan
    from workflow.testing.script import Transcript as Transcript
    from workflow.testing.script import play as play
    from workflow.testing.time import SimulatedTime as SimulatedTime

_HOMES = {
    "CaseMachine": "workflow.testing.machine",
    "EngineHost": "workflow.testing.hosts",
    "Host": "workflow.testing.hosts",
    "PlainHost": "workflow.testing.hosts",
    "SimulatedTime": "workflow.testing.time",
    "Transcript": "workflow.testing.script",
    "assert_due": "workflow.testing.assertions",
    "assert_nobody_waits": "workflow.testing.assertions",
    "assert_on_time": "workflow.testing.assertions",
    "calendar_of": "workflow.testing.pasteable",
    "case_of": "workflow.testing.pasteable",
    "duration_of": "workflow.testing.pasteable",
    "plan_of": "workflow.testing.pasteable",
    "play": "workflow.testing.script",
    "record_of": "workflow.testing.pasteable",
    "sample_plan": "workflow.testing.sample",
    "seen": "workflow.testing.hosts",
}

__all__ = [  # noqa: PLE0604 - the names are written once, in the table above
    *_HOMES,
    "strategies",
]


def __getattr__(name: str) -> Any:
    if name == "strategies":
        return importlib.import_module("workflow.testing.strategies")
    if name in _HOMES:
        try:
            return getattr(importlib.import_module(_HOMES[name]), name)
        except ModuleNotFoundError as error:
            if error.name != "hypothesis":
                raise
            from workflow.errors import MissingExtraError

            raise MissingExtraError("hypothesis", "testing") from error
    raise AttributeError(f"module 'workflow.testing' has no attribute {name!r}")
