"""PostgreSQL: many processes share the work. Version 13 or newer, through psycopg 3.

A worker that claims due cases holds their rows until it commits; the others skip them. If it dies,
its claim is rolled back by the server. A sleeper is woken by the server when somebody writes.

A store on a host's own connection joins the host's transaction: it neither commits nor rolls back.
Design: "Engine", paragraph "Stores".
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from workflow.errors import (
    ConcurrentChangeError,
    MissingExtraError,
    StoreCorruptError,
    StoreError,
    StoreUnavailableError,
)
from workflow.stores.sql import migrations, queries
from workflow.stores.sql_unit import SqlUnit

try:
    import psycopg
    from psycopg.pq import TransactionStatus
    from psycopg.rows import TupleRow, tuple_row
except ImportError as error:
    raise MissingExtraError("psycopg", "postgres") from error

LOOK_AGAIN = 30.0
"""Seconds after which a sleeper looks again, should the server's word not have reached it."""

_CHANNEL = "workflow"
_MIGRATING = 0x776F726B  # the key of the lock under which tables are made: "work"


class PostgresStore:
    """A store in a PostgreSQL database, or on a host's own connection."""

    look_again = LOOK_AGAIN

    def __init__(self, url: str, *, connection: psycopg.Connection[Any] | None = None) -> None:
        """Connect, and bring the tables up to date.

        Args:
            url: As libpq reads it: `postgresql://user@host/database`.
            connection: A host's own open connection, instead of a URL; see `on`.

        Raises:
            StoreUnavailableError: The server cannot be reached, or refuses.
        """
        self._url = url
        self.url = url if connection is not None else _without_secrets(url)
        self._own = connection is None
        self._lock = threading.RLock()
        self._queries = queries("postgres")
        self._listener: psycopg.Connection[TupleRow] | None = None
        self._closed = False
        with self._errors():
            self._connection = self._connect() if connection is None else connection
        try:
            self._migrate()
        except BaseException:
            self.close()
            raise

    @classmethod
    def on(cls, connection: psycopg.Connection[Any]) -> PostgresStore:
        """A store on a host's own open connection, whose transaction it joins.

        The tables are made in the host's database if they are not there. Nothing is committed:
        that is left to the host. A connection in autocommit mode must be in a transaction.
        """
        return cls("postgresql: the host's own connection", connection=connection)

    @contextlib.contextmanager
    def reading(self) -> Iterator[SqlUnit]:
        """See `Store.reading`."""
        with self._lock, self._errors():
            if self._own:
                with self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"):
                    yield self._unit()
            else:
                yield self._unit()

    @contextlib.contextmanager
    def writing(self) -> Iterator[SqlUnit]:
        """See `Store.writing`."""
        unit = self._unit()
        with self._lock, self._errors():
            # Whatever the server's default is: a claim must see what others have committed.
            begin = "BEGIN ISOLATION LEVEL READ COMMITTED"
            joined = self._transaction(begin) if self._own else self._savepoint()
            with joined:
                yield unit
                if unit.stirred:
                    self._say(f"NOTIFY {_CHANNEL}")

    def scrub(self) -> None:
        """See `Store.scrub`. Old versions of rows are vacuumed; the write-ahead log ages by itself.

        On a host's own connection that is left to the host, since its transaction is still open.
        """
        if self._own:
            with self._lock, self._errors():
                self._say("VACUUM workflow_events, workflow_wakeups, workflow_deliveries")

    def wait(self, seconds: float) -> bool:
        """See `Store.wait`. Any writer on the database wakes it."""
        with self._errors():
            if self._listener is None or self._listener.closed:
                self._listener = self._connect()
                self._listener.execute(f"LISTEN {_CHANNEL}")
                return True  # what was written before it listened is looked for at once
            return any(True for _ in self._listener.notifies(timeout=seconds, stop_after=1))

    def close(self) -> None:
        """See `Store.close`. A host's own connection stays open."""
        self._closed = True
        if self._own:
            with self._lock:
                self._connection.close()
        if self._listener is not None:
            self._listener.close()

    def _connect(self) -> psycopg.Connection[TupleRow]:
        return psycopg.connect(self._url, autocommit=True)

    def _ask(self, name: str, said: dict[str, Any]) -> psycopg.Cursor[TupleRow]:
        cursor = self._connection.cursor(row_factory=tuple_row)
        try:
            # The statement comes from the files beside this one, never from a caller.
            return cursor.execute(self._queries[name].encode(), said)
        except psycopg.Error as error:  # told here already: who asks tells it from other trouble
            raise _meant(error, self.url) from error

    def _ask_all(self, name: str, said: list[dict[str, Any]]) -> int:
        cursor = self._connection.cursor(row_factory=tuple_row)
        try:
            cursor.executemany(self._queries[name].encode(), said)
        except psycopg.Error as error:
            raise _meant(error, self.url) from error
        return cursor.rowcount

    def _unit(self) -> SqlUnit:
        return SqlUnit(self._ask, self._ask_all, list)

    def _say(self, text: str) -> psycopg.Cursor[TupleRow]:
        return self._connection.cursor(row_factory=tuple_row).execute(text.encode())

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        if self._closed:
            raise StoreUnavailableError(
                "The store is closed.", place=self.url, mend="Open it anew."
            )
        if self._connection.closed:
            self._connection = self._connect()  # the server was away, or the connection was cut
        self._say(begin)
        try:
            yield
            self._say("COMMIT")
        except BaseException:
            if not self._connection.closed:
                self._say("ROLLBACK")
            raise

    @contextlib.contextmanager
    def _savepoint(self) -> Iterator[None]:
        idle = self._connection.info.transaction_status == TransactionStatus.IDLE
        if self._connection.autocommit and idle:
            raise StoreError(
                "The connection commits by itself, so there is no transaction to join.",
                mend="Begin one: with connection.transaction(): ...",
            )
        self._say("SAVEPOINT workflow")
        try:
            yield
        except BaseException:
            if not self._connection.closed:
                self._say("ROLLBACK TO SAVEPOINT workflow")
                self._say("RELEASE SAVEPOINT workflow")
            raise
        self._say("RELEASE SAVEPOINT workflow")

    def _migrate(self) -> None:
        known = migrations("postgres")
        with self.reading():
            if self._schema() == known[-1][0]:
                return
        with self.writing() as unit:
            # Two processes that open a new database at once make its tables one after the other.
            self._say(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
            self._say(
                "CREATE TABLE IF NOT EXISTS workflow_meta "
                "(name TEXT PRIMARY KEY, value BIGINT NOT NULL)"
            )
            found = self._schema()
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
                        self._say(statement)
                    unit.ask("set_schema_version", {"value": number})

    def _schema(self) -> int:
        if self._say("SELECT to_regclass('workflow_meta')").fetchall()[0][0] is None:
            return 0
        found = self._ask("schema_version", {}).fetchone()
        return 0 if found is None else int(found[0])

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise _meant(error, self.url) from error


def _meant(error: psycopg.Error, url: str) -> StoreError:
    said = str(error).strip().splitlines() or [type(error).__name__]
    if isinstance(error, psycopg.errors.DeadlockDetected | psycopg.errors.SerializationFailure):
        return ConcurrentChangeError(
            f"Another writer was in the way: {said[0]}.",
            place=url,
            mend="Nothing was written; it is safe to retry.",
        )
    if isinstance(error, psycopg.errors.InFailedSqlTransaction):
        return StoreError(
            "The transaction to be joined has failed already.",
            place=url,
            mend="Roll it back and do all of it again.",
        )
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return StoreUnavailableError(
            f"The server takes no writes: {said[0]}.",
            place=url,
            mend="Connect to the primary server, or wait until this one is it.",
        )
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return StoreUnavailableError(
            f"The database refuses: {said[0]}.",
            place=url,
            mend="Give this user the rights on the tables that begin with workflow_.",
        )
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return StoreUnavailableError(
            f"The database cannot be used: {said[0]}.",
            place=url,
            mend="Try again with the same key when it is back: what was written stays one event.",
        )
    return StoreCorruptError(
        f"The tables are not those of this package: {said[0]}.",
        place=url,
        mend="Restore them from a backup.",
    )


def _without_secrets(url: str) -> str:
    """The URL as it may be shown: errors and logs hold no password."""
    try:
        said = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.Error:
        return "postgresql"
    host = said.get("host", "")
    return f"postgresql://{host}/{said.get('dbname', '')}"
