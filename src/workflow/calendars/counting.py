"""Counting on a zone, a calendar and a list of pauses. Pausing is written once, here.

Elapsed and working time stop for exactly the span of a pause, half-open; a rule that counts
days does not count any local day that a pause touches. A pause that begins at or after the
due instant changes nothing: what was reached is not moved by what comes later. An open pause
ends at `NEVER`; what it holds up has no due instant for now.

Design: "Clocks over a case", pause.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

import attrs

from workflow.calendars.local_days import day_end, day_start, local_day, skipped_days, wall
from workflow.calendars.spans import Spans
from workflow.calendars.working import WorkingCalendar
from workflow.errors import RuleError
from workflow.instants import Instant, Micros, Zone


@attrs.frozen(kw_only=True)
class Counting:
    """A zone, a calendar and a list of pauses: what a rule counts on.

    Attributes:
        zone: The zone of local days and wall times.
        calendar: The working calendar; without one, working time and working days are refused.
        pauses: When the counting stands still; an open pause ends at `NEVER`.
    """

    zone: Zone
    calendar: WorkingCalendar | None = None
    pauses: Spans = attrs.field(factory=Spans)

    def before(self, instant: Instant) -> Counting:
        """The same, with only the pauses that start before the instant."""
        kept = self.pauses.spans[: self.pauses.bisect(Instant(instant - 1))]
        return attrs.evolve(self, pauses=Spans(kept))

    # Exact time.

    def add_elapsed(self, anchor: Instant, amount: Micros) -> Instant | None:
        """The earliest instant by which `amount` has passed since `anchor`, pauses taken out.

        None while an open pause holds it up. For nothing to count: the anchor.
        """
        return self._add(anchor, amount, _Elapsed())

    def add_working(self, anchor: Instant, amount: Micros) -> Instant | None:
        """The earliest instant by which `amount` of working time has passed, pauses taken out.

        None while an open pause holds it up. For nothing to count: the anchor if it lies in
        working time or at a closing, otherwise the next opening.

        Raises:
            RuleError: There is no calendar.
        """
        return self._add(anchor, amount, self._calendar("working time"))

    def elapsed_between(self, start: Instant, end: Instant) -> Micros:
        """The time from `start` to `end`, pauses taken out; negative when the end is earlier."""
        return self._between(start, end, _Elapsed())

    def working_between(self, start: Instant, end: Instant) -> Micros:
        """The working time from `start` to `end`, pauses taken out.

        Raises:
            RuleError: There is no calendar.
        """
        return self._between(start, end, self._calendar("working time"))

    # Local days.

    def nth_day(self, day: dt.date, number: int, *, working: bool) -> dt.date | None:
        """The n-th counted local day after `day`; for 0, `day` itself.

        Days that a pause touches are not counted, nor days that the zone skipped; with
        `working`, days on which the calendar stays closed are not counted either. None while
        an open pause holds it up.

        Raises:
            RuleError: Working days are asked for and there is no calendar.
        """
        calendar = self._calendar("working days") if working else None
        if number == 0:
            return day
        for pause in self.pauses:
            first = self.local_day(pause.start)
            if pause.is_open:
                last = dt.date.max
            else:
                last = self.local_day(Instant(pause.end - 1))
            if last <= day:
                continue
            free = dt.date.fromordinal(first.toordinal() - 1)  # the last day before the pause
            if free > day:
                counted = self._days_between(day, free, calendar)
                if counted >= number:
                    break
                number -= counted
            if pause.is_open:
                return None
            day = max(day, last)
        if calendar is not None:
            return calendar.nth_working_day(day, number)
        return self._nth_local_day(day, number)

    def touched(self, day: dt.date) -> bool:
        """Whether a pause touches that local day."""
        start, end = day_start(day, self.zone), day_end(day, self.zone)
        return bool(self.pauses.clip(start, Instant(end + 1)))

    def local_day(self, instant: Instant) -> dt.date:
        """The local day that holds the instant."""
        return local_day(instant, self.zone)

    def day_end(self, day: dt.date) -> Instant:
        """The last microsecond of that local day."""
        return day_end(day, self.zone)

    def wall(self, day: dt.date, time: dt.time) -> Instant:
        """The instant at which the wall shows that date and time; see `local_days.wall`."""
        return wall(day, time, self.zone)

    def opens(self, day: dt.date) -> Instant | None:
        """The first opening of that date.

        Raises:
            RuleError: There is no calendar.
        """
        return self._calendar("working days").opens(day)

    def closes(self, day: dt.date) -> Instant | None:
        """The last closing of the spans that start on that date.

        Raises:
            RuleError: There is no calendar.
        """
        return self._calendar("working days").closes(day)

    def working_day(self, day: dt.date) -> bool:
        """Whether the calendar opens on that date at all.

        Raises:
            RuleError: There is no calendar.
        """
        return self._calendar("working days").working_day(day)

    # Inside.

    def _calendar(self, what: str) -> WorkingCalendar:
        if self.calendar is None:
            raise RuleError(
                f"Counting {what} needs a working calendar, and none is given.",
                place="calendar",
                allowed="a WorkingCalendar",
                mend='Give one, such as WorkingCalendar("Asia/Shanghai", '
                '{"mon-fri": ["09:00-18:00"]}, holidays="CN").',
            )
        return self.calendar

    def _add(self, anchor: Instant, amount: Micros, measure: _Measure) -> Instant | None:
        if amount == 0:
            return measure.add_micros(anchor, amount)
        at, left = anchor, amount
        for pause in self.pauses:
            if pause.end <= at:
                continue
            if pause.start > at:
                counted = measure.between_micros(at, pause.start)
                if counted >= left:
                    break
                left = Micros(left - counted)
            if pause.is_open:
                return None
            at = pause.end
        return measure.add_micros(at, left)

    def _between(self, start: Instant, end: Instant, measure: _Measure) -> Micros:
        if end < start:
            return Micros(-self._between(end, start, measure))
        counted = measure.between_micros(start, end)
        for pause in self.pauses.clip(start, end):
            counted = Micros(counted - measure.between_micros(pause.start, pause.end))
        return counted

    def _days_between(self, day: dt.date, last: dt.date, calendar: WorkingCalendar | None) -> int:
        """How many days that count lie after `day` up to and including `last`."""
        if calendar is not None:
            return calendar.working_days_between(day, last)
        skipped = skipped_days(day.toordinal(), last.toordinal(), self.zone)
        return (last - day).days - len(skipped)

    def _nth_local_day(self, day: dt.date, number: int) -> dt.date:
        ordinal = day.toordinal()
        found = ordinal + number
        if number > 0:
            for skipped in skipped_days(ordinal, found + 2, self.zone):
                found += skipped <= found
        else:
            for skipped in reversed(skipped_days(found - 2, ordinal - 1, self.zone)):
                found -= skipped >= found
        return dt.date.fromordinal(found)


class _Measure(Protocol):
    def add_micros(self, anchor: Instant, amount: Micros) -> Instant: ...

    def between_micros(self, start: Instant, end: Instant) -> Micros: ...


class _Elapsed:
    """Absolute time, in the shape of a calendar."""

    def add_micros(self, anchor: Instant, amount: Micros) -> Instant:
        return Instant(anchor + amount)

    def between_micros(self, start: Instant, end: Instant) -> Micros:
        return Micros(end - start)
