"""The slow truth about series: every day looked at, one after the other.

It shares no code with the package. It asks `SlowRules` which days count and when they end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rules import ONE_DAY, Pause, SlowRules


def is_last(every: str, day: dt.date) -> bool:
    """Whether a period of the calendar ends with that date."""
    tomorrow = day + ONE_DAY
    match every:
        case "day" | "working day":
            return True
        case "week":
            return day.isoweekday() == 7
        case "month":
            return tomorrow.day == 1
        case "quarter":
            return tomorrow.day == 1 and tomorrow.month in {1, 4, 7, 10}
        case "half year":
            return tomorrow.day == 1 and tomorrow.month in {1, 7}
    return tomorrow.day == tomorrow.month == 1


def of_periods(
    slow: SlowRules, start: int, every: str, count: int, pauses: Sequence[Pause]
) -> list[int]:
    """The ends of the first periods; a daily one is left out when a pause touches its day."""
    ends: list[int] = []
    day = slow.day_of(start)
    while len(ends) < count:
        daily = every in {"day", "working day"}
        owed = slow.counts(day, pauses, working=every == "working day") if daily else True
        if is_last(every, day) and owed:
            ends.append(slow.end(day))
        day += ONE_DAY
    return ends


def of_amounts(
    slow: SlowRules, start: int, amount: int, unit: str, count: int, pauses: Sequence[Pause]
) -> list[int]:
    """The ends of one, two, three times the amount, each counted from the start."""
    ends = []
    for n in range(1, count + 1):
        match unit:
            case "min":
                ends.append(slow.elapsed(start, n * amount, pauses))
            case "working min":
                ends.append(slow.working_time(start, n * amount, pauses))
            case "months":
                ends.append(slow.months(start, n * amount))
            case _:
                working = unit == "working days"
                ends.append(slow.days(start, n * amount, pauses, working=working))
    return ends
