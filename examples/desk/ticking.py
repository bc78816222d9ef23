"""Ticking: the engine wakes the cases in a thread, for as long as the pages are served.

A database that is away for a while does not end it: it is said in the log, and tried again.
"""

from __future__ import annotations

import logging
import threading

from workflow import Engine
from workflow.errors import StoreError

_log = logging.getLogger("desk")


class Ticking:
    """A thread that runs an engine until it is stopped."""

    def __init__(self, engine: Engine, *, pause: float = 5.0) -> None:
        """Run that engine; `pause`: seconds until it is tried again after a fault."""
        self._engine = engine
        self._pause = pause
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticking")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, once what is under way is finished."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._engine.run(self._stop)
            except StoreError as error:
                _log.warning("The cases cannot be woken: %s", error)
                self._stop.wait(self._pause)
