"""`workflow picture WHAT NAME`: a plan or a case as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workflow.cli.complete import plans_or_cases
from workflow.cli.database import database_option, engine_on, known_case, now_option
from workflow.cli.files import write_text
from workflow.cli.output import examples, language_option, plan_of
from workflow.cli.times import time_of
from workflow.errors import MissingProgramError

if TYPE_CHECKING:
    from workflow.pictures.svg import Theme
    from workflow.plans.text import Language

_WITHOUT = "--as mermaid, or --as dot"

_FORMS = ("svg", "dot", "mermaid")


@click.command(
    short_help="Draw a plan or a case as SVG.",
    epilog=examples(
        "workflow picture states township --as mermaid",
        "workflow picture timetable township --detected 2026-03-02T08:40+08:00 -o plan.svg",
        "workflow picture timeline 2026-0042 --db sqlite:///cases.db -o case.svg",
    ),
)
@click.argument("what", type=click.Choice(["states", "timetable", "timeline"]))
@click.argument("name", shell_complete=plans_or_cases)
@click.option("--level", help="For a timetable: the level; needed where the plan has levels.")
@click.option("--category", help="For a timetable: the category, if it is known.")
@click.option("--detected", metavar="T", help="For a timetable: when it was found.")
@click.option(
    "--as", "form", type=click.Choice(_FORMS), default="svg", help="For states: how to write them."
)
@click.option(
    "--theme",
    type=click.Choice(["auto", "light", "dark"]),
    default="auto",
    help="Colours: as the reader's system asks, or always the same.",
)
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
def picture(
    what: str,
    name: str,
    level: str | None,
    category: str | None,
    detected: str | None,
    form: str,
    theme: Theme,
    path: Path | None,
    url: str | None,
    now: str | None,
    lang: Language,
) -> None:
    """Draw WHAT of NAME: states or timetable of a plan, or the timeline of a case.

    A picture is SVG that stands alone. The states of a plan need Graphviz for that; --as dot and
    --as mermaid do without. A timeline reads the case NAME from the database.
    """
    for option, given in (
        ("--level", level),
        ("--category", category),
        ("--detected", detected),
    ):
        if given is not None and what != "timetable":
            raise click.UsageError(f"{option} is for a timetable.", click.get_current_context())
    if what == "states":
        drawn = _states(name, form, lang, theme)
    elif form != "svg":
        raise click.UsageError(f"--as {form} is for states.", click.get_current_context())
    elif what == "timetable":
        drawn = _timetable(name, level, category, detected, lang, theme)
    else:
        drawn = _timeline(name, url, now, lang, theme)
    write_text(drawn, path)


def _states(name: str, form: str, lang: Language, theme: Theme) -> str:
    from workflow.pictures.state_diagram import state_diagram, state_dot, state_svg

    plan = plan_of(name)
    if form == "svg":
        try:
            return state_svg(plan, lang, theme)
        except MissingProgramError as error:
            mend = error.mend.partition(" Without it ")[0]
            raise MissingProgramError("dot", f"{mend} Without it: {_WITHOUT}") from error
    return state_dot(plan, lang) if form == "dot" else state_diagram(plan, lang)


def _timetable(
    name: str,
    level: str | None,
    category: str | None,
    detected: str | None,
    lang: Language,
    theme: Theme,
) -> str:
    from workflow.pictures.timetable_chart import timetable_chart

    if detected is None:
        raise click.UsageError(
            "A timetable counts from a moment: give --detected.", click.get_current_context()
        )
    plan = plan_of(name)
    time_of(detected, "--detected", plan.zone)
    return timetable_chart(plan, level, detected, category=category, lang=lang, theme=theme)


def _timeline(name: str, url: str | None, now: str | None, lang: Language, theme: Theme) -> str:
    from workflow.pictures.timeline import timeline_of

    with engine_on(url, now=now) as engine:
        with known_case(engine, name):
            case = engine.case(name)
        at = engine.time.now()
    notices = case.notices_between(None, at)
    return timeline_of(case.status_at(at), notices=notices, lang=lang, theme=theme)
