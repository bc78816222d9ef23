"""Adding and measuring working time for many instants at once, over NumPy arrays.

Each answer is the one that `WorkingCalendar` gives for a single instant. A binary search
loses its time to the cache of the processor; here a table of equal buckets names the span in
which a bucket begins, and at most a step or two leads from there to the right one.

Arrays hold microseconds since the epoch (int64) or `datetime64`, which is UTC; amounts hold
microseconds or `timedelta64`. Needs the extra "numpy". Design: "Time".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import attrs

from workflow.calendars.timeline import Table, Timeline
from workflow.calendars.working import WorkingCalendar
from workflow.errors import DurationError, MissingExtraError, TimeError
from workflow.instants import Instant, checked

try:
    import numpy as np
except ImportError as error:  # pragma: no cover  # the tests have NumPy
    raise MissingExtraError("NumPy", "numpy") from error

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Integers = NDArray[np.int64]

CHUNK = 12_288
"""Instants at a time: what is worked on stays in the cache of the processor, and each array
for it stays under 128 KB, so that the C library does not ask the system for pages every time
(measured: 19 ns an operation instead of 42)."""

_MOST_BUCKETS = 2**21


@attrs.frozen(kw_only=True, eq=False)
class _Steps:
    """A sorted array and the buckets that find a place in it."""

    edges: Integers  # one more at the end than there are steps: a value beyond all
    first: Integers  # for each bucket, the last step at or before its beginning
    low: int
    shift: int
    walk: int  # the most steps that begin inside one bucket

    @classmethod
    def over(cls, edges: Integers, low: int, high: int) -> _Steps:
        """Buckets from `low` to `high`, none longer than the shortest step if possible."""
        shortest = int(np.diff(edges).min()) if len(edges) > 1 else high - low
        shift = max(shortest.bit_length() - 1, ((high - low) // _MOST_BUCKETS).bit_length())
        begins = low + (np.arange(((high - low) >> shift) + 2, dtype=np.int64) << shift)
        first = np.searchsorted(edges, begins, side="right") - 1
        return cls(
            edges=np.append(edges, np.iinfo(np.int64).max),
            first=first,
            low=low,
            shift=shift,
            walk=int(np.diff(first).max(initial=0)),
        )

    def find(self, values: Integers) -> Integers:
        """For each value, the last step at or before it; -1 if there is none."""
        index = self.first.take((values - self.low) >> self.shift, mode="clip")
        for _ in range(self.walk):
            index += self.edges.take(index + 1, mode="clip") <= values
        return index


@attrs.frozen(kw_only=True, eq=False)
class _Buckets:
    """A table of working time as arrays."""

    table: Table
    by_start: _Steps
    by_total: _Steps
    ends: Integers
    idle: Integers  # start less all that is worked before: instant = amount worked + idle
    total: Integers  # worked at the end of each span

    @classmethod
    def of(cls, table: Table) -> _Buckets:
        starts = np.array(table.starts, dtype=np.int64)
        before = np.array(table.before, dtype=np.int64)
        return cls(
            table=table,
            by_start=_Steps.over(starts, min(table.low, int(starts[0])), table.high),
            by_total=_Steps.over(before, 0, int(before[-1])),
            ends=np.array(table.ends, dtype=np.int64),
            idle=starts - before[:-1],
            total=before[1:],
        )

    def worked(self, instants: Integers) -> tuple[Integers, Integers]:
        """The working time before each instant, and the span at or before it."""
        index = self.by_start.find(instants)
        worked = instants - self.idle.take(index, mode="clip")
        np.minimum(worked, self.total.take(index, mode="clip"), out=worked)
        if index.size and int(instants.min()) < int(self.by_start.edges[0]):
            worked[index < 0] = 0
        return worked, index

    def after(self, instants: Integers, amounts: Integers) -> Integers:
        """The earliest instant by which each amount is worked."""
        worked, index = self.worked(instants)
        worked += amounts
        # The last span that begins with less than the target: at closing, stay at closing.
        span = self.by_total.find(worked - 1)
        found = worked + self.idle.take(span, mode="clip")
        found[worked > self.total[-1]] = self.table.high
        if not amounts.all():
            nothing = np.broadcast_to(amounts == 0, instants.shape)
            inside = (index >= 0) & (instants <= self.ends.take(index, mode="clip"))
            opening = self.by_start.edges.take(index + 1, mode="clip")
            found = np.where(nothing, np.where(inside, instants, opening), found)
        return found


_known: WeakKeyDictionary[Timeline, _Buckets] = WeakKeyDictionary()


def add_many(calendar: WorkingCalendar, anchors: ArrayLike, amounts: ArrayLike) -> NDArray[Any]:
    """`WorkingCalendar.add` for each anchor, with one amount for all or one for each.

    Returns:
        Instants in the kind of `anchors`: int64 or ``datetime64[us]``.

    Raises:
        DurationError: An amount is negative.
        TimeRangeError: An anchor or an answer lies outside the years 1900 to 2200.
        TimeError: The arrays hold neither microseconds nor NumPy's times.
        HolidayReachError: A strict calendar is asked about a year without holiday data.
    """
    instants, lengths = _instants(anchors), _amounts(amounts)
    found = np.empty(np.broadcast_shapes(instants.shape, lengths.shape), dtype=np.int64)
    instants = np.broadcast_to(instants, found.shape).reshape(-1)
    lengths = lengths.reshape(-1) if lengths.size == 1 else np.broadcast_to(lengths, found.shape)
    each, flat = lengths.reshape(-1), found.reshape(-1)
    if instants.size == 0:
        return _like(found, anchors)
    timeline = calendar._timeline  # noqa: SLF001  # the same floor, the same cache
    table = timeline.covering(Instant(int(instants.min())), Instant(int(instants.max())))
    buckets = _buckets(timeline, table)
    for first in range(0, instants.size, CHUNK):
        part = instants[first : first + CHUNK]
        amount = each if each.size == 1 else each[first : first + CHUNK]
        answer = buckets.after(part, amount)
        while int(answer.max()) >= buckets.table.high:
            buckets = _buckets(timeline, timeline.later(buckets.table))
            answer = buckets.after(part, amount)
        flat[first : first + CHUNK] = answer
    _within_reach(calendar, instants, flat)
    return _like(found, anchors)


def between_many(calendar: WorkingCalendar, starts: ArrayLike, ends: ArrayLike) -> NDArray[Any]:
    """`WorkingCalendar.between` for each pair, in microseconds or ``timedelta64[us]``.

    Raises:
        TimeRangeError: An instant lies outside the years 1900 to 2200.
        TimeError: The arrays hold neither microseconds nor NumPy's times.
        HolidayReachError: A strict calendar is asked about a year without holiday data.
    """
    low, high = np.broadcast_arrays(_instants(starts), _instants(ends))
    found = np.empty(low.shape, dtype=np.int64)
    first_ones, last_ones, flat = low.reshape(-1), high.reshape(-1), found.reshape(-1)
    if flat.size:
        timeline = calendar._timeline  # noqa: SLF001  # the same floor, the same cache
        earliest = min(int(first_ones.min()), int(last_ones.min()))
        latest = max(int(first_ones.max()), int(last_ones.max()))
        table = timeline.covering(Instant(earliest), Instant(latest))
        buckets = _buckets(timeline, table)
        for first in range(0, flat.size, CHUNK):
            part = slice(first, first + CHUNK)
            worked = buckets.worked(last_ones[part])[0]
            flat[part] = np.subtract(worked, buckets.worked(first_ones[part])[0], out=worked)
        _within_reach(calendar, first_ones, last_ones)
    return found.view("timedelta64[us]") if _is_time(starts) else found


def _buckets(timeline: Timeline, table: Table) -> _Buckets:
    known = _known.get(timeline)
    if known is None or known.table is not table:
        while not table.starts:
            table = timeline.later(table)  # an hour on a date far ahead
        known = _known[timeline] = _Buckets.of(table)
    return known


def _within_reach(calendar: WorkingCalendar, one: Integers, other: Integers) -> None:
    if calendar.strict:
        earliest = min(int(one.min()), int(other.min()))
        latest = max(int(one.max()), int(other.max()))
        # A single question about the ends of the range answers for all between them.
        calendar.between_micros(Instant(earliest), Instant(latest))


def _instants(given: ArrayLike) -> Integers:
    found = _integers(given, "datetime64[us]", "an instant")
    if found.size:
        checked(Instant(int(found.min())))
        checked(Instant(int(found.max())))
    return found


def _amounts(given: ArrayLike) -> Integers:
    found = _integers(given, "timedelta64[us]", "an amount of time")
    if found.size and int(found.min()) < 0:
        raise DurationError("An amount of working time is negative.", allowed="zero or more")
    return found


def _integers(given: ArrayLike, unit: str, what: str) -> Integers:
    array = np.asarray(given)
    if array.dtype.kind == np.dtype(unit).kind:
        if np.isnat(array).any():
            raise TimeError(f"NaT is not {what}.", allowed="values that are all known")
        return array.astype(unit).view(np.int64)
    if array.dtype.kind in "iu":
        return array.astype(np.int64, copy=False)
    raise TimeError(
        f"An array of {array.dtype} holds no times.",
        allowed=f"int64 microseconds, or {unit} in UTC",
        mend="Convert aware datetimes with workflow.instants.to_instant.",
    )


def _is_time(given: ArrayLike) -> bool:
    return np.asarray(given).dtype.kind == "M"


def _like(found: Integers, given: ArrayLike) -> NDArray[Any]:
    return found.view("datetime64[us]") if _is_time(given) else found
