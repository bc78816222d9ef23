"""The keys of an obligation in a plan document, as classes. See `entries.py`."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from workflow.deadlines.recurring import Recurring
from workflow.deadlines.rule import Rule
from workflow.durations import Duration
from workflow.plans.entry_types import (
    NO_ID,
    NO_IDS,
    NO_LABEL,
    ONCE,
    REQUIRED,
    ByWhen,
    Id,
    Ids,
    Label,
    Times,
)
from workflow.plans.obligation import Changed, Newly, Warn
from workflow.plans.text import Text


@attrs.frozen(kw_only=True)
class DueEntry:
    """Another time at one level.

    Attributes:
        within: At the latest.
        target: The time to aim at.
        limit: At the latest, beside a target.
        due: At the latest, where that reads better (`due: promised`).
    """

    within: ByWhen | None = None
    target: ByWhen | None = None
    limit: ByWhen | None = None
    due: ByWhen | None = None


@attrs.frozen(kw_only=True)
class ApprovalEntry:
    """One approval: a role, a list of roles any of which may give it, or these keys.

    Attributes:
        by: The roles that may give it.
        within: The time allowed for it.
        clause: The wording of the source.
    """

    by: Ids = attrs.field(default=NO_IDS, metadata=REQUIRED)
    within: Rule | None = None
    clause: str = ""


@attrs.frozen(kw_only=True)
class ApprovalsEntry:
    """The approvals that fulfilment needs.

    Attributes:
        in_order: One after the other.
        in_any_order: All of them, in whatever order.
        when: Named conditions that must hold for `in_any_order` to be asked for.
    """

    in_order: tuple[ApprovalEntry, ...] = ()
    in_any_order: tuple[ApprovalEntry, ...] = ()
    when: Ids = NO_IDS


@attrs.frozen(kw_only=True)
class PausedEntry:
    """While its time does not count; all that is given must hold.

    Attributes:
        level: Levels, any of which is enough.
        category: Categories, any of which is enough.
        stage: Stages, any of which is enough.
        when: Named conditions that must all hold.
        unless: Named conditions of which none may hold.
    """

    level: Ids = NO_IDS
    category: Ids = NO_IDS
    stage: Ids = NO_IDS
    when: Ids = NO_IDS
    unless: Ids = NO_IDS


@attrs.frozen(kw_only=True)
class ReclassifiedEntry:
    """What a change of level does.

    Attributes:
        newly: From when it counts if it begins to apply later.
        changed: How its due time moves if the level changes the time allowed.
    """

    newly: Newly = Newly.RESTART
    changed: Changed = Changed.FROM_ANCHOR


@attrs.frozen(kw_only=True)
class EscalationEntry:
    """Who is told when it is late.

    Attributes:
        to: The roles told.
        after: How long after the due time; at once if not given.
        repeat: How often it is said again while it stays late.
        times: How many times in all it is said.
    """

    to: Ids = attrs.field(default=NO_IDS, metadata=REQUIRED)
    after: Duration | None = None
    repeat: Duration | None = None
    times: Times = ONCE


@attrs.frozen(kw_only=True)
class ObligationEntry:
    """What somebody owes by some time.

    Attributes:
        id: Its name within the plan.
        title: What is owed, in a few words.
        who: The roles that owe it, any of which may fulfil it.
        to: The roles that must receive it, all of them.
        with_: Roles that take part.
        level: It applies at these levels only.
        category: It applies to these categories only.
        stage: It applies in these stages only.
        when: It applies while all these named conditions hold.
        unless: It does not apply while one of these named conditions holds.
        from_: The events it is counted from, the first that happens.
        each: Whether every occurrence of the event in `from` starts a clock of its own.
        within: At the latest.
        target: The time to aim at.
        limit: At the latest, beside a target.
        due: At the latest, where that reads better (`due: promised`).
        by_level: Another time for some levels.
        before: The event it must precede, instead of a time.
        simultaneous_with: The obligation whose event and time it shares.
        continuous: Whether it lasts rather than being done once.
        until: The events that end it.
        recurring: Its recurrence.
        fulfilled_by: The events that fulfil it.
        requires: Events that must have happened before the fulfilling one.
        states: Facts that must be stated.
        approvals: The approvals that must be given before it.
        paused_while: While this holds, its time does not count.
        extended_by: Events that give it a later limit.
        restarted_by: Events that start its period afresh.
        reclassified: What a change of level does.
        warn: Warnings before it is due: after a share of the time (`80%`), or a lead (`30 min`).
        escalate: Who is told when it is late.
        soft: Advice: late is noted and never a breach.
        practice: Reported as done, not set as a rule; treated as advice.
        reasons_if_late: Whether a late fulfilment must state reasons.
        calendar: The calendar it is counted on, if not the plan's.
        section: The section of its source.
        source: The source, if it is not the plan's first one.
        clause: The wording of the source.
        word: The wording used where the text gives no number.
        reading: Which meaning was chosen where the text is ambiguous, and of what.
        note: What a reader should know.
    """

    id: Id = attrs.field(default=NO_ID, metadata=REQUIRED)
    title: Text = Text()
    who: Ids = NO_IDS
    to: Ids = NO_IDS
    with_: Ids = NO_IDS
    level: Ids = NO_IDS
    category: Ids = NO_IDS
    stage: Ids = NO_IDS
    when: Ids = NO_IDS
    unless: Ids = NO_IDS
    from_: Ids = NO_IDS
    each: bool = False
    within: ByWhen | None = None
    target: ByWhen | None = None
    limit: ByWhen | None = None
    due: ByWhen | None = None
    by_level: Mapping[str, DueEntry] = attrs.field(factory=dict)
    before: Id = NO_ID
    simultaneous_with: Id = NO_ID
    continuous: bool = False
    until: Ids = NO_IDS
    recurring: Recurring | None = None
    fulfilled_by: Ids = NO_IDS
    requires: Ids = NO_IDS
    states: Ids = NO_IDS
    approvals: ApprovalsEntry = ApprovalsEntry()
    paused_while: PausedEntry | None = None
    extended_by: Ids = NO_IDS
    restarted_by: Ids = NO_IDS
    reclassified: ReclassifiedEntry = ReclassifiedEntry()
    warn: tuple[Warn, ...] = ()
    escalate: tuple[EscalationEntry, ...] = ()
    soft: bool = False
    practice: bool = False
    reasons_if_late: bool = False
    calendar: Id = NO_ID
    section: Label = NO_LABEL
    source: Id = NO_ID
    clause: str = ""
    word: str = ""
    reading: Text = Text()
    note: str = ""
