"""Times as logs write them: mostly wall times without an offset.

A wall time that does not exist moves forward by the gap; one that exists twice means the first.
"""

from __future__ import annotations

import datetime as dt

from workflow.calendars.local_days import wall
from workflow.errors import LogFormatError, TimeError
from workflow.instants import Instant, checked, to_instant, to_moment
from workflow.reports.log_format import Times


def read_time(text: str, times: Times, place: str) -> Instant | None:
    """The instant that a field of a log names, or None where it names none.

    Raises:
        LogFormatError: The text is not written as `times` says; the error names `place`.
    """
    text = text.strip()
    if not text or text in times.empty:
        return None
    try:
        if times.pattern:
            # The zone is added below, from the mapping file.
            moment = dt.datetime.strptime(text, times.pattern)  # noqa: DTZ007
        else:
            moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return to_instant(moment)
        instant = checked(wall(moment.date(), moment.time(), times.zone))
    except (ValueError, OverflowError, TimeError) as error:
        raise LogFormatError(
            f'"{text}" is not a time.',
            place=place,
            allowed=f"times written as {times.pattern or '2026-03-02T08:40'}, years 1900 to 2200",
            mend='Say in the mapping file how times are written (pattern: "%d/%m/%Y %H:%M").',
        ) from error
    if times.mistaken_for is None:
        return instant
    meant = to_moment(instant, times.mistaken_for)
    return wall(meant.date(), meant.time(), times.zone)
