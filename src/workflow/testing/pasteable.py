"""What a failing example is made of: small functions that take plain values.

Hypothesis prints the call that made a value. These functions take documents and records as plain
mappings, so what it prints can be pasted into a test: `case_of(plan_of({...}), [{...}])`.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from workflow.calendars import WorkingCalendar
from workflow.cases.case import Case
from workflow.cases.event import Event
from workflow.durations import Duration
from workflow.errors import CaseError
from workflow.plans.load import loads
from workflow.plans.model import Plan

Record: TypeAlias = Mapping[str, Any]
"""What a host records: `event`, `at` and any other keyword of `Case.record`, as plain values."""


def plan_of(document: Mapping[str, Any]) -> Plan:
    """The plan that a document states, given as plain Python values.

    Raises:
        PlanDocumentError: It says what a plan cannot.
    """
    return _plan(json.dumps(document, ensure_ascii=False))


def duration_of(text: str) -> Duration:
    """The duration that a text names; see `Duration.parse`."""
    return Duration.parse(text)


def calendar_of(timezone: str, entry: Mapping[str, Any]) -> WorkingCalendar:
    """The calendar that an entry of a plan document states, in that zone."""
    options = {key: value for key, value in entry.items() if key != "hours"}
    return WorkingCalendar(timezone, entry["hours"], **options)


@functools.lru_cache(maxsize=256)
def _plan(text: str) -> Plan:
    return loads(text, name="<document>")


def opened_by(plan: Plan | Sequence[Plan], record: Record, *, name: str = "case-1") -> Case:
    """The case that a first record opens; see `Case.open`."""
    return Case.open(plan, name, **record)


def recorded(case: Case, record: Record) -> Case:
    """The case with one more record; see `Case.record`.

    Raises:
        EventError: It cannot be accepted.
    """
    said = dict(record)
    return case.record(said.pop("event"), **said)


def case_of(
    plan: Plan | Sequence[Plan], records: Iterable[Record], *, name: str = "case-1"
) -> Case:
    """The case whose first record opens it and whose others follow, in the order of recording.

    Raises:
        CaseError: There is no record.
        EventError: One of them cannot be accepted.
    """
    each = iter(records)
    first = next(each, None)
    if first is None:
        raise CaseError("A case needs a record that opens it.", place="case_of, records")
    case = opened_by(plan, first, name=name)
    for record in each:
        case = recorded(case, record)
    return case


def record_of(event: Event) -> dict[str, Any]:
    """The record that gives this event again: plain values, what is empty left out."""
    said = event.to_json()
    del said["seq"]
    if event.recorded == event.instant:
        del said["recorded_at"]
    return said
