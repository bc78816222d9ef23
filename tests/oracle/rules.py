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
                minute += 60 if self.runs_straight(minute * MINUTE, day) else 1
            self.starts[day] = minute * MINUTE
        return self.starts[day]

    def runs_straight(self, micros: int, day: dt.date) -> bool:
        """Whether the next hour is as long on the wall and ends before that day."""
        here, later = self.local(micros), self.local(micros + 60 * MINUTE)
        return here.utcoffset() == later.utcoffset() and later.date() < day

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
        nights = any(end > 1440 for _, end in self.hours_on(day))
        # No clock is set back by more than four hours, so nothing later has this day's wall times.
        over = self.start(day + (2 if nights else 1) * ONE_DAY) + 240 * MINUTE
        for micros in reversed(range(self.start(day), over, MINUTE)):
            wall = self.local(micros).replace(tzinfo=None, fold=0) - midnight
            minutes = wall // dt.timedelta(minutes=1)
            if any(first <= minutes < end for first, end in self.hours_on(day)):
                return micros + MINUTE
        raise AssertionError(day)

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

    def in_working_time(self, micros: int) -> bool:
        """Whether the wall time lies in a span that starts on that date or one of the two before."""
        wall = self.local(micros).replace(tzinfo=None, fold=0)
        for back in range(3):
            day = wall.date() - back * ONE_DAY
            minutes = (wall - dt.datetime.combine(day, dt.time())) // dt.timedelta(minutes=1)
            # A date that does not exist has no hours of its own.
            if self.exists(day) and any(a <= minutes < b for a, b in self.hours_on(day)):
                return True
        return False

    def next_opening(self, micros: int) -> int:
        while not self.in_working_time(micros):
            micros += MINUTE
        return micros

    def working_time(self, anchor: int, minutes: int, pauses: Sequence[Pause]) -> int:
        """Walk minute by minute; a minute counts in working time and outside of pauses."""
        at = anchor
        while minutes:
            paused = any(start <= at < end for start, end in pauses)
            minutes -= not paused and self.in_working_time(at)
            at += MINUTE
        return at

    def next_full_hour(self, anchor: int) -> int:
        """The first minute after the anchor whose wall clock shows a full hour."""
        at = anchor + MINUTE
        while self.local(at).minute:
            at += MINUTE
        return at

    def wall(self, day: dt.date, time: dt.time) -> int:
        """The first of two; one that does not exist moves forward by the gap (PEP 495, fold 0)."""
        local = dt.datetime.combine(day, time.replace(tzinfo=None, fold=0), self.zone)
        return (local.astimezone(dt.UTC) - EPOCH) // dt.timedelta(microseconds=1)

    def nth(
        self, first: dt.date, n: int, known: Sequence[Pause], *, working: bool, counted: bool
    ) -> dt.date:
        """The n-th day that counts; the first one is a candidate only if it is counted."""
        day = first
        if counted and self.counts(day, known, working=working):
            n -= 1
        if n <= 0 and self.counts(day, known, working=working):
            return day
        n = max(n, 1)
        while n:
            day += ONE_DAY
            n -= self.counts(day, known, working=working)
        return day

    def period(
        self,
        anchor: int,
        last_day: Callable[[dt.date, list[Pause], bool], dt.date],
        pauses: Sequence[Pause],
        options: dict[str, object],
        *,
        working: bool,
    ) -> int:
        """The end of a period of days with every option that the rules know.

        `last_day` gives, from the first day, what is known of pauses and whether the first day is
        counted, the nominal last day.
        """
        ends, rollover = options["ends"], options["rollover"]
        if working and ends == "same_time":
            anchor = self.next_opening(anchor)
        time = self.local(anchor).time()

        def end(day: dt.date) -> int:
            if ends == "same_time":
                return self.wall(day, time)
            return self.closing(day) if ends == "close" and self.works(day) else self.end(day)

        def moved(day: dt.date, own: int) -> int:
            at = options["rollover_at"]
            if at == "end":
                return end(day)
            return self.wall(day, self.local(own).time() if at == "same_time" else at)

        def compute(known: list[Pause]) -> int:
            first, counted = self.day_of(anchor), bool(options["count_anchor_day"])
            if options["anchor_off_day"] == "first_working_day_is_day_1" and not self.works(first):
                first, counted = self.nth(first, 1, [], working=True, counted=False), True
            day = last_day(first, known, counted)
            if options["min_working_days"]:
                least = options["min_working_days"]
                day = max(day, self.nth(first, least, known, working=True, counted=counted))
            own = end(day)
            if rollover == "none" or self.works(day):
                return max(anchor, own)
            found = day
            step = ONE_DAY if rollover == "next_working_day" else -ONE_DAY
            while not self.counts(found, known, working=True) or found == day:
                found += step
            if rollover == "previous_working_day" and moved(found, own) < anchor:
                return max(anchor, own)
            return max(anchor, moved(found, own))

        return self.settle(compute, pauses)

    def some_days(
        self,
        anchor: int,
        n: int,
        pauses: Sequence[Pause],
        options: dict[str, object],
        *,
        working: bool,
    ) -> int:
        """A period of calendar days or working days."""

        def last_day(first: dt.date, known: list[Pause], counted: bool) -> dt.date:
            return self.nth(first, n, known, working=working, counted=counted)

        return self.period(anchor, last_day, pauses, options, working=working)

    def month_later(self, day: dt.date, n: int) -> tuple[dt.date, bool]:
        """The day of the same number or the month's last, which may not exist; and which it is."""
        year, month = day.year, day.month
        for _ in range(n):
            month += 1
            if month == 13:
                year, month = year + 1, 1
        last = calendar.monthrange(year, month)[1]
        return dt.date(year, month, min(day.day, last)), day.day <= last

    def days_until(self, first: dt.date, last: dt.date, *, counted: bool) -> int:
        """How many dates exist up to the last; the first one is among them only if it is counted."""
        n = 0
        day = first if counted else first + ONE_DAY
        while day <= last:
            n += self.exists(day)
            day += ONE_DAY
        return n

    def some_months(
        self, anchor: int, n: int, pauses: Sequence[Pause], options: dict[str, object]
    ) -> int:
        """As many existing days as the nominal period has, those in a pause not counted."""

        def last_day(first: dt.date, known: list[Pause], counted: bool) -> dt.date:
            last, same_number = self.month_later(first, n)
            if counted and same_number and last > first:
                last -= ONE_DAY
            while not self.exists(last):
                last += ONE_DAY
            if not known:
                return last
            days = self.days_until(first, last, counted=counted)
            return self.nth(first, days, known, working=False, counted=counted)

        return self.period(anchor, last_day, pauses, options, working=False)

    def composite(
        self, anchor: int, months: int, days: int, minutes: int, pauses: Sequence[Pause]
    ) -> int:
        """Months, then existing days, then exact time from the anchor's wall time on that day."""
        first = self.day_of(anchor)
        nominal, _ = self.month_later(first, months)
        if days:
            nominal = self.nth(nominal, days, [], working=False, counted=False)
        while not self.exists(nominal):
            nominal += ONE_DAY
        total = self.days_until(first, nominal, counted=False)

        def compute(known: list[Pause]) -> int:
            last = self.nth(first, total, known, working=False, counted=False) if known else nominal
            if not minutes:
                return max(anchor, self.end(last))
            start = self.wall(last, self.local(anchor).time())
            return self.elapsed(start, minutes, known)

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
