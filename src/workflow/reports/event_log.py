"""Event logs: what a log file told of, case by case, ready to be run through a plan.

Events stand in the order of the file, which is taken as the order in which they were recorded.
An event that does not say when it was recorded was recorded when it happened, or, where a later
one stands before it, together with that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from workflow.cases.event import Event
from workflow.instants import Instant


def _frozen(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(value))


@attrs.frozen(kw_only=True)
class LoggedCase:
    """One case of a log.

    Attributes:
        id: What the log calls it.
        events: Its events, in the order of recording.
        places: Where each event stands in the file, for errors.
        said: The fields of its last row, as text, for what the log's own system said.
    """

    id: str
    events: tuple[Event, ...]
    places: tuple[str, ...]
    said: Mapping[str, str] = attrs.field(factory=dict, converter=_frozen)


@attrs.frozen(kw_only=True)
class EventLog:
    """What a log file told of.

    Attributes:
        source: The file, as it was named.
        cases: Its cases, in the order of their first row.
        rows: How many rows or lines it had, without the header.
        left_out: How many rows were left out on purpose (`only`).
        unknown: Values that the log format gives no meaning, as `column: value`, with how many
            rows had them.
    """

    source: str
    cases: tuple[LoggedCase, ...]
    rows: int
    left_out: int = 0
    unknown: Mapping[str, int] = attrs.field(factory=dict, converter=_frozen)

    @property
    def newest(self) -> Instant:
        """The latest instant at which anything happened or was recorded."""
        return max(event.arrival for case in self.cases for event in case.events)


@attrs.frozen(kw_only=True)
class Told:
    """One event as a file told of it: everything but its place and when it was recorded.

    Attributes:
        instant: When it happened.
        fields: The other fields of `Event`, by name.
        recorded: When it was recorded, if the file says so.
        place: Where it stands in the file.
    """

    instant: Instant
    fields: Mapping[str, Any]
    recorded: Instant | None = None
    place: str


def logged(name: str, told: Iterable[Told], said: Mapping[str, str] | None = None) -> LoggedCase:
    """The case of that name: its events numbered, each with the instant of its recording."""
    events: list[Event] = []
    places: list[str] = []
    newest: Instant | None = None
    for seq, it in enumerate(told):
        recorded = it.recorded
        if recorded is None:
            recorded = it.instant if newest is None else max(newest, it.instant)
        newest = recorded if newest is None else max(newest, recorded)
        events.append(Event(instant=it.instant, recorded=recorded, seq=seq, **it.fields))
        places.append(it.place)
    return LoggedCase(id=name, events=tuple(events), places=tuple(places), said=said or {})
