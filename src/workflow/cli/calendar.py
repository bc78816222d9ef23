"""`workflow calendar [CASE]...`: what is due, as an iCalendar file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workflow.cli.complete import case_names
from workflow.cli.database import database_option, engine_on, known_case, now_option
from workflow.cli.files import write_text
from workflow.cli.output import examples, language_option

if TYPE_CHECKING:
    from workflow.cases.status import Status
    from workflow.engine import Engine
    from workflow.exports.calendar_file import Entries
    from workflow.plans.text import Language


@click.command(
    short_help="What is due, as an iCalendar file.",
    epilog=examples(
        "workflow calendar --db sqlite:///cases.db -o deadlines.ics",
        "workflow calendar 2026-0042 --remind '30 min' --db sqlite:///cases.db",
        "workflow calendar --entries events --name Deadlines --db sqlite:///cases.db",
    ),
)
@click.argument("cases", metavar="[CASE]...", nargs=-1, shell_complete=case_names)
@click.option(
    "--entries",
    type=click.Choice(["todos", "events"]),
    default="todos",
    help="To-dos, or events for clients that ignore to-dos.",
)
@click.option("--remind", metavar="TIME", help="An alarm so long before each due time: '30 min'.")
@click.option("--name", default="", help="The name of the calendar.")
@click.option("--source", default="/workflow", help="A URI for this system; part of every id.")
@click.option(
    "--output",
    "-o",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file; by default the standard output.",
)
@database_option
@now_option
@language_option
def calendar(
    cases: tuple[str, ...],
    entries: Entries,
    remind: str | None,
    name: str,
    source: str,
    path: Path | None,
    url: str | None,
    now: str | None,
    lang: Language,
) -> None:
    """What is due in each CASE, or in all of them, as an iCalendar file with alarms.

    What is done stands in it as completed, what is no longer owed as cancelled. Every deadline
    keeps its id, so a client that reads the file again knows it.
    """
    from workflow.exports.calendar_file import calendar_file

    with engine_on(url, now=now) as engine:
        file = calendar_file(
            _statuses(engine, cases),
            entries=entries,
            remind=remind,
            source=source,
            name=name,
            lang=lang,
        )
    write_text(file, path)


def _statuses(engine: Engine, cases: Sequence[str]) -> Iterator[Status]:
    at = engine.time.now()
    for case in cases or engine.cases():
        with known_case(engine, case):
            found = engine.case(case)
        yield found.status_at(at)
