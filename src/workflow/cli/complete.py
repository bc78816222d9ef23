"""What a shell completes where a case or an event is named: read from the database, if it is there.

Completion never fails and never makes a database: where nothing can be read, nothing is offered.
"""

from __future__ import annotations

import os

import click
from click.shell_completion import CompletionItem

from workflow.cli.database import VARIABLE, engine_on
from workflow.cli.output import plan_names
from workflow.cli.titles import recordable
from workflow.errors import WorkflowError

_MOST = 50


def case_names(
    ctx: click.Context,
    param: click.Parameter,  # noqa: ARG001 - click's signature
    incomplete: str,
) -> list[CompletionItem]:
    """The cases whose names begin so, the first fifty."""
    try:
        with engine_on(_url(ctx)) as engine, engine.store.reading() as unit:
            itself = [incomplete] if incomplete and unit.case(incomplete) is not None else []
            found = [*itself, *unit.cases(incomplete, _MOST)]
    except (WorkflowError, click.ClickException):
        return []
    return [CompletionItem(name) for name in found if name.startswith(incomplete)]


def event_names(
    ctx: click.Context,
    param: click.Parameter,  # noqa: ARG001 - click's signature
    incomplete: str,
) -> list[CompletionItem]:
    """The events that can be recorded in the case that was named before."""
    try:
        with engine_on(_url(ctx)) as engine:
            found = recordable(engine.case(ctx.params.get("case") or ""))
    except (WorkflowError, click.ClickException):
        return []
    return [CompletionItem(name) for name in found if name.startswith(incomplete)]


def plans_or_cases(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """What `workflow picture` draws: a case for a timeline, otherwise a plan."""
    if ctx.params.get("what") == "timeline":
        return case_names(ctx, param, incomplete)
    return plan_names(ctx, param, incomplete)


def _url(ctx: click.Context) -> str | None:
    return ctx.params.get("url") or os.environ.get(VARIABLE)
