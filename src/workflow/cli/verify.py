"""`workflow verify`: whether the database holds what was written, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import click

from workflow.cli.database import database_option, engine_on
from workflow.cli.output import console, examples, json_option, language_option, styled, write_json

if TYPE_CHECKING:
    from workflow.plans.text import Language

_FOUND = 1

_WORDS: dict[str, tuple[str, str]] = {
    "rebuilt": ("Cases written anew: {count}.", "已重新写入 {count} 个案件。"),
    "well": ("All is as it was written. Cases: {cases}.", "共 {cases} 个案件，数据完整。"),
    "found": ("Findings: {count}. Cases: {cases}.", "在 {cases} 个案件中发现 {count} 处问题。"),
}


@click.command(
    short_help="Check that the database holds what was written.",
    epilog=examples(
        "workflow verify --db sqlite:///cases.db",
        "workflow verify --rebuild --db sqlite:///cases.db",
    ),
)
@click.option(
    "--rebuild",
    is_flag=True,
    help="First write anew what does not follow from a log that is whole.",
)
@database_option
@language_option
@json_option
def verify(url: str | None, lang: Language, *, rebuild: bool, as_json: bool) -> int:
    """Check every log by its hashes, and all that was derived from it. Code 1: something is wrong.

    For each case the first row that was altered, is missing or out of place is named. Clocks and
    wake-ups are derived, so --rebuild can write them anew, in all cases where they are not what the
    log says: worth doing once after an upgrade. A log that was altered stays as it is.
    """
    with engine_on(url) as engine:
        rebuilt = engine.rebuild_all() if rebuild else None
        found = engine.verify()
        cases = sum(1 for _ in engine.cases())
    if as_json:
        told = {"cases": cases, "findings": [attrs.asdict(it) for it in found]}
        write_json(told if rebuilt is None else {**told, "rebuilt": rebuilt})
        return _FOUND if found else 0
    out = console()
    if rebuilt is not None:
        out.print(_WORDS["rebuilt"][lang == "zh"].format(count=f"{len(rebuilt):,}"))
    for it in found:
        out.print(styled(str(it), "red"))
    words = _WORDS["found" if found else "well"][lang == "zh"]
    out.print(styled(words.format(count=f"{len(found):,}", cases=f"{cases:,}"), "bold"))
    return _FOUND if found else 0
