"""The engine for asyncio does what the engine does."""

import asyncio

from workflow.engine import AsyncEngine, Engine, aio

START = "2026-03-02T08:40+08:00"


def test_calls_that_are_awaited_give_what_the_engine_gives(url, plan, time, at):
    async def story():
        async with AsyncEngine(Engine(url, [plan], time_source=time)) as engine:
            opened = await engine.open("small", "c-1", at=START, key="k")
            moment = at("08:50")
            await asyncio.gather(
                *(engine.record("c-1", "noted", at=moment, key=str(n)) for n in range(5))
            )
            told = await engine.tick(at("09:20"))
            status = await engine.status("c-1")
            assert (await engine.case("c-1")).events[0] == opened.case.events[0]
            assert await engine.verify() == ()
            return [notice.kind.value for notice in told], str(status)

    told, status = asyncio.run(story())
    assert told == ["warning", "breached"]
    assert "report: overdue" in status


def test_all_that_an_engine_answers_can_be_awaited():
    """What is left out has a reason: it makes another engine, on a transaction of one thread."""
    public = {name for name in dir(Engine) if not name.startswith("_")}
    assert public - {name for name in dir(AsyncEngine) if not name.startswith("_")} == {"joining"}


def test_names_are_read_page_by_page_and_rebuilt_cases_are_named(url, plan, time, monkeypatch):
    monkeypatch.setattr(aio, "_PAGE", 2)

    async def story():
        async with AsyncEngine(Engine(url, [plan], time_source=time)) as engine:
            names = [f"c-{number}" for number in range(5)]
            for name in names:
                await engine.open("small", name, at=START)
            assert [name async for name in engine.cases()] == names
            assert await engine.rebuild_all() == ()
            await engine.forget_sink("nobody")

    asyncio.run(story())


def test_a_run_that_is_cancelled_comes_to_an_end(plan, time):
    told = []

    async def story():
        loop, first = asyncio.get_running_loop(), asyncio.Event()

        def pager(notice):
            told.append(notice.id)
            loop.call_soon_threadsafe(first.set)

        async with AsyncEngine(Engine("memory://", [plan], time_source=time, sinks=[pager])) as it:
            await it.open("small", "c-1", at=START)
            running = asyncio.create_task(it.run())
            await first.wait()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            assert running.cancelled()

    asyncio.run(story())
    assert told
