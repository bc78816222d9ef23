"""Conditions: when a duty applies, and while what it pauses.

A condition looks at four things about a case at one instant: its level, its category, its stage
and which named conditions hold. Every part that is given must be satisfied; an empty part asks
nothing. Design: "Clocks over a case", paragraph "Start".
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import attrs


@attrs.frozen(kw_only=True)
class Condition:
    """What must hold of a case: any of the levels, any of the categories, any of the stages.

    Attributes:
        level: Level ids, any of which is enough; empty asks nothing.
        category: Category ids, any of which is enough; empty asks nothing.
        stage: Stage ids, any of which is enough; empty asks nothing.
        when: Named conditions that must all hold.
        unless: Named conditions of which none may hold.
    """

    level: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @property
    def always(self) -> bool:
        """Whether it asks nothing, so that it always holds."""
        return not (self.level or self.category or self.stage or self.when or self.unless)

    def holds(
        self, level: str | None, category: str | None, stage: str, named: AbstractSet[str]
    ) -> bool:
        """Whether it holds of a case with this level, category, stage and named conditions."""
        return (
            (not self.level or level in self.level)
            and (not self.category or category in self.category)
            and (not self.stage or stage in self.stage)
            and all(name in named for name in self.when)
            and not any(name in named for name in self.unless)
        )


ALWAYS = Condition()
"""The condition that asks nothing."""
