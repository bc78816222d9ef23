"""Where a command writes text that is a file: a path, or the standard output."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from workflow.errors import WorkflowError


def write_text(text: str, path: Path | None) -> None:
    """Write a file, line ends as they are; without a path to the standard output.

    Raises:
        WorkflowError: The folder is not there.
    """
    if path is None:
        click.echo(text, nl=False)
        return
    try:
        path.write_bytes(text.encode())
    except FileNotFoundError as error:
        raise WorkflowError(
            "The file cannot be written: its folder is not there.",
            place=str(path),
            mend=f"Make the folder first: mkdir -p {shlex.quote(str(path.parent))}",
        ) from error
