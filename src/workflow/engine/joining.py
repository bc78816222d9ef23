"""Joining: a store on a connection that the host has opened, inside the host's transaction."""

from __future__ import annotations

import sqlite3

from workflow.errors import StoreError
from workflow.stores.sqlite import SqliteStore
from workflow.stores.store import Store


def store_on(connection: object) -> Store:
    """A store on a host's own open connection.

    Raises:
        StoreError: It is a connection of another kind.
    """
    if isinstance(connection, sqlite3.Connection):
        return SqliteStore.on(connection)
    if type(connection).__module__.partition(".")[0] == "psycopg":
        import psycopg

        from workflow.stores.postgres import PostgresStore

        if isinstance(connection, psycopg.Connection):
            return PostgresStore.on(connection)
    raise StoreError(
        f"{type(connection).__module__}.{type(connection).__qualname__} is no connection that can "
        "be joined.",
        allowed="an open sqlite3.Connection or psycopg.Connection",
        mend="Hand over the driver's own connection, not a wrapper round it.",
    )
