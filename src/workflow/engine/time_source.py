"""The time source: the one place that reads the present.

Everything below takes `now` as an argument. The engine asks a time source; tests and replays give
it a simulated one, which moves only when told. (A clock, in this house, is a running obligation.)
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from workflow.durations import Duration
from workflow.errors import TimeError
from workflow.instants import Instant, Moment, show, to_instant, zone_of

BREATH = 1.0
"""The longest single sleep in seconds: the host may be suspended, or its clock set, meanwhile."""


class Stop(Protocol):
    """Says whether to stop; a `threading.Event` is one."""

    def is_set(self) -> bool:
        """Whether to stop."""


class TimeSource(Protocol):
    """Says what time it is, and waits."""

    def now(self) -> Instant:
        """The present."""

    def pause(self, until: Instant, stop: Stop, wait: Callable[[float], bool]) -> None:
        """Return at `until`, when `stop` is set, or when `wait` says that somebody wrote.

        Args:
            until: When to return at the latest.
            stop: Asked now and then.
            wait: Waits for at most so many seconds; True: somebody wrote.
        """


class SystemTime:
    """The time of the host, in UTC."""

    def now(self) -> Instant:
        """The present."""
        return Instant(time.time_ns() // 1_000)

    def pause(self, until: Instant, stop: Stop, wait: Callable[[float], bool]) -> None:
        """See `TimeSource.pause`. Between two breaths it looks at the time and at `stop` only."""
        while not stop.is_set():
            left = (until - self.now()) / 1_000_000
            if left <= 0 or wait(min(left, BREATH)):
                return


class SimulatedTime:
    """A time that moves when it is told to, and never back.

    >>> time = SimulatedTime("2026-03-02T08:40+08:00")
    >>> time.advance("30 min")
    >>> print(time)
    2026-03-02 01:10 +00:00
    """

    def __init__(self, start: Moment) -> None:
        """Begin at that time: an aware datetime, or ISO 8601 text with an offset."""
        self._now = to_instant(start)
        self._lock = threading.Lock()

    def now(self) -> Instant:
        """The present."""
        return self._now

    def advance(self, amount: str) -> None:
        """Move on by an exact amount such as `30 min` or `2 h`."""
        self.move_to_instant(Instant(self._now + Duration.parse(amount).micros))

    def move_to(self, moment: Moment) -> None:
        """Move on to that time.

        Raises:
            TimeError: It lies before the present.
        """
        self.move_to_instant(to_instant(moment))

    def move_to_instant(self, instant: Instant) -> None:
        """`move_to`, with an instant."""
        with self._lock:
            if instant < self._now:
                zone = zone_of("UTC")
                raise TimeError(
                    f"Simulated time cannot go back from {show(self._now, zone)} to "
                    f"{show(instant, zone)}.",
                    mend="Make a new time source for an earlier time.",
                )
            self._now = instant

    def pause(self, until: Instant, stop: Stop, wait: Callable[[float], bool]) -> None:
        """See `TimeSource.pause`: it is `until` at once, unless somebody wrote."""
        if not stop.is_set() and not wait(0.0) and until > self._now:
            self.move_to_instant(until)

    def __str__(self) -> str:
        """The present, in UTC."""
        return show(self._now, zone_of("UTC"))
