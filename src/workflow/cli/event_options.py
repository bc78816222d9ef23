"""The options by which `workflow open` and `workflow record` say what an event was."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

from workflow.cli.times import time_of
from workflow.errors import EventError
from workflow.instants import Zone

_Command = TypeVar("_Command", bound=Callable[..., Any])


def event_options(command: _Command) -> _Command:
    """What both commands say of an event."""
    found: Any = command
    for option in reversed(
        (
            click.option("--at", metavar="T", help="When it happened; by default now."),
            click.option("--by", metavar="ROLE", help="The role that did it."),
            click.option("--person", metavar="NAME", help="Who did it, by name."),
            click.option(
                "--to", multiple=True, metavar="ROLE", help="Who received it; repeatable."
            ),
            click.option(
                "--states", multiple=True, metavar="FACT", help="A fact stated; repeatable."
            ),
            click.option("--level", metavar="L", help="The level that it sets."),
            click.option("--category", metavar="C", help="The category that it sets."),
            click.option(
                "--condition",
                "conditions",
                multiple=True,
                metavar="NAME[=no]",
                help="A named condition that it sets, or clears; repeatable.",
            ),
            click.option(
                "--data",
                multiple=True,
                metavar="NAME=VALUE",
                help="Your own data: text, or a JSON value; repeatable.",
            ),
            click.option(
                "--key",
                metavar="KEY",
                help="The same event twice with one key is one event; give --at with it.",
            ),
        )
    ):
        found = option(found)
    typed: _Command = found
    return typed


def given_of(said: dict[str, Any], zone: Zone | None = None) -> dict[str, Any]:
    """The options as the engine takes them.

    Args:
        said: What `event_options` gave.
        zone: The plan's zone, if it is known already; only for the mend of a wrong time.

    Raises:
        TimeError: `--at` is no time; see `time_of`.
        EventError: A condition or a datum cannot be read.
    """
    found = dict(said)
    if found["at"] is not None:
        time_of(found["at"], "--at", zone)  # before the database is touched
    found["to"] = found["to"] or None
    found["conditions"] = dict(_condition(text) for text in said["conditions"]) or None
    found["data"] = dict(_datum(text) for text in said["data"]) or None
    return found


_TRUTHS = {"": True, "yes": True, "true": True, "no": False, "false": False}


def _condition(text: str) -> tuple[str, bool]:
    name, _, value = text.partition("=")
    if not name or value.lower() not in _TRUTHS:
        raise EventError(
            f'"{text}" neither sets nor clears a condition.',
            place="--condition",
            allowed="its name, or name=yes, or name=no",
        )
    return name, _TRUTHS[value.lower()]


def _datum(text: str) -> tuple[str, Any]:
    name, found, value = text.partition("=")
    if not name or not found:
        raise EventError(
            f'"{text}" has no name.',
            place="--data",
            allowed="a name and a value, such as source=phone",
        )
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
