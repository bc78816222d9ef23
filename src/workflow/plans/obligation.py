"""Obligations: somebody owes something by some time, and a clause says so.

Every field is what the plan document says under the same key, except where the docstring names
another key. Nothing here is computed. Design: "The nouns" and "Clocks over a case".
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from workflow.deadlines.recurring import Recurring
from workflow.deadlines.rule import Rule
from workflow.durations import Duration
from workflow.plans.conditions import ALWAYS, Condition
from workflow.plans.text import Text


class Newly(enum.Enum):
    """From when an obligation counts that begins to apply after its anchor event."""

    RESTART = "restart"
    """From the moment it begins to apply: a duty nobody had cannot be overdue at birth."""
    FROM_ANCHOR = "from_anchor"
    """From the anchor event, so it may be overdue at once (Zammad, Frappe, RT)."""
    IGNORE = "ignore"
    """Not at all: what did not apply at the anchor event never does."""


class Changed(enum.Enum):
    """How the due instant moves when a change of level changes the time allowed."""

    FROM_ANCHOR = "from_anchor"
    """The new time from the original anchor (most helpdesks)."""
    STRICTER = "stricter"
    """The earlier of the old and the new due instant."""
    RESTART = "restart"
    """The new time from the change (ServiceNow)."""
    REMAINING = "remaining"
    """The new time less what has been used (iTop)."""


@attrs.frozen(kw_only=True)
class Due:
    """By when: a target to aim at, a limit not to pass, either or both.

    Attributes:
        target: "Aim at"; missing it is noted but breaks nothing.
        limit: "At the latest" (`within` or `limit` in a plan document).
        parameter: The adopter's parameter that sets the limit where the text leaves it to
            another document, or empty.
    """

    target: Rule | None = None
    limit: Rule | None = None
    parameter: str = ""


@attrs.frozen(kw_only=True)
class Approval:
    """One approval.

    Attributes:
        by: The roles that may give it, any of which is enough.
        within: The time allowed for it, counted from the approval before it, or for the first
            from the start of the obligation; none if the plan gives no time.
        clause: The wording of the source.
    """

    by: tuple[str, ...]
    within: Rule | None = None
    clause: str = ""


@attrs.frozen(kw_only=True)
class Approvals:
    """The approvals that fulfilment needs.

    Attributes:
        in_order: One after the other.
        in_any_order: All of them, in whatever order, together with the last of `in_order`.
        when: Named conditions that must hold for `in_any_order` to be asked for.
    """

    in_order: tuple[Approval, ...] = ()
    in_any_order: tuple[Approval, ...] = ()
    when: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Warn:
    """A warning before the due instant: after a fraction of the time, or a lead time before it.

    Attributes:
        fraction: Share of the span from start to due after which it falls (0.8 for `80%`).
        lead: How long before the due instant it falls.
    """

    fraction: float | None = None
    lead: Duration | None = None


@attrs.frozen(kw_only=True)
class Escalation:
    """Who is told when it is late.

    Attributes:
        to: The roles told.
        after: How long after the due instant; at once if not given.
        repeat: How often it is said again while it stays late, or never.
        times: How many times in all it is said.
    """

    to: tuple[str, ...]
    after: Duration | None = None
    repeat: Duration | None = None
    times: int = 1


@attrs.frozen(kw_only=True)
class Origin:
    """Where the duty comes from.

    Attributes:
        section: The section of the source collection, or of a law or standard.
        source: The id of one of the plan's sources, if it is not the first.
        clause: The wording of the source.
        word: The wording used where the text gives no number ("第一时间").
        reading: Which meaning the plan document chose where the text is ambiguous, and of what.
        note: Anything else that a reader should know.
    """

    section: str = ""
    source: str = ""
    clause: str = ""
    word: str = ""
    reading: Text = Text()
    note: str = ""


def _frozen_map(value: Mapping[str, Due]) -> Mapping[str, Due]:
    return MappingProxyType(dict(value))


@attrs.frozen(kw_only=True, eq=False)
class Obligation:
    """What somebody owes.

    Attributes:
        id: Its name within the plan.
        title: What is owed, in a few words.
        who: The roles that owe it, any of which may fulfil it; empty: the text does not say.
        to: The roles that must receive it, all of them.
        together_with: Roles that take part (`with` in a plan document).
        applies: When it applies (`level`, `category`, `stage`, `when`, `unless`).
        anchors: The events from which it is counted (`from`), the first that happens.
        each: Whether every occurrence of the anchor starts a clock of its own ("each time").
        due: By when (`within`, `target`, `limit`, or `due`).
        by_level: Another time for some levels.
        before: The event that it must precede, instead of a time.
        simultaneous_with: The obligation whose anchor and time it shares.
        continuous: Whether it lasts ("watch until it subsides") rather than being done once.
        until: The events that end it: a continuous or recurring duty is then done, another
            one is withdrawn.
        recurring: Its recurrence, each occurrence being a clock of its own.
        fulfilled_by: The event types that fulfil it.
        requires: Event types that must have happened before the fulfilling one.
        states: Facts that must be stated, over one or several events.
        approvals: The approvals that must be given before it.
        paused_while: While this holds, its time does not count.
        extended_by: Event types that give it a later limit.
        restarted_by: Event types that start its period afresh.
        newly: What counts as its start when it begins to apply later.
        changed: How a change of level moves its due instant.
        warn: Warnings before it is due.
        escalate: Who is told when it is late.
        soft: Advice: late is noted but never a breach.
        practice: Reported as done, not set as a rule; treated as advice.
        reasons_if_late: Whether a late fulfilment must state reasons (a law that asks for them).
        calendar: The id of the plan's calendar it is counted on, if not the default one.
        origin: Which clause says so (`section`, `clause`, `word`, `reading`, `note`).
    """

    id: str
    title: Text = Text()
    who: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    together_with: tuple[str, ...] = ()
    applies: Condition = ALWAYS
    anchors: tuple[str, ...] = ()
    each: bool = False
    due: Due = Due()
    by_level: Mapping[str, Due] = attrs.field(factory=dict, converter=_frozen_map)
    before: str = ""
    simultaneous_with: str = ""
    continuous: bool = False
    until: tuple[str, ...] = ()
    recurring: Recurring | None = None
    fulfilled_by: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    approvals: Approvals = Approvals()
    paused_while: Condition | None = None
    extended_by: tuple[str, ...] = ()
    restarted_by: tuple[str, ...] = ()
    newly: Newly = Newly.RESTART
    changed: Changed = Changed.FROM_ANCHOR
    warn: tuple[Warn, ...] = ()
    escalate: tuple[Escalation, ...] = ()
    soft: bool = False
    practice: bool = False
    reasons_if_late: bool = False
    calendar: str = ""
    origin: Origin = Origin()

    @property
    def advice(self) -> bool:
        """Whether being late breaks nothing: soft advice or a practice that was reported."""
        return self.soft or self.practice
