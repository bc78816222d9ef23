"""SQL: every statement by its name, and numbered migrations, as text files beside this one.

A statement of `queries.sql` serves every database; what a database says differently stands in a
file of its own, under the same name. Parameters are written `:name` and are only ever passed, never
put into the text.
"""

from __future__ import annotations

import functools
import re
from importlib import resources

_HEAD = re.compile(r"^-- ([a-z_]+): .*$", re.MULTILINE)
_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]+)")


@functools.cache
def queries(dialect: str) -> dict[str, str]:
    """The statements for a database (`sqlite` or `postgres`), by name."""
    found = _named(_read("queries.sql")) | _named(_read(f"{dialect}.sql"))
    if dialect == "postgres":
        found = {name: _PARAMETER.sub(r"%(\1)s", text) for name, text in found.items()}
    return found


def migrations(dialect: str) -> list[tuple[int, list[str]]]:
    """The migrations for a database, each its number and its statements, in order."""
    folder = resources.files(__package__).joinpath("migrations", dialect)
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".sql"))
    return [
        (int(name.removesuffix(".sql")), _statements(folder.joinpath(name).read_text("utf-8")))
        for name in names
    ]


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def _named(text: str) -> dict[str, str]:
    parts = _HEAD.split(text)
    return {
        name: body.strip().removesuffix(";")
        for name, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def _statements(text: str) -> list[str]:
    return [part.strip() for part in text.split(";\n") if part.strip()]
