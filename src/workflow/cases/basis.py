"""A basis: from what a due instant was computed. Asking it again gives the derivation."""

from __future__ import annotations

import attrs

from workflow.deadlines.rule import Rule, Setting
from workflow.instants import Instant


@attrs.frozen(slots=False)  # quicker to make, and many are made
class Basis:
    """A rule, the instant it counts from, and what it may look at.

    Attributes:
        rule: The rule.
        anchor: The instant it counts from.
        setting: What it may look at.
        plan_said: For an extension, the basis that the plan gave and the extension replaced.
    """

    rule: Rule
    anchor: Instant
    setting: Setting
    plan_said: Basis | None = None

    def due(self) -> Instant | None:
        """The due instant, or None where the rule gives none for now."""
        return self.rule.due(self.anchor, self.setting)
