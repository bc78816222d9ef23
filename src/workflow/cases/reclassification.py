"""Reclassification: what a change of level makes of a running due instant.

The plan chooses: `from_anchor` (the new time from the original anchor), `stricter` (the earlier of
the two due instants), `restart` (the new time from the change), `remaining` (the new time less what
has been used). Pauses count in all of them. What begins to apply, or no longer applies, because
of a change of level is decided in `clocks.py`.

Design: "Clocks over a case", paragraph "Reclassification".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from workflow.deadlines.rule import Rule, Setting
from workflow.instants import Instant
from workflow.plans.obligation import Changed

if TYPE_CHECKING:
    from workflow.cases.moves import Basis

Reclassified = tuple[Rule, Instant, Setting, Instant | None]
"""The rule that now counts, from where, on what, and the due instant it gives."""


def reclassified(
    choice: Changed,
    rule: Rule | None,
    before: Basis | None,
    due: Instant | None,
    counted_from: Instant,
    at: Instant,
    setting: Setting,
) -> Reclassified | None:
    """What now counts, or None when the new level gives no time.

    Args:
        choice: What the plan chose.
        rule: The rule at the new level.
        before: What counted until now.
        due: The due instant until now.
        counted_from: The original anchor.
        at: When the level changed.
        setting: What rules look at.
    """
    if rule is None:
        return None
    if choice is Changed.RESTART or before is None:
        anchor = at if choice is Changed.RESTART else counted_from
        return (rule, anchor, setting, rule.due(anchor, setting))
    if choice is Changed.REMAINING:
        left = rule.less(before.rule, before.anchor, at, setting)
        return (left, at, setting, left.due(at, setting))
    fresh = rule.due(counted_from, setting)
    if choice is Changed.STRICTER and due is not None and (fresh is None or due <= fresh):
        return (before.rule, before.anchor, before.setting, due)
    return (rule, counted_from, setting, fresh)
