"""The time axis: where an instant stands, which ticks are drawn, and which quiet stretches fold.

A case has busy hours and quiet days. Within a busy stretch the axis is linear; a stretch in which
nothing stands and that would take too much of the width is folded to a fixed width and marked as
folded. An instant never stands to the left of an earlier one.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

import attrs

from workflow.instants import HOUR, MINUTE, Instant, Zone, to_instant, to_moment

SHARE = 1 / 16
"""A stretch in which nothing stands folds to about this part of the width, if it is far longer."""

DAY = 24 * HOUR
_STEPS = (
    *(minutes * MINUTE for minutes in (1, 2, 5, 10, 15, 30)),
    *(hours * HOUR for hours in (1, 2, 3, 6, 12)),
)


@attrs.frozen
class Tick:
    """A mark on the axis: where, and what stands at it."""

    x: float
    said: str


@attrs.frozen
class Fold:
    """A stretch of the axis that is folded."""

    start: Instant
    end: Instant
    left: float
    right: float


@attrs.frozen(slots=False)
class Axis:
    """A time axis from `left` to `right`, through the instants at which something stands.

    Attributes:
        points: The instants, in order, each once; at least one.
        left: Where the first one stands.
        right: Where the last one stands.
        zone: The zone of the ticks.
    """

    points: tuple[Instant, ...]
    left: float
    right: float
    zone: Zone

    @classmethod
    def through(cls, points: Iterable[Instant], *, left: float, right: float, zone: Zone) -> Axis:
        """The axis through these instants, in any order."""
        found = sorted(set(points))
        if len(found) == 1:
            found.append(Instant(found[0] + HOUR))
        return cls(tuple(found), left, right, zone)

    def x(self, instant: Instant) -> float:
        """Where an instant stands; one outside the axis stands at its end."""
        if instant <= self.points[0]:
            return self.left
        if instant >= self.points[-1]:
            return self.right
        place = bisect.bisect_right(self.points, instant) - 1
        start, end = self.points[place], self.points[place + 1]
        a, b = self._stands[place], self._stands[place + 1]
        return a + (b - a) * (instant - start) / (end - start)

    @cached_property
    def folds(self) -> tuple[Fold, ...]:
        """The folded stretches."""
        return tuple(
            Fold(start, end, self._stands[place], self._stands[place + 1])
            for place, (start, end) in enumerate(pairwise(self.points))
            if self._folded(end - start)
        )

    def hours(self, apart: float) -> tuple[Tick, ...]:
        """Ticks at round times of the day, at least so many pixels apart."""
        step = next((it for it in _STEPS if it * self._scale >= apart), None)
        if step is None:
            return ()
        found: list[Tick] = []
        for start, end in self._linear():
            for day in self._midnights(start, end):
                for each in range(0, DAY, step):
                    wall = day + dt.timedelta(microseconds=each)
                    instant = to_instant(wall.replace(tzinfo=self.zone))
                    if start <= instant <= end and wall.time() != dt.time():
                        found.append(Tick(self.x(instant), f"{wall:%H:%M}"))
        return _apart(found, apart)

    def days(self, apart: float) -> tuple[Tick, ...]:
        """The first instant of the axis, and the midnights after it, where there is room."""
        first = self.points[0]
        long = self.points[-1] - first > 300 * DAY
        shape = "%Y-%m-%d" if long else "%m-%d"
        found = [Tick(self.left, f"{to_moment(first, self.zone):%Y-%m-%d}")]
        gap = apart * 1.2  # the first label is longer: it has the year
        every = max(1, round(gap / max(self._scale * DAY, 0.01) / 2))
        for start, end in pairwise(self.points):
            quiet = self._folded(end - start)
            for number, day in enumerate(self._midnights(start, end)):
                instant = to_instant(day.replace(tzinfo=self.zone))
                if not first < instant <= end or (not quiet and number % every):
                    continue
                if quiet and (end - instant) > DAY:
                    continue  # within a fold only the day on which it ends
                found.append(Tick(self.x(instant), f"{day:{shape}}"))
        kept = [found[0]]
        for tick in found[1:]:
            if tick.x - kept[-1].x >= (gap if len(kept) == 1 else apart):
                kept.append(tick)
        return tuple(kept)

    def _linear(self) -> Iterator[tuple[Instant, Instant]]:
        """The stretches between folds."""
        start = self.points[0]
        for fold in self.folds:
            if fold.start > start:
                yield start, fold.start
            start = fold.end
        if self.points[-1] > start:
            yield start, self.points[-1]

    def _midnights(self, start: Instant, end: Instant) -> Iterator[dt.datetime]:
        """The local dates that a stretch touches, as wall clock times without a zone."""
        day = to_moment(start, self.zone).replace(tzinfo=None)
        last = to_moment(end, self.zone).replace(tzinfo=None)
        wall = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a date on the wall
        while wall <= last:
            yield wall
            wall += dt.timedelta(days=1)

    @cached_property
    def _cap(self) -> float:
        """The length to which a long stretch folds: its fair share of what is drawn."""
        gaps = sorted(b - a for a, b in pairwise(self.points))
        share = max(SHARE, 2 / len(gaps))
        below = 0
        for place, gap in enumerate(gaps):
            more = len(gaps) - place
            if share * more < 1:
                cap = share * below / (1 - share * more)
                if cap <= gap:
                    return cap
            below += gap
        return float(gaps[-1])

    @cached_property
    def _limit(self) -> float:
        """The length beyond which a stretch folds; none does where little would be gained."""
        gaps = [b - a for a, b in pairwise(self.points)]
        limit = 2 * self._cap
        drawn = sum(gap if gap <= limit else self._cap for gap in gaps)
        return limit if 2 * drawn < sum(gaps) else float(sum(gaps))

    def _folded(self, gap: int) -> bool:
        return gap > self._limit

    @cached_property
    def _scale(self) -> float:
        """Pixels for each microsecond, where the axis is linear."""
        drawn = sum(self._drawn(b - a) for a, b in pairwise(self.points))
        return (self.right - self.left) / drawn

    def _drawn(self, gap: int) -> float:
        return self._cap if self._folded(gap) else float(gap)

    @cached_property
    def _stands(self) -> tuple[float, ...]:
        found = [self.left]
        for a, b in pairwise(self.points):
            found.append(found[-1] + self._drawn(b - a) * self._scale)
        return tuple(found)


def _apart(ticks: Iterable[Tick], apart: float) -> tuple[Tick, ...]:
    kept: list[Tick] = []
    for tick in ticks:
        if not kept or tick.x - kept[-1].x >= apart * 0.8:
            kept.append(tick)
    return tuple(kept)
