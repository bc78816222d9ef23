"""Faults: what is wrong in a plan document, at which field, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import attrs

from workflow.errors import PlanDocumentError, PlanError

FieldPath: TypeAlias = tuple[str | int, ...]
"""Where a field is: keys of mappings and places in lists, from the top."""


@attrs.frozen(kw_only=True)
class Fault:
    """Something wrong in a document or a plan, at a field.

    Attributes:
        path: Where.
        what: What was found, in one sentence.
        allowed: What would have been accepted, or empty.
        mend: How to mend it, or empty.
        unless: Fields whose own faults explain this one, so that it need not be told.
        line: The line, where it is not that of the field; otherwise 0.
    """

    path: FieldPath
    what: str
    allowed: str = ""
    mend: str = ""
    unless: tuple[FieldPath, ...] = ()
    line: int = 0


def field_text(path: FieldPath) -> str:
    """A path as people read it: `obligations[3].within`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def is_explained(fault: Fault, faults: Iterable[Fault]) -> bool:
    """Whether a fault of a field that it rests on explains it."""
    return any(
        other is not fault and other.path[: len(field)] == field
        for field in fault.unless
        for other in faults
    )


def unreadable(place: str, what: str, *, allowed: str = "", mend: str = "") -> PlanDocumentError:
    """The error of a document that cannot be read at all."""
    return PlanDocumentError([PlanError(what, place=place, allowed=allowed, mend=mend)])


def kind_of(value: object) -> str:
    """What a plain value is, in words."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a mapping"


def shown(value: object) -> str:
    """A plain value as an error names it, cut to a line's length."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 60 else f'"{value[:57]}..."'
    return str(value) if isinstance(value, int) else kind_of(value)
