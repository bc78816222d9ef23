"""What the options of `workflow due` say: a rule, a calendar, hours, events and pauses, as text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from workflow.cli.times import time_of
from workflow.errors import CalendarError, RuleError, TimeError
from workflow.instants import Zone

if TYPE_CHECKING:
    from workflow.calendars import WorkingCalendar

WHOLE_WEEKDAYS = {"mon-fri": ["00:00-24:00"]}
"""The hours where only holidays are given: enough to tell working days from days off."""


def rule_of(text: str) -> Any:
    """The rule as text, or the mapping that it spells.

    Raises:
        RuleError: It begins like a mapping, and is none.
    """
    if not text.lstrip().startswith("{"):
        return text
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe", pure=True).load(text)
    except (YAMLError, RecursionError, ValueError) as error:
        raise RuleError(
            "The rule is not a mapping that can be read.",
            place="RULE",
            allowed='text such as "3 working days", or "{working_days: 3, ends: close}"',
        ) from error


def event_of(text: str, zone: Zone | None) -> tuple[str, str]:
    """The name of an event and when it happened: `aware=2026-03-02T08:40+08:00`.

    Raises:
        RuleError: One of the two is missing.
        TimeError: It is no time; see `time_of`.
    """
    name, _, at = text.partition("=")
    if not name or not at:
        raise RuleError(
            f'"{text}" does not say when an event happened.',
            place="--event",
            allowed="a name and a time, such as aware=2026-03-02T08:40+08:00",
        )
    name, at = name.strip(), at.strip()
    time_of(at, f"--event {name}", zone)
    return name, at


def pause_of(text: str, zone: Zone | None) -> tuple[str, str | None]:
    """When a pause began and when it ended; None while it is open.

    Raises:
        TimeError: One of them is no time, or the end lies before the beginning.
    """
    start, _, end = (part.strip() for part in text.partition("/"))
    begins = time_of(start, "--pause", zone)
    if end and time_of(end, "--pause", zone) < begins:
        raise TimeError(
            f"{end} lies before {start}.",
            place="--pause",
            allowed="the beginning, a slash, and an end that is not before it",
        )
    return start, end or None


def calendar_of(
    country: str | None, hours: str | None, timezone: str | None, anchor: str, *, strict: bool
) -> WorkingCalendar | None:
    """The calendar that the options describe; None where they describe none.

    Raises:
        CalendarError: The hours or the country cannot be read.
    """
    if country is None and hours is None:
        return None
    from workflow.calendars import WorkingCalendar

    zone = timezone or _offset(anchor)
    week = WHOLE_WEEKDAYS if hours is None else hours_of(hours)
    return WorkingCalendar(zone, week, holidays=country, strict=strict)


def _offset(anchor: str) -> str:
    """The offset behind the anchor, which stands in where no zone is named."""
    if anchor.upper().endswith("Z"):
        return "UTC"
    return dt.datetime.fromisoformat(anchor).isoformat().rpartition("T")[2][-6:]


def hours_of(text: str) -> dict[str, list[str]]:
    """Working hours as the command line writes them: days, then spans with commas; `;` between.

    Raises:
        CalendarError: A part has no days or no spans.

    >>> hours_of("mon-fri 09:00-12:00,13:30-18:00; sat 09:00-12:00")
    {'mon-fri': ['09:00-12:00', '13:30-18:00'], 'sat': ['09:00-12:00']}
    """
    found: dict[str, list[str]] = {}
    for part in text.split(";"):
        days, _, spans = part.strip().partition(" ")
        if not days or not spans.strip():
            raise CalendarError(
                f'"{part.strip()}" is not working hours.',
                place="--hours",
                allowed='days and spans, such as "mon-fri 09:00-12:00,13:30-18:00"',
            )
        found[days] = [span.strip() for span in spans.split(",")]
    return found
