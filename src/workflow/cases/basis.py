"""A basis: from what a due instant was computed. Asking it again gives the derivation."""

from __future__ import annotations

import attrs

from workflow.deadlines.rule import Rule, Setting
from workflow.instants import Instant


@attrs.frozen(slots=False)  # quicker to make, and many are made
class Basis:
    """A rule, the instant it counts from, and what it may look at."""

    rule: Rule
    anchor: Instant
    setting: Setting

    def due(self) -> Instant | None:
        """The due instant, or None where the rule gives none for now."""
        return self.rule.due(self.anchor, self.setting)
