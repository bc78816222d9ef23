"""`workflow watch`: a live board of what is due next, with the time that is left."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click
import rich.console
import rich.live
import rich.text

from workflow.cli.database import database_option, engine_on, now_option
from workflow.cli.output import (
    console,
    examples,
    json_option,
    language_option,
    styled,
    whole_second,
    write_json,
)
from workflow.cli.owed import FAR, data, owed_table
from workflow.cli.run import stopped_by_signal
from workflow.cli.titles import Titles
from workflow.instants import show, zone_of

if TYPE_CHECKING:
    import threading

    from workflow.engine import Engine, Owed
    from workflow.plans.text import Language

BREATH = 1.0
"""Seconds between two frames: what is left is shown to the second. Each frame asks the database
by index, so that it costs the same however many cases are open."""

_WORDS: dict[str, tuple[str, str]] = {
    "head": ("{late} overdue, {next} running", "逾期 {late}，进行中 {next}"),
    "wakes": ("next change {at}", "下次变化 {at}"),
    "unwoken": (
        "A change at {at} has not been written: is workflow run running?",
        "{at} 的变化尚未写入：workflow run 是否在运行？",
    ),
    "none": ("Nothing is due.", "没有待办期限。"),
}
_STALE = 60_000_000
"""Microseconds after which a wake-up that nobody handled is told: as for notices told late."""


@click.command(
    short_help="A live board of what is due next.",
    epilog=examples(
        "workflow watch --once --db sqlite:///cases.db",
        "workflow watch --once --json --db sqlite:///cases.db",
    ),
)
@click.option("--once", is_flag=True, help="Print one frame and stop.")
@click.option("--limit", type=click.IntRange(1), default=30, help="Lines at most.")
@database_option
@now_option
@language_option
@json_option
def watch(
    limit: int,
    url: str | None,
    now: str | None,
    lang: Language,
    *,
    once: bool,
    as_json: bool,
) -> None:
    """A live board: what is overdue and what is due next in all cases, until Ctrl-C.

    It counts down to the second, and asks the database each second. It only looks; waking cases is
    the work of `workflow run`.
    """
    with engine_on(url, now=now) as engine:
        board = _Board(engine, limit, lang)
        if as_json:
            write_json(board.data())
        elif once or now is not None:
            console().print(board.frame())
        else:
            with stopped_by_signal() as stop:
                live(board.frame, stop, time.monotonic)


def live(
    frame: Callable[[], rich.console.RenderableType],
    stop: threading.Event,
    clock: Callable[[], float],
    out: rich.console.Console | None = None,
) -> int:
    """Show frame after frame, a second apart, until `stop` is set; how many were shown."""
    shown = 0
    with rich.live.Live(console=out or console(), screen=False, auto_refresh=False) as board:
        while not stop.is_set():
            began = clock()
            board.update(frame(), refresh=True)
            shown += 1
            stop.wait(max(0.0, BREATH - (clock() - began)))
    return shown


class _Board:
    """What the board shows, from one database."""

    def __init__(self, engine: Engine, limit: int, lang: Language) -> None:
        self._engine, self._limit, self._lang = engine, limit, lang
        self._titles = Titles(engine)

    def data(self) -> list[dict[str, object]]:
        """The lines as plain values."""
        now = self._engine.time.now()
        return [data(self._titles, it, now) for it in self._owed()]

    def frame(self) -> rich.console.RenderableType:
        """One frame."""
        engine, now = self._engine, self._engine.time.now()
        found = self._owed()
        zone = zone_of("UTC")
        if found:
            zone = self._titles.plan(found[0].case, found[0].plan, found[0].obligation).zone
        late = sum(it.late for it in found)
        head = styled(show(whole_second(now), zone), "bold")
        counts = self._say("head").format(late=late, next=len(found) - late)
        head.append(f"   {counts}", "bold red" if late else "")
        with engine.store.reading() as unit:
            wakes = unit.next_wakeup()
        if wakes is not None and wakes < now - _STALE:
            head.append(
                f"\n{self._say('unwoken').format(at=show(whole_second(wakes), zone))}", "yellow"
            )
        elif wakes is not None:
            head.append(
                f"   {self._say('wakes').format(at=show(whole_second(wakes), zone))}", "dim"
            )
        body = owed_table(self._titles, found, now, self._lang) if found else self._say("none")
        return rich.console.Group(head, rich.text.Text(), body)

    def _owed(self) -> list[Owed]:
        return self._engine.owed(FAR, limit=self._limit)

    def _say(self, key: str) -> str:
        return _WORDS[key][self._lang == "zh"]
