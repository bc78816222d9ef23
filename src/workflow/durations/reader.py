"""Reading amounts: a text of the grammar or an ISO 8601 duration, to its parts.

Nothing is guessed: a text that is not an amount is refused, and the nearest amounts are named.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TypedDict

from workflow.durations.units import ALLOWED, BY_NAME, TIMES
from workflow.errors import DurationError, did_you_mean
from workflow.instants import HOUR, MINUTE, SECOND, Micros

_PART = re.compile(r"(-?)([0-9]+(?:\.[0-9]+)?) ?((?:working )?[a-zA-Z]+)(?: (?=[0-9])|$)")
_ISO = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_ISO_UNITS = ("year", "month", "week", "day", "h", "min", "s")
_SYNONYMS = {
    "workdays": "working days",
    "workday": "working day",
    "business days": "working days",
    "business day": "working day",
    "business hours": "working hours",
    "work hours": "working hours",
    "m": "min",
    "mins": "min",
    "hrs": "h",
    "d": "days",
}


class Parts(TypedDict):
    """The fields of a `Duration`, as read."""

    months: int
    days: int
    working_days: int
    exact: Micros
    working: Micros
    unit: str


def parts_of(text: object) -> Parts:
    """The parts of the amount that a text of the grammar, or an ISO 8601 duration, names.

    Raises:
        DurationError: The text is not an amount; what is allowed and the nearest are named.
    """
    if not isinstance(text, str):
        raise DurationError(f"{text!r} is not an amount of time.", allowed=ALLOWED)
    text = " ".join(text.split())
    return _read_iso(text) if text[:1] == "P" else _read(text)


def _read(text: str) -> Parts:
    found: dict[str, Fraction] = {}
    last, position = None, 0
    while position < len(text):
        part = _PART.match(text, position)
        unit = BY_NAME.get(part[3]) if part else None
        if part is None or unit is None:
            raise _unreadable(text)
        if part[1]:
            raise DurationError(f'"{text}" is negative.', allowed="zero and more")
        if found and (unit.field not in found or unit.field not in TIMES):
            raise DurationError(
                f'"{text}" mixes units.',
                allowed="several units of exact or of working time, as in 1 h 30 min",
                mend="Months, days and exact time together are written in ISO 8601: P1M3DT12H.",
            )
        found[unit.field] = found.get(unit.field, Fraction(0)) + Fraction(part[2]) * unit.size
        last, position = unit, part.end()
    if last is None:
        raise _unreadable(text)
    whole = {field: _whole(text, amount) for field, amount in found.items()}
    return Parts(
        months=whole.get("months", 0),
        days=whole.get("days", 0),
        working_days=whole.get("working_days", 0),
        exact=Micros(whole.get("exact", 0)),
        working=Micros(whole.get("working", 0)),
        unit=last.name,
    )


def _read_iso(text: str) -> Parts:
    found = _ISO.fullmatch(text)
    if found is None or not any(found.groups()) or text.endswith("T"):
        raise DurationError(
            f'"{text}" is not an ISO 8601 duration.',
            allowed="such as PT30M, P3D, P2W, P1M, P1M3DT12H",
        )
    years, months, weeks, days, hours, minutes, seconds = (Fraction(g or 0) for g in found.groups())
    exact = hours * HOUR + minutes * MINUTE + seconds * SECOND
    marks = [name for name, g in zip(_ISO_UNITS, found.groups(), strict=True) if g is not None]
    return Parts(
        months=int(years * 12 + months),
        days=int(weeks * 7 + days),
        working_days=0,
        exact=Micros(_whole(text, exact)),
        working=Micros(0),
        unit=marks[0] if len(marks) == 1 else "",
    )


def _whole(text: str, amount: Fraction) -> int:
    if amount.denominator != 1:
        raise DurationError(
            f'"{text}" is not a whole amount.',
            allowed="whole days, weeks, months and years; time down to the microsecond",
        )
    return int(amount)


def _unreadable(text: str) -> DurationError:
    number, _, word = text.partition(" ")
    if not (number.isascii() and number.isdigit() and word):
        return DurationError(f'"{text}" is not an amount of time.', allowed=ALLOWED)
    near = did_you_mean(f"{number} {_SYNONYMS.get(word.lower(), word)}", _samples(number))
    return DurationError(f'"{text}" is not an amount of time.', allowed=ALLOWED, mend=near)


def _samples(number: str) -> list[str]:
    return [f"{number} {name}" for name in BY_NAME]
