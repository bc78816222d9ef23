"""Times on the command line: a wrong one is refused by the name of its option, with a line to type.

They are read before anything else is done. Design: "Time".
"""

from __future__ import annotations

import datetime as dt

from workflow.errors import NaiveTimeError, TimeError
from workflow.instants import Instant, Zone, to_instant


def time_of(text: str, option: str, zone: Zone | None = None) -> Instant:
    """The instant that an option names.

    Args:
        text: ISO 8601 with an offset.
        option: The option, as it is typed: `--from`.
        zone: The zone in which a time without an offset was probably meant; only for the mend.

    Raises:
        NaiveTimeError: It has no offset; the error says what to type instead.
        TimeError: It is no time, or lies outside the years 1900 to 2200.
    """
    try:
        return to_instant(text)
    except NaiveTimeError as error:
        raise NaiveTimeError(
            error.what, place=option, allowed=error.allowed, mend=_typed(text, zone)
        ) from error
    except TimeError as error:
        raise type(error)(
            error.what, place=option, allowed=error.allowed, mend=error.mend
        ) from error


def _typed(text: str, zone: Zone | None) -> str:
    """What to type instead of a time without an offset."""
    wall = dt.datetime.fromisoformat(text)
    exact = "auto" if wall.second or wall.microsecond else "minutes"
    if zone is None:
        said = wall.isoformat(timespec=exact)
        return f"Say which is meant: {said}+08:00, or another offset, or {said}Z for UTC."
    return f"In {zone.name} that is: {wall.replace(tzinfo=zone).isoformat(timespec=exact)}"
