"""`workflow report`: how many duties were done and in time, by plan, duty, level, role or month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workflow.cli.database import database_option, engine_on, now_option
from workflow.cli.files import write_text
from workflow.cli.output import (
    console,
    examples,
    heading,
    json_option,
    language_option,
    styled,
    table,
    write_json,
)
from workflow.cli.progress import progress
from workflow.cli.times import time_of
from workflow.errors import TimeError

if TYPE_CHECKING:
    from workflow.plans.text import Language
    from workflow.reports.figures import Report

_BY = ("plan", "obligation", "level", "category", "role", "month")


@click.command(
    short_help="Rates and times of the duties in all cases.",
    epilog=examples(
        "workflow report --db sqlite:///cases.db",
        "workflow report --by month --by role --csv --db sqlite:///cases.db",
        "workflow report --html report.html --lang zh --db sqlite:///cases.db",
    ),
)
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(_BY),
    help="What to count by, once for each; by default the duty.",
)
@click.option("--since", metavar="T", help="Duties that started from T on (ISO 8601, offset).")
@click.option("--until", metavar="T", help="Duties that started before T.")
@click.option("--waiting", is_flag=True, help="With --csv: what is open or overdue now instead.")
@click.option(
    "--limit", type=click.IntRange(0), default=20, help="Open and overdue duties to list at most."
)
@click.option("--csv", "as_csv", is_flag=True, help="For spreadsheets: CSV.")
@click.option(
    "--html",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write one page with charts into this file.",
)
@database_option
@now_option
@language_option
@json_option
def report(
    by: tuple[str, ...],
    since: str | None,
    until: str | None,
    limit: int,
    path: Path | None,
    url: str | None,
    now: str | None,
    lang: Language,
    *,
    waiting: bool,
    as_csv: bool,
    as_json: bool,
) -> None:
    """How many duties were done, and in time; how long it took; which clauses are the worst.

    A duty counts in the month in which it started to apply. Withdrawn and open duties count in no
    rate.
    """
    if as_csv + as_json + (path is not None) > 1:
        raise click.UsageError("Give one of --json, --csv, --html.", click.get_current_context())
    if waiting and not as_csv:
        raise click.UsageError(
            "--waiting goes with --csv; the other forms hold both.", click.get_current_context()
        )
    _check_span(since, until)
    from workflow.reports.duties import report as made
    from workflow.reports.page import page

    # Ten million duties take half a minute: somebody who looks sees that it is at work.
    with engine_on(url, now=now) as engine, progress("report"):
        found = made(engine, by=by or ("obligation",), since=since, until=until, waiting=limit)
    if as_json:
        write_json(found.to_json())
    elif as_csv:
        write_text(found.waiting_csv() if waiting else found.csv(), None)
    elif path is not None:
        write_text(page(found, lang=lang), path)
    else:
        _print(found, lang)


def _check_span(since: str | None, until: str | None) -> None:
    begin = None if since is None else time_of(since, "--since")
    end = None if until is None else time_of(until, "--until")
    if begin is not None and end is not None and end <= begin:
        raise TimeError(
            f"{until} does not lie after {since}.", place="--until", allowed="a time after --since"
        )


def _print(found: Report, lang: Language) -> None:
    from workflow.cli.report_table import figures_table
    from workflow.reports import words

    def say(*names: str) -> list[str]:
        return [words.head(name, lang) for name in names]

    out = console()
    title = styled(words.say("title", lang), "bold")
    out.print(title, styled(words.headline(found, lang), "dim"))
    span = words.span_line(found, lang)
    if span:
        out.print(styled(span, "dim"))
    if found.lines:
        made, narrow = figures_table(found, lang, out.width)
        out.print(made)
        if narrow:
            out.print(styled(words.say("narrow", lang), "dim"))
    else:
        out.print(words.say("empty", lang))
    if found.waiting_count:
        out.print(heading(words.say("waiting", lang)))
        if found.waiting:
            out.print(table(say(*words.WAITING), words.waiting_rows(found, lang), [0, 0, 2, 3, 2]))
        more = words.listed_line(found, lang, "listed")
        if more:
            out.print(styled(more, "dim"))
    if found.worst:
        out.print(heading(words.say("worst", lang)))
        heads = say("plan", "obligation", "clause", "rate", "late", "overdue")
        out.print(table(heads, words.clause_rows(found, lang), [2, 3, 4, 0, 0, 0]))
    if found.lines:
        out.print(styled("\n" + words.say("notes", lang), "dim"))
