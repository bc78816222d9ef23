"""Attempts: after five wrong passwords for a name, it is not asked again for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict

from workflow.engine.time_source import TimeSource
from workflow.instants import MINUTE

MOST = 5
"""Wrong passwords before the name is shut."""

PAUSE = 5 * MINUTE
"""How long it stays shut after the last of them."""

_REMEMBERED = 1_000


class Attempts:
    """Counts wrong passwords. In memory: a restart forgets them."""

    def __init__(self, time: TimeSource) -> None:
        """Count by this time."""
        self._time = time
        self._wrong: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = threading.Lock()

    def shut(self, name: str) -> bool:
        """Whether the name is shut at present."""
        with self._lock:
            count, last = self._wrong.get(name, (0, 0))
            return count >= MOST and self._time.now() < last + PAUSE

    def failed(self, name: str) -> None:
        """A wrong password was given."""
        with self._lock:
            now = self._time.now()
            count, last = self._wrong.pop(name, (0, now))
            self._wrong[name] = (1 if now >= last + PAUSE else count + 1, now)
            while len(self._wrong) > _REMEMBERED:
                self._wrong.popitem(last=False)

    def succeeded(self, name: str) -> None:
        """The right password was given."""
        with self._lock:
            self._wrong.pop(name, None)
