"""Showing: the templates, and how times, roles and states look in them.

Jinja2 escapes whatever people wrote, in every template.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import jinja2
from examples.desk.words import say

from workflow.errors import UnknownNameError
from workflow.instants import SECOND, Instant, show, to_moment, zone_of
from workflow.plans import Plan
from workflow.plans.text import Language

HERE = Path(__file__).parent
_UTC = zone_of("UTC")


class Pages:
    """The templates of the desk."""

    def __init__(self, *, refresh: int = 15) -> None:
        """Read them; `refresh`: every how many seconds an open page asks for what is new."""
        self._environment = _environment()
        self._refresh = refresh

    def render(self, template: str, *, lang: Language, **values: Any) -> str:
        """The text of a page, in that language."""

        def said(word: str, **parts: Any) -> str:
            return say(word, lang, **parts)

        return self._environment.get_template(template).render(
            lang=lang, say=said, refresh=self._refresh, **values
        )


@functools.cache
def _environment() -> jinja2.Environment:
    """The templates, read once."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(countdown=countdown)
    found.filters.update(iso=iso, at=at, named=named)
    return found


def iso(instant: Instant) -> str:
    """An instant for machines, in UTC."""
    return to_moment(instant, _UTC).isoformat()


def at(instant: Instant, plan: Plan) -> str:
    """An instant for people, in the plan's zone: local date, time to the second, and offset."""
    past = instant % SECOND
    # A limit that is a day ends with its last microsecond, which is shown as 24:00.
    return show(instant if past == SECOND - 1 else Instant(instant - past), plan.zone)


def named(name: str, plan: Plan, what: str, lang: Language) -> str:
    """The title of something of the plan: a role, an event, a stage, a level, a category."""
    try:
        found = getattr(plan, what)(name)
    except UnknownNameError:  # an id that only an older version of the plan knows
        return name
    return str(found.title.words(lang) or name)


def countdown(due: Instant, now: Instant, lang: Language) -> str:
    """The time between, as a clock shows it: `2 d 03:14:55`. `desk.js` counts on from there."""
    seconds = abs(due - now) // 1_000_000
    days, rest = divmod(seconds, 86_400)
    clock = f"{rest // 3_600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    return f"{days} {say('day_short', lang)} {clock}" if days else clock
