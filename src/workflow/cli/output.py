"""What all commands share: options, where output goes, tables, JSON, times as people read them."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import rich.box
import rich.console
import rich.padding
import rich.table
import rich.text
from click.shell_completion import CompletionItem

from workflow.instants import SECOND, Instant, show

if TYPE_CHECKING:  # `--help` and completion read no plan
    from workflow.plans.model import Plan
    from workflow.plans.text import Language

_Command = TypeVar("_Command", bound=Callable[..., Any])

PIPED_WIDTH = 110
"""How wide tables are where no terminal says how wide it is."""

_NARROWEST = 60
_SUFFIXES = frozenset({".yaml", ".yml", ".toml"})


def language_option(command: _Command) -> _Command:
    """`--lang en|zh`."""
    option = click.option(
        "--lang", type=click.Choice(["en", "zh"]), default="en", help="English or Chinese."
    )
    found: _Command = option(command)
    return found


def json_option(command: _Command) -> _Command:
    """`--json`."""
    option = click.option("--json", "as_json", is_flag=True, help="For machines: JSON.")
    found: _Command = option(command)
    return found


def examples(*lines: str) -> str:
    """The end of a command's help: command lines that run as they stand."""
    listed = "\n".join(f"  {line}" for line in lines)
    # The backspace keeps click from joining the lines.
    return f"\b\nExamples:\n{listed}"


def plan_names(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001 - click's signature
    incomplete: str,
) -> list[CompletionItem]:
    """What a shell completes where a plan is named: the plans of the package, or files."""
    from workflow.plans.catalogue import names

    found = [CompletionItem(name) for name in names() if name.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="file")]


def plan_of(name: str) -> Plan:
    """The plan of that name in the catalogue, or the plan document at that path.

    What ends in .yaml, .yml or .toml, holds a slash or is there as a file is a path.
    """
    from workflow.plans import load_plan
    from workflow.plans.catalogue import load

    path = Path(name)
    if path.suffix.lower() in _SUFFIXES or os.sep in name or path.exists():
        return load_plan(path)
    return load(name)


class _Console(rich.console.Console):
    """A console that leaves it to `app.run` what to do when nobody reads any more."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console() -> rich.console.Console:
    """Where a command writes. No colours and no terminal's width where it is piped."""
    width = None
    if not sys.stdout.isatty():
        width = _columns() or PIPED_WIDTH
    elif shutil.get_terminal_size().columns < _NARROWEST:
        width = _NARROWEST
    return _Console(highlight=False, markup=False, emoji=False, width=width)


def _columns() -> int:
    """The width that the environment asks for, or 0."""
    asked = os.environ.get("COLUMNS", "")
    return max(int(asked), _NARROWEST) if asked.isdecimal() else 0


def write_json(value: object) -> None:
    """Write a value as JSON, Chinese left readable."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    ratios: Sequence[int] | None = None,
    **options: Any,
) -> rich.table.Table:
    """A plain table: heads underlined, cells wrapped, no frame.

    `ratios` shares the width out among the columns; 0 is a column as wide as its content.
    """
    found = rich.table.Table(
        box=rich.box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold", **options
    )
    for place, head in enumerate(heads):
        ratio = None if ratios is None else ratios[place]
        found.add_column(head, overflow="fold", ratio=ratio or None, no_wrap=ratio == 0)
    for row in rows:
        found.add_row(*row)
    return found


def heading(text: str) -> rich.text.Text:
    """A heading."""
    return rich.text.Text(f"\n{text}", style="bold underline")


def styled(text: str, style: str = "") -> rich.text.Text:
    """Text in a style, never read as markup."""
    return rich.text.Text(text, style=style)


def indented(text: str, style: str = "") -> rich.padding.Padding:
    """Text two columns in, on all of its lines."""
    return rich.padding.Padding(styled(text, style), (0, 0, 0, 2), expand=False)


def role_words(plan: Plan, roles: Iterable[str], lang: Language) -> str:
    """The titles of roles."""
    titles = [plan.role(name).title.words(lang) or name for name in roles]
    return ("、" if lang == "zh" else ", ").join(titles)


def who_to_whom(plan: Plan, who: Sequence[str], to: Sequence[str], lang: Language) -> str:
    """Who owes it to whom."""
    owes = role_words(plan, who, lang) or ("（未指明）" if lang == "zh" else "(not said)")
    return f"{owes} → {role_words(plan, to, lang)}" if to else owes


def when_words(plan: Plan, instant: Instant | None) -> str:
    """A local time with its offset, or a dash."""
    return "-" if instant is None else show(instant, plan.zone)


def whole_second(instant: Instant) -> Instant:
    """The second in which an instant lies; what falls just after a limit is shown at the limit."""
    return Instant(instant - instant % SECOND)
