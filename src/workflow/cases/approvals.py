"""Approvals that have a time of their own: a clock for each.

The first of those in order counts from the start of the obligation, each later one from the
approval before it. Those in any order count together with the last of those in order: from the
approval before that one, or from the start. A returned draft voids what was approved before it,
but not the time that has passed.

Design: "Clocks over a case", paragraph "Fulfilment".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from workflow.cases.basis import Basis
from workflow.cases.duties import Duty
from workflow.cases.event import Event
from workflow.cases.fulfilment import approvals_given
from workflow.cases.life import Life, judged, pending
from workflow.cases.moves import Course
from workflow.instants import Instant
from workflow.plans.obligation import Approval


def approving(main: Life) -> Iterator[Life]:
    """The lives of the approvals that one life of an obligation asks for in a stated time."""
    asked, begin = main.duty.owed.approvals, main.begin
    duties = main.duty.approvals
    if begin is None or main.start is None:
        for duty in duties.values():
            yield pending(duty, main.history)
        return
    given: Sequence[Event] = approvals_given(
        main.duty.owed, main.history, begin.since, len(main.history.events)
    )
    anchor: Instant | None = main.start
    last = anchor
    number = 0
    for number, each in enumerate(asked.in_order, 1):
        at = _given(given, each, anchor)
        if number in duties:
            yield _life(main, duties[number], anchor, at)
        last, anchor = anchor, at
    for place, each in enumerate(asked.in_any_order, number + 1):
        if place in duties:
            yield _life(main, duties[place], last, _given(given, each, last))


def _given(given: Sequence[Event], asked: Approval, since: Instant | None) -> Instant | None:
    """When the approval was first given, once it could be."""
    if since is None:
        return None
    for event in given:
        if event.instant >= since and (event.by is None or event.by in asked.by):
            return event.instant
    return None


def _life(main: Life, duty: Duty, anchor: Instant | None, at: Instant | None) -> Life:
    label = main.id.removeprefix(main.duty.owed.id)
    name = duty.owed.id + label
    rule = duty.times.limit
    if anchor is None or rule is None or main.begin is None:
        return attrs.evolve(pending(duty, main.history), id=name)
    basis = Basis(rule, anchor, duty.setting)
    due = basis.due()
    over = main.ended if at is None else None
    settled = judged(at, due, over)
    ended = settled is not None and settled.ended
    return Life(
        id=name,
        duty=duty,
        history=main.history,
        settled=settled,
        begin=attrs.evolve(main.begin, instant=anchor, position=None),
        start=anchor,
        limit=Course(due, basis, (), anchor),
        fulfilled=at,
        ended=(over if at is None else at) if ended else None,
    )
