"""The slow truth about working time: a minute-by-minute counter.

It shares no code with the package. It asks the zone for the wall time of every minute and
looks whether that wall time lies in one of the day's spans. Times are microseconds since the
epoch; spans and zone offsets must be whole minutes (every zone has such offsets since 1973).

A whole UTC day is counted minute by minute once and remembered by what it depends on: the
offset, if it is the same at every quarter of an hour of the day, and the spans of the local
dates it meets. That makes ten years affordable and changes nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

MINUTE = 60_000_000
DAY = 1440 * MINUTE
ONE_DAY = dt.timedelta(days=1)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

MinuteSpan = tuple[int, int]  # minutes after 00:00; the end may lie after midnight, up to 2880


class MinuteCounter:
    """Counts working time by walking over minutes.

    `hours_on` gives the spans that start on a date, before breaks; `breaks` the wall-clock
    time taken out of a date.
    """

    def __init__(
        self,
        zone: str,
        hours_on: Callable[[dt.date], Sequence[MinuteSpan]],
        breaks: Mapping[dt.date, Sequence[MinuteSpan]] | None = None,
        pauses: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.zone = ZoneInfo(zone)
        self.hours_on = hours_on
        self.breaks = breaks or {}
        self.pauses = pauses
        self.remembered: dict[object, int] = {}

    def local(self, micros: int) -> dt.datetime:
        return (EPOCH + dt.timedelta(microseconds=micros)).astimezone(self.zone)

    def is_working(self, micros: int) -> bool:
        """Whether the minute that holds this instant is working time, pauses aside."""
        local = self.local(micros)
        today, minute = local.date(), local.hour * 60 + local.minute
        yesterday = today - ONE_DAY
        if self.breaks and (
            _holds(self.breaks.get(today, ()), minute)
            or _holds(self.breaks.get(yesterday, ()), minute + 1440)
        ):
            return False
        return _holds(self.hours_on(today), minute) or _holds(
            self.hours_on(yesterday), minute + 1440
        )

    def count(self, start: int, end: int) -> int:
        """The working time from `start` to `end` in microseconds, pauses taken out."""
        total = 0
        at = start
        while at < end:
            if at % DAY == 0 and at + DAY <= end and not self.paused_between(at, at + DAY):
                total += self.whole_day(at)
                at += DAY
                continue
            stop = self.next_edge(at, end)
            if self.is_working(at) and not self.is_paused(at):
                total += stop - at
            at = stop
        return total

    def add(self, start: int, amount: int) -> int:
        """The earliest instant by which `amount` has been worked; see the design, section 3."""
        at, left = start, amount
        if amount == 0:
            closing = at % MINUTE == 0 and self.is_working(at - 1)
            while not self.is_working(at) and not closing:
                at = (at // MINUTE + 1) * MINUTE
                closing = False
            return at
        while True:
            if at % DAY == 0 and not self.paused_between(at, at + DAY):
                whole = self.whole_day(at)
                if whole < left:
                    left -= whole
                    at += DAY
                    continue
            stop = self.next_edge(at, at + DAY)
            if self.is_working(at) and not self.is_paused(at):
                if left <= stop - at:
                    return at + left
                left -= stop - at
            at = stop

    def next_edge(self, at: int, end: int) -> int:
        """The next instant at which anything may change: a minute, or an edge of a pause."""
        edges = [edge for pause in self.pauses for edge in pause if edge > at]
        return min((at // MINUTE + 1) * MINUTE, end, *edges)

    def is_paused(self, at: int) -> bool:
        return any(first <= at < last for first, last in self.pauses)

    def paused_between(self, start: int, end: int) -> bool:
        return any(first < end and start < last for first, last in self.pauses)

    def whole_day(self, day: int) -> int:
        """The working time of a UTC day, counted minute by minute."""
        quarters = [self.local(at).utcoffset() for at in range(day, day + DAY, 15 * MINUTE)]
        today = self.local(day).date()
        dates = [today + dt.timedelta(days=n) for n in (-1, 0, 1)]
        key = None
        if len(set(quarters)) == 1 and not any(date in self.breaks for date in dates):
            key = (quarters[0], *(tuple(self.hours_on(date)) for date in dates))
        if key not in self.remembered or key is None:
            minutes = range(day, day + DAY, MINUTE)
            counted = sum(MINUTE for at in minutes if self.is_working(at))
            if key is None:
                return counted
            self.remembered[key] = counted
        return self.remembered[key]


def _holds(spans: Sequence[MinuteSpan], minute: int) -> bool:
    for start, end in spans:  # noqa: SIM110  # a generator here doubles the running time
        if start <= minute < end:
            return True
    return False


def first_instant(zone: str, day: dt.date, *, step: int = MINUTE) -> int:
    """The first instant whose local date is `day` or later, found by walking."""
    tz = ZoneInfo(zone)
    middle = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    at = (middle - EPOCH) // dt.timedelta(microseconds=1) - 2 * DAY
    while (EPOCH + dt.timedelta(microseconds=at)).astimezone(tz).date() < day:
        at += step
    return at
