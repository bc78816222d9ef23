"""`workflow due` without a rule, and `workflow overdue`: what is owed in all cases, by time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from workflow.cases.words import span_words
from workflow.cli.database import database_option, engine_on, now_option
from workflow.cli.output import (
    console,
    examples,
    json_option,
    language_option,
    styled,
    table,
    when_words,
    who_to_whom,
    write_json,
)
from workflow.cli.titles import Titles, both, iso
from workflow.instants import LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    import rich.table

    from workflow.engine import Engine, Owed
    from workflow.plans.text import Language

FAR = f"{LAST_YEAR}-12-31T00:00Z"
"""Until when, where nothing is said: nothing can be due later."""

LIMIT = 100
"""Lines at most, where nothing is said."""

_WORDS: dict[str, tuple[str, str]] = {
    "due": ("Due", "期限"),
    "left": ("Left", "剩余"),
    "case": ("Case", "案件"),
    "duty": ("Duty", "义务"),
    "who": ("Who → to whom", "责任方 → 对象"),
    "late": ("{span} late", "逾期 {span}"),
    "in": ("in {span}", "还有 {span}"),
    "none": ("Nothing is due.", "没有待办期限。"),
    "none_late": ("Nothing is overdue.", "没有逾期。"),
    "more": ("… and perhaps more (--limit)", "……（--limit 可显示更多）"),
}


@click.command(
    short_help="What is overdue in all cases.",
    epilog=examples(
        "workflow overdue --db sqlite:///cases.db",
        "workflow overdue --json --db sqlite:///cases.db",
    ),
)
@click.option("--limit", type=click.IntRange(1), default=LIMIT, help="Lines at most.")
@database_option
@now_option
@language_option
@json_option
def overdue(limit: int, url: str | None, now: str | None, lang: Language, *, as_json: bool) -> None:
    """What is overdue in all cases, the longest first. A duty due at this instant is not late."""
    with engine_on(url, now=now) as engine:
        say(engine, engine.owed(limit=limit), limit, lang, "none_late", as_json=as_json)


def list_due(
    url: str | None,
    now: str | None,
    until: str | None,
    limit: int,
    lang: Language,
    *,
    as_json: bool,
) -> None:
    """What is owed in all cases by `until`, the earliest first, overdue ones included."""
    with engine_on(url, now=now) as engine:
        found = engine.owed(until or FAR, limit=limit)
        say(engine, found, limit, lang, "none", as_json=as_json)


def say(
    engine: Engine, found: Sequence[Owed], limit: int, lang: Language, none: str, *, as_json: bool
) -> None:
    """Print what is owed, as a table or as JSON."""
    titles, now = Titles(engine), engine.time.now()
    if as_json:
        write_json([data(titles, it, now) for it in found])
        return
    out = console()
    if not found:
        out.print(_WORDS[none][lang == "zh"])
        return
    out.print(owed_table(titles, found, now, lang))
    if len(found) == limit:
        out.print(styled(_WORDS["more"][lang == "zh"], "dim"))


def data(titles: Titles, it: Owed, now: int) -> dict[str, Any]:
    """What is owed, as plain values."""
    plan, obligation = titles.owed(it.case, it.plan, it.obligation)
    return {
        "case": it.case,
        "plan": it.plan,
        "clock": it.clock,
        "obligation": it.obligation,
        "title": {"en": "", "zh": ""} if obligation is None else both(obligation),
        "due": iso(plan, it.instant),
        "late": it.late,
        "seconds_left": (it.instant - now) / 1_000_000,
    }


def owed_table(titles: Titles, found: Sequence[Owed], now: int, lang: Language) -> rich.table.Table:
    """What is owed: when, how long that is from now, in which case, what, and by whom."""
    rows = []
    for it in found:
        plan, obligation = titles.owed(it.case, it.plan, it.obligation)
        who = "" if obligation is None else who_to_whom(plan, obligation.who, obligation.to, lang)
        span = span_words(dt.timedelta(microseconds=abs(it.instant - now)), lang)
        style = "bold red" if it.late else ("yellow" if it.instant - now < _SOON else "")
        said = _WORDS["late" if it.late else "in"][lang == "zh"].format(span=span)
        rows.append(
            (
                styled(when_words(plan, it.instant), style),
                styled(said, style),
                styled(it.case, "bold"),
                styled(titles.words(it.case, it.plan, it.obligation, lang)),
                styled(who, "dim"),
            )
        )
    heads = [_WORDS[key][lang == "zh"] for key in ("due", "left", "case", "duty", "who")]
    return table(heads, rows, [0, 0, 2, 3, 3])


_SOON = 15 * 60 * 1_000_000
"""Less than a quarter of an hour is shown in yellow."""
