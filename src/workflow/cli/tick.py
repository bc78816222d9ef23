"""`workflow tick`: wake the cases whose time has come, once, and deliver what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workflow.cli.database import database_option, engine_on, now_option
from workflow.cli.output import (
    console,
    examples,
    json_option,
    language_option,
    styled,
    table,
    write_json,
)
from workflow.cli.sinks import sinks_of, webhook_options
from workflow.cli.titles import Titles

if TYPE_CHECKING:
    from workflow.plans.text import Language

_WORDS: dict[str, tuple[str, str]] = {
    "none": ("Nothing fell due.", "没有到期事项。"),
    "parked": (
        "{count} parked: workflow parked",
        "{count} 项已搁置：workflow parked",
    ),
}


@click.command(
    short_help="Wake the cases whose time has come, once.",
    epilog=examples(
        "workflow tick --db sqlite:///cases.db", "workflow tick --json --db sqlite:///cases.db"
    ),
)
@webhook_options
@database_option
@now_option
@language_option
@json_option
def tick(
    webhook: str | None,
    secret: str | None,
    url: str | None,
    now: str | None,
    lang: Language,
    *,
    as_json: bool,
) -> None:
    """Wake every case whose time has come, say what fell due, and deliver what waits.

    For a scheduler such as cron; `workflow run` does it without one.
    """
    with sinks_of(webhook, secret) as sinks, engine_on(url, now=now, sinks=sinks) as engine:
        notices = engine.tick()
        if as_json:
            write_json([it.to_json() for it in notices])
            return
        out = console()
        titles = Titles(engine)
        rows = [[styled(cell) for cell in titles.notice(it, lang)] for it in notices]
        if rows:
            out.print(table(("", "", ""), rows, [0, 1, 3], show_header=False))
        else:
            out.print(_WORDS["none"][lang == "zh"])
        if parked := len(engine.parked()):
            out.print(styled(_WORDS["parked"][lang == "zh"].format(count=parked), "yellow"))
