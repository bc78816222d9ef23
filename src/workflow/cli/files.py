"""Where a command writes text that is a file: a path, or the standard output."""

from __future__ import annotations

from pathlib import Path

import click


def write_text(text: str, path: Path | None) -> None:
    """Write a file, line ends as they are; without a path to the standard output."""
    if path is None:
        click.echo(text, nl=False)
    else:
        path.write_bytes(text.encode())
