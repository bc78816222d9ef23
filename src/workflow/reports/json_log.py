"""The package's own log format: JSON Lines, one event a line.

::

    {"case": "2026-0042", "event": "detected", "at": "2026-03-02T08:40+08:00", "level": "major"}
    {"case": "2026-0042", "event": "reported", "at": "2026-03-02T08:55+08:00", "by": "department"}

The keys are those of an event (`Event.to_json`), without its number: `event` and `at` must be
there; `case` names the case and may be left out in the log of one case; `recorded_at` says when
the system was told. `to`, `states` and `of` may be a single text instead of a list. The first
event of a case opens it. Empty lines are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from workflow.errors import LogFormatError, TimeError, did_you_mean
from workflow.instants import Instant, to_instant
from workflow.reports.event_log import EventLog, Told, logged

_TEXTS = ("by", "person", "level", "category", "key")
_LISTS = ("to", "states", "of")
_MAPPINGS = ("conditions", "data")
KEYS = ("case", "event", "at", "recorded_at", *_TEXTS, *_LISTS, *_MAPPINGS)
"""Every key that a line may have, beside `seq`, which is passed over: the order of lines counts."""


_A_LINE = 'one object a line, such as {"event": "reported", "at": "2026-03-02T08:55+08:00"}'


def read_json_lines(lines: Iterable[str], source: str) -> EventLog:
    """The log that these lines of JSON hold; `source` is how errors call the file.

    Raises:
        LogFormatError: A line is not a JSON object, or a key or value of it cannot be used.
    """
    cases: dict[str, list[Told]] = {}
    rows = 0
    for number, line in enumerate(lines, start=1):
        if line.strip():
            rows += 1
            place = f"{source}:{number}"
            case, told = event_of(_object(line, place), place)
            cases.setdefault(case or "case", []).append(told)
    if not cases:
        raise LogFormatError("The log holds no event.", place=source, allowed="one event or more")
    return EventLog(
        source=source,
        cases=tuple(logged(case, told) for case, told in cases.items()),
        rows=rows,
    )


def event_of(said: Mapping[str, Any], place: str) -> tuple[str, Told]:
    """The case and the event that a mapping of the keys above tells of.

    Raises:
        LogFormatError: A key is unknown or missing, or a value cannot be used.
    """
    for key in said:
        if key not in KEYS and key != "seq":
            raise LogFormatError(
                f'"{key}" is not a key of an event.',
                place=place,
                allowed=", ".join(KEYS),
                mend=did_you_mean(key, KEYS),
            )
    fields: dict[str, Any] = {"type": _text(said, "event", place, needed=True)}
    for key in _TEXTS:
        fields[key] = _text(said, key, place) or None
    for key in _LISTS:
        if key in said:
            fields[key] = _texts(said[key], key, place)
    for key in _MAPPINGS:
        value = said.get(key, {})
        if not isinstance(value, Mapping):
            raise _wrong(key, value, "a JSON object", place)
        fields[key] = value
    for name, value in fields["conditions"].items():
        if not isinstance(value, bool):
            raise _wrong(f"conditions.{name}", value, "true or false", place)
    return _text(said, "case", place), Told(
        instant=_time(_text(said, "at", place, needed=True), "at", place),
        recorded=_time(recorded, "recorded_at", place)
        if (recorded := _text(said, "recorded_at", place))
        else None,
        fields=fields,
        place=place,
    )


def _object(line: str, place: str) -> Mapping[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LogFormatError(
            f"The line is not JSON: {error}.",
            place=place,
            allowed=_A_LINE,
        ) from error
    if not isinstance(said, dict):
        raise LogFormatError(
            "The line is not a JSON object.",
            place=place,
            allowed=_A_LINE,
        )
    return said


def _text(said: Mapping[str, Any], key: str, place: str, *, needed: bool = False) -> str:
    value = said.get(key)
    if value is None and not needed:
        return ""
    if value is None:
        raise LogFormatError(
            f'The event has no "{key}".', place=place, allowed='"event" and "at" in every line'
        )
    if not isinstance(value, str) or (needed and not value):
        raise _wrong(key, value, "a text", place)
    return value


def _texts(value: object, key: str, place: str) -> tuple[str, ...] | None:
    if value is None:
        return None if key == "to" else ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise _wrong(key, value, "a text or a list of texts", place)


def _time(text: str, key: str, place: str) -> Instant:
    try:
        return to_instant(text)
    except TimeError as error:
        raise LogFormatError(
            f"{key}: {error.what}", place=place, allowed=error.allowed, mend=error.mend
        ) from error


def _wrong(key: str, value: object, allowed: str, place: str) -> LogFormatError:
    return LogFormatError(f"{key} is {value!r}.", place=place, allowed=allowed)
