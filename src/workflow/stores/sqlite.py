"""SQLite: one file, written ahead (WAL), each transaction on the disk before it is reported.

The default store. Several processes may use one file; one writes at a time and the others wait,
at most `patience` seconds. A store on a host's own connection joins the host's transaction: it
neither commits nor rolls back, so that the host's rows and the case's rows stand or fall together.

Design: "Engine", paragraph "Stores".
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from typing import Any, Literal

from workflow.errors import StoreCorruptError, StoreError, StoreUnavailableError
from workflow.stores.nudge import Nudge
from workflow.stores.sql import migrations, queries
from workflow.stores.sql_unit import SqlUnit

PATIENCE = 10.0
"""Seconds to wait for another writer: many times the longest transaction of our own."""

LOOK_AGAIN = 5.0
"""Seconds after which a sleeper looks again: SQLite cannot wake another process."""


class SqliteStore:
    """A store in one SQLite file, or on a host's own connection."""

    look_again = LOOK_AGAIN

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        patience: float = PATIENCE,
        synchronous: Literal["FULL", "NORMAL"] = "FULL",
        connection: sqlite3.Connection | None = None,
    ) -> None:
        """Open the file, made if need be, and bring its tables up to date.

        Args:
            path: The file; `:memory:` keeps it in memory.
            patience: How many seconds to wait for another writer.
            synchronous: `FULL`: an accepted event survives a power failure. `NORMAL`: it survives
                a crash of the process; a power failure may take the last ones.
            connection: A host's own open connection, instead of a file; see `on`.

        Raises:
            StoreUnavailableError: It cannot be opened or written, or is locked or full.
            StoreCorruptError: It is no SQLite file, or damaged.
        """
        self.url = f"sqlite:///{os.fspath(path)}"
        self._own = connection is None
        self._lock = threading.RLock()
        self._nudge = Nudge()
        self._queries = queries("sqlite")
        if connection is not None:
            self._connection = connection
            self._migrate()
            return
        if os.path.isdir(path):  # noqa: PTH112 - it may be ":memory:", which is no path
            raise StoreUnavailableError(
                "It is a directory, not a database file.", place=self.url, mend="Name a file in it."
            )
        with self._errors():
            self._connection = sqlite3.connect(
                path, timeout=patience, isolation_level=None, check_same_thread=False
            )
        try:
            with self._errors():
                self._ask_plain("PRAGMA foreign_keys = ON")
                self._ask_plain("PRAGMA secure_delete = ON")  # what is forgotten is overwritten
                if self._ask_plain("PRAGMA journal_mode").fetchone()[0] != "wal":
                    self._ask_plain("PRAGMA journal_mode = WAL")
                self._ask_plain(f"PRAGMA synchronous = {_checked(synchronous)}")
            self._migrate()
        except BaseException:
            self._connection.close()
            raise

    @classmethod
    def on(cls, connection: sqlite3.Connection) -> SqliteStore:
        """A store on a host's own open connection, whose transaction it joins.

        The tables are made in the host's database if they are not there. Nothing is committed:
        that is left to the host. The store is good for as long as the connection is.
        """
        return cls("the host's own connection", connection=connection)

    @contextlib.contextmanager
    def reading(self) -> Iterator[SqlUnit]:
        """See `Store.reading`."""
        with self._lock, self._errors():
            if not self._own:
                yield self._unit()
                return
            with self._transaction("BEGIN"):
                yield self._unit()

    @contextlib.contextmanager
    def writing(self) -> Iterator[SqlUnit]:
        """See `Store.writing`."""
        unit = self._unit()
        with self._lock, self._errors():
            if self._own:
                with self._transaction("BEGIN IMMEDIATE"):
                    yield unit
            else:
                with self._savepoint():
                    yield unit
        if unit.stirred:
            self._nudge.give()

    def scrub(self) -> None:
        """See `Store.scrub`. What was freed is overwritten, and the write-ahead log is emptied.

        On a host's own connection that is left to the host, since its transaction is still open.
        """
        if self._own:
            with self._lock, self._errors():
                self._ask_plain("PRAGMA wal_checkpoint(TRUNCATE)")

    def wait(self, seconds: float) -> bool:
        """See `Store.wait`. Only writers on this store object wake it."""
        return self._nudge.wait(seconds)

    def close(self) -> None:
        """See `Store.close`. A host's own connection stays open."""
        if self._own:
            with self._lock:
                self._connection.close()

    def _ask(self, name: str, said: dict[str, Any]) -> sqlite3.Cursor:
        cursor = self._connection.cursor()
        cursor.row_factory = None  # the host may have set one of its own
        try:
            return cursor.execute(self._queries[name], said)
        except sqlite3.Error as error:  # told here already: who asks tells it from other trouble
            raise _meant(error, self.url) from error

    def _ask_all(self, name: str, said: list[dict[str, Any]]) -> int:
        try:
            return self._connection.cursor().executemany(self._queries[name], said).rowcount
        except sqlite3.Error as error:
            raise _meant(error, self.url) from error

    def _unit(self) -> SqlUnit:
        return SqlUnit(self._ask, self._ask_all, json.dumps)

    def _ask_plain(self, text: str) -> sqlite3.Cursor:
        return self._connection.execute(text)

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self._ask_plain(begin)
        try:
            yield
            self._ask_plain("COMMIT")
        except BaseException:
            # A full disk or an I/O error may have rolled it back already.
            if self._connection.in_transaction:
                self._ask_plain("ROLLBACK")
            raise

    @contextlib.contextmanager
    def _savepoint(self) -> Iterator[None]:
        if not self._connection.in_transaction:
            # Without it, releasing the savepoint would commit; the commit is the host's.
            self._ask_plain("BEGIN")
        self._ask_plain("SAVEPOINT workflow")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._ask_plain("ROLLBACK TO workflow")
                self._ask_plain("RELEASE workflow")
            raise
        self._ask_plain("RELEASE workflow")

    def _migrate(self) -> None:
        with self._errors():
            if self._schema() == migrations("sqlite")[-1][0]:
                return  # read-only work needs no write lock
        with self.writing() as unit:
            self._ask_plain(
                "CREATE TABLE IF NOT EXISTS workflow_meta "
                "(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID"
            )
            found = self._schema()
            known = migrations("sqlite")
            if found > known[-1][0]:
                raise StoreUnavailableError(
                    f"It was written by a newer version of this package (schema {found}).",
                    place=self.url,
                    allowed=f"schema 1 to {known[-1][0]}",
                    mend="Install that version.",
                )
            for number, statements in known:
                if number > found:
                    for statement in statements:
                        self._ask_plain(statement)
                    unit.ask("set_schema_version", {"value": number})

    def _schema(self) -> int:
        known = self._ask_plain("SELECT 1 FROM sqlite_master WHERE name = 'workflow_meta'")
        if known.fetchone() is None:
            return 0
        found = self._ask("schema_version", {}).fetchone()
        return 0 if found is None else int(found[0])

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _meant(error, self.url) from error


def _checked(synchronous: str) -> str:
    if synchronous not in {"FULL", "NORMAL"}:
        raise StoreError(f'"{synchronous}" is no way to write.', allowed="FULL, NORMAL")
    return synchronous


_UNAVAILABLE = (
    ("readonly", "The database file is read-only.", "Make the file and its folder writable."),
    ("locked", "The database is locked by another writer.", "Try again when it has finished."),
    ("busy", "The database is locked by another writer.", "Try again when it has finished."),
    ("full", "The disk is full.", "Make room and try again; nothing was half-written."),
    ("unable to open", "The database file cannot be opened.", "Does its folder exist?"),
    ("closed", "The store is closed.", "Open it anew."),
)


def _meant(error: sqlite3.Error, url: str) -> StoreError:
    said = str(error).lower()
    for word, what, mend in _UNAVAILABLE:
        if word in said:
            return StoreUnavailableError(what, place=url, mend=mend)
    if isinstance(error, sqlite3.OperationalError) and "no such" not in said:
        return StoreUnavailableError(f"The database cannot be used: {error}.", place=url)
    return StoreCorruptError(
        f"It is no database of this package, or a damaged one: {error}.",
        place=url,
        mend="Restore it from a backup.",
    )
