"""`workflow completion SHELL`: the script that lets a shell complete commands and plans."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from workflow.cli.output import examples


@click.command(
    short_help="Print the completion script of a shell.",
    epilog=examples(
        "workflow completion bash", "workflow completion zsh", "workflow completion fish"
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that lets SHELL complete commands, options and the names of plans.

    Put it where your shell reads its completions, or evaluate it in the shell's start file.
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"click completes no {shell}.", context)
    made = kind(context.find_root().command, {}, "workflow", "_WORKFLOW_COMPLETE")
    click.echo(made.source_template % made.source_vars())
