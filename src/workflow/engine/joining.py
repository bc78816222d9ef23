"""Joining: a store on a connection that the host has opened, inside the host's transaction.

A host that uses SQLAlchemy or Django hands over the session or connection that it has; the
driver's connection is found underneath. Neither package is imported here.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING, Any, TypeGuard

from workflow.errors import StoreError
from workflow.stores.sqlite import SqliteStore
from workflow.stores.store import Store

if TYPE_CHECKING:
    import psycopg


def store_on(connection: object) -> Store:
    """A store on a host's own open connection.

    Raises:
        StoreError: It is a connection of another kind, or has no transaction to join.
    """
    driver = connection if _is_drivers(connection) else _underneath(connection)
    if isinstance(driver, sqlite3.Connection):
        return SqliteStore.on(driver)
    if _is_psycopgs(driver):
        from workflow.stores.postgres import PostgresStore

        return PostgresStore.on(driver)
    raise StoreError(
        f"{type(connection).__module__}.{type(connection).__qualname__} is no connection that can "
        "be joined.",
        allowed="an open sqlite3.Connection or psycopg.Connection, a SQLAlchemy Session or "
        "Connection on one of them, a Django connection on one of them",
        mend="An asynchronous connection cannot be joined.",
    )


def _is_drivers(connection: object) -> bool:
    return isinstance(connection, sqlite3.Connection) or _is_psycopgs(connection)


def _is_psycopgs(connection: object) -> TypeGuard[psycopg.Connection[Any]]:
    # Whoever has such a connection has imported the package; nobody else pays for it.
    package = sys.modules.get("psycopg")
    return package is not None and isinstance(connection, package.Connection)


def _underneath(found: Any) -> object:
    """The driver's connection under a SQLAlchemy session or connection, or under Django's."""
    if hasattr(found, "in_atomic_block"):
        # Outside of `atomic`, Django commits by itself, each statement alone.
        if not found.in_atomic_block:
            raise StoreError(
                "Django has no transaction open on this connection, so there is none to join.",
                mend="Begin one: with transaction.atomic(): ...",
            )
        return found.connection
    if hasattr(found, "get_bind") and callable(getattr(found, "connection", None)):
        found = found.connection()  # a session; it begins its transaction here
    pooled = getattr(found, "connection", None)
    return getattr(pooled, "driver_connection", None)
