"""The floor for speed: the least that any prefix-sum-and-bisect calendar must do.

Plain lists, standard-library datetimes in and out, no holidays to look up, no checks, no
growth, no derivation. The package may cost at most two and a half times this much.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


class PrefixFloor:
    """Working spans as sorted lists with running sums."""

    def __init__(self, spans: list[tuple[int, int]], zone: dt.tzinfo) -> None:
        self.zone = zone
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.before = [0]
        for start, end in spans:
            self.before.append(self.before[-1] + end - start)

    def worked(self, at: int) -> int:
        index = bisect_right(self.starts, at) - 1
        return self.before[index] + min(at, self.ends[index]) - self.starts[index]

    def add(self, start: dt.datetime, duration: dt.timedelta) -> dt.datetime:
        target = self.worked((start - EPOCH) // MICROSECOND) + duration // MICROSECOND
        index = bisect_left(self.before, target) - 1
        at = self.starts[index] + target - self.before[index]
        return (EPOCH + dt.timedelta(microseconds=at)).astimezone(self.zone)

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        worked = self.worked((end - EPOCH) // MICROSECOND)
        return dt.timedelta(microseconds=worked - self.worked((start - EPOCH) // MICROSECOND))
