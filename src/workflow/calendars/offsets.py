"""The stretches during which a zone keeps one UTC offset.

A zone is a list of stretches: from one instant to another, local time is UTC plus a constant.
Gaps, repeated hours and skipped dates all follow from the list, and nothing else needs
saying about daylight saving time. The list is read from the zone by asking for its offset
every second day and halving the interval in which it changed; the shortest known stretch
with the same offset on both sides lasts four days (Freetown, 1939), and a test compares the
lists with the compiled data of every zone.

Design: "Time". Instants and local times are microseconds; a local time counts from
1970-01-01 00:00 on the wall.
"""

from __future__ import annotations

import datetime as dt
import functools
from bisect import bisect_right

import attrs

from workflow.instants import Instant, Zone, to_offset

_DAY = 86_400_000_000
_SECOND = 1_000_000
_PROBE = 2 * _DAY
_ERA = 3_660 * _DAY  # about ten years: few enough probes (2 ms) for a program that asks once
_MARGIN = 4 * _DAY  # neighbours see each other's changes: no offset reaches further
_EPOCH_ORDINAL = dt.date(1970, 1, 1).toordinal()


@attrs.frozen(kw_only=True)
class Era:
    """The stretches of one zone in about ten years and a few days on both sides.

    Attributes:
        starts: The first instant of each stretch; the first reaches back without end.
        offsets: Local time less UTC in each stretch.
        reached: The latest local time that the wall has shown before each stretch begins.
        skipped: The ordinals of the dates that the wall never showed.
    """

    starts: tuple[int, ...]
    offsets: tuple[int, ...]
    reached: tuple[int, ...]
    skipped: tuple[int, ...]

    def local(self, instant: Instant) -> int:
        """What the wall shows at the instant."""
        return instant + self.offsets[bisect_right(self.starts, instant) - 1]

    def local_day(self, instant: Instant) -> int:
        """The ordinal of the local day: the latest date whose first instant has come.

        Where a clock goes back over midnight the wall shows the old date again for a while;
        the new local day has begun all the same.
        """
        index = bisect_right(self.starts, instant) - 1
        shown = max(instant + self.offsets[index], self.reached[index])
        return shown // _DAY + _EPOCH_ORDINAL

    def first_at_or_after(self, local: int) -> Instant:
        """The first instant at which the wall shows this local time or a later one."""
        index = self._reaching(local)
        return Instant(max(self.starts[index], local - self.offsets[index]))

    def showing(self, local: int) -> Instant:
        """The first instant at which the wall shows this local time.

        A local time in a gap is read with the offset before the gap, so it moves forward.
        """
        index = self._reaching(local)
        if local - self.offsets[index] < self.starts[index]:
            index -= 1
        return Instant(local - self.offsets[index])

    def _reaching(self, local: int) -> int:
        """The first stretch at whose end the wall has passed this local time."""
        for index in range(len(self.starts) - 1):
            if self.starts[index + 1] + self.offsets[index] > local:
                return index
        return len(self.starts) - 1


def era_of(zone: Zone, micros: int) -> Era:
    """The era that holds the instant, or the local time, with its neighbourhood."""
    return era_of_number(zone, micros // _ERA)


def eras_between(start: int, end: int) -> range:
    """The numbers of the eras that hold the instants, or local times, from `start` to `end`."""
    return range(start // _ERA, end // _ERA + 1)


def stretches(zone: Zone, start: Instant, end: Instant) -> list[tuple[Instant, Instant, int]]:
    """The stretches from `start` to `end`, in order: first instant, end and offset."""
    found: list[tuple[Instant, Instant, int]] = []
    for number in eras_between(start, end - 1):
        era = era_of_number(zone, number)
        low, high = max(start, number * _ERA), min(end, (number + 1) * _ERA)
        for index, offset in enumerate(era.offsets):
            first = max(low, era.starts[index])
            last = min(high, era.starts[index + 1]) if index + 1 < len(era.starts) else high
            if first >= last:
                continue
            if found and found[-1][2] == offset:
                found[-1] = (found[-1][0], Instant(last), offset)
            else:
                found.append((Instant(first), Instant(last), offset))
    return found


@functools.lru_cache(maxsize=4096)
def era_of_number(zone: Zone, number: int) -> Era:
    """The era of that number; see `eras_between`."""
    start, end = number * _ERA - _MARGIN, (number + 1) * _ERA + _MARGIN
    starts, offsets = [start - _ERA], [int(to_offset(Instant(start), zone))]
    reached, skipped = [start - _ERA], list[int]()
    at = start
    while at < end:
        later = at + _PROBE
        offset = to_offset(Instant(later), zone)
        while offset != offsets[-1]:
            change = _change(zone, at, later, offsets[-1])
            reached.append(max(reached[-1], change + offsets[-1] - 1))
            starts.append(change)
            offsets.append(int(to_offset(Instant(change), zone)))
            # The first date not yet begun, up to the date that the wall shows next.
            shown = (change + offsets[-1]) // _DAY
            if number * _ERA <= reached[-1] < (number + 1) * _ERA:
                skipped += range(reached[-1] // _DAY + 1 + _EPOCH_ORDINAL, shown + _EPOCH_ORDINAL)
            at = change
        at = later
    return Era(
        starts=tuple(starts),
        offsets=tuple(offsets),
        reached=tuple(reached),
        skipped=tuple(skipped),
    )


def _change(zone: Zone, before: int, after: int, offset: int) -> int:
    """The first instant, to the second, at which the offset is no longer `offset`."""
    low, high = before // _SECOND, after // _SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if to_offset(Instant(middle * _SECOND), zone) == offset:
            low = middle
        else:
            high = middle
    return high * _SECOND
