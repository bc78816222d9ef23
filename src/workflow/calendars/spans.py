"""Half-open spans of instants, and sets of them.

A span holds its start and not its end. A set of spans is sorted and disjoint, and touching
spans are one span. Opening hours, pauses, stages and "while a condition held" are all such
sets, so most questions about time are a union, an intersection or a subtraction.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from workflow.errors import TimeError
from workflow.instants import Instant, Micros

NEVER: Final = Instant(2**62)
"""The end of a span that is still open. It lies after every instant of the years 1900 to 2200."""


@attrs.frozen(order=True)
class Span:
    """The instants from `start` up to, and not including, `end`.

    An empty span (start equal to end) is allowed and holds nothing.

    Raises:
        TimeError: The end lies before the start.
    """

    start: Instant
    end: Instant = NEVER

    def __attrs_post_init__(self) -> None:
        if self.end < self.start:
            raise TimeError(
                f"A span ends at {self.end}, before its start at {self.start}.",
                allowed="an end at or after the start",
            )

    @property
    def total(self) -> Micros:
        """How long it lasts."""
        return Micros(self.end - self.start)

    @property
    def is_open(self) -> bool:
        """Whether it has no end yet."""
        return self.end == NEVER

    def __contains__(self, instant: Instant) -> bool:
        return self.start <= instant < self.end


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, without empty ones, touching and overlapping ones made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if span.start == span.end:
            continue
        if joined and span.start <= joined[-1].end:
            if span.end > joined[-1].end:
                joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


@attrs.frozen
class Spans:
    """A set of instants, as sorted, disjoint, non-empty half-open spans.

    Built from spans in any order; overlapping and touching ones become one.

    >>> Spans([Span(5, 9), Span(1, 3), Span(3, 4)])
    Spans((Span(start=1, end=4), Span(start=5, end=9)))
    """

    spans: tuple[Span, ...] = attrs.field(default=(), converter=_joined)

    def __repr__(self) -> str:
        """As it would be typed."""
        return f"Spans({self.spans!r})"

    def __iter__(self) -> Iterator[Span]:
        return iter(self.spans)

    def __len__(self) -> int:
        return len(self.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __contains__(self, instant: Instant) -> bool:
        return self.at(instant) is not None

    @property
    def total(self) -> Micros:
        """The length of all spans together."""
        return Micros(sum(span.end - span.start for span in self.spans))

    def contains(self, instant: Instant) -> bool:
        """Whether the instant lies in one of the spans; an end does not."""
        return self.at(instant) is not None

    def at(self, instant: Instant) -> Span | None:
        """The span that holds the instant, if any."""
        index = self.bisect(instant) - 1
        if index >= 0 and instant < self.spans[index].end:
            return self.spans[index]
        return None

    def bisect(self, instant: Instant) -> int:
        """How many spans start at or before the instant."""
        return bisect_right(self.spans, instant, key=_start)

    def union(self, other: Iterable[Span]) -> Spans:
        """The instants in either."""
        return Spans((*self.spans, *other))

    def intersect(self, other: Iterable[Span]) -> Spans:
        """The instants in both."""
        mine, theirs = list(self.spans), list(_joined(other))
        common: list[Span] = []
        i = j = 0
        while i < len(mine) and j < len(theirs):
            start = max(mine[i].start, theirs[j].start)
            end = min(mine[i].end, theirs[j].end)
            if start < end:
                common.append(Span(start, end))
            if mine[i].end <= theirs[j].end:
                i += 1
            else:
                j += 1
        return Spans(common)

    def subtract(self, other: Iterable[Span]) -> Spans:
        """The instants in this set and not in the other."""
        holes = _joined(other)
        left: list[Span] = []
        for span in self.spans:
            start = span.start
            for hole in holes:
                if hole.end <= start:
                    continue
                if hole.start >= span.end:
                    break
                if hole.start > start:
                    left.append(Span(start, hole.start))
                start = hole.end
            if start < span.end:
                left.append(Span(start, span.end))
        return Spans(left)

    def clip(self, start: Instant, end: Instant) -> Spans:
        """The part from `start` up to, and not including, `end`."""
        return self.intersect([Span(start, end)]) if start < end else Spans()


def _start(span: Span) -> Instant:
    return span.start
