"""Assemble obligations: an entry of a document as an obligation."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from workflow.deadlines.promptly import Promptly
from workflow.deadlines.rule import Rule
from workflow.plans import entries
from workflow.plans.conditions import Condition
from workflow.plans.entry_types import ByWhen
from workflow.plans.faults import Fault, FieldPath
from workflow.plans.obligation import (
    Approval,
    Approvals,
    Due,
    Escalation,
    Obligation,
    Origin,
)
from workflow.plans.obligation_entries import ApprovalEntry, DueEntry, ObligationEntry, PausedEntry


def assemble_obligation(
    owed: ObligationEntry,
    path: FieldPath,
    parameters: Mapping[str, entries.ParameterEntry],
    faults: list[Fault],
) -> Obligation:
    """The obligation that an entry describes; what does not fit goes to `faults`."""
    due = _due(owed, path, parameters, faults)
    word = owed.word
    if not word and isinstance(due.limit, Promptly):
        word = due.limit.word
    return Obligation(
        id=owed.id,
        title=owed.title,
        who=owed.who,
        to=owed.to,
        together_with=owed.with_,
        applies=_condition(owed),
        anchors=owed.from_,
        each=owed.each,
        due=_worded(due, word),
        by_level={
            level: _due(other, (*path, "by_level", level), parameters, faults)
            for level, other in owed.by_level.items()
        },
        before=owed.before,
        simultaneous_with=owed.simultaneous_with,
        continuous=owed.continuous,
        until=owed.until,
        recurring=owed.recurring,
        fulfilled_by=owed.fulfilled_by,
        requires=owed.requires,
        states=owed.states,
        approvals=Approvals(
            in_order=tuple(map(_approval, owed.approvals.in_order)),
            in_any_order=tuple(map(_approval, owed.approvals.in_any_order)),
            when=owed.approvals.when,
        ),
        paused_while=None if owed.paused_while is None else _condition(owed.paused_while),
        extended_by=owed.extended_by,
        restarted_by=owed.restarted_by,
        newly=owed.reclassified.newly,
        changed=owed.reclassified.changed,
        warn=owed.warn,
        escalate=tuple(
            Escalation(to=step.to, after=step.after, repeat=step.repeat, times=step.times)
            for step in owed.escalate
        ),
        soft=owed.soft,
        practice=owed.practice,
        reasons_if_late=owed.reasons_if_late,
        calendar=owed.calendar,
        origin=Origin(
            section=owed.section,
            source=owed.source,
            clause=owed.clause,
            word=word,
            reading=owed.reading,
            note=owed.note,
        ),
    )


def _condition(given: ObligationEntry | PausedEntry) -> Condition:
    return Condition(
        level=given.level,
        category=given.category,
        stage=given.stage,
        when=given.when,
        unless=given.unless,
    )


def _approval(step: ApprovalEntry) -> Approval:
    return Approval(by=step.by, within=step.within, clause=step.clause)


def _due(
    given: ObligationEntry | DueEntry,
    path: FieldPath,
    parameters: Mapping[str, entries.ParameterEntry],
    faults: list[Fault],
) -> Due:
    """By when: of `within`, `limit` and `due` at most one, and a target beside it."""
    limits = {
        key: value
        for key in ("within", "limit", "due")
        if (value := getattr(given, key)) is not None
    }
    if len(limits) > 1:
        faults.append(
            Fault(
                path=path,
                what=f"{' and '.join(limits)} say the same thing.",
                allowed="one of within, limit and due; a target may stand beside it",
            )
        )
    limit = next(iter(limits.values()), ByWhen())
    target = given.target or ByWhen()
    if target.parameter:
        faults.append(
            Fault(
                path=(*path, "target"),
                what="A parameter sets the limit, not the target.",
                allowed="within, limit or due with {parameter: id}",
            )
        )
    rule: Rule | None = limit.rule
    if limit.parameter in parameters:
        rule = parameters[limit.parameter].value
    return Due(target=target.rule, limit=rule, parameter=limit.parameter)


def _worded(due: Due, word: str) -> Due:
    """A limit without a number, in the word that the obligation gives beside it."""
    if word and isinstance(due.limit, Promptly) and not due.limit.word:
        return attrs.evolve(due, limit=attrs.evolve(due.limit, word=word))
    return due
