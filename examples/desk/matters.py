"""Matters: the host's own tables, in the same database as the cases.

The library keeps what the plan needs to know. What people wrote about a matter, and what they
have been told, is the host's: three tables beside those of the library, which begin `workflow_`.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from workflow.cases import Notice
from workflow.instants import Instant

_TABLES = """
CREATE TABLE IF NOT EXISTS desk_matter (
    case_id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    form TEXT UNIQUE
);
CREATE TABLE IF NOT EXISTS desk_remark (
    id INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES desk_matter,
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS desk_remark_of ON desk_remark (case_id, id);
CREATE TABLE IF NOT EXISTS desk_inbox (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    notice TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS desk_inbox_by_time ON desk_inbox (at);
"""


@attrs.frozen(kw_only=True)
class Matter:
    """A matter as people know it: its case, its title, who opened it and when."""

    case_id: str
    title: str
    person: str
    at: Instant


@attrs.frozen(kw_only=True)
class Remark:
    """What somebody wrote when recording an event."""

    person: str
    at: Instant
    event: str
    words: str


class Matters:
    """The host's tables, in one SQLite file. Every call has a connection of its own."""

    name = "inbox"
    """As a sink for notices, it is known to the engine by this name."""

    def __init__(self, path: Path) -> None:
        """Use that file, and make the tables if they are not there."""
        self._path = path
        with contextlib.closing(self._connect()) as connection:
            connection.executescript(_TABLES)

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: committed at the end, rolled back if anything goes wrong."""
        with contextlib.closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def next_name(self, connection: sqlite3.Connection, year: int) -> str:
        """The next free file number of a year, `2026-0042`."""
        said = "SELECT max(case_id) FROM desk_matter WHERE case_id GLOB ?"
        (last,) = connection.execute(said, (f"{year}-[0-9][0-9][0-9][0-9]",)).fetchone()
        return f"{year}-{1 if last is None else int(last[5:]) + 1:04}"

    def add(self, connection: sqlite3.Connection, matter: Matter, form: str | None) -> None:
        """Keep a new matter, and the key of the form that opened it."""
        connection.execute(
            "INSERT INTO desk_matter (case_id, title, person, at, form) VALUES (?, ?, ?, ?, ?)",
            (matter.case_id, matter.title, matter.person, matter.at, form),
        )

    def opened_by(self, connection: sqlite3.Connection, form: str | None) -> str | None:
        """The case that a form has opened already, if it came before."""
        said = "SELECT case_id FROM desk_matter WHERE form = ?"
        found = connection.execute(said, (form,)).fetchone()
        return None if found is None else str(found[0])

    def remark(self, connection: sqlite3.Connection, case_id: str, remark: Remark) -> None:
        """Keep what somebody wrote."""
        connection.execute(
            "INSERT INTO desk_remark (case_id, person, at, event, words) VALUES (?, ?, ?, ?, ?)",
            (case_id, remark.person, remark.at, remark.event, remark.words),
        )

    def deliver(self, notice: Notice) -> None:
        """Take a notice from the engine. One that comes again, as it may, is kept once."""
        with self.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO desk_inbox (id, case_id, at, notice) VALUES (?, ?, ?, ?)",
                (
                    notice.id,
                    notice.case_id,
                    notice.instant,
                    json.dumps(notice.to_json(), ensure_ascii=False),
                ),
            )

    def matter(self, case_id: str) -> Matter | None:
        """The matter of a case."""
        said = "SELECT case_id, title, person, at FROM desk_matter WHERE case_id = ?"
        return next((_matter(row) for row in self._ask(said, case_id)), None)

    def newest(self, most: int, before: int | None = None) -> list[Matter]:
        """The matters that were opened last, before an instant if one is given."""
        said = (
            "SELECT case_id, title, person, at FROM desk_matter WHERE at < ? "
            "ORDER BY at DESC, rowid DESC LIMIT ?"
        )
        end = 2**62 if before is None else before
        return [_matter(row) for row in self._ask(said, end, most)]

    def titles(self, cases: list[str]) -> dict[str, str]:
        """The titles of these cases."""
        said = (
            "SELECT case_id, title FROM desk_matter "
            "WHERE case_id IN (SELECT value FROM json_each(?))"
        )
        return {row[0]: row[1] for row in self._ask(said, json.dumps(cases))}

    def remarks(self, case_id: str) -> list[Remark]:
        """What was written about a case, the newest first."""
        said = "SELECT person, at, event, words FROM desk_remark WHERE case_id = ? ORDER BY id DESC"
        return [
            Remark(person=row[0], at=Instant(row[1]), event=row[2], words=row[3])
            for row in self._ask(said, case_id)
        ]

    def inbox(self, most: int, case_id: str | None = None) -> list[Notice]:
        """The notices that arrived, those that fell last first; of one case, or of all."""
        said = (
            "SELECT notice FROM desk_inbox WHERE ?1 IS NULL OR case_id = ?1 "
            "ORDER BY at DESC, rowid DESC LIMIT ?2"
        )
        return [Notice.from_json(json.loads(row[0])) for row in self._ask(said, case_id, most)]

    def _ask(self, said: str, *values: Any) -> list[tuple[Any, ...]]:
        with contextlib.closing(self._connect()) as connection:
            return connection.execute(said, values).fetchall()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        return connection


def _matter(row: tuple[Any, ...]) -> Matter:
    return Matter(case_id=row[0], title=row[1], person=row[2], at=Instant(row[3]))
