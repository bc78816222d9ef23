"""Simulated time for tests: it moves only when told, never back, and can go to the next wake-up."""

from __future__ import annotations

from workflow.engine.engine import Engine
from workflow.engine.time_source import SimulatedTime as _SimulatedTime
from workflow.instants import to_instant


class SimulatedTime(_SimulatedTime):
    """A time source that moves when it is told to: `advance`, `move_to`, `to_next_wakeup`."""

    def to_next_wakeup(self, engine: Engine) -> bool:
        """Move on to the earliest wake-up of the engine's cases; False if there is none.

        A wake-up that has passed already moves nothing: tick first.
        """
        wakeup = engine.next_wakeup()
        if wakeup is None:
            return False
        self.move_to_instant(max(self.now(), to_instant(wakeup)))
        return True
