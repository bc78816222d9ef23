"""Where the notices of `tick` and `run` go: to a webhook, if one is named."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from workflow.engine import Sink

_Command = TypeVar("_Command", bound=Callable[..., Any])


def webhook_options(command: _Command) -> _Command:
    """`--webhook URL`, with its secret from the environment only: a command line can be seen."""
    secret = click.option(
        "--webhook-secret", "secret", envvar="WORKFLOW_WEBHOOK_SECRET", hidden=True
    )
    webhook = click.option(
        "--webhook",
        metavar="URL",
        envvar="WORKFLOW_WEBHOOK",
        help="Post notices there, as CloudEvents; signed with $WORKFLOW_WEBHOOK_SECRET.",
    )
    found: _Command = webhook(secret(command))
    return found


@contextlib.contextmanager
def sinks_of(webhook: str | None, secret: str | None) -> Iterator[list[Sink]]:
    """The sinks that were asked for, closed in the end.

    Raises:
        MissingExtraError: A webhook needs the extra `http`.
        SinkError: The secret cannot be read.
    """
    if not webhook:
        yield []
        return
    from workflow.adapters.webhook import WebhookSink

    with WebhookSink(webhook, secret=secret) as sink:
        yield [sink]
