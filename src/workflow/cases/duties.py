"""Duties: a plan's obligations, made ready once for being run in many cases.

What is the same for every case is worked out here: which kind of clock an obligation is, which
rules apply at which level, on what it is counted, what can move its due instant.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator

import attrs

from workflow.calendars.counting import Counting
from workflow.cases.fulfilment import simple
from workflow.deadlines.combined import EarliestOf, LatestOf
from workflow.deadlines.promised import Promised
from workflow.deadlines.rule import Rule, Setting
from workflow.plans.model import Plan
from workflow.plans.obligation import Due, Obligation
from workflow.plans.text import Text


class Kind(enum.Enum):
    """What kind of clock an obligation is."""

    ONCE = "once"
    """It is done once."""
    CONTINUOUS = "continuous"
    """It lasts until something ends it."""
    RECURRING = "recurring"
    """One clock for every occurrence."""
    BEFORE = "before"
    """It must precede an event."""


@attrs.frozen
class Times:
    """The target and the limit at one level."""

    target: Rule | None
    limit: Rule | None


@attrs.frozen(eq=False)
class Duty:
    """An obligation, ready to run.

    Attributes:
        owed: The obligation.
        kind: What kind of clock it is.
        times: Its target and limit, where the level makes no difference.
        by_level: Its target and limit at the levels where they are others.
        setting: What its rules look at while nothing is paused, promised or combined.
        promises: The parts of its rules that are due when the event's data says.
        fields: The data fields that may name a promised date.
        parts: The events from which parts of a combined rule are counted.
        moves: Whether anything but a pause can move its due instant.
        timed: Whether it has a target or a limit at any level.
        lasts: Whether it goes on until something ends it, the closing of the case at the latest.
        plain: Whether the first event of a fulfilling type is enough to fulfil it.
        direct: Whether it applies always, is done once at one event, and only its start and its
            fulfilment matter: no pauses, no other events.
        watches: The types of the events that it looks at; others matter to it only through the
            stage, level, category and conditions that they change.
        approvals: The approvals that have a time of their own, by their number.
    """

    owed: Obligation
    kind: Kind
    times: Times
    by_level: dict[str, Times]
    setting: Setting
    promises: tuple[Promised, ...]
    fields: tuple[str, ...]
    parts: tuple[str, ...]
    moves: bool
    timed: bool
    lasts: bool
    plain: bool
    direct: bool
    watches: frozenset[str]
    approvals: dict[int, Duty] = attrs.field(factory=dict)

    def at_level(self, level: str | None) -> Times:
        """The target and the limit at a level."""
        return self.by_level.get(level, self.times) if level is not None else self.times


def duties_of(plan: Plan) -> tuple[Duty, ...]:
    """The plan's obligations, ready to run; made once a plan."""
    known: tuple[Duty, ...] | None = plan.__dict__.get("_duties")
    if known is None:
        known = plan.__dict__["_duties"] = tuple(_duty(plan, owed) for owed in plan.obligations)
    return known


def watched_by(plan: Plan) -> frozenset[str]:
    """The types of the events that any obligation of the plan looks at; made once a plan."""
    known: frozenset[str] | None = plan.__dict__.get("_watched")
    if known is None:
        found = frozenset[str]().union(*[duty.watches for duty in duties_of(plan)])
        known = plan.__dict__["_watched"] = found
    return known


def _duty(plan: Plan, owed: Obligation) -> Duty:
    times = _times(owed, owed.due)
    by_level = {level: _times(owed, due) for level, due in owed.by_level.items()}
    rules = [rule for each in (times, *by_level.values()) for rule in (each.target, each.limit)]
    leaves = [leaf for rule in rules if rule is not None for leaf in _leaves(rule)]
    parts = tuple(dict.fromkeys(name for rule in rules for name in _parts(rule)))
    promises = tuple(leaf for leaf in leaves if isinstance(leaf, Promised))
    fields = tuple(dict.fromkeys(leaf.field for leaf in promises))
    kind = _kind(owed)
    moves = bool(by_level or owed.extended_by or owed.restarted_by or fields or parts)
    return Duty(
        owed=owed,
        kind=kind,
        times=times,
        by_level=by_level,
        setting=Setting(counting=Counting(zone=plan.zone, calendar=plan.calendar_of(owed))),
        promises=promises,
        fields=fields,
        parts=parts,
        moves=moves,
        timed=any(rule is not None for rule in rules),
        lasts=kind in {Kind.CONTINUOUS, Kind.RECURRING},
        plain=simple(owed),
        direct=(
            kind is Kind.ONCE
            and simple(owed)
            and owed.applies.always
            and not (moves or owed.each or owed.until or owed.paused_while)
        ),
        watches=_watches(owed, parts),
        approvals=dict(_approvals(plan, owed)),
    )


def _watches(owed: Obligation, parts: tuple[str, ...]) -> frozenset[str]:
    named = (*owed.anchors, *owed.fulfilled_by, *owed.until, *owed.requires, *parts)
    moving = (*owed.extended_by, *owed.restarted_by, owed.before)
    return frozenset({*named, *moving, *_STANDARD})


_STANDARD = ("approved", "returned", "supplemented", "promise-changed", "plan-changed")


def _approvals(plan: Plan, owed: Obligation) -> Iterator[tuple[int, Duty]]:
    """An approval with a time of its own is owed by those who may give it."""
    asked = (*owed.approvals.in_order, *owed.approvals.in_any_order)
    follows = len(owed.approvals.in_order) > 1
    for number, approval in enumerate(asked, 1):
        if approval.within is not None:
            title = Text(
                f"Approval {number}: {owed.title.words('en') or owed.id}",
                f"第{number}项审核：{owed.title.words('zh') or owed.id}",
            )
            own = Obligation(
                id=f"{owed.id}/approval-{number}",
                title=title,
                who=approval.by,
                # Each but the first in order waits for the one before; so do those in any order.
                anchors=("approved",) if number > 1 and follows else owed.anchors,
                due=Due(limit=approval.within),
                fulfilled_by=("approved",),
                calendar=owed.calendar,
                origin=attrs.evolve(owed.origin, clause=approval.clause or owed.origin.clause),
            )
            yield number, _duty(plan, own)


def _times(owed: Obligation, due: Due) -> Times:
    if owed.advice:  # advice has nothing to break: its limit is something to aim at
        return Times(due.target or due.limit, None)
    return Times(due.target, due.limit)


def _kind(owed: Obligation) -> Kind:
    if owed.before:
        return Kind.BEFORE
    if owed.recurring is not None:
        return Kind.RECURRING
    if owed.continuous:
        return Kind.CONTINUOUS
    return Kind.ONCE


def _leaves(rule: Rule) -> list[Rule]:
    if isinstance(rule, EarliestOf | LatestOf):
        return [leaf for part in rule.parts for leaf in _leaves(part.rule)]
    return [rule]


def _parts(rule: Rule | None) -> list[str]:
    if not isinstance(rule, EarliestOf | LatestOf):
        return []
    return [
        name
        for part in rule.parts
        for name in ((part.anchor, *_parts(part.rule)) if part.anchor else _parts(part.rule))
    ]
