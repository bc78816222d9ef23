"""Rows of a timetable: one duty, whether its time can be told, and how it is said.

Design: issue "The main job", the command line, `timetable`.
"""

from __future__ import annotations

import enum
from typing import Any

import attrs
import pendulum

from workflow.instants import Instant, to_moment
from workflow.plans.model import Plan
from workflow.plans.obligation import Obligation
from workflow.plans.text import Language, Text


class When(enum.Enum):
    """Whether a duty's time can be told."""

    DATED = "dated"
    WAITING = "waiting"
    UNDATED = "undated"


@attrs.frozen(kw_only=True)
class Row:
    """One duty in a timetable.

    Attributes:
        plan: The plan.
        obligation: The duty.
        when: Whether its time can be told.
        rule: Its time in words, "30 min" or "target 3 h, limit 5 h".
        anchors: The events from which it is counted, or the one that it must precede.
        anchor_instant: When its anchor happened, or None while it has not.
        target_instant: What the plan aims at, or None.
        limit_instant: The last instant that is on time, or None.
    """

    plan: Plan
    obligation: Obligation
    when: When
    rule: Text
    anchors: tuple[str, ...]
    anchor_instant: Instant | None = None
    target_instant: Instant | None = None
    limit_instant: Instant | None = None

    @property
    def target(self) -> pendulum.DateTime | None:
        """What the plan aims at, in the plan's zone."""
        return self._moment(self.target_instant)

    @property
    def limit(self) -> pendulum.DateTime | None:
        """The last moment that is on time, in the plan's zone."""
        return self._moment(self.limit_instant)

    @property
    def first_instant(self) -> Instant | None:
        """The earlier of target and limit, by which dated duties are ordered."""
        known = [it for it in (self.target_instant, self.limit_instant) if it is not None]
        return min(known, default=None)

    def rule_words(self, lang: Language = "en") -> str:
        """Its rule, and where it waits what for: "30 min after: the leading group is informed"."""
        said = self.rule.words(lang)
        waits = self.waits_words(lang)
        if not waits or self.obligation.before:
            return said
        return f"“{waits}”之后{said}" if lang == "zh" else f"{said} after: {waits}"

    def waits_words(self, lang: Language = "en") -> str:
        """What it waits for; nothing once its anchor has happened, or where it is dated without."""
        if self.when is When.DATED or self.anchor_instant is not None:
            return ""
        return self.anchor_words(lang)

    def anchor_words(self, lang: Language = "en") -> str:
        """The titles of the events from which it is counted."""
        titles = [self.plan.event(name).title.words(lang) or name for name in self.anchors]
        if lang == "zh":
            return "或".join(titles)
        return ", or ".join(title[:1].lower() + title[1:] for title in titles)

    def condition_words(self, lang: Language = "en") -> str:
        """What must hold beside the level for the duty to apply, or nothing."""
        applies = self.obligation.applies
        plan = self.plan
        titles = {it.id: it.title.words(lang) or it.id for it in plan.conditions}
        said = [plan.category(name).title.words(lang) or name for name in applies.category]
        said += [plan.stage(name).title.words(lang) or name for name in applies.stage]
        said += [titles.get(name, name) for name in applies.when]
        negated = "非" if lang == "zh" else "not: "
        said += [f"{negated}{titles.get(name, name)}" for name in applies.unless]
        return ("、" if lang == "zh" else ", ").join(said)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values. Times are ISO 8601 in the plan's zone, or null.

        `anchor` is the id of the event that it is counted from, several with " or " between.
        """
        owed = self.obligation
        return {
            "obligation": owed.id,
            "title": {"en": owed.title.words("en"), "zh": owed.title.words("zh")},
            "who": list(owed.who),
            "to": list(owed.to),
            "rule": self.rule.words("en"),
            "anchor": " or ".join(self.anchors) or None,
            "anchor_at": _iso(self._moment(self.anchor_instant)),
            "target": _iso(self.target),
            "limit": _iso(self.limit),
            "section": owed.origin.section,
            "clause": owed.origin.clause,
            "when": self.when.value,
            "waits_for": self.waits_words("en") or None,
            "condition": self.condition_words("en") or None,
            "advice": owed.advice,
        }

    def _moment(self, instant: Instant | None) -> pendulum.DateTime | None:
        return None if instant is None else to_moment(instant, self.plan.zone)


def _iso(moment: pendulum.DateTime | None) -> str | None:
    return None if moment is None else moment.isoformat()
