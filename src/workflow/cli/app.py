"""The group of commands, and the one place where errors become a line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from workflow.cli.demo import demo
from workflow.cli.due import due
from workflow.cli.plans import plans, show
from workflow.cli.replay import replay
from workflow.cli.timetable import timetable
from workflow.errors import WorkflowError

BAD_INPUT = 2
INTERRUPTED = 130
NOBODY_READS = 141


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Turn a written response plan into a running case.",
)
@click.version_option(package_name="workflow-sla", prog_name="workflow")
def cli() -> None:
    """The group itself does nothing."""


for _command in (demo, plans, show, timetable, due, replay):
    cli.add_command(_command)


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code.

    0: done. 2: bad input, said in one line (one for each fault of a plan document). 130: stopped
    from the keyboard. 141: whoever read the output has gone away.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not where a test or a host has put its own stream
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(list(arguments), prog_name="workflow", standalone_mode=False)
        sys.stdout.flush()
    except WorkflowError as error:
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
    if context is None:
        return told
    return f"{told} See: {context.command_path} --help"


def _say(text: str) -> int:
    for line in text.splitlines():
        click.echo(f"workflow: {line}", err=True)
    return BAD_INPUT
