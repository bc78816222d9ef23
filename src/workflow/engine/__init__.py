"""The engine: cases over time. It records, wakes and delivers, in one transaction each."""

from __future__ import annotations

from workflow.engine.aio import AsyncEngine
from workflow.engine.authorising import Authorise, Intent
from workflow.engine.engine import Engine
from workflow.engine.forgetting import Forgotten
from workflow.engine.happenings import (
    CaseWritten,
    Delivered,
    DeliveryFailed,
    Happening,
    Listener,
    Ticked,
)
from workflow.engine.outbox import Backoff, Sink
from workflow.engine.outcome import Census, Owed, Parked, Recorded
from workflow.engine.time_source import SimulatedTime, SystemTime, TimeSource
from workflow.engine.verify import Finding

__all__ = [
    "AsyncEngine",
    "Authorise",
    "Backoff",
    "CaseWritten",
    "Census",
    "Delivered",
    "DeliveryFailed",
    "Engine",
    "Finding",
    "Forgotten",
    "Happening",
    "Intent",
    "Listener",
    "Owed",
    "Parked",
    "Recorded",
    "SimulatedTime",
    "Sink",
    "SystemTime",
    "Ticked",
    "TimeSource",
]
