"""The working time of a calendar as one sorted list of spans with running sums.

With the sums, adding working time and measuring it are two binary searches each, whatever
the length. The list is built when it is first needed, a few years around the question, and
grows by doubling; it is a cache that can be thrown away.

An instant is working time iff its wall time lies in one of that local day's spans. So the
spans are laid out on the wall clock first and then cut along the stretches in which the zone
keeps one offset: a skipped hour takes working time away, a repeated one adds it.
Design: "Time".
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import attrs

from workflow.calendars.days import Days
from workflow.calendars.hours import Hours
from workflow.calendars.local_days import day_exists
from workflow.calendars.offsets import stretches
from workflow.calendars.spans import Span, Spans
from workflow.errors import TimeRangeError
from workflow.instants import FIRST_YEAR, LAST_YEAR, Instant, Zone

_DAY = 86_400_000_000
_EPOCH_ORDINAL = dt.date(1970, 1, 1).toordinal()
_MARGIN = 4  # days laid out beyond both ends, so that no span near an end is cut


@attrs.frozen(kw_only=True)
class Table:
    """The working spans of some years.

    Attributes:
        first_year: The first year, inclusive.
        last_year: The year after the last.
        low: Answers are whole from this instant on,
        high: up to this one, exclusive.
        starts: Where each span starts.
        ends: Where each span ends.
        before: The working time in all spans before each one; one entry more, the total.
        working_days: The ordinals of the dates on which the calendar opens.
    """

    first_year: int
    last_year: int
    low: int
    high: int
    starts: list[int]
    ends: list[int]
    before: list[int]
    working_days: list[int]

    def worked(self, instant: int) -> int:
        """The working time in this table before the instant."""
        index = bisect_right(self.starts, instant) - 1
        if index < 0:
            return 0
        if instant >= self.ends[index]:
            return self.before[index + 1]
        return self.before[index] + instant - self.starts[index]

    def after(self, anchor: int, amount: int) -> int:
        """The earliest instant by which `amount` has been worked since `anchor`.

        An answer at or after `high` only says that the table does not reach far enough.
        """
        starts, ends, before = self.starts, self.ends, self.before
        index = bisect_right(starts, anchor) - 1
        if index < 0:
            done = 0
        elif anchor <= ends[index]:
            if not amount:
                return anchor
            done = before[index] + anchor - starts[index]
        else:
            done = before[index + 1]
        if not amount:
            return starts[index + 1] if index + 1 < len(starts) else self.high
        target = done + amount
        index = bisect_left(before, target) - 1
        if index == len(starts):
            return self.high
        return starts[index] + target - before[index]

    def since(self, end: int, amount: int) -> int:
        """The latest instant from which `amount` is worked until `end`.

        An answer before `low` only says that the table does not reach far enough.
        """
        starts, ends, before = self.starts, self.ends, self.before
        index = bisect_right(starts, end) - 1
        if not amount:
            if index < 0:
                return self.low - 1
            return min(end, ends[index])
        target = self.worked(end) - amount
        if target < 0:
            return self.low - 1
        index = bisect_right(before, target) - 1
        return starts[index] + target - before[index]


class Timeline:
    """The tables of one calendar, grown as questions reach further."""

    __slots__ = ("__weakref__", "days", "table", "zone")

    def __init__(self, days: Days, zone: Zone) -> None:
        self.days = days
        self.zone = zone
        self.table = Table(
            first_year=0,
            last_year=0,
            low=0,
            high=0,
            starts=[],
            ends=[],
            before=[0],
            working_days=[],
        )

    def __reduce__(self) -> tuple[type[Timeline], tuple[Days, Zone]]:
        """Copies and pickles begin with an empty table."""
        return Timeline, (self.days, self.zone)

    def covering(self, low: int, high: int) -> Table:
        """A table whose answers are whole from `low` to `high`, both inclusive."""
        table = self.table
        if table.low <= low and high < table.high:
            return table
        # One more day on both sides: the caller may hold a local date.
        first = _year(low - _DAY)
        last = _year(high + _DAY) + 1
        if table.low < table.high:
            first, last = min(first, table.first_year), max(last, table.last_year)
        return self._grown(first, last)

    def later(self, table: Table) -> Table:
        """A table that reaches further into the future.

        Raises:
            TimeRangeError: The table already reaches the end of the range.
        """
        if table.last_year > LAST_YEAR:
            raise TimeRangeError(
                f"The answer lies after the year {LAST_YEAR}.",
                allowed=f"times from {FIRST_YEAR}-01-01 to {LAST_YEAR}-12-31",
                mend="Ask for less working time, or give the calendar more hours.",
            )
        return self._grown(table.first_year, 2 * table.last_year - table.first_year)

    def earlier(self, table: Table) -> Table:
        """A table that reaches further into the past.

        Raises:
            TimeRangeError: The table already reaches the beginning of the range.
        """
        if table.first_year <= FIRST_YEAR:
            raise TimeRangeError(
                f"The answer lies before the year {FIRST_YEAR}.",
                allowed=f"times from {FIRST_YEAR}-01-01 to {LAST_YEAR}-12-31",
                mend="Ask for less working time, or give the calendar more hours.",
            )
        return self._grown(2 * table.first_year - table.last_year, table.last_year)

    def day_spans(self, day: dt.date) -> Spans:
        """The working time of the spans that start on that date, breaks taken out."""
        return Spans(Span(*pair) for pair in _laid_out(self.days.walls(day, day), self.zone))

    def _grown(self, first: int, last: int) -> Table:
        first, last = max(first, FIRST_YEAR), min(last, LAST_YEAR + 1)
        low, high = _new_year(first), _new_year(last)
        walls = self.days.walls(_date(low // _DAY - _MARGIN), _date(high // _DAY + _MARGIN))
        pairs = _laid_out(walls, self.zone)
        before = [0]
        total = 0
        for start, end in pairs:
            total += end - start
            before.append(total)
        table = Table(
            first_year=first,
            last_year=last,
            low=low,
            high=high,
            starts=[pair[0] for pair in pairs],
            ends=[pair[1] for pair in pairs],
            before=before,
            working_days=self._working_days(walls),
        )
        # One assignment: another thread sees the old table or the new one, both are right.
        self.table = table
        return table

    def _working_days(self, walls: list[tuple[int, Hours]]) -> list[int]:
        """The dates that open: those with hours, but for skipped dates and swallowed hours."""
        low, high = ((walls[end][0] - _EPOCH_ORDINAL) * _DAY for end in (0, -1))
        near = {
            start // _DAY + _EPOCH_ORDINAL + shift
            for start, _, _ in stretches(self.zone, Instant(low), Instant(high))
            for shift in (-2, -1, 0, 1, 2)
        }
        return [
            ordinal
            for ordinal, hours in walls
            if hours and (ordinal not in near or self._opens(ordinal, hours))
        ]

    def _opens(self, ordinal: int, hours: Hours) -> bool:
        """Whether the zone had that date and left some of its hours: a skipped date opens never."""
        exists = day_exists(dt.date.fromordinal(ordinal), self.zone)
        return exists and bool(_laid_out([(ordinal, hours)], self.zone))


def _laid_out(walls: Iterable[tuple[int, Hours]], zone: Zone) -> list[tuple[Instant, Instant]]:
    """Wall-clock hours of dates, in order, as disjoint spans of instants."""
    local: list[tuple[int, int]] = []
    for ordinal, hours in walls:
        base = (ordinal - _EPOCH_ORDINAL) * _DAY
        for start, end in hours:
            if local and base + start <= local[-1][1]:
                # A span from the day before has crossed midnight and meets this one.
                first, last = local.pop()
                local.append((min(first, base + start), max(last, base + end)))
            else:
                local.append((base + start, base + end))
    if not local:
        return []
    ends = [end for _, end in local]
    found: list[tuple[Instant, Instant]] = []
    for start, end, offset in stretches(
        zone, Instant(local[0][0] - 2 * _DAY), Instant(ends[-1] + 2 * _DAY)
    ):
        first = bisect_right(ends, start + offset)
        last = bisect_left(local, (end + offset,))
        cut = [(Instant(a - offset), Instant(b - offset)) for a, b in local[first:last]]
        if cut:
            cut[0] = (max(cut[0][0], start), cut[0][1])
            cut[-1] = (cut[-1][0], min(cut[-1][1], end))
            if found and found[-1][1] == cut[0][0]:
                cut[0] = (found.pop()[0], cut[0][1])
            found += cut
    return found


def _date(days: int) -> dt.date:
    return dt.date.fromordinal(days + _EPOCH_ORDINAL)


def _year(instant: int) -> int:
    return _date(instant // _DAY).year


def _new_year(year: int) -> int:
    return (dt.date(year, 1, 1).toordinal() - _EPOCH_ORDINAL) * _DAY
