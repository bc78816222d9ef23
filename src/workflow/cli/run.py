"""`workflow run`: wake cases and deliver notices until a signal says stop."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from workflow.cli.database import database_option, engine_on
from workflow.cli.logs import log_to_stderr, say
from workflow.cli.output import examples
from workflow.cli.sinks import sinks_of, webhook_options
from workflow.errors import StoreUnavailableError

if TYPE_CHECKING:
    from workflow.engine import Engine

PATIENCE = 5.0
"""Seconds after which a database that could not be used is tried again."""


@click.command(
    short_help="Wake cases and deliver notices until stopped.",
    epilog=examples(
        "workflow run --db sqlite:///cases.db", "workflow run --log json --db sqlite:///cases.db"
    ),
)
@click.option(
    "--log",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="What was done, on the error stream: text, or one JSON object a line.",
)
@webhook_options
@database_option
def run(style: str, webhook: str | None, secret: str | None, url: str | None) -> None:
    """Wake cases when their time comes and deliver their notices, until SIGINT or SIGTERM.

    Several may run on one database: each notice goes out once. A database that is away for a
    while is tried again; nothing is lost by it. What is being done when the signal comes is
    finished first.
    """
    from workflow.adapters.structured_log import StructuredLog

    log_to_stderr(style)
    with (
        sinks_of(webhook, secret) as sinks,
        engine_on(url, sinks=sinks, listeners=[StructuredLog()]) as engine,
        stopped_by_signal() as stop,
    ):
        say("started", database=engine.store.url)
        keep_running(engine, stop, stop.wait)
        say("stopped")


@contextmanager
def stopped_by_signal() -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set; their handlers are put back in the end."""
    stop = threading.Event()
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(kind, lambda *_: stop.set()) for kind in kinds]
    try:
        yield stop
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)


def keep_running(engine: Engine, stop: threading.Event, wait: Callable[[float], object]) -> None:
    """Run the engine until `stop` is set; a database that is away is tried again after a while."""
    while not stop.is_set():
        try:
            engine.run(stop)
        except StoreUnavailableError as error:
            say("database unavailable", logging.ERROR, error=type(error).__name__)
            wait(PATIENCE)
