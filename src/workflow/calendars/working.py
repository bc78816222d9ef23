"""Working calendars: which instants are working time, and counting in working time.

Weekly hours of a zone, less holidays and breaks, plus make-up working days and special days.
If the last unit of an addition ends exactly at closing, the answer is that closing instant,
not the next opening; `docs/decisions/due-stays-at-closing.md` says why. Design: "Time" and
"How a due instant is computed".
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right

import attrs
import pendulum

from workflow.calendars.arguments import (
    read_amount,
    read_breaks,
    read_makeup_hours,
    read_special_days,
    read_zone,
    written_calendar,
)
from workflow.calendars.days import DatedHours, DayKind, Days
from workflow.calendars.holidays import Holidays, read_day, read_holidays
from workflow.calendars.hours import Hours, Week, read_week
from workflow.calendars.local_days import local_day
from workflow.calendars.spans import Span, Spans
from workflow.calendars.timeline import Table, Timeline
from workflow.derivation import Caveat
from workflow.errors import CalendarError, HolidayReachError
from workflow.instants import Instant, Micros, Moment, Zone, to_instant, to_moment, zone_of

_EPOCH_ORDINAL = dt.date(1970, 1, 1).toordinal()
_DAY = 86_400_000_000


@attrs.frozen(repr=False)
class WorkingCalendar:
    """The working time of a place: weekly hours, holidays, make-up days, single dates.

    Immutable, hashable and comparable: two calendars with the same rules are equal. Durations
    are `datetime.timedelta`, moments are aware datetimes in and `pendulum.DateTime` in the
    calendar's zone out. Methods whose names end in `_at` or `_micros` work on instants and
    microseconds and are for the floors above.

    Args:
        timezone: An IANA name such as "Asia/Shanghai", or a zone.
        hours: Weekly hours, ``{"mon-fri": ["09:00-12:00", "13:30-18:00"]}``. A key is a day
            or a range of days. `24:00` may end a span; a span whose end is not after its
            start crosses midnight and belongs to the day on which it starts.
        holidays: A country ("CN"), a country and subdivision ("US-MA"), or dates. A country
            brings its make-up working days.
        special_days: Dates with hours of their own, ``{date: ["09:00-12:00"]}``; an empty
            list closes the day. They win over holidays and make-up days.
        breaks: Wall-clock time taken out of single dates, ``{date: ["14:00-15:00"]}``.
        makeup_hours: The hours of a make-up working day; by default those of the first
            weekday that has any.
        strict: Refuse to answer from a year that the holiday data does not reach. Otherwise
            `caveats_between` says so.

    Raises:
        CalendarError: Hours, holidays or dates that cannot be read, or no working time.
        TimeError: An unknown zone.

    >>> calendar = WorkingCalendar("Asia/Shanghai", {"mon-fri": ["09:00-12:00", "13:30-18:00"]})
    >>> calendar.add("2026-03-02T11:00+08:00", dt.timedelta(hours=2)).isoformat()
    '2026-03-02T14:30:00+08:00'
    """

    timezone: str = attrs.field(converter=read_zone)
    hours: Week = attrs.field(converter=read_week)
    holidays: Holidays = attrs.field(default=None, converter=read_holidays, kw_only=True)
    special_days: DatedHours = attrs.field(default=None, converter=read_special_days, kw_only=True)
    breaks: DatedHours = attrs.field(default=None, converter=read_breaks, kw_only=True)
    makeup_hours: Hours | None = attrs.field(
        default=None, converter=read_makeup_hours, kw_only=True
    )
    strict: bool = attrs.field(default=False, kw_only=True)
    zone: Zone = attrs.field(init=False, eq=False)
    _timeline: Timeline = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        makeup = self.makeup_hours
        if makeup is None:
            makeup = next(day for day in self.hours if day)
        days = Days(
            week=self.hours,
            holidays=self.holidays,
            special=self.special_days,
            breaks=self.breaks,
            makeup=makeup,
        )
        object.__setattr__(self, "zone", zone_of(self.timezone))
        object.__setattr__(self, "_timeline", Timeline(days, self.zone))

    @classmethod
    def always(cls, timezone: str | dt.tzinfo) -> WorkingCalendar:
        """A calendar on which every instant is working time."""
        return cls(timezone, {"mon-sun": ["00:00-24:00"]})

    # Moments in, moments out.

    def add(self, start: Moment, duration: dt.timedelta) -> pendulum.DateTime:
        """The earliest moment by which `duration` of working time has passed since `start`.

        At closing it stays at closing. For no duration: `start` if it lies in working time or
        at a closing, otherwise the next opening.

        Raises:
            DurationError: The duration is negative.
            TimeRangeError: The answer lies after the year 2200.
        """
        return to_moment(self.add_micros(to_instant(start), read_amount(duration)), self.zone)

    def subtract(self, end: Moment, duration: dt.timedelta) -> pendulum.DateTime:
        """The latest moment from which `duration` of working time passes until `end`.

        The mirror of `add`: at opening it stays at opening.

        Raises:
            DurationError: The duration is negative.
            TimeRangeError: The answer lies before the year 1900.
        """
        return to_moment(self.subtract_micros(to_instant(end), read_amount(duration)), self.zone)

    def between(self, start: Moment, end: Moment) -> dt.timedelta:
        """The working time from `start` to `end`; negative when the end is earlier."""
        amount = self.between_micros(to_instant(start), to_instant(end))
        return dt.timedelta(microseconds=amount)

    def is_working(self, moment: Moment) -> bool:
        """Whether the moment is working time; an opening is, a closing is not."""
        return self.is_working_at(to_instant(moment))

    def next_opening(self, moment: Moment) -> pendulum.DateTime:
        """The first opening after the moment (an opening itself is followed by the next)."""
        return to_moment(self.next_opening_at(to_instant(moment)), self.zone)

    def next_closing(self, moment: Moment) -> pendulum.DateTime:
        """The first closing after the moment."""
        return to_moment(self.next_closing_at(to_instant(moment)), self.zone)

    def spans(
        self, start: Moment, end: Moment
    ) -> list[tuple[pendulum.DateTime, pendulum.DateTime]]:
        """The working spans from `start` to `end`, cut to them, in order, half-open."""
        return [
            (to_moment(span.start, self.zone), to_moment(span.end, self.zone))
            for span in self.spans_at(to_instant(start), to_instant(end))
        ]

    def add_days(self, day: dt.date, days: int) -> dt.date:
        """The n-th working day after the date, or before it for a negative number.

        For 0: the date itself if it is a working day, otherwise the next working day.
        """
        return self.nth_working_day(read_day(day, "day"), days)

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """How many working days lie after `start` up to and including `end`.

        Negative when the end is earlier, so that sums hold.
        """
        low, high = sorted((read_day(start, "start"), read_day(end, "end")))
        table = self._days_table(low, high)
        count = bisect_right(table.working_days, high.toordinal()) - bisect_right(
            table.working_days, low.toordinal()
        )
        self._within_reach(low, high)
        return count if start <= end else -count

    # Instants in, instants out.

    def add_micros(self, anchor: Instant, amount: Micros) -> Instant:
        """`add` on an instant and microseconds that are not negative."""
        table = self._timeline.table
        if not table.low <= anchor < table.high:
            table = self._timeline.covering(anchor, anchor)
        while True:
            found = table.after(anchor, amount)
            if found < table.high:
                break
            table = self._timeline.later(table)
        if self.strict:
            self._within_reach_at(anchor, Instant(found))
        return Instant(found)

    def subtract_micros(self, end: Instant, amount: Micros) -> Instant:
        """`subtract` on an instant and microseconds that are not negative."""
        table = self._timeline.covering(end, end)
        while True:
            found = table.since(end, amount)
            if found >= table.low:
                break
            table = self._timeline.earlier(table)
        if self.strict:
            self._within_reach_at(Instant(found), end)
        return Instant(found)

    def between_micros(self, start: Instant, end: Instant) -> Micros:
        """`between` on instants, in microseconds."""
        table = self._timeline.table
        if not (table.low <= start < table.high and table.low <= end < table.high):
            table = self._timeline.covering(min(start, end), max(start, end))
        if self.strict:
            self._within_reach_at(start, end)
        return Micros(table.worked(end) - table.worked(start))

    def is_working_at(self, instant: Instant) -> bool:
        """`is_working` on an instant."""
        table = self._timeline.covering(instant, instant)
        index = bisect_right(table.starts, instant) - 1
        if self.strict:
            self._within_reach_at(instant, instant)
        return index >= 0 and instant < table.ends[index]

    def next_opening_at(self, instant: Instant) -> Instant:
        """`next_opening` on an instant."""
        return self._next(instant, opening=True)

    def next_closing_at(self, instant: Instant) -> Instant:
        """`next_closing` on an instant."""
        return self._next(instant, opening=False)

    def spans_at(self, start: Instant, end: Instant) -> Spans:
        """`spans` on instants."""
        if end <= start:
            return Spans()
        table = self._timeline.covering(start, end)
        if self.strict:
            self._within_reach_at(start, end)
        first = bisect_right(table.ends, start)
        last = bisect_left(table.starts, end)
        return Spans(
            Span(Instant(max(table.starts[i], start)), Instant(min(table.ends[i], end)))
            for i in range(first, last)
        )

    # Local days.

    def working_day(self, day: dt.date) -> bool:
        """Whether the calendar opens on that date at all."""
        table = self._days_table(day, day)
        index = bisect_left(table.working_days, day.toordinal())
        self._within_reach(day, day)
        return table.working_days[index : index + 1] == [day.toordinal()]

    def opens(self, day: dt.date) -> Instant | None:
        """The first opening of that date; none when the calendar stays closed.

        A date that the zone skipped has no opening, though a night shift that would have begun on
        it may still reach into the next.
        """
        spans = self._begun_on(day)
        return spans[0].start if spans else None

    def closes(self, day: dt.date) -> Instant | None:
        """The last closing of the spans that start on that date, which may be past midnight."""
        spans = self._begun_on(day)
        return spans[-1].end if spans else None

    def _begun_on(self, day: dt.date) -> tuple[Span, ...]:
        return self._timeline.day_spans(day).spans if self.working_day(day) else ()

    def nth_working_day(self, day: dt.date, number: int) -> dt.date:
        """`add_days`: the n-th working day after (before, if negative) the date."""
        ordinal = day.toordinal()
        table = self._days_table(day, day)
        low, high = _EPOCH_ORDINAL + table.low // _DAY, _EPOCH_ORDINAL + table.high // _DAY
        while True:
            days = table.working_days
            if number > 0:
                index = bisect_right(days, ordinal) + number - 1
            else:
                index = bisect_left(days, ordinal) + number
            if index < 0 or (index < len(days) and days[index] < low):
                table = self._timeline.earlier(table)
            elif index >= len(days) or days[index] >= high:
                table = self._timeline.later(table)
            else:
                break
            low, high = _EPOCH_ORDINAL + table.low // _DAY, _EPOCH_ORDINAL + table.high // _DAY
        found = dt.date.fromordinal(days[index])
        self._within_reach(min(day, found), max(day, found))
        return found

    def day_kind(self, day: dt.date, lang: str = "en") -> DayKind:
        """What the date is on this calendar: weekend, holiday and its name, make-up day."""
        kind, name, _ = self._timeline.days.kind(day, lang)
        return DayKind(day=day, kind=kind, name=name, works=self.working_day(day))

    def caveats_between(self, first: dt.date, last: dt.date) -> tuple[Caveat, ...]:
        """What is not known about the dates from `first` to `last`: holiday data out of reach."""
        reach = self.holidays.reach
        if first.year in reach and last.year in reach:
            return ()
        missing = [year for year in (first.year, last.year) if year not in reach]
        return (self.holidays.unreached(missing[-1]),)

    def __repr__(self) -> str:
        """As it would be typed."""
        return written_calendar(
            self.timezone,
            self.hours,
            holidays=self.holidays,
            special_days=self.special_days,
            breaks=self.breaks,
            makeup_hours=self.makeup_hours,
            strict=self.strict,
        )

    def _next(self, instant: Instant, *, opening: bool) -> Instant:
        if self == WorkingCalendar.always(self.timezone):
            raise CalendarError("This calendar never closes, so it has no opening or closing.")
        table = self._timeline.covering(instant, instant)
        while True:
            edges = table.starts if opening else table.ends
            index = bisect_right(edges, instant)
            if index < len(edges) and edges[index] < table.high:
                break
            table = self._timeline.later(table)
        if self.strict:
            self._within_reach_at(instant, Instant(edges[index]))
        return Instant(edges[index])

    def _days_table(self, first: dt.date, last: dt.date) -> Table:
        read_day(first, "day")
        read_day(last, "day")
        low, high = ((day.toordinal() - _EPOCH_ORDINAL) * _DAY for day in (first, last))
        return self._timeline.covering(low, high)

    def _within_reach_at(self, start: Instant, end: Instant) -> None:
        self._within_reach(*sorted((local_day(start, self.zone), local_day(end, self.zone))))

    def _within_reach(self, first: dt.date, last: dt.date) -> None:
        if self.strict and (caveats := self.caveats_between(first, last)):
            raise HolidayReachError(
                caveats[0].en,
                place=f"holidays={self.holidays.place!r}",
                allowed=f"years {self.holidays.reach.first} to {self.holidays.reach.last}",
                mend="Update the holidays package, or build the calendar without strict=True "
                "and show its caveats.",
            )
