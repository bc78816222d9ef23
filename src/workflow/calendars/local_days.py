"""Local days and wall times of a zone, as instants.

A local day is the half-open span from the first instant of its date to the first instant of
the next date. It may last 23, 24, 25 or another number of hours and may not begin at 00:00.
A date that a zone skipped (Pacific/Apia has no 2011-12-30) is an empty local day: its start
is the start of the next. A wall time that does not exist moves forward by the gap; one that
exists twice means the first. Design: "Time".
"""

from __future__ import annotations

import datetime as dt
import functools

from workflow.calendars.offsets import era_of, era_of_number, eras_between
from workflow.instants import Instant, Zone

_DAY = 86_400_000_000
_EPOCH_ORDINAL = dt.date(1970, 1, 1).toordinal()


def local_day(instant: Instant, zone: Zone) -> dt.date:
    """The date of the local day that holds the instant.

    Local days follow each other: where clocks go back over midnight (America/St_Johns did at
    00:01), the minutes that show the old date again belong to the new day.
    """
    return dt.date.fromordinal(era_of(zone, instant).local_day(instant))


def day_start(day: dt.date, zone: Zone) -> Instant:
    """The first instant of that local date; of a skipped date, the start of the next."""
    return _day_start(day.toordinal(), zone)


def day_end(day: dt.date, zone: Zone) -> Instant:
    """The last microsecond of that local date."""
    return Instant(_day_start(day.toordinal() + 1, zone) - 1)


def day_exists(day: dt.date, zone: Zone) -> bool:
    """Whether the zone had that date at all."""
    ordinal = day.toordinal()
    return _day_start(ordinal, zone) < _day_start(ordinal + 1, zone)


def skipped_days(after: int, last: int, zone: Zone) -> list[int]:
    """The dates that the zone never had, after one ordinal up to and including another.

    A zone skips a date when it moves across the date line (Pacific/Apia 2011-12-30).
    """
    return [
        skipped
        for number in eras_between((after - _EPOCH_ORDINAL) * _DAY, (last - _EPOCH_ORDINAL) * _DAY)
        for skipped in era_of_number(zone, number).skipped
        if after < skipped <= last
    ]


def wall(day: dt.date, time: dt.time, zone: Zone) -> Instant:
    """The instant at which the wall shows that date and time.

    A time that does not exist moves forward by the gap (02:30 in a gap from 02:00 to 03:00
    is 03:30); a time that exists twice means the first.
    """
    micros = (time.hour * 3_600 + time.minute * 60 + time.second) * 1_000_000 + time.microsecond
    local = (day.toordinal() - _EPOCH_ORDINAL) * _DAY + micros
    return era_of(zone, local).showing(local)


@functools.lru_cache(maxsize=65_536)
def _day_start(ordinal: int, zone: Zone) -> Instant:
    local = (ordinal - _EPOCH_ORDINAL) * _DAY
    return era_of(zone, local).first_at_or_after(local)
