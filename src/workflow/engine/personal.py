"""Personal data: a person's name and free text stand beside the log, not in it.

The log's row, over which the chain of hashes runs, holds a commitment: the hash of a random salt
and of what is personal. The personal text itself, with its salt, is kept beside it and can be
dropped: the chain still holds, and without the salt nobody can find out by guessing what stood
there. What the library itself reads (promised dates, periods, later limits) is no free text and
stays.

Design: "Engine"; docs/how-to/personal-data.md.
"""

from __future__ import annotations

import functools
import hashlib
import json
import secrets
from collections.abc import Iterable
from typing import Any

from workflow.cases.duties import duties_of
from workflow.cases.event import FORGOTTEN, Event, canonical
from workflow.errors import WorkflowError
from workflow.plans.due_text import parse_rule
from workflow.plans.model import Plan
from workflow.stores.rows import EventRow

SALT = 16
"""Bytes of salt: 128 bits cannot be guessed."""

_READ = frozenset({"period", "until", "by"})
"""Data fields that the library reads whatever the plan: see `cases.occurrences`, `cases.moves`."""


def read_fields(plans: Iterable[Plan]) -> frozenset[str]:
    """The data fields that these plans read: they are dates and amounts, never free text."""
    return _READ.union(*[_fields_of(plan) for plan in plans])


@functools.lru_cache(maxsize=256)
def _fields_of(plan: Plan) -> frozenset[str]:
    return frozenset(name for duty in duties_of(plan) for name in duty.fields)


def sealed(event: Event, read: frozenset[str]) -> tuple[str, str]:
    """An event as the text of its row and the personal text beside it (empty: there is none)."""
    said = event.to_json()
    hidden: dict[str, Any] = {}
    if event.person is not None:
        hidden["person"] = event.person
        said["person"] = FORGOTTEN
    if event.type != "plan-changed":
        free = {
            name: value
            for name, value in event.data.items()
            if _holds_text(value) and not (name in read and _is_read(value))
        }
        if free:
            hidden["data"] = free
            said["data"] = {**event.data, **dict.fromkeys(free, FORGOTTEN)}
    if not hidden:
        return canonical(said), ""
    personal = canonical({**hidden, "salt": secrets.token_hex(SALT)})
    return canonical({**said, "personal": commitment(personal)}), personal


def commitment(personal: str) -> str:
    """What the log says of a personal text."""
    # Half of a character is refused with a clear error once the row is whole.
    return hashlib.sha256(personal.encode(errors="surrogatepass")).hexdigest()


def event_of(row: EventRow) -> Event:
    """The event of a row; what was forgotten of it reads `(forgotten)`."""
    said = json.loads(row.body)
    if row.personal:
        hidden = json.loads(row.personal)
        if "person" in hidden:
            said["person"] = hidden["person"]
        if "data" in hidden:
            said["data"] = {**said["data"], **hidden["data"]}
    return Event.from_json(said)


def committed(row: EventRow) -> str | None:
    """The commitment in a row's body, if there is one."""
    if '"personal":' not in row.body:
        return None
    found = json.loads(row.body).get("personal")
    return found if isinstance(found, str) else None


def names(text: str, name: str) -> bool:
    """Whether an event's JSON text gives this person's name, alone or within its free text."""
    said = json.loads(text)
    return said.get("person") == name or name in _texts(said.get("data", {}))


def _texts(value: Any) -> str:
    """All texts within a value, one below the other."""
    match value:
        case str():
            return value
        case dict():
            return "\n".join(_texts(each) for each in value.values())
        case list():
            return "\n".join(_texts(each) for each in value)
        case _:
            return ""


def _is_read(value: Any) -> bool:
    """Whether the library can read it: a date or a period has digits, an amount is a rule.

    A host may use the name of such a field for something else, say `by` for a person's name.
    """
    if not isinstance(value, str) or any(sign.isdigit() for sign in value):
        return True
    try:
        parse_rule(value)
    except WorkflowError:
        return False
    return True


def _holds_text(value: Any) -> bool:
    match value:
        case str():
            # Reasons that were left empty are no reasons, before and after.
            return bool(value)
        case dict():
            return bool(value)
        case list() | tuple():
            return any(_holds_text(each) for each in value)
        case _:
            return False
