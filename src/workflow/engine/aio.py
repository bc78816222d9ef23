"""The engine for asyncio: a thin layer over the same engine, not a twin.

Each call runs in a thread of the loop's own pool, since a database makes its callers wait.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from workflow.engine.engine import Engine

P = ParamSpec("P")
R = TypeVar("R")

_PAGE = 1_000
"""Names that are read at once."""


def _in_thread(
    method: Callable[Concatenate[Engine, P], R],
) -> Callable[Concatenate[AsyncEngine, P], Awaitable[R]]:
    async def call(self: AsyncEngine, /, *args: P.args, **said: P.kwargs) -> R:
        return await asyncio.to_thread(method, self.engine, *args, **said)

    call.__name__ = method.__name__
    call.__doc__ = method.__doc__
    return call


def _names(engine: Engine, after: str) -> tuple[str, ...]:
    with engine.store.reading() as unit:
        return unit.cases(after, _PAGE)


class AsyncEngine:
    """An engine whose calls are awaited; see `Engine` for what each does.

    Attributes:
        engine: The engine underneath.
    """

    def __init__(self, engine: Engine) -> None:
        """Put the layer over an engine."""
        self.engine = engine

    open = _in_thread(Engine.open)
    record = _in_thread(Engine.record)
    record_many = _in_thread(Engine.record_many)
    change_plan = _in_thread(Engine.change_plan)
    case = _in_thread(Engine.case)
    status = _in_thread(Engine.status)
    notices = _in_thread(Engine.notices)
    owed = _in_thread(Engine.owed)
    rebuild = _in_thread(Engine.rebuild)
    rebuild_all = _in_thread(Engine.rebuild_all)
    tick = _in_thread(Engine.tick)
    deliver = _in_thread(Engine.deliver)
    next_wakeup = _in_thread(Engine.next_wakeup)
    verify = _in_thread(Engine.verify)
    parked = _in_thread(Engine.parked)
    redeliver = _in_thread(Engine.redeliver)
    forget = _in_thread(Engine.forget)
    forget_sink = _in_thread(Engine.forget_sink)
    census = _in_thread(Engine.census)
    close = _in_thread(Engine.close)

    async def cases(self) -> AsyncIterator[str]:
        """The names of all cases, in the order of their code points."""
        after = ""
        while names := await asyncio.to_thread(_names, self.engine, after):
            for name in names:
                yield name
            after = names[-1]

    async def run(self) -> None:
        """Tick and deliver until the task is cancelled; it ends within a second or a delivery."""
        stop = threading.Event()
        running = asyncio.create_task(asyncio.to_thread(self.engine.run, stop))
        try:
            await asyncio.shield(running)
        finally:
            stop.set()
            await asyncio.wait([running])

    async def __aenter__(self) -> Self:
        """The engine itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        await self.close()
