"""The group of commands, and the one place where errors become a line and an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from workflow.cli.commands import COMMANDS, SECTIONS
from workflow.errors import WorkflowError, did_you_mean

FOUND = 1
BAD_INPUT = 2
INTERRUPTED = 130
NOBODY_READS = 141

_EPILOG = """\b
Exit codes:
  0    done
  1    verify found something
  2    bad input, or a database that cannot be used: one line says why
  130  stopped from the keyboard
  141  whoever read the output has gone away

\b
Examples:
  workflow demo
  workflow due "3 working days" --from 2026-02-13T10:00+08:00 --calendar CN
  workflow timetable township --detected 2026-03-02T08:40+08:00
"""


_TYPED = {
    "Case.open": "open",
    "Case.open, event": "--event",
    "forget, person": "PERSON",
    "holidays": "--calendar",
}
"""What a place in Python is called on the command line."""


class Commands(click.Group):
    """Commands that are imported when they are asked for, and listed in sections."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        found: click.Command = getattr(importlib.import_module(f"workflow.cli.{module}"), attribute)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed.

        Raises:
            UsageError: There is none of that name; the nearest is named.
        """
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            told = f"There is no command '{name}'."
            raise click.UsageError(f"{told} {did_you_mean(name, COMMANDS)}".strip(), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """The commands by sections, without importing any."""
        widest = max(map(len, COMMANDS))
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name.ljust(widest), it[1]) for name, it in commands.items()])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Turn a written response plan into a running case.",
    epilog=_EPILOG,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
)
@click.version_option(package_name="workflow-sla", prog_name="workflow")
@click.pass_context
def cli(context: click.Context) -> None:
    """The group itself only shows its help, where no command is named."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code.

    0: done. 1: `verify` found something. 2: bad input or a database that cannot be used, said in
    one line (one for each fault of a plan document). 130: stopped from the keyboard. 141: whoever
    read the output has gone away.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not where a test or a host has put its own stream
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(list(arguments), prog_name="workflow", standalone_mode=False)
        sys.stdout.flush()
    except WorkflowError as error:
        error.place = _TYPED.get(error.place, error.place)
        return _say(str(error))
    except click.exceptions.Exit as stopped:
        return stopped.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        return _say(_usage(error))
    except BrokenPipeError:
        # What is left in the buffer would raise again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _say(f"{where}{error.strerror or error}")
    return code if isinstance(code, int) else 0


def _usage(error: click.ClickException) -> str:
    """What was wrong with the command line, in one line."""
    context = getattr(error, "ctx", None)
    told = " ".join(error.format_message().split())
    if told[-1:] not in {".", "?", "!"}:
        told += "."
    if context is None:
        return told
    return f"{told} See: {context.command_path} --help"


def _say(text: str) -> int:
    for line in text.splitlines():
        click.echo(f"workflow: {line}", err=True)
    return BAD_INPUT
