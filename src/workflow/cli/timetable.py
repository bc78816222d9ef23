"""`workflow timetable PLAN --level L --detected T`: every duty of a plan from one moment."""

from __future__ import annotations

from collections.abc import Sequence

import click
import rich.text

from workflow.cases.timetable import timetable as rows_of
from workflow.cases.timetable_row import Row, When
from workflow.cli.output import (
    console,
    examples,
    heading,
    json_option,
    language_option,
    plan_names,
    plan_of,
    styled,
    table,
    when_words,
    who_to_whom,
    write_json,
)
from workflow.cli.times import time_of
from workflow.plans.model import Plan
from workflow.plans.text import Language

_WORDS: dict[str, tuple[str, str]] = {
    "dated": ("Dated, in order", "有具体时间（按先后）"),
    "waiting": ("Waiting for something to happen", "等待起算事件"),
    "undated": ("Without a number in the text", "原文未规定具体时限"),
    "by": ("By", "时间"),
    "duty": ("Duty", "义务"),
    "who": ("Who → to whom", "责任方 → 对象"),
    "rule": ("Time", "时限"),
    "clause": ("Clause", "依据"),
    "target": ("target", "目标"),
    "limit": ("limit", "期限"),
    "advice": ("advice", "建议"),
    "if": ("if", "条件"),
    "none": ("The plan has no duty.", "预案没有义务。"),
    "none_at_level": ("The plan has no duty at this level.", "该级别没有义务。"),
}


@click.command(
    short_help="Every duty of a plan from one moment.",
    epilog=examples("workflow timetable township --detected 2026-03-02T08:40+08:00"),
)
@click.argument("plan", shell_complete=plan_names)
@click.option("--level", help="The level; needed where the plan has levels.")
@click.option(
    "--detected", required=True, metavar="T", help="When it was found, ISO 8601 with an offset."
)
@click.option("--category", help="The category, if it is known.")
@click.option("--event", help="The opening event, if it is not the plan's usual one.")
@language_option
@json_option
def timetable(
    plan: str,
    level: str | None,
    detected: str,
    category: str | None,
    event: str | None,
    lang: Language,
    *,
    as_json: bool,
) -> None:
    """Every duty of PLAN from the moment T at which the matter was found.

    First those that can be dated, in order and in the plan's local time, each with its clause;
    then those whose anchor has not happened, with their rule and what they wait for; then those
    for which the text gives no number.
    """
    found = plan_of(plan)
    instant = time_of(detected, "--detected", found.zone)
    rows = rows_of(found, level, detected, category, event=event)
    if as_json:
        write_json([row.to_json() for row in rows])
        return
    out = console()
    opening = found.event(event or found.opens[0]).title.words(lang)
    title = found.level(level).title.words(lang) if level is not None else ""
    head = [
        found.title.words(lang) or found.name,
        title,
        f"{opening} {when_words(found, instant)}",
    ]
    out.print(styled(" · ".join(part for part in head if part), "bold"))
    for when in When:
        chosen = [row for row in rows if row.when is when]
        if chosen:
            out.print(heading(f"{_say(when.value, lang)} ({len(chosen)})"))
            out.print(_table(found, chosen, when, lang))
    if not rows:
        out.print(_say("none" if level is None else "none_at_level", lang))


def _say(key: str, lang: Language) -> str:
    return _WORDS[key][lang == "zh"]


def _table(plan: Plan, rows: Sequence[Row], when: When, lang: Language) -> object:
    heads = [_say(key, lang) for key in ("by", "duty", "who", "rule", "clause")]
    cells = []
    for row in rows:
        owed = row.obligation
        cell = [
            _by(plan, row, lang),
            _duty(row, lang),
            styled(who_to_whom(plan, owed.who, owed.to, lang)),
            styled(row.rule_words(lang)),
            styled(f"§{owed.origin.section} {owed.origin.clause}" if owed.origin.section else ""),
        ]
        cells.append(cell if when is When.DATED else cell[1:])
    ratios = [0, 3, 3, 2, 4]
    if when is not When.DATED:
        heads, ratios = heads[1:], ratios[1:]
    return table(heads, cells, ratios, show_lines=True, expand=True)


def _by(plan: Plan, row: Row, lang: Language) -> rich.text.Text:
    both = row.target_instant is not None and row.limit_instant is not None
    lines = []
    for name, instant in (("target", row.target_instant), ("limit", row.limit_instant)):
        if instant is not None:
            told = f"{_say(name, lang)} " if both or name == "target" else ""
            lines.append(f"{told}{when_words(plan, instant)}")
    return styled("\n".join(lines), "bold")


def _duty(row: Row, lang: Language) -> rich.text.Text:
    owed = row.obligation
    title = owed.title.words(lang)
    text = styled(title or owed.id)
    if title:
        text.append(f"\n{owed.id}", "dim")
    condition = row.condition_words(lang)
    if condition:
        text.append(f"\n{_say('if', lang)}: {condition}", "italic")
    if owed.advice:
        text.append(f"\n({_say('advice', lang)})", "italic")
    return text
