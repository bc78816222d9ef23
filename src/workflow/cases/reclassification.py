"""Reclassification: what a change of level makes of a running due instant.

The plan chooses: `from_anchor` (the new time from the original anchor), `stricter` (the earlier of
the two due instants), `restart` (the new time from the change), `remaining` (the new time less what
has been used). Pauses count in all of them. What begins to apply, or no longer applies, because
of a change of level is decided in `clocks.py`.

Design: "Clocks over a case", paragraph "Reclassification".
"""

from __future__ import annotations

from workflow.cases.basis import Basis
from workflow.deadlines.rule import Rule, Setting
from workflow.instants import Instant
from workflow.plans.obligation import Changed


def reclassified(
    choice: Changed,
    rule: Rule,
    before: Basis | None,
    original: Instant,
    at: Instant,
    setting: Setting,
) -> Basis:
    """What now counts.

    Args:
        choice: What the plan chose.
        rule: The rule at the new level.
        before: What counted until now, if the level before gave a time.
        original: The original anchor, or the event that started the period afresh.
        at: When the level changed.
        setting: What rules look at.
    """
    if choice is Changed.RESTART:
        return Basis(rule, at, setting)
    if before is None or choice is Changed.FROM_ANCHOR:
        return Basis(rule, original, setting)
    if choice is Changed.REMAINING:
        return Basis(rule.less(before.rule, original, at, setting), at, setting)
    fresh = Basis(rule, original, setting)
    old, new = before.due(), fresh.due()
    return before if old is not None and (new is None or old <= new) else fresh
