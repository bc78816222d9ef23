"""A nudge: wakes those of this process who sleep until a wake-up, when somebody writes."""

from __future__ import annotations

import threading


class Nudge:
    """Something was written that a sleeper should know of."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def give(self) -> None:
        """Something was written."""
        self._event.set()

    def wait(self, seconds: float) -> bool:
        """Wait for one, or for so long. True: there was one since the last time."""
        given = self._event.wait(max(seconds, 0.0))
        self._event.clear()
        return given
