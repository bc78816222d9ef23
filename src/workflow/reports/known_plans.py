"""What the plans that a store keeps call their duties, roles, levels and categories.

A store may hold several versions of a plan; the last one that knows a word names it. Where lines
of several plans are counted together, a word is named only if all plans name it alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from workflow.instants import Zone, zone_of
from workflow.plans.load import loads
from workflow.plans.model import Plan
from workflow.plans.obligation import Obligation
from workflow.plans.text import Text
from workflow.stores.store import Unit

_LISTS = {"role": "roles", "level": "levels", "category": "categories"}
_DIGITS = re.compile(r"(\d+)")


@attrs.frozen
class KnownPlans:
    """The kept plans that have a document, by name, the last version first.

    Attributes:
        plans: The versions of each plan.
    """

    plans: Mapping[str, Sequence[Plan]]

    @classmethod
    def of(cls, unit: Unit) -> KnownPlans:
        """Those of a store. A plan that was built in Python has no document, and is not among them.

        Versions are compared as people count: `1.10` comes after `1.9`.
        """
        found: dict[str, list[Plan]] = {}
        rows = sorted(unit.plans(), key=lambda row: _counted(row.version), reverse=True)
        for row in rows:
            if row.document:
                plan = loads(row.document, name=f"{row.name} {row.version} in the store")
                found.setdefault(row.name, []).append(plan)
        return cls(found)

    def zone(self, plan: str) -> Zone:
        """The zone of its times; UTC for a plan without a document."""
        found = next(self._versions(plan), None)
        return zone_of("UTC") if found is None else found.zone

    def duty(self, plan: str, obligation: str) -> Obligation | None:
        """An obligation of a plan."""
        for each in self._versions(plan):
            for it in each.obligations:
                if it.id == obligation:
                    return it
        return None

    def lasting(self, plan: str) -> frozenset[str]:
        """The duties of a plan that last until something ends them, in any version."""
        found = (it for each in self._versions(plan) for it in each.obligations)
        return frozenset(it.id for it in found if it.continuous)

    def title(self, plan: str) -> Text:
        """What a plan is called, or nothing."""
        found = next(self._versions(plan), None)
        return Text() if found is None else found.title

    def called(self, plan: str | None, kind: str, id_: str) -> Text:
        """What a role, level or category is called, or nothing.

        Args:
            plan: The plan; None: where all plans that have it call it the same.
            kind: `role`, `level` or `category`.
            id_: Its id.
        """
        names = self.plans if plan is None else (plan,)
        found = {self._in_plan(name, _LISTS[kind], id_) for name in names} - {None}
        said = found.pop() if len(found) == 1 else None
        return Text() if said is None else said

    def _in_plan(self, plan: str, attribute: str, id_: str) -> Text | None:
        for each in self._versions(plan):
            titled: Sequence[Any] = getattr(each, attribute)
            for it in titled:
                if it.id == id_:
                    title: Text = it.title
                    return title
        return None

    def _versions(self, plan: str) -> Iterator[Plan]:
        yield from self.plans.get(plan, ())


def _counted(version: str) -> tuple[tuple[int, str], ...]:
    """A version with its numbers as numbers."""
    parts = _DIGITS.split(version)
    return tuple((int(it), "") if it.isdecimal() else (-1, it) for it in parts)
