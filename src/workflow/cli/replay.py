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
from workflow.errors import UnknownCaseError, did_you_mean
from workflow.instants import show, to_instant
from workflow.plans.text import Language
from workflow.reports.comparison import Comparison
from workflow.reports.log_mapping import read_mapping
from workflow.reports.read_log import read_log
from workflow.reports.replay import Replay
from workflow.reports.replay import replay as run

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
    at = None if now is None else to_instant(now)
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
    out.print(
        f"{len(result.cases):,} cases, {events:,} events from {result.log.rows:,} rows, "
        f"as of {show(result.now, result.plan.zone)}"
    )
    if result.log.left_out:
        out.print(f"{result.log.left_out:,} rows were left out (only).")
    if result.log.unknown:
        rows = sum(result.log.unknown.values())
        out.print(styled(f"The log format gives these values no meaning ({rows:,} rows):"))
        out.print(indented("; ".join(result.log.unknown), "dim"))
    if result.refused:
        out.print(heading(f"Events that the plan does not allow ({len(result.refused):,})"))
        shown = result.refused if everything else result.refused[:SHOWN]
        for it in shown:
            out.print(indented(f"{it.case} {it.event}: {it.why} ({it.place})"))
        _more(len(result.refused) - len(shown))
    out.print(heading("What came of the duties"))
    out.print(_duties(result, lang))
    for comparison in result.comparisons:
        _comparison(comparison, everything=everything)


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
    heads = ["Duty", "started", *(state.value.replace("_", " ") for state in states)]
    found = table([*heads, "target missed"] if missed else heads, rows)
    for column in found.columns[1:]:
        column.justify = "right"
    return found


def _comparison(comparison: Comparison, *, everything: bool) -> None:
    out = console()
    out.print(heading(f"Compared: {comparison.name}"))
    out.print(
        styled(
            f"{comparison.agreed:,} of {comparison.total:,} agree: {comparison.share:.2%}", "bold"
        )
    )
    if comparison.silent:
        out.print(f"Cases of which the log says nothing: {comparison.silent:,}")
    groups = comparison.groups()
    if len(groups) > 1:
        rows = [
            (name, f"{agreed:,}", f"{total:,}", f"{agreed / total:.2%}")
            for name, (agreed, total) in groups.items()
        ]
        shown = table(("", "agree", "of", "share"), rows)
        for column in shown.columns[1:]:
            column.justify = "right"
        out.print(shown)
    for cause, found in comparison.causes().items():
        out.print(styled(f"{len(found):,} × {cause}", "italic"))
        listed = found if everything else found[:SHOWN]
        for it in listed:
            out.print(styled(f"    {it.case} ({it.group}): log {it.log}; plan {it.plan}"))
        _more(len(found) - len(listed))


def _more(count: int) -> None:
    if count > 0:
        console().print(styled(f"    … and {count:,} more (--all, --json)", "dim"))
