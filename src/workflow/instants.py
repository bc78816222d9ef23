"""Instants: integer microseconds since the epoch inside, aware datetimes at the edge.

Two datetimes of one zone compare, subtract and hash by wall clock, so the two 01:30s of an
autumn night are equal to Python and to pendulum. Integers have no such night: everything
between the edges of this package is an `Instant`.

Design: "Time". Years 1900 to 2200.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import zoneinfo
from collections.abc import Callable
from typing import NewType, TypeAlias

import pendulum

from workflow.errors import NaiveTimeError, TimeError, TimeRangeError, did_you_mean

Instant = NewType("Instant", int)
"""Microseconds since 1970-01-01T00:00:00Z."""

Micros = NewType("Micros", int)
"""An exact amount of time in microseconds."""

Zone: TypeAlias = pendulum.Timezone | pendulum.FixedTimezone
"""A time zone: an IANA name, or a fixed offset such as +08:00. `zone_of` makes one."""

Moment: TypeAlias = dt.datetime | str
"""What the public functions take for a time: an aware datetime, or ISO 8601 text with an offset."""

SECOND = Micros(1_000_000)
MINUTE = Micros(60 * SECOND)
HOUR = Micros(60 * MINUTE)

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_ONE = dt.timedelta(microseconds=1)
_subtract = dt.datetime.__sub__
# The method of the base class: pendulum's own reads and checks everything again.
_combine: Callable[[dt.date, dt.time, dt.tzinfo], pendulum.DateTime] = dt.datetime.__dict__[
    "combine"
].__get__(None, pendulum.DateTime)
FIRST_YEAR, LAST_YEAR = 1900, 2200
_FIRST = (dt.datetime(FIRST_YEAR, 1, 1, tzinfo=dt.UTC) - _EPOCH) // _ONE
_LAST = (dt.datetime(LAST_YEAR + 1, 1, 1, tzinfo=dt.UTC) - _EPOCH) // _ONE
LAST = Instant(_LAST - 1)
"""The last instant that anything can be due at."""


def to_instant(moment: Moment) -> Instant:
    """The instant that an aware datetime, or ISO 8601 text with an offset, names.

    Raises:
        NaiveTimeError: The time has no offset, so it names no instant.
        TimeRangeError: The time lies outside the years 1900 to 2200.
        TimeError: The text is not ISO 8601.

    >>> to_instant("1970-01-01T08:00:01+08:00")
    1000000
    """
    if isinstance(moment, str):
        moment = _read(moment)
    try:
        # The method of the base class: pendulum's own answers with an interval, ten times slower,
        # and the operator subtracts two values of one zone by wall clock. Zones differ here
        # unless both are UTC, so the answer is exact.
        past = _subtract(moment, _EPOCH)
    except TypeError:
        raise _unusable(moment) from None
    instant = (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds
    if _FIRST <= instant < _LAST:
        return Instant(instant)
    return checked(Instant(instant))


def checked(instant: Instant) -> Instant:
    """The same instant, once it is known to lie in the years 1900 to 2200.

    Raises:
        TimeRangeError: It does not.
    """
    if not _FIRST <= instant < _LAST:
        raise TimeRangeError(
            f"A time lies outside the years {FIRST_YEAR} to {LAST_YEAR}.",
            allowed=f"{FIRST_YEAR}-01-01 to {LAST_YEAR}-12-31",
        )
    return instant


def to_moment(instant: Instant, zone: Zone) -> pendulum.DateTime:
    """The instant as a `pendulum.DateTime` in `zone`."""
    local = zone.fromutc(_epoch_in(zone) + dt.timedelta(0, 0, instant))
    moment = _combine(local, local.time(), zone)
    # `combine` forgets, in a subclass, that an hour is the second of two.
    return moment.replace(fold=1) if local.fold else moment


def iso(instant: Instant) -> str:
    """The instant as ISO 8601 text in UTC, `2026-03-02T00:40:00+00:00`."""
    return (_EPOCH + dt.timedelta(0, 0, instant)).isoformat()


@functools.cache
def _epoch_in(zone: Zone) -> dt.datetime:
    """The epoch as `tzinfo.fromutc` wants it: UTC on the dial, the zone on the label."""
    return dt.datetime(1970, 1, 1, tzinfo=zone)


def to_offset(instant: Instant, zone: Zone) -> Micros:
    """Local time less UTC at the instant."""
    offset = (_EPOCH + dt.timedelta(microseconds=instant)).astimezone(zone).utcoffset()
    return Micros((offset or dt.timedelta()) // _ONE)


def show(instant: Instant, zone: Zone) -> str:
    """The instant for people: local date and time and the offset, `2026-03-02 08:40 +08:00`.

    The last microsecond of a local day is shown as its end, so a limit that is a day reads
    `2026-03-05 24:00 +08:00`.
    """
    local = to_moment(instant, zone)
    offset = local.isoformat()[26 if local.microsecond else 19 :]
    if (local.hour, local.minute, local.second, local.microsecond) == (23, 59, 59, 999_999):
        return f"{local:%Y-%m-%d} 24:00 {offset}"
    if local.microsecond:
        return f"{local:%Y-%m-%d %H:%M:%S}.{local.microsecond:06d} {offset}"
    if local.second:
        return f"{local:%Y-%m-%d %H:%M:%S} {offset}"
    return f"{local:%Y-%m-%d %H:%M} {offset}"


@functools.cache
def zone_of(name: str) -> Zone:
    """The time zone of that IANA name, or of a fixed offset such as ``+08:00``.

    The same name gives the same object, so zones compare by identity.

    Raises:
        TimeError: No such zone; near matches are named.
    """
    fixed = re.fullmatch(r"([+-])(\d\d):([0-5]\d)", name)
    if fixed and int(fixed[2]) < 24:
        seconds = int(fixed[2]) * 3_600 + int(fixed[3]) * 60
        return pendulum.FixedTimezone(-seconds if fixed[1] == "-" else seconds, name)
    try:
        return pendulum.Timezone(name)
    except Exception as error:
        raise TimeError(
            f'"{name}" is not a time zone.',
            allowed="an IANA name such as Asia/Shanghai, or an offset such as +08:00",
            mend=did_you_mean(name, zoneinfo.available_timezones()),
        ) from error


def _unusable(moment: object) -> TimeError:
    if isinstance(moment, dt.datetime):
        return NaiveTimeError(
            f"{moment.isoformat()} has no UTC offset, so it names no instant.",
            allowed="an aware datetime such as 2026-03-02T08:40+08:00",
            mend='Say which zone is meant: pendulum.instance(value, tz="Asia/Shanghai"), '
            "or write the offset behind the time.",
        )
    return TimeError(
        f"{moment!r} is not a time.",
        allowed="an aware datetime, or ISO 8601 text with an offset such as 2026-03-02T08:40+08:00",
    )


def _read(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise TimeError(
            f'"{text}" is not a time.',
            allowed="ISO 8601 with an offset, such as 2026-03-02T08:40+08:00",
        ) from error
    if moment.utcoffset() is None:
        raise NaiveTimeError(
            f"{text} has no UTC offset, so it names no instant.",
            allowed="ISO 8601 with an offset, such as 2026-03-02T08:40+08:00",
            mend="Write the offset behind the time: +08:00, or Z for UTC.",
        )
    return moment
