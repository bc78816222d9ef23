"""Titles: what people call the roles, events, stages and levels of a plan, in one language.

An id stands where the plan gives no title, so nothing is ever left unnamed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import attrs

from workflow.cases.words import SAID, listed
from workflow.plans.conditions import Condition
from workflow.plans.model import Plan
from workflow.plans.text import Language, Text


class _Titled(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Text: ...


@attrs.frozen
class Titles:
    """The titles of one plan in one language."""

    plan: Plan
    lang: Language

    def role(self, name: str) -> str:
        """The title of a role."""
        return self._of(self.plan.roles, name)

    def roles(self, names: Iterable[str]) -> str:
        """The titles of roles, as the language lists them."""
        return listed([self.role(name) for name in names], self.lang)

    def event(self, name: str) -> str:
        """The title of an event type."""
        return self._of(self.plan.events, name)

    def events(self, names: Iterable[str]) -> str:
        """The titles of event types, as the language lists them."""
        return listed([self.event(name) for name in names], self.lang)

    def stage(self, name: str) -> str:
        """The title of a stage."""
        return self._of(self.plan.stages, name)

    def level(self, name: str) -> str:
        """The title of a level."""
        return self._of(self.plan.levels, name)

    def category(self, name: str) -> str:
        """The title of a category."""
        return self._of(self.plan.categories, name)

    def condition(self, name: str) -> str:
        """The title of a named condition."""
        return self._of(self.plan.conditions, name)

    def applies(self, it: Condition) -> str:
        """When an obligation applies: levels, categories, stages, named conditions; "-": always."""
        said = [
            *map(self.level, it.level),
            *map(self.category, it.category),
            *map(self.stage, it.stage),
            *map(self.condition, it.when),
        ]
        said += [SAID["not"].words(self.lang).format(it=self.condition(name)) for name in it.unless]
        return listed(said, self.lang) or "-"

    def _of(self, known: Iterable[_Titled], name: str) -> str:
        for it in known:
            if it.id == name:
                return it.title.words(self.lang) or name
        return name
