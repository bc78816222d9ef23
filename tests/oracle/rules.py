"""The slow truth about deadline rules: plain loops over minutes and days.

It shares no code with the package. Times are microseconds since the epoch, whole minutes.
Pauses are taken in one at a time, in order, each only if it begins before what is due without
it and those after it: a pause that comes later moves nothing.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

MINUTE = 60_000_000
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
ONE_DAY = dt.timedelta(days=1)

Pause = tuple[int, int]


class SlowRules:
    """Counts on a zone and the spans (minutes after 00:00) that start on each date."""

    def __init__(self, zone: str, hours_on: Callable[[dt.date], Sequence[tuple[int, int]]]) -> None:
        self.zone = ZoneInfo(zone)
        self.hours_on = hours_on
        self.starts: dict[dt.date, int] = {}

    # Local days.

    def local(self, micros: int) -> dt.datetime:
        return (EPOCH + dt.timedelta(microseconds=micros)).astimezone(self.zone)

    def start(self, day: dt.date) -> int:
        """The first minute whose local date is that day or a later one."""
        if day not in self.starts:
            noon = dt.datetime.combine(day, dt.time(), dt.UTC) - dt.timedelta(hours=27)
            minute = (noon - EPOCH) // dt.timedelta(minutes=1)
            while self.local(minute * MINUTE).date() < day:
                minute += 1
            self.starts[day] = minute * MINUTE
        return self.starts[day]

    def day_of(self, micros: int) -> dt.date:
        """The local day that holds the instant; its end is the start of the next."""
        day = self.local(micros).date()
        while micros >= self.start(day + ONE_DAY):
            day += ONE_DAY
        return day

    def end(self, day: dt.date) -> int:
        return self.start(day + ONE_DAY) - 1

    def exists(self, day: dt.date) -> bool:
        return self.start(day) < self.start(day + ONE_DAY)

    def works(self, day: dt.date) -> bool:
        return bool(self.hours_on(day)) and self.exists(day)

    def closing(self, day: dt.date) -> int:
        """Just after the last minute whose wall time lies in a span that starts on that day."""
        midnight = dt.datetime.combine(day, dt.time())
        last = None
        for micros in range(self.start(day), self.start(day + 3 * ONE_DAY), MINUTE):
            wall = self.local(micros).replace(tzinfo=None, fold=0) - midnight
            minutes = wall // dt.timedelta(minutes=1)
            if any(first <= minutes < end for first, end in self.hours_on(day)):
                last = micros
        assert last is not None
        return last + MINUTE

    # Rules.

    def elapsed(self, anchor: int, minutes: int, pauses: Sequence[Pause]) -> int:
        """Walk minute by minute; a minute in a pause does not count."""
        at = anchor
        while minutes:
            if not any(start <= at < end for start, end in pauses):
                minutes -= 1
            at += MINUTE
        return at

    def days(
        self,
        anchor: int,
        n: int,
        pauses: Sequence[Pause],
        *,
        working: bool,
        close: bool = False,
        rollover: bool = False,
    ) -> int:
        """The end of the n-th counted day after the anchor's."""

        def compute(known: list[Pause]) -> int:
            day, left = self.day_of(anchor), n
            while left:
                day += ONE_DAY
                left -= self.counts(day, known, working=working)
            while rollover and not (self.works(day) and self.counts(day, known, working=True)):
                if self.works(day):
                    break
                day += ONE_DAY
                while not self.counts(day, known, working=True):
                    day += ONE_DAY
            return self.closing(day) if close and self.works(day) else self.end(day)

        return self.settle(compute, pauses)

    def months(self, anchor: int, n: int) -> int:
        """Go on month by month, then back to the day of the same number or the month's last."""
        first = self.day_of(anchor)
        year, month = first.year, first.month
        for _ in range(n):
            month += 1
            if month == 13:
                year, month = year + 1, 1
        day = dt.date(year, month, min(first.day, calendar.monthrange(year, month)[1]))
        while not self.exists(day):
            day += ONE_DAY
        return self.end(day)

    def same_day(self, anchor: int, pauses: Sequence[Pause]) -> int:
        """The end of the day, or of the next that no pause touches if one touches what is left."""

        def compute(known: list[Pause]) -> int:
            day = self.day_of(anchor)
            if any(start <= self.end(day) and end > anchor for start, end in known):
                day += ONE_DAY
                while not self.counts(day, known, working=False):
                    day += ONE_DAY
            return self.end(day)

        return self.settle(compute, pauses)

    def counts(self, day: dt.date, pauses: Sequence[Pause], *, working: bool) -> bool:
        touched = any(start <= self.end(day) and end > self.start(day) for start, end in pauses)
        return self.exists(day) and not touched and (not working or self.works(day))

    @staticmethod
    def settle(compute: Callable[[list[Pause]], int], pauses: Sequence[Pause]) -> int:
        known: list[Pause] = []
        for pause in sorted(pauses):
            if pause[0] >= compute(known):
                break
            known.append(pause)
        return compute(known)
