"""The log of a case: append-only, in two orders, with a hash chain.

The order of recording is the order of the rows. The order of happening is by (`at`, place in the
log), and everything about a case is derived from it. The hash of a row covers the row and the
hash of the one before it, so that an altered, missing or reordered row is found.

Design: "Engine", last sentence of the first paragraph, and "Late knowledge".
"""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

from workflow.cases.event import Event, canonical
from workflow.instants import Instant

GENESIS = "0" * 64
"""What stands in for the hash of the row before the first."""


def chained(before: str, event: Event) -> str:
    """The hash of a row: SHA-256 over the hash before it and the event in canonical form."""
    return hashlib.sha256(f"{before}\n{canonical(event.to_json())}".encode()).hexdigest()


def _place(event: Event) -> tuple[Instant, int]:
    return (event.instant, event.seq)


def _arrival(event: Event) -> tuple[Instant, int]:
    return (event.arrival, event.seq)


@attrs.frozen
class Log:
    """The events of a case.

    Attributes:
        recorded: In the order of recording.
        happened: In the order of happening.
        newest: The latest `recorded` instant, or None for an empty log.
        orderly: Whether no event was recorded before the one that stands before it in the log.
        keys: The idempotency keys, in the order of recording; None: the event has none.
    """

    recorded: tuple[Event, ...] = ()
    happened: tuple[Event, ...] = ()
    newest: Instant | None = None
    orderly: bool = True
    keys: tuple[str | None, ...] = ()

    @classmethod
    def of(cls, events: Iterable[Event]) -> Log:
        """The log that holds these events, given in the order of recording."""
        recorded = tuple(events)
        return cls(
            recorded,
            tuple(sorted(recorded, key=_place)),
            max((event.recorded for event in recorded), default=None),
            all(before.recorded <= it.recorded for before, it in pairwise(recorded)),
            tuple([event.key for event in recorded]),
        )

    def append(self, event: Event) -> Log:
        """The log with one more event."""
        place = bisect.bisect_right(self.happened, _place(event), key=_place)
        return Log(
            (*self.recorded, event),
            (*self.happened[:place], event, *self.happened[place:]),
            event.recorded if self.newest is None else max(self.newest, event.recorded),
            self.orderly and (self.newest is None or self.newest <= event.recorded),
            (*self.keys, event.key),
        )

    def arrivals(self, since: Instant | None) -> tuple[Sequence[Event], Sequence[Event]]:
        """What had arrived by `since` (None: nothing), and what came after it, as it arrived."""
        recorded = self.recorded
        if since is not None and self.orderly:
            place = bisect.bisect_right(recorded, since, key=lambda event: event.recorded)
            ahead = bisect.bisect_right(self.happened, since, key=lambda event: event.instant)
            # Unless one recorded by then was to happen only later, all of these had arrived.
            if all(event.seq >= place for event in self.happened[ahead:]):
                return recorded[:place], sorted(recorded[place:], key=_arrival)
        arrived = sorted(recorded, key=_arrival)
        if since is None:
            return (), arrived
        place = bisect.bisect_right(arrived, since, key=lambda event: event.arrival)
        return arrived[:place], arrived[place:]

    def view(self, now: Instant, known_at: Instant | None) -> tuple[Event, ...]:
        """What had happened by `now`, as far as it was recorded by `known_at` (None: all)."""
        happened = self.happened
        if happened and happened[-1].instant > now:
            happened = happened[: bisect.bisect_right(happened, now, key=lambda e: e.instant)]
        if known_at is None or self.newest is None or self.newest <= known_at:
            return happened
        return tuple(event for event in happened if event.recorded <= known_at)

    def hashes(self) -> tuple[str, ...]:
        """The hash of each row, in the order of recording."""
        found: list[str] = []
        before = GENESIS
        for event in self.recorded:
            before = chained(before, event)
            found.append(before)
        return tuple(found)
