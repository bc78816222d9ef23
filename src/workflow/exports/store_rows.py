"""Rows of a store as JSON values, and back: what may stand on a line of an export.

A text that is itself JSON (a plan's document, an event) is nested, so that a line can be read by
people and by other programs, wherever the same text can be made from it again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attrs

from workflow.errors import LogFormatError, did_you_mean

FORMAT = "workflow-export"
"""The only key of the first line."""

VERSION = 1
"""The version of the format. It grows when a line means something else; a column that has a
default may be added without."""

_Row = TypeVar("_Row", bound=attrs.AttrsInstance)

_KINDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "str": ("text", lambda it: isinstance(it, str)),
    "str | None": ("text or null", lambda it: it is None or isinstance(it, str)),
    "int": ("a whole number", lambda it: type(it) is int),
    "bool": ("true or false", lambda it: isinstance(it, bool)),
    "Instant": ("microseconds since the epoch", lambda it: type(it) is int),
    "Instant | None": ("microseconds or null", lambda it: it is None or type(it) is int),
    "tuple[str, ...]": (
        "a list of texts",
        lambda it: isinstance(it, list) and all(isinstance(each, str) for each in it),
    ),
}


def plain(value: Any) -> str:
    """JSON text as plans are kept."""
    return json.dumps(value, ensure_ascii=False)


def nested(text: str, style: Callable[[Any], str]) -> object:
    """What a JSON text says, if `style` makes the same text of it; else the text."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, dict) and style(value) == text else text


def unnested(said: Mapping[str, Any], name: str, style: Callable[[Any], str]) -> dict[str, Any]:
    """The same fields with the one of that name as the text that it was."""
    value = said.get(name)
    return {**said, name: style(value)} if isinstance(value, dict) else dict(said)


def said_of(line: str, place: str) -> tuple[str, Any]:
    """What a line holds: its only key, and what stands there.

    Raises:
        LogFormatError: It is no mapping with one key.
    """
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LogFormatError(f"The line is no JSON: {error}.", place=place) from error
    if not isinstance(said, dict) or len(said) != 1:
        raise LogFormatError("The line is no mapping with one key.", place=place)
    return next(iter(said.items()))


def row_of(kind: type[_Row], said: Mapping[str, Any], place: str, **given: Any) -> _Row:
    """The row that these fields make, with what is `given` beside them.

    Raises:
        LogFormatError: A field is missing, unknown, or of another type.
    """
    fields = {it.name: it for it in attrs.fields(kind) if it.name not in given}
    for name in said:
        if name not in fields:
            raise LogFormatError(
                f'"{name}" is no field of it.',
                place=place,
                allowed=", ".join(fields),
                mend=did_you_mean(name, fields),
            )
    found: dict[str, Any] = dict(given)
    for name, field in fields.items():
        if name not in said:
            if field.default is attrs.NOTHING:
                raise LogFormatError(f'The field "{name}" is missing.', place=place)
            continue
        words, fits = _KINDS[str(field.type)]
        if not fits(said[name]):
            raise LogFormatError(
                f'The field "{name}" is {json.dumps(said[name], ensure_ascii=False)[:60]}.',
                place=place,
                allowed=words,
            )
        value = said[name]
        found[name] = tuple(value) if isinstance(value, list) else value
    return kind(**found)
