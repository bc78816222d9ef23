"""What a calendar is built from and asked with: read once, checked, and written back.

Each reader names the argument, what was found and what is allowed when it refuses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from workflow.calendars.days import DatedHours, read_dated
from workflow.calendars.holidays import Holidays
from workflow.calendars.hours import Hours, Week, read_hours, written_week
from workflow.errors import DurationError
from workflow.instants import Micros, zone_of


def read_zone(given: str | dt.tzinfo) -> str:
    """The name of a zone; of a fixed offset, the offset."""
    if isinstance(given, str):
        name = given
    elif isinstance(given, dt.timezone):
        offset = given.utcoffset(None) // dt.timedelta(minutes=1)
        name = f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"
    else:
        name = getattr(given, "key", None) or getattr(given, "name", None) or str(given)
    zone_of(name)
    return name


def read_special_days(given: Any) -> DatedHours:
    """The hours of special days by date."""
    return read_dated(given, "special_days")


def read_breaks(given: Any) -> DatedHours:
    """The breaks by date."""
    return read_dated(given, "breaks")


def read_makeup_hours(given: Iterable[str] | None) -> Hours | None:
    """The hours of make-up days, if they are given."""
    return None if given is None else read_hours(given, "makeup_hours")


def read_amount(duration: dt.timedelta) -> Micros:
    """The duration in microseconds, once it is known not to be negative."""
    if not isinstance(duration, dt.timedelta):
        raise DurationError(
            f"{duration!r} is not a duration.",
            place="duration",
            allowed="a datetime.timedelta such as timedelta(hours=5)",
        )
    amount = (duration.days * 86_400 + duration.seconds) * 1_000_000 + duration.microseconds
    if amount < 0:
        raise DurationError(
            f"The duration {duration} is negative.",
            place="duration",
            allowed="zero or more",
            mend="Use subtract to count backwards, or add.",
        )
    return Micros(amount)


def written_calendar(
    timezone: str,
    hours: Week,
    *,
    holidays: Holidays,
    special_days: DatedHours,
    breaks: DatedHours,
    makeup_hours: Hours | None,
    strict: bool,
) -> str:
    """A calendar as it would be typed in Python."""
    parts = [repr(timezone), repr(written_week(hours))]
    if holidays.place:
        parts.append(f"holidays={holidays.place!r}")
    elif any(name for _, name in holidays.dates):
        parts.append(f"holidays={ {day.isoformat(): name for day, name in holidays.dates}!r}")
    elif holidays.dates:
        parts.append(f"holidays={[day.isoformat() for day, _ in holidays.dates]!r}")
    for name, dated in (("special_days", special_days), ("breaks", breaks)):
        if dated:
            written = {day.isoformat(): [str(span) for span in spans] for day, spans in dated}
            parts.append(f"{name}={written!r}")
    if makeup_hours is not None:
        parts.append(f"makeup_hours={[str(span) for span in makeup_hours]!r}")
    if strict:
        parts.append("strict=True")
    return f"WorkingCalendar({', '.join(parts)})"
