"""`workflow export` and `workflow import`: a whole database as JSON Lines, and back."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

import attrs
import click

from workflow.cli.database import database_option, engine_on, known_case
from workflow.cli.output import console, examples, json_option, language_option, write_json
from workflow.cli.progress import progress
from workflow.errors import LogFormatError
from workflow.exports.json_lines import json_lines
from workflow.exports.read_store_lines import read_store_lines
from workflow.exports.store_lines import store_lines

if TYPE_CHECKING:
    from workflow.plans.text import Language

_WORDS: dict[str, tuple[str, str]] = {
    "export": ("Written to {file}, lines: {lines}.", "已写入 {file}，共 {lines} 行。"),
    "import": (
        "Cases: {cases}. Events: {events}. Notices: {notices}. Plans: {plans}.",
        "已导入：案件 {cases}，事件 {events}，通知 {notices}，预案 {plans}。",
    ),
}


@click.command(
    "export",
    short_help="Write the whole database as JSON Lines.",
    epilog=examples(
        "workflow export --output cases.jsonl --db sqlite:///cases.db",
        "workflow export --db sqlite:///cases.db",
        "workflow export --case 2026-0042 --output 2026-0042.jsonl --db sqlite:///cases.db",
    ),
)
@click.option(
    "--output",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file; by default the standard output.",
)
@click.option("--case", metavar="ID", help="Only the events of this case, as replay reads them.")
@database_option
@language_option
@json_option
def export(
    path: Path | None, case: str | None, url: str | None, lang: Language, *, as_json: bool
) -> None:
    """Write the whole database as JSON Lines: plans, cases with logs and hashes, notices.

    `workflow import` makes the same database of it, row by row. A file is written whole or not at
    all. Personal data are in it: guard it as you guard the database.
    """
    with engine_on(url) as engine, progress("export") as advance:
        if case is None:
            found = store_lines(engine.store)
        else:
            with known_case(engine, case):
                found = json_lines(engine.case(case))
        lines = _watched(found, lambda line: advance(line.startswith('{"case"')))
        if path is None:
            for line in lines:
                click.echo(line)
            return
        count = _write(path, lines)
    if as_json:
        write_json({"file": str(path), "lines": count})
        return
    console().print(_WORDS["export"][lang == "zh"].format(lines=f"{count:,}", file=path))


@click.command(
    "import",
    short_help="Read an export into a database.",
    epilog=examples(
        "workflow export --output cases.jsonl --db sqlite:///cases.db",
        "workflow import cases.jsonl --db sqlite:///copy.db",
        "workflow verify --db sqlite:///copy.db",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@database_option
@language_option
@json_option
def import_(file: Path, url: str | None, lang: Language, *, as_json: bool) -> None:
    """Read what `workflow export` wrote into a database; `-` reads the standard input.

    Every line and every hash is checked. All of it is written in one transaction, or nothing: a
    bad line is named. The database is made if it is not there.
    """
    with (
        _opened(file) as (handle, size, name),
        engine_on(url, create=True) as engine,
        progress("import", size) as advance,
    ):
        lines = _watched(_decoded(handle, name), lambda line: advance(len(line.encode())))
        found = read_store_lines(engine.store, lines, name)
    if as_json:
        write_json(attrs.asdict(found))
        return
    counts = {key: f"{count:,}" for key, count in attrs.asdict(found).items()}
    console().print(_WORDS["import"][lang == "zh"].format(**counts))


def _watched(lines: Iterable[str], seen: Callable[[str], object]) -> Iterator[str]:
    for line in lines:
        yield line
        seen(line)


def _write(path: Path, lines: Iterable[str]) -> int:
    """Write a file whole or not at all; how many lines it has."""
    part = path.with_name(f"{path.name}.part")
    count = 0
    try:
        with part.open("w", encoding="utf-8", newline="\n") as handle:
            for line in lines:
                handle.write(f"{line}\n")
                count += 1
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return count


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[tuple[IO[bytes], int | None, str]]:
    """The file with its size and name; a dash is the standard input."""
    if str(file) == "-":
        yield sys.stdin.buffer, None, "standard input"
        return
    with file.open("rb") as handle:
        yield handle, os.fstat(handle.fileno()).st_size, str(file)


def _decoded(handle: Iterable[bytes], name: str) -> Iterator[str]:
    for number, line in enumerate(handle, 1):
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise LogFormatError("The line is not UTF-8.", place=f"{name}:{number}") from error
