"""A progress bar on the error stream, where somebody is looking."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

import rich.console
import rich.progress


@contextlib.contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[float], object]]:
    """Gives a function that moves the bar on; it does nothing where no terminal is.

    Args:
        what: What is being done.
        total: How far it goes; None: nobody knows, and it counts.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    bar = rich.progress.Progress(
        rich.progress.TextColumn("{task.description}"),
        rich.progress.BarColumn(),
        rich.progress.TaskProgressColumn(show_speed=True),
        rich.progress.TimeElapsedColumn(),
        console=rich.console.Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(what, total=total)
        yield lambda steps: bar.advance(task, steps)
