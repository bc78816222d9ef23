"""`workflow replay PLAN LOG`: an event log run through a plan."""

from __future__ import annotations

from pathlib import Path

import click

from workflow.cases import State
from workflow.cli.output import (
    console,
    examples,
    heading,
    indented,
    json_option,
    language_option,
    plan_names,
    plan_of,
    styled,
    table,
    write_json,
)
from workflow.cli.story import tell
from workflow.cli.times import time_of
from workflow.errors import UnknownCaseError, did_you_mean
from workflow.instants import show
from workflow.plans.text import Language
from workflow.reports.comparison import Comparison
from workflow.reports.log_mapping import read_mapping
from workflow.reports.read_log import read_log
from workflow.reports.replay import Replay
from workflow.reports.replay import replay as run

_WORDS: dict[str, tuple[str, str]] = {
    "counts": (
        "{cases} cases, {events} events from {rows} rows, as of {now}",
        "共 {cases} 个案件、{events} 个事件，读自 {rows} 行，截至 {now}",
    ),
    "left_out": ("{count} rows were left out (only).", "按 only 略去 {count} 行。"),
    "unknown": (
        "The log format gives these values no meaning ({count} rows):",
        "映射文件未说明下列值的含义（{count} 行）：",
    ),
    "refused": ("Events that the plan does not allow ({count})", "预案不允许的事件（{count}）"),
    "duties": ("What came of the duties", "各项义务的结果"),
    "duty": ("Duty", "义务"),
    "started": ("started", "已开始"),
    "target_missed": ("target missed", "未达目标"),
    "pending": ("pending", "未开始"),
    "running": ("running", "进行中"),
    "paused": ("paused", "暂停"),
    "met": ("met", "按时"),
    "met_late": ("met late", "逾期完成"),
    "overdue": ("overdue", "逾期"),
    "withdrawn": ("withdrawn", "不再需要"),
    "compared": ("Compared: {name}", "比较：{name}"),
    "agree": (
        "{agreed} of {total} agree: {share}",
        "{total} 项中 {agreed} 项一致：{share}",
    ),
    "silent": ("Cases of which the log says nothing: {count}", "日志未说明结果的案件：{count}"),
    "agree_head": ("agree", "一致"),
    "of_head": ("of", "总数"),
    "share_head": ("share", "比例"),
    "differs": (
        "{case} ({group}): log {log}; plan {plan}",
        "{case}（{group}）：日志 {log}；预案 {plan}",
    ),
    "more": ("… and {count} more (--all, --json)", "……另有 {count} 项（--all、--json）"),
}

SHOWN = 5
"""How many disagreements of a cause are shown where not all are asked for."""


@click.command(
    short_help="Run an event log through a plan.",
    epilog=examples(
        "workflow replay township log.jsonl", "workflow replay township log.jsonl --json"
    ),
)
@click.argument("plan", shell_complete=plan_names)
@click.argument("log", type=click.Path(path_type=Path))
@click.option(
    "--format", "mapping", type=click.Path(path_type=Path), help="The mapping file of a CSV log."
)
@click.option("--now", metavar="T", help="The moment to look at; by default the newest of the log.")
@click.option("--case", "wanted", metavar="ID", help="Tell this one case.")
@click.option(
    "--leave-out-refused", is_flag=True, help="List events the plan does not allow, and go on."
)
@click.option("--all", "everything", is_flag=True, help="Show every disagreement.")
@language_option
@json_option
def replay(
    plan: str,
    log: Path,
    mapping: Path | None,
    now: str | None,
    wanted: str | None,
    lang: Language,
    *,
    leave_out_refused: bool,
    everything: bool,
    as_json: bool,
) -> None:
    """Run the event log LOG through PLAN and say what came of every duty.

    LOG is a .jsonl file with one event a line, a .csv file whose columns are those of an event,
    or any CSV file together with a mapping file; .gz may stand behind. With a mapping file,
    events that the plan does not allow are listed; otherwise the first ends the replay.
    """
    found = plan_of(plan)
    at = None if now is None else time_of(now, "--now", found.zone)
    form = None if mapping is None else read_mapping(mapping)
    result = run(
        found,
        read_log(log, form),
        now=at,
        form=form,
        leave_out_refused=leave_out_refused or form is not None,
    )
    if wanted is not None and wanted not in result.cases:
        raise UnknownCaseError(
            f'The log has no case "{wanted}".', mend=did_you_mean(wanted, result.cases)
        )
    if as_json:
        write_json(result.to_json())
    elif wanted is not None:
        tell(result.cases[wanted], result.now, lang)
    elif len(result.cases) == 1 and form is None:
        tell(next(iter(result.cases.values())), result.now, lang)
    else:
        report(result, lang, everything=everything)


def report(result: Replay, lang: Language = "en", *, everything: bool = False) -> None:
    """Print what came of a log: counts, duties, comparisons, disagreements with their causes."""
    out = console()
    events = sum(len(case.events) for case in result.cases.values())
    out.print(styled(result.log.source, "bold"))
    counts = {"cases": len(result.cases), "events": events, "rows": result.log.rows}
    shown_counts = {name: f"{count:,}" for name, count in counts.items()}
    now = show(result.now, result.plan.zone)
    out.print(styled(_say("counts", lang).format(**shown_counts, now=now)))
    if result.log.left_out:
        out.print(_say("left_out", lang).format(count=f"{result.log.left_out:,}"))
    if result.log.unknown:
        rows = sum(result.log.unknown.values())
        out.print(styled(_say("unknown", lang).format(count=f"{rows:,}")))
        out.print(indented("; ".join(result.log.unknown), "dim"))
    if result.refused:
        out.print(heading(_say("refused", lang).format(count=f"{len(result.refused):,}")))
        shown = result.refused if everything else result.refused[:SHOWN]
        for it in shown:
            out.print(indented(f"{it.case} {it.event}: {it.why} ({it.place})"))
        _more(len(result.refused) - len(shown), lang)
    out.print(heading(_say("duties", lang)))
    out.print(_duties(result, lang))
    for comparison in result.comparisons:
        _comparison(comparison, lang, everything=everything)


def _say(key: str, lang: Language) -> str:
    return _WORDS[key][lang == "zh"]


def _duties(result: Replay, lang: Language) -> object:
    """A row for every duty that started in any case; a column for every state that occurs."""
    tallies = [it for it in result.tallies if it.started]
    states = [state for state in State if any(it.states.get(state) for it in tallies)]
    missed = any(it.target_missed for it in tallies)
    rows = []
    for it in tallies:
        title = result.plan.obligation(it.obligation).title.words(lang) or it.obligation
        counts = [it.started, *(it.states.get(state, 0) for state in states)]
        counts += [it.target_missed] if missed else []
        rows.append([styled(title), *(f"{count:,}" for count in counts)])
    keys = ["duty", "started", *(state.value for state in states)]
    keys += ["target_missed"] if missed else []
    found = table([_say(key, lang) for key in keys], rows)
    for column in found.columns[1:]:
        column.justify = "right"
    return found


def _comparison(comparison: Comparison, lang: Language, *, everything: bool) -> None:
    out = console()
    out.print(heading(_say("compared", lang).format(name=comparison.name)))
    agree = {
        "agreed": f"{comparison.agreed:,}",
        "total": f"{comparison.total:,}",
        "share": f"{comparison.share:.2%}",
    }
    out.print(styled(_say("agree", lang).format(**agree), "bold"))
    if comparison.silent:
        out.print(_say("silent", lang).format(count=f"{comparison.silent:,}"))
    groups = comparison.groups()
    if len(groups) > 1:
        rows = [
            (name, f"{agreed:,}", f"{total:,}", f"{agreed / total:.2%}")
            for name, (agreed, total) in groups.items()
        ]
        heads = [_say(key, lang) for key in ("agree_head", "of_head", "share_head")]
        shown = table(["", *heads], rows)
        for column in shown.columns[1:]:
            column.justify = "right"
        out.print(shown)
    for cause, found in comparison.causes().items():
        out.print(styled(f"{len(found):,} × {cause}", "italic"))
        listed = found if everything else found[:SHOWN]
        for it in listed:
            said = {"case": it.case, "group": it.group, "log": it.log, "plan": it.plan}
            out.print(styled(f"    {_say('differs', lang).format(**said)}"))
        _more(len(found) - len(listed), lang)


def _more(count: int, lang: Language) -> None:
    if count > 0:
        console().print(styled(f"    {_say('more', lang).format(count=f'{count:,}')}", "dim"))
