"""`workflow status [CASE]`: where one case stands and why, or a line for every case."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from workflow.cli.complete import case_names
from workflow.cli.database import database_option, engine_on, known_case, now_option
from workflow.cli.output import (
    console,
    examples,
    json_option,
    language_option,
    styled,
    table,
    when_words,
    whole_second,
    write_json,
)
from workflow.cli.story import results, tell
from workflow.cli.titles import both, iso, recordable
from workflow.instants import show, to_instant

if TYPE_CHECKING:
    from workflow.cases import Case, Clock
    from workflow.cases.status import Status
    from workflow.engine import Engine
    from workflow.plans.text import Language

_WORDS: dict[str, tuple[str, str]] = {
    "plan": ("Plan", "预案"),
    "stage": ("Stage", "阶段"),
    "level": ("Level", "级别"),
    "category": ("Category", "类别"),
    "next": ("Something changes next", "下次变化"),
    "legal": ("Can be recorded now", "当前可记录的事件"),
    "due": ("Next due", "下一期限"),
    "overdue": ("Overdue", "逾期"),
    "case": ("Case", "案件"),
    "none": ("No case yet.", "尚无案件。"),
    "more": ("… and more (--limit)", "……（--limit 可显示更多）"),
}


@click.command(
    short_help="Where a case stands; without a name, all cases.",
    epilog=examples(
        "workflow status --db sqlite:///cases.db",
        "workflow status 2026-0042 --db sqlite:///cases.db",
        "workflow status 2026-0042 --why report-found --db sqlite:///cases.db",
        "workflow status 2026-0042 --now 2026-03-02T12:00+08:00 --json --db sqlite:///cases.db",
    ),
)
@click.argument("case", required=False, shell_complete=case_names)
@click.option(
    "--why", metavar="DUTY", help="Explain one duty: what is owed, by when, and why then."
)
@click.option("--story", is_flag=True, help="Tell the whole case in order.")
@click.option("--limit", type=click.IntRange(1), default=100, help="Without CASE: lines at most.")
@database_option
@now_option
@language_option
@json_option
def status(
    case: str | None,
    why: str | None,
    limit: int,
    url: str | None,
    now: str | None,
    lang: Language,
    *,
    story: bool,
    as_json: bool,
) -> None:
    """Where CASE stands: its stage, its duties, what can be recorded. Without CASE, all cases."""
    if case is None and (why or story):
        raise click.UsageError(
            "--why and --story need the name of a case.", click.get_current_context()
        )
    with engine_on(url, now=now) as engine:
        if case is None:
            _all(engine, limit, lang, as_json=as_json)
            return
        with known_case(engine, case):
            found = engine.case(case)
        standing = found.status_at(engine.time.now())
        if why is not None:
            told = standing[why].explain(lang)
            write_json(told.data) if as_json else console().print(styled(str(told)))
        elif as_json:
            write_json(_data(found, standing))
        elif story:
            tell(found, standing.now_instant, lang)
        else:
            _one(found, standing, lang)


def _one(case: Case, standing: Status, lang: Language) -> None:
    out = console()
    plan = case.plan
    out.print(
        styled(f"{case.id}", "bold"),
        styled(show(whole_second(standing.now_instant), plan.zone), "dim"),
    )
    level = plan.level(standing.level) if standing.level else None
    category = plan.category(standing.category) if standing.category else None
    wakes = standing.next_wakeup_instant
    facts = {
        "plan": ", ".join(it.title.words(lang) or it.name for it in case.plans),
        "stage": plan.stage(standing.stage).title.words(lang) or standing.stage,
        "level": (level.title.words(lang) or level.id) if level else "",
        "category": (category.title.words(lang) or category.id) if category else "",
        "next": "" if wakes is None else show(whole_second(wakes), plan.zone),
        "legal": ", ".join(recordable(case)),
    }
    for key, value in facts.items():
        if value:
            out.print(styled(f"{_say(key, lang)}: ", "dim").append(value, "not dim"))
    results(standing.clocks, case, lang)


def _all(engine: Engine, limit: int, lang: Language, *, as_json: bool) -> None:
    names = list(islice(engine.cases(), limit + 1))
    rows = [_row(engine.case(name), engine) for name in names[:limit]]
    if as_json:
        write_json(rows)
        return
    out = console()
    if not rows:
        out.print(_say("none", lang))
        return
    cells = []
    for name, row in zip(names, rows, strict=False):
        plan = engine.case(name).plan
        level = plan.level(row["level"]).title.words(lang) if row["level"] else "-"
        due = when_words(plan, to_instant(row["next_due"])) if row["next_due"] else "-"
        cells.append(
            (
                styled(name, "bold"),
                plan.title.words(lang) or plan.name,
                plan.stage(row["stage"]).title.words(lang) or row["stage"],
                level,
                styled(due),
                styled(str(row["overdue"] or "-"), "bold red" if row["overdue"] else ""),
            )
        )
    heads = [_say(key, lang) for key in ("case", "plan", "stage", "level", "due", "overdue")]
    out.print(table(heads, cells, [0, 3, 2, 2, 0, 0]))
    if len(names) > limit:
        out.print(styled(_say("more", lang), "dim"))


def _row(case: Case, engine: Engine) -> dict[str, Any]:
    standing = case.status_at(engine.time.now())
    dated = [clock for clock in standing.running if clock.due_instant is not None]
    return {
        "case": case.id,
        "plans": [plan.name for plan in case.plans],
        "stage": standing.stage,
        "level": standing.level,
        "next_due": iso(case.plan, dated[0].due_instant) if dated else None,
        "overdue": len(standing.overdue),
    }


def _data(case: Case, standing: Status) -> dict[str, Any]:
    return {
        "case": case.id,
        "plans": [{"name": it.name, "version": it.version} for it in case.plans],
        "now": standing.now.isoformat(),
        "stage": standing.stage,
        "level": standing.level,
        "category": standing.category,
        "conditions": sorted(standing.conditions),
        "next_wakeup": iso(case.plan, standing.next_wakeup_instant),
        "legal_events": recordable(case),
        "clocks": [_clock(it) for it in standing],
    }


def _clock(clock: Clock) -> dict[str, Any]:
    plan = clock.history.plan
    remaining, late = clock.remaining, clock.overdue_by
    return {
        "clock": clock.id,
        "plan": clock.plan,
        "obligation": clock.obligation.id,
        "title": both(clock.obligation),
        "state": clock.state.value,
        "start": iso(plan, clock.start_instant),
        "target": iso(plan, clock.target_instant),
        "due": iso(plan, clock.due_instant),
        "ended": iso(plan, clock.ended_instant),
        "remaining_seconds": None if remaining is None else remaining.total_seconds(),
        "overdue_seconds": None if late is None else late.total_seconds(),
        "target_missed": clock.target_missed,
    }


def _say(key: str, lang: Language) -> str:
    return _WORDS[key][lang == "zh"]
