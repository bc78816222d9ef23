"""The rows that the contract of stores writes: small, and alike but for what a test says."""

# mypy: disable-error-code="union-attr, arg-type"
# Small whole numbers stand for instants, and a None where a row is due fails the test by itself.

from __future__ import annotations

from typing import Any

from workflow.stores.rows import CaseRow, ClockRow, EventRow, NoticeRow, Step
from workflow.stores.store import Store


def case_row(name: str = "c-1", version: int = 1, **said: Any) -> CaseRow:
    """A case with one event."""
    known: dict[str, Any] = {"plans": ("d1", "d2"), "events": 1, "head": "h", "notified": 10}
    return CaseRow(id=name, version=version, **{**known, **said})


def event(seq: int = 0) -> EventRow:
    """An event, with text that is not ASCII."""
    return EventRow(seq=seq, body=f'{{"seq":{seq},"zh":"报告"}}', hash=f"h{seq}")


def clock(name: str = "report", **said: Any) -> ClockRow:
    """A clock that runs from 1 and is due at 50."""
    known: dict[str, Any] = {"plan": "p", "obligation": "report", "state": "running", "start": 1}
    known |= {"target": None, "due": 50, "ended": None}
    return ClockRow(clock=name, **{**known, **said})


def notice(name: str = "n-1", case: str = "c-1", at: int = 5, told: int = 10) -> NoticeRow:
    """A notice."""
    return NoticeRow(id=name, case=case, at=at, told=told, body=f'{{"id":"{name}"}}')


def step(name: str = "c-1", version: int = 1, **said: Any) -> Step:
    """A step that writes a case in this version, and what else is said."""
    return Step(case=case_row(name, version), **said)


def write(store: Store, *steps: Step) -> None:
    """Write steps in one unit."""
    with store.writing() as unit:
        for each in steps:
            unit.write(each)
