"""`workflow demo`: one worked case, told from an event file."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

import workflow
from workflow.cli.output import (
    console,
    examples,
    heading,
    json_option,
    language_option,
    styled,
    write_json,
)
from workflow.cli.story import tell
from workflow.errors import LogFormatError
from workflow.plans.text import Language
from workflow.reports.read_log import read_log
from workflow.reports.replay import replay

PLAN = "municipal-investment-group"
FILE = "2026-0042.jsonl"

WHY = ("report-major", "notify-city", "authoritative-statement", "written-review")
"""The duties whose story is told in full: late, saved by a late record, target missed, in days."""

_HEAD = {"en": "Why", "zh": "为什么"}


@click.command(
    short_help="Tell one worked case from detection to review.",
    epilog=examples("workflow demo", "workflow demo --lang zh"),
)
@language_option
@json_option
def demo(lang: Language, *, as_json: bool) -> None:
    """Tell one worked case under the municipal group's plan, level I.

    A late report, a back-dated phone call, a worsening, a reply, a doubt, a second reply and a
    review in three days: what was on time, what was not, and why. The events are read from
    examples/demo/2026-0042.jsonl.
    """
    from workflow.plans.catalogue import load

    result = replay(load(PLAN), read_log(event_file()))
    case = next(iter(result.cases.values()))
    status = case.status_at(result.now)
    if as_json:
        moment = status.now
        write_json(
            case.story(moment, lang).data
            | {"explanations": [case.explain(name, moment, lang).data for name in WHY]}
        )
        return
    tell(case, result.now, lang)
    out = console()
    for name in WHY:
        out.print(heading(f"{_HEAD[lang]}: {status[name].obligation.title.words(lang)}"))
        out.print(styled(str(case.explain(name, status.now, lang))))


def event_file() -> Path:
    """The event file: in the installed package, or in the folder `examples/` of a checkout."""
    shipped = Path(str(resources.files("workflow.cli"))) / "demo" / FILE
    checkout = Path(workflow.__file__).parents[2] / "examples" / "demo" / FILE
    for path in (shipped, checkout):
        if path.is_file():
            return path
    raise LogFormatError("The event file of the demo is missing.", place=str(shipped))
