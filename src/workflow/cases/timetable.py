"""Timetables: every duty of a plan from one moment, before anything else has happened.

A duty whose time can be told is *dated*. One whose anchor has not happened is *waiting*: it has
a rule and says what it waits for. One for which the text gives no number is *undated*: a
`promptly` without an assumption, a duty that lasts, a time that is set elsewhere and that the
adopter has not set. Dated duties come first, the earliest first; then those that wait; then the
undated ones, both in the plan's order.

The dates are those that a case opened at that moment would show: the same rules run in the same
setting. Design: "How a due instant is computed"; issue "The main job", the command line.
"""

from __future__ import annotations

import attrs

from workflow.cases.duties import Duty, Kind, Times, duties_of
from workflow.cases.timetable_row import Row, When
from workflow.deadlines.promptly import Promptly
from workflow.deadlines.rule import Rule
from workflow.errors import UnknownNameError, did_you_mean
from workflow.instants import Instant, Moment, to_instant
from workflow.plans.model import Plan
from workflow.plans.obligation import Obligation
from workflow.plans.text import Text


def timetable(
    plan: Plan,
    level: str | None,
    detected: Moment,
    category: str | None = None,
    *,
    event: str | None = None,
) -> tuple[Row, ...]:
    """Every duty of the plan at a level, from the moment at which a case would open.

    Duties limited to another level or category are left out; those limited to a stage or a named
    condition are listed, since it may come to hold. Without a category, those of every category
    are listed.

    Args:
        plan: The plan.
        level: The level; None for a plan that has none.
        detected: When the opening event happened.
        category: The category, if it is known.
        event: The opening event, one of the plan's `opens`; by default the first.

    Raises:
        UnknownNameError: The plan has no such level, category or opening event, or has levels
            and none was given.
        TimeError: The moment has no offset, or cannot be read.
    """
    instant = to_instant(detected)
    opening = event or plan.opens[0]
    if opening not in plan.opens:
        raise UnknownNameError(
            f'"{opening}" does not open a case under the plan {plan.name}.',
            allowed=", ".join(plan.opens),
            mend=did_you_mean(opening, plan.opens),
        )
    if level is not None:
        plan.level(level)
    elif plan.levels:
        raise UnknownNameError(
            f"The plan {plan.name} has levels, so its duties depend on one.",
            allowed=", ".join(it.id for it in plan.levels),
            mend="Say which level.",
        )
    if category is not None:
        plan.category(category)
    rows = [
        _row(plan, duty, level, opening, instant)
        for duty in duties_of(plan)
        if _concerns(duty.owed, level, category)
    ]
    order = list(When)
    return tuple(sorted(rows, key=lambda row: (order.index(row.when), row.first_instant or 0)))


def _concerns(owed: Obligation, level: str | None, category: str | None) -> bool:
    applies = owed.applies
    return (not applies.level or level in applies.level) and (
        category is None or not applies.category or category in applies.category
    )


def _row(plan: Plan, duty: Duty, level: str | None, opening: str, instant: Instant) -> Row:
    owed = duty.owed
    times = duty.at_level(level)
    anchors = (owed.before,) if owed.before else owed.anchors
    happened = opening in owed.anchors and not owed.before
    anchor = instant if happened else None
    target = _due(times.target, duty, anchor, opening)
    limit = _due(times.limit, duty, anchor, opening)
    if owed.recurring is not None and happened:
        limit = owed.recurring.due(instant, duty.setting)  # of its first occurrence
    if target is not None or limit is not None:
        when = When.DATED
    elif not happened and _has_number(duty, times):
        when = When.WAITING
    else:
        when = When.UNDATED
    return Row(
        plan=plan,
        obligation=owed,
        when=when,
        rule=rule_of(plan, owed, level),
        anchors=anchors,
        anchor_instant=anchor,
        target_instant=target,
        limit_instant=limit,
    )


def _due(rule: Rule | None, duty: Duty, anchor: Instant | None, opening: str) -> Instant | None:
    if rule is None or anchor is None or duty.kind is not Kind.ONCE:
        return None
    setting = attrs.evolve(duty.setting, anchors={opening: anchor}, started=anchor)
    return rule.due(anchor, setting)


def _has_number(duty: Duty, times: Times) -> bool:
    if duty.kind in {Kind.BEFORE, Kind.RECURRING}:
        return True
    rules = [rule for rule in (times.target, times.limit) if rule is not None]
    return any(not isinstance(rule, Promptly) or rule.assume is not None for rule in rules)


def rule_of(plan: Plan, owed: Obligation, level: str | None = None) -> Text:
    """The time of a duty at a level in words: "30 min", "target 3 h, limit 5 h", "before: ..."."""
    duty = next(duty for duty in duties_of(plan) if duty.owed is owed)
    times = duty.at_level(level)
    if owed.before:
        title = plan.event(owed.before).title
        return _said("before: {it}", "须在“{it}”之前", title, owed.before)
    if owed.recurring is not None:
        return Text(owed.recurring.words("en"), owed.recurring.words("zh"))
    if duty.kind is Kind.CONTINUOUS:
        if not owed.until:
            return Text("lasts until: closed", "持续至结案")
        events = [plan.event(name) for name in owed.until]
        until = Text(
            " or ".join(it.title.words("en") or it.id for it in events),
            "或".join(it.title.words("zh") or it.id for it in events),
        )
        return _said("lasts until: {it}", "持续至“{it}”", until, "")
    if times.target is None and times.limit is None:
        if owed.due.parameter:
            name = Text(owed.due.parameter, owed.due.parameter)
            return _said("set elsewhere: {it}", "由其他文件规定：{it}", name, "")
        return Text("no time given", "未规定时间")
    if times.target is None or times.limit is None:
        only = times.limit or times.target
        aim = times.limit is None and not isinstance(only, Promptly)
        words = Text(only.words("en"), only.words("zh")) if only is not None else Text()
        return _said("target {it}", "力争{it}", words, "") if aim else words
    return Text(
        f"target {times.target.words('en')}, limit {times.limit.words('en')}",
        f"力争{times.target.words('zh')}，最迟{times.limit.words('zh')}",
    )


def _said(en: str, zh: str, it: Text, otherwise: str) -> Text:
    return Text(
        en.format(it=it.words("en") or otherwise), zh.format(it=it.words("zh") or otherwise)
    )
