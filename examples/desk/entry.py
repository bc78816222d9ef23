"""Entry: what a form says, as arguments of `Engine.open` and `Engine.record`.

A time in a form is the wall clock of the plan's zone, which a person reads from the wall. Twice a
year that names no instant, or two: then the form is shown again and asks. Text with an offset is
taken as it is.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from starlette.datastructures import FormData

from workflow.instants import Instant, Moment, Zone, to_moment, zone_of

LONGEST = 4_000
"""Characters in a text; a longer one is cut by the browser, and refused here."""


class EntryError(ValueError):
    """A form that cannot be understood.

    Attributes:
        word: Its sentence, a key of `words.WORDS`.
        field: The field to look at.
        offsets: The UTC offsets between which a person must choose.
    """

    def __init__(self, word: str, field: str, offsets: tuple[str, ...] = ()) -> None:
        """Say what is wrong with which field."""
        self.word = word
        self.field = field
        self.offsets = offsets
        super().__init__(word)


def text_of(form: FormData, field: str) -> str:
    """A field without the white space round it; empty if it is not there."""
    found = form.get(field, "")
    words = found.strip() if isinstance(found, str) else ""
    if len(words) > LONGEST:
        raise EntryError("too_long", field)
    return words


def list_of(form: FormData, field: str) -> tuple[str, ...]:
    """The values of a field that may come several times."""
    return tuple(value for value in form.getlist(field) if isinstance(value, str) and value)


def moment_of(form: FormData, zone: Zone, now: Instant) -> Moment:
    """When it happened: `at`, in that zone; not said: now.

    Raises:
        EntryError: It is no time, or it names no instant or two.
    """
    said = text_of(form, "at")
    if not said:
        return to_moment(now, zone_of("UTC"))
    try:
        local = dt.datetime.fromisoformat(said)
    except ValueError:
        raise EntryError("no_time", "at") from None
    if local.tzinfo is not None:
        return local
    found = _instants(local, zone)
    if not found:
        raise EntryError("skipped_time", "at")
    if len(found) == 1:
        return found[0]
    offsets = {_offset(moment): moment for moment in found}
    chosen = text_of(form, "offset")
    if chosen not in offsets:
        raise EntryError("repeated_time", "at", tuple(offsets))
    return offsets[chosen]


def said_of(form: FormData, zone: Zone, now: Instant) -> dict[str, Any]:
    """Everything that a form says of an event, but its type. What it does not say is left out."""
    said: dict[str, Any] = {"at": moment_of(form, zone, now)}
    for field in ("by", "level", "category", "key"):
        if value := text_of(form, field):
            said[field] = value
    for field in ("states", "of"):
        if values := list_of(form, field):
            said[field] = values
    if text_of(form, "to_asked"):  # the boxes were shown: none ticked means nobody
        said["to"] = list_of(form, "to")
    data = {
        name.removeprefix("data."): value
        for name in form
        if name.startswith("data.") and (value := text_of(form, name))
    }
    if data:
        said["data"] = data
    return said


def _instants(local: dt.datetime, zone: Zone) -> list[dt.datetime]:
    """The instants at which the clocks of the zone show that time: none, one or two."""
    found: list[dt.datetime] = []
    for fold in (0, 1):
        moment = local.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC)
        if moment.astimezone(zone).replace(tzinfo=None, fold=0) == local and moment not in found:
            found.append(moment)
    return [moment.astimezone(zone) for moment in found]


def _offset(moment: dt.datetime) -> str:
    return moment.isoformat()[-6:]
