"""Events: something that happened, when it happened, and when the system was told.

What an event does not say is taken as the plan asks: without `to` it went to everyone who must
receive it, without `by` somebody who may have done it did. Facts stated are never assumed.

Design: "The nouns" and "Late knowledge".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs
import pendulum

from workflow.errors import EventError
from workflow.instants import Instant, iso, to_instant, to_moment, zone_of

FORGOTTEN = "(forgotten)"
"""Stands where a person's name or free text stood before they were forgotten."""


def _frozen(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(value))


@attrs.frozen(kw_only=True)
class Event:
    """One event of a case.

    Attributes:
        type: An event type that the plan knows.
        instant: When it happened, in microseconds since the epoch; `at` is the same as a datetime.
        recorded: When the system was told, likewise; `recorded_at` is the same as a datetime.
        seq: Its place in the log in the order of recording, from 0.
        by: The role that did it.
        person: Who did it, by name; may be redacted later.
        to: The roles that received it; None: everyone who must.
        states: The facts stated.
        of: The ids of the obligations that it concerns; empty: all that it can concern.
        level: The level that it sets.
        category: The category that it sets.
        conditions: Named conditions that it sets (true) or clears (false).
        data: The host's own data, plain JSON values.
        key: The host's idempotency key.
    """

    type: str
    instant: Instant
    recorded: Instant
    seq: int
    by: str | None = None
    person: str | None = None
    to: tuple[str, ...] | None = None
    states: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    level: str | None = None
    category: str | None = None
    conditions: Mapping[str, bool] = attrs.field(factory=dict, converter=_frozen)
    data: Mapping[str, Any] = attrs.field(factory=dict, converter=_frozen)
    key: str | None = None

    @property
    def at(self) -> pendulum.DateTime:
        """When it happened, in UTC."""
        return to_moment(self.instant, zone_of("UTC"))

    @property
    def recorded_at(self) -> pendulum.DateTime:
        """When the system was told, in UTC."""
        return to_moment(self.recorded, zone_of("UTC"))

    @property
    def arrival(self) -> Instant:
        """From when on it counts: when it has both happened and been recorded."""
        return max(self.instant, self.recorded)

    def concerns(self, obligation: str) -> bool:
        """Whether it may concern that obligation: it names it, or names none."""
        return not self.of or obligation in self.of

    def content(self) -> dict[str, Any]:
        """What it says, apart from its place in the log and when it was recorded."""
        said = self.to_json()
        del said["seq"], said["recorded_at"]
        return said

    def check_free(self) -> None:
        """What the host may say as it likes can be kept; all else names something of the plan.

        Raises:
            EventError: It holds something that is not a JSON value.
        """
        if self.data or self.states:
            canonical({"states": self.states, "data": dict(self.data)})
        for value in (self.person, self.key):
            if value is not None and type(value) is not str:
                canonical({"": value})

    def says_again(self, told: Event) -> bool:
        """Whether an event that is told now says what this one says.

        What was forgotten of this one is taken as said again: nobody can know.
        """
        known, again = self.content(), told.content()
        if known.get("person") == FORGOTTEN:
            known.pop("person"), again.pop("person", None)
        data, told_data = dict(known.pop("data", {})), dict(again.pop("data", {}))
        for name in [name for name, value in data.items() if value == FORGOTTEN]:
            data.pop(name), told_data.pop(name, None)
        return canonical({**known, "data": data}) == canonical({**again, "data": told_data})

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, times as ISO 8601 text in UTC; empty fields are left out."""
        said: dict[str, Any] = {
            "seq": self.seq,
            "event": self.type,
            "at": iso(self.instant),
            "recorded_at": iso(self.recorded),
        }
        if self.to is not None:
            said["to"] = list(self.to)
        for name in ("by", "person", "level", "category", "key"):
            if getattr(self, name) is not None:
                said[name] = getattr(self, name)
        for name in ("states", "of"):
            if getattr(self, name):
                said[name] = list(getattr(self, name))
        for name in ("conditions", "data"):
            if getattr(self, name):
                said[name] = dict(getattr(self, name))
        return said

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Event:
        """The event that `to_json` wrote; exactly the same one."""
        to = said.get("to")
        return cls(
            type=said["event"],
            instant=to_instant(said["at"]),
            recorded=to_instant(said["recorded_at"]),
            seq=said["seq"],
            by=said.get("by"),
            person=said.get("person"),
            to=None if to is None else tuple(to),
            states=tuple(said.get("states", ())),
            of=tuple(said.get("of", ())),
            level=said.get("level"),
            category=said.get("category"),
            conditions=said.get("conditions", {}),
            data=said.get("data", {}),
            key=said.get("key"),
        )


_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def canonical(said: Mapping[str, Any]) -> str:
    """JSON text that is the same for the same content.

    Raises:
        EventError: The data holds something that is not a JSON value.
    """
    try:
        return _CANONICAL.encode(said)
    except (TypeError, ValueError) as error:
        raise EventError(
            f"The event's data cannot be written as JSON: {error}.",
            allowed="text, numbers, true, false, null, and lists and mappings of them",
        ) from error
