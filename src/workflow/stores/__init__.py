"""Stores: where cases are kept. Memory, SQLite and PostgreSQL, behind one small protocol.

`open_store` opens the store that a URL names.
"""

from __future__ import annotations

from workflow.errors import StoreUnavailableError
from workflow.stores.rows import (
    CaseCopy,
    CaseRow,
    ClockRow,
    DeliveryRow,
    EventRow,
    Filed,
    Late,
    NoticeRow,
    PlanRow,
    RedactionRow,
    Step,
    WakeupRow,
)
from workflow.stores.store import Store, Unit, every_case

__all__ = [
    "CaseCopy",
    "CaseRow",
    "ClockRow",
    "DeliveryRow",
    "EventRow",
    "Filed",
    "Late",
    "NoticeRow",
    "PlanRow",
    "RedactionRow",
    "Step",
    "Store",
    "Unit",
    "WakeupRow",
    "every_case",
    "open_store",
]

_URLS = "memory://, sqlite:///relative.db, sqlite:////absolute.db, sqlite:///:memory:, postgresql://user@host/database"


def open_store(url: str) -> Store:
    """The store that a URL names.

    `memory://`; `sqlite:///cases.db` (a path from where the process runs), `sqlite:////var/cases.db`
    (an absolute path); `postgresql://...` as libpq reads it.

    Raises:
        StoreUnavailableError: No such kind of store, or it cannot be opened.
        StoreCorruptError: It is no database of this package, or a damaged one.
        MissingExtraError: PostgreSQL needs the extra `postgres`.
    """
    kind, found, rest = url.partition("://")
    if found and kind == "memory" and not rest:
        from workflow.stores.memory import MemoryStore

        return MemoryStore()
    if found and kind == "sqlite" and rest.startswith("/") and len(rest) > 1:
        from workflow.stores.sqlite import SqliteStore

        return SqliteStore(rest[1:])
    if found and kind in {"postgresql", "postgres"}:
        from workflow.stores.postgres import PostgresStore

        return PostgresStore(url)
    raise StoreUnavailableError(f'"{url}" names no store.', allowed=_URLS)
