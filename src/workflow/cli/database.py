"""The database of a command: `--db`, `--now`, and an engine on it. Nothing is made by looking.

A command that reads refuses a database that is not there, or that holds none of our tables; only
those that bring the first case (`open`, `import`) make one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from workflow.cli.times import time_of
from workflow.errors import StoreUnavailableError, UnknownCaseError, did_you_mean
from workflow.instants import to_moment, zone_of

if TYPE_CHECKING:
    from workflow.engine import Engine, Listener
    from workflow.engine.outbox import AnySink
    from workflow.plans.model import Plan

_Command = TypeVar("_Command", bound=Callable[..., Any])

VARIABLE = "WORKFLOW_DB"
"""The environment variable that stands in for `--db`."""

_SCHEMES = ("sqlite", "postgresql", "postgres")
_ALLOWED = "sqlite:///cases.db, sqlite:////absolute/cases.db, postgresql://user@host/database"
_NEARBY = 5_000
"""Names among which a mistyped one is looked for."""


def database_option(command: _Command) -> _Command:
    """`--db URL`, or the environment variable."""
    option = click.option(
        "--db",
        "url",
        metavar="URL",
        envvar=VARIABLE,
        help=f"The database: sqlite:///cases.db or postgresql://...; default: ${VARIABLE}.",
    )
    found: _Command = option(command)
    return found


def now_option(command: _Command) -> _Command:
    """`--now T`: another present, for looking back and for trying out."""
    option = click.option(
        "--now", metavar="T", help="Take T for the present: ISO 8601 with an offset."
    )
    found: _Command = option(command)
    return found


@contextlib.contextmanager
def engine_on(
    url: str | None,
    *,
    now: str | None = None,
    create: bool = False,
    plans: Iterable[Plan] = (),
    sinks: Iterable[AnySink] = (),
    listeners: Iterable[Listener] = (),
) -> Iterator[Engine]:
    """An engine on the database of that URL, closed in the end.

    Args:
        url: The URL; None: neither the option nor the environment variable was given.
        now: Taken for the present.
        create: Whether a database that is not there may be made.
        plans: Plans under which cases are opened.
        sinks: Where notices go.
        listeners: Are told what the engine does.

    Raises:
        UsageError: No URL was given.
        StoreUnavailableError: It names no database, or one that is not there.
    """
    from workflow.engine import Engine, SimulatedTime

    # A wrong time is told before all else.
    time = None if now is None else SimulatedTime(to_moment(time_of(now, "--now"), zone_of("UTC")))
    found = _checked(url)
    if not create:
        _must_be_there(found)
    made = _file_of(found) if create else None
    if made is not None and made.exists():
        made = None
    try:
        with Engine(found, plans, time_source=time, sinks=sinks, listeners=listeners) as engine:
            try:
                yield engine
            except BaseException:
                if next(engine.cases(), None) is not None:
                    made = None  # somebody else has begun to use it
                raise
    except BaseException:
        # What could not be done leaves no empty database behind.
        for path in () if made is None else (made, f"{made}-wal", f"{made}-shm"):
            Path(path).unlink(missing_ok=True)
        raise


def _file_of(url: str) -> Path | None:
    """The file of a SQLite database."""
    kind, _, rest = url.partition("://")
    return Path(rest[1:]) if kind == "sqlite" else None


@contextlib.contextmanager
def known_case(engine: Engine, case: str) -> Iterator[None]:
    """A case that is not there is answered with the nearest name."""
    try:
        yield
    except UnknownCaseError as error:
        if error.what != f'There is no case "{case}" in the store.':
            raise
        names = [name for name, _ in zip(engine.cases(), range(_NEARBY), strict=False)]
        raise UnknownCaseError(
            f'There is no case "{case}" in {engine.store.url}.',
            mend=did_you_mean(case, names) or "workflow status lists the cases.",
        ) from error


def _checked(url: str | None) -> str:
    if not url:
        raise click.UsageError(
            f"Which database? Give --db sqlite:///cases.db, or set {VARIABLE}.",
            click.get_current_context(silent=True),
        )
    kind, found, rest = url.partition("://")
    mend = ""
    if not found:
        mend = f'Did you mean "sqlite:///{url}"?'
    elif kind == "sqlite" and rest and not rest.startswith("/"):
        mend = f'Did you mean "sqlite:///{rest}"?'
    elif (kind == "sqlite" and rest.strip("/") not in {"", ":memory:"}) or kind in _SCHEMES[1:]:
        return url
    elif kind not in {*_SCHEMES, "memory"}:
        mend = did_you_mean(kind, _SCHEMES)
    # The rest of the URL may hold a password, so it is not repeated where a host stands in it.
    shown = url if not found or kind in {"sqlite", "memory"} else f"{kind}://..."
    raise StoreUnavailableError(
        f'"{shown}" names no database in which cases are kept.', allowed=_ALLOWED, mend=mend
    )


def _must_be_there(url: str) -> None:
    path = _file_of(url)
    there = _on_server(url) if path is None else _in_file(path, url)
    if not there:
        raise StoreUnavailableError(
            "The database has none of the tables in which cases are kept.",
            place="" if path is None else url,
            mend="Open the first one with: workflow open; or read an export: workflow import.",
        )


def _in_file(path: Path, url: str) -> bool:
    """Whether the tables are in the file, which is only read.

    Raises:
        StoreUnavailableError: There is no such file.
    """
    if path.is_dir():
        return True  # the store says what is wrong with it
    import sqlite3

    if not path.exists():
        raise StoreUnavailableError(
            "There is no such database file.",
            place=url,
            mend="workflow open and workflow import make one; a relative path counts from here.",
        )
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            asked = "SELECT 1 FROM sqlite_master WHERE name = 'workflow_meta'"
            return connection.execute(asked).fetchone() is not None
    except sqlite3.Error:
        return True  # likewise


def _on_server(url: str) -> bool:
    """Whether the tables are in the database of a server."""
    try:
        import psycopg
    except ImportError:
        return True  # the store says what is missing
    try:
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT to_regclass('workflow_meta')").fetchone()
            return row is not None and row[0] is not None
    except psycopg.Error:
        return True  # likewise
