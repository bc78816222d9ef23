"""`workflow open CASE --plan P` and `workflow record CASE EVENT`: what happened, written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workflow.cli.complete import case_names, event_names
from workflow.cli.database import database_option, engine_on, known_case, now_option
from workflow.cli.event_options import event_options, given_of
from workflow.cli.output import (
    console,
    examples,
    indented,
    json_option,
    language_option,
    plan_names,
    plan_of,
    styled,
    when_words,
    whole_second,
    write_json,
)
from workflow.cli.titles import Titles
from workflow.instants import to_moment, zone_of

if TYPE_CHECKING:
    from workflow.engine import Engine, Recorded
    from workflow.plans.text import Language

_WORDS: dict[str, tuple[str, str]] = {
    "opened": ("Opened {case} under {plan}.", "已按《{plan}》立案：{case}。"),
    "recorded": ("Recorded in {case}: {event}, {at}.", "已记录：{case}，{event}，{at}。"),
    "duplicate": ("It was recorded already; nothing changed.", "此前已记录，未作更改。"),
    "stands": ("Stage: {stage}.", "阶段：{stage}。"),
    "stands_level": ("Stage: {stage}. Level: {level}.", "阶段：{stage}。级别：{level}。"),
    "next": ("Next: {title} by {at}.", "下一期限：{title}，{at}。"),
}


@click.command(
    "open",
    short_help="Open a case under a plan.",
    epilog=examples(
        "workflow open c-1 --plan township --db sqlite:///cases.db",
        "workflow open c-2 --plan municipal-investment-group --level major --by department --db sqlite:///cases.db",
    ),
)
@click.argument("case")
@click.option(
    "--plan",
    "plans",
    shell_complete=plan_names,
    multiple=True,
    required=True,
    metavar="PLAN",
    help="The plan, by name or path; repeatable.",
)
@click.option("--event", metavar="E", help="The opening event, if not the plan's usual one.")
@event_options
@database_option
@now_option
@language_option
@json_option
def open_(
    case: str,
    plans: tuple[str, ...],
    event: str | None,
    url: str | None,
    now: str | None,
    lang: Language,
    *,
    as_json: bool,
    **said: Any,
) -> None:
    """Open the case CASE under a plan, or several.

    A plan is a name from `workflow plans`, or the path of a YAML or TOML file. The case keeps the
    plan as it is now. The database is made if it is not there.
    """
    found = [plan_of(name) for name in plans]
    given = given_of(said, found[0].zone)
    with engine_on(url, now=now, create=True, plans=found) as engine:
        at = _at(engine, given.pop("at"))
        made = engine.open([it.name for it in found], case, at=at, event=event, **given)
        _told(engine, made, given["key"], lang, "opened", as_json=as_json)


@click.command(
    short_help="Record an event of a case.",
    epilog=examples(
        "workflow record 2026-0042 reported --by department --to leading-group --db sqlite:///cases.db",
        "workflow record 2026-0042 noted --data source=phone --key call-17 --db sqlite:///cases.db",
    ),
)
@click.argument("case", shell_complete=case_names)
@click.argument("event", shell_complete=event_names)
@click.option("--of", multiple=True, metavar="DUTY", help="The duty that it concerns; repeatable.")
@event_options
@database_option
@now_option
@language_option
@json_option
def record(
    case: str,
    event: str,
    of: tuple[str, ...],
    url: str | None,
    now: str | None,
    lang: Language,
    *,
    as_json: bool,
    **said: Any,
) -> None:
    """Record that EVENT happened in CASE. When this returns, it is kept.

    `workflow status CASE` lists the events that can be recorded.
    """
    given = given_of(said)
    with engine_on(url, now=now) as engine, known_case(engine, case):
        at = _at(engine, given.pop("at"))
        made = engine.record(case, event, at=at, of=of, **given)
        _told(engine, made, given["key"], lang, "recorded", as_json=as_json)


def _at(engine: Engine, given: str | None) -> Any:
    """When it happened: as given, or the second that has just begun; nobody notes less."""
    return given or to_moment(whole_second(engine.time.now()), zone_of("UTC"))


def _told(
    engine: Engine, made: Recorded, key: str | None, lang: Language, how: str, *, as_json: bool
) -> None:
    """Say what became of it."""
    case = made.case
    plan = case.plan
    # A repetition was recorded earlier: its key tells which it was.
    event = next((it for it in case.log.recorded if key and it.key == key), case.log.recorded[-1])
    status = case.status_at(max(engine.time.now(), event.instant))
    dated = [clock for clock in status.running if clock.due_instant is not None]
    if as_json:
        write_json(
            {
                "case": case.id,
                "event": event.to_json(),
                "duplicate": made.duplicate,
                "stage": status.stage,
                "level": status.level,
                "notices": [it.to_json() for it in made.notices],
                "next_due": dated[0].due.isoformat() if dated and dated[0].due else None,
            }
        )
        return
    out = console()
    title = _title(case.plans, event.type, lang)
    words = {
        "case": case.id,
        "plan": ", ".join(it.title.words(lang) or it.name for it in case.plans),
        "event": title,
        "at": when_words(plan, event.instant),
    }
    how = "duplicate" if made.duplicate else how
    out.print(styled(_say(how, lang).format(**words), "bold"))
    stage = plan.stage(status.stage).title.words(lang) or status.stage
    level = plan.level(status.level).title.words(lang) if status.level else ""
    out.print(
        styled(_say("stands_level" if level else "stands", lang).format(stage=stage, level=level))
    )
    if dated:
        at = when_words(plan, dated[0].due_instant)
        owed = dated[0].obligation.title.words(lang) or dated[0].id
        out.print(styled(_say("next", lang).format(title=owed, at=at)))
    titles = Titles(engine)
    for notice in made.notices:
        out.print(indented("  ".join(titles.notice(notice, lang)[::2]), "dim"))


def _title(plans: Any, event: str, lang: Language) -> str:
    for plan in plans:
        if event in {it.id for it in plan.events}:
            return str(plan.event(event).title.words(lang) or event)
    return event


def _say(key: str, lang: Language) -> str:
    return _WORDS[key][lang == "zh"]
