"""The outbox: notices on their way to sinks. Each is delivered at least once, with a stable id.

A notice is written in the same transaction as what caused it, together with one delivery for each
sink that the store knows. A delivery is claimed for a while, handed to the sink, and settled; if
the process dies in between, it is claimed again when that while is over. A sink that fails is tried
again, later each time; after the stated number of tries the delivery is parked where people can
see it. Each sink has a thread of its own, so that a slow one delays no other.

Design: "Engine".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeAlias, cast

import attrs

from workflow.cases import Notice
from workflow.engine.happenings import Delivered, DeliveryFailed, Happening, Listeners
from workflow.engine.keeping import notice_of
from workflow.engine.time_source import TimeSource
from workflow.errors import SinkError
from workflow.instants import HOUR, MINUTE, SECOND, Instant, Micros
from workflow.stores.rows import DeliveryRow
from workflow.stores.store import Store

LEASE = Micros(5 * MINUTE)
"""How long a claim holds: ten deliveries that each run into a time-out of 30 s."""

BATCH = 10
GIVE_WAY = 3
"""Failures in a row after which the rest of a batch waits: the sink is down, not the notice bad."""


class Sink(Protocol):
    """Takes notices. It may be given the same one again; the notice's id tells."""

    @property
    def name(self) -> str:
        """Its lasting name, by which the store knows what it has had."""

    def deliver(self, notice: Notice) -> None:
        """Deliver it, or raise."""


AnySink: TypeAlias = Sink | Callable[[Notice], object]
"""A sink, or a named function that takes a notice."""


@attrs.frozen(kw_only=True)
class Backoff:
    """When a failed delivery is tried again, and when no more.

    The wait doubles each time, between `first` and `longest`, and is spread by up to a fifth, so
    that notices which failed together do not come back together. The spread is worked out from the
    notice's id: the same run gives the same times.

    Attributes:
        first: The wait after the first failure.
        longest: No wait is longer.
        tries: After so many tries it is parked. With the defaults that is about six hours.
    """

    first: Micros = Micros(10 * SECOND)
    longest: Micros = HOUR
    tries: int = attrs.field(default=14, validator=attrs.validators.ge(1))

    def wait(self, notice: str, tries: int) -> Micros:
        """How long to wait after so many tries."""
        plain = min(self.first * 2 ** min(tries - 1, 40), self.longest)
        digest = hashlib.sha256(f"{notice} {tries}".encode()).digest()
        return Micros(plain + plain * digest[0] // (5 * 256))


@attrs.frozen
class _Function:
    name: str
    function: Callable[[Notice], object]

    def deliver(self, notice: Notice) -> None:
        self.function(notice)


def sinks_of(given: Iterable[AnySink]) -> dict[str, Sink]:
    """Sinks by name; a function is called by its own name.

    Raises:
        SinkError: One has no name, or two have the same.
    """
    found: dict[str, Sink] = {}
    for sink in given:
        ready: Sink
        if hasattr(sink, "deliver"):
            ready = cast("Sink", sink)
        elif callable(sink):
            ready = _Function(getattr(sink, "__name__", ""), sink)
        else:
            raise SinkError(f"{sink!r} is no sink.", allowed="a function, or a `deliver` method")
        if not ready.name or ready.name == "<lambda>":
            raise SinkError(
                "A sink needs a lasting name, by which the store knows what it has had.",
                mend="Use a named function, or give the sink a `name`.",
            )
        if ready.name in found:
            raise SinkError(f'Two sinks are called "{ready.name}".')
        found[ready.name] = ready
    return found


class Outbox:
    """Delivers what waits in a store to the sinks of an engine."""

    def __init__(
        self,
        store: Store,
        sinks: Iterable[AnySink],
        backoff: Backoff,
        time: TimeSource,
        tell: Listeners,
    ) -> None:
        """Make the sinks known to the store: from now on every notice is also for them."""
        self._tell = tell
        self._store = store
        self._sinks = sinks_of(sinks)
        self._backoff = backoff
        self._time = time
        if self._sinks:
            with store.writing() as unit:
                for name in self._sinks:
                    unit.know_sink(name)

    def deliver(self, now: Instant) -> int:
        """Deliver all that is due by `now`; how many were delivered."""
        waiting = [sink for sink in self._sinks.values() if self._is_due(sink, now)]
        if len(waiting) < 2:
            return sum(self._to(sink, now) for sink in waiting)
        with ThreadPoolExecutor(len(waiting), thread_name_prefix="workflow-sink") as pool:
            return sum(pool.map(lambda sink: self._to(sink, now), waiting))

    def next_try(self) -> Instant | None:
        """When the next delivery is to be tried."""
        with self._store.reading() as unit:
            found = [unit.next_try(name) for name in self._sinks]
        return min((at for at in found if at is not None), default=None)

    def _is_due(self, sink: Sink, now: Instant) -> bool:
        with self._store.reading() as unit:
            at = unit.next_try(sink.name)
        return at is not None and at <= now

    def _to(self, sink: Sink, now: Instant) -> int:
        delivered = 0
        while True:
            # The time to hold counts from the present, which may be later than `now`.
            until = Instant(max(now, self._time.now()) + LEASE)
            with self._store.writing() as unit:
                rows = unit.claim(sink.name, now, until, BATCH)
            done, failed = self._batch(sink, rows, now, until)
            delivered += done
            if len(rows) < BATCH or failed:
                return delivered

    def _batch(
        self, sink: Sink, rows: Sequence[DeliveryRow], now: Instant, until: Instant
    ) -> tuple[int, bool]:
        done, failures = 0, 0
        for row in rows:
            if self._time.now() >= until:
                break  # the claim is over: somebody else may have it by now
            if failures >= GIVE_WAY:
                again = Instant(now + self._backoff.first)
                self._settle(attrs.evolve(row, next_try=again))
                continue
            notice, began = notice_of(row.notice), self._time.now()
            try:
                sink.deliver(notice)
            except Exception as error:  # noqa: BLE001 - a host's sink may raise anything
                failures += 1
                settled = self._failed(row, now, error)
            else:
                failures, done = 0, done + 1
                settled = attrs.evolve(row, state="delivered", tries=row.tries + 1, error="")
            self._settle(settled)
            self._tell(self._happening(settled, notice, began))
        return done, failures > 0

    def _happening(self, row: DeliveryRow, notice: Notice, began: Instant) -> Happening:
        ended = self._time.now()
        if row.state == "delivered":
            return Delivered(
                began=began, ended=ended, sink=row.sink, notice=notice, tries=row.tries
            )
        return DeliveryFailed(
            began=began,
            ended=ended,
            sink=row.sink,
            notice=notice,
            tries=row.tries,
            error=row.error,
            parked=row.state == "parked",
        )

    def _failed(self, row: DeliveryRow, now: Instant, error: Exception) -> DeliveryRow:
        tries = row.tries + 1
        said = f"{type(error).__name__}: {error}"[:500]
        if tries >= self._backoff.tries:
            return attrs.evolve(row, state="parked", tries=tries, error=said)
        again = Instant(now + self._backoff.wait(row.notice.id, tries))
        return attrs.evolve(row, tries=tries, next_try=again, error=said)

    def _settle(self, row: DeliveryRow) -> None:
        with self._store.writing() as unit:
            unit.settle(row)
