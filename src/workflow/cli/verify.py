"""`workflow verify`: whether the database holds what was written, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import click

from workflow.cli.database import database_option, engine_on
from workflow.cli.output import console, examples, json_option, language_option, styled, write_json
from workflow.errors import WorkflowError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflow.engine import Engine, Finding
    from workflow.plans.text import Language

_FOUND = 1

_WORDS: dict[str, tuple[str, str]] = {
    "well": ("All is as it was written. Cases: {cases}.", "共 {cases} 个案件，数据完整。"),
    "found": ("Findings: {count}. Cases: {cases}.", "在 {cases} 个案件中发现 {count} 处问题。"),
}


@click.command(
    short_help="Check that the database holds what was written.",
    epilog=examples(
        "workflow verify --db sqlite:///cases.db", "workflow verify --json --db sqlite:///cases.db"
    ),
)
@click.option(
    "--rebuild", is_flag=True, help="Write anew what does not follow from a log that is whole."
)
@database_option
@language_option
@json_option
def verify(url: str | None, lang: Language, *, rebuild: bool, as_json: bool) -> int:
    """Check every log by its hashes, and all that was derived from it. Code 1: something is wrong.

    For each case the first row that was altered, is missing or out of place is named. Clocks and
    wake-ups are derived, so --rebuild can write them anew; a log that was altered stays as it is.
    """
    with engine_on(url) as engine:
        found = engine.verify()
        if rebuild:
            rebuilt = rebuilt_of(engine, found)
            found = engine.verify() if rebuilt else found
        cases = sum(1 for _ in engine.cases())
    if as_json:
        write_json({"cases": cases, "findings": [attrs.asdict(it) for it in found]})
        return _FOUND if found else 0
    out = console()
    for it in found:
        out.print(styled(str(it), "red"))
    words = _WORDS["found" if found else "well"][lang == "zh"]
    out.print(styled(words.format(count=f"{len(found):,}", cases=f"{cases:,}"), "bold"))
    return _FOUND if found else 0


def rebuilt_of(engine: Engine, found: Sequence[Finding]) -> list[str]:
    """Write clocks and wake-up anew where the log is whole; the cases where that was done."""
    broken = {it.case for it in found if it.row is not None}
    cases = [name for name in dict.fromkeys(it.case for it in found) if name not in broken]
    done = []
    for name in cases:
        try:
            engine.rebuild(name)
        except WorkflowError:
            continue  # it cannot be evaluated, which is told as a finding
        done.append(name)
    return done
