"""Approvals that have a time of their own: a clock for each.

The first of those in order counts from the start of the obligation, each later one from the
approval before it. Those in any order count together with the last of those in order: from the
approval before that one, or from the start. One given in the round before its time began counts:
it counts for the obligation too. A returned draft voids what was approved before it,
but not the time that has passed.

Design: "Clocks over a case", paragraph "Fulfilment".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from workflow.cases.basis import Basis
from workflow.cases.duties import Duty
from workflow.cases.fulfilment import approvals_given_at
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
            yield attrs.evolve(pending(duty, main.history), id=duty.owed.id + _label(main))
        return
    places = approvals_given_at(main.duty.owed, main.history, begin.since)
    before: _Given | None = _Given(main.start, begin.position)
    last = before
    number = taken = 0
    for number, each in enumerate(asked.in_order, 1):
        taken, at = _next(main, places, taken, each)
        if number in duties:
            yield _life(main, duties[number], before, at)
        last, before = before, at
    for place, each in enumerate(asked.in_any_order, number + 1):
        if place in duties:
            _, at = _next(main, places, 0, each)
            yield _life(main, duties[place], last, at)


@attrs.frozen
class _Given:
    """When an approval was given, or the obligation started, and the place of that event."""

    instant: Instant
    position: int | None


def _next(
    main: Life, places: Sequence[int], taken: int, asked: Approval
) -> tuple[int, _Given | None]:
    """The first approval of that kind behind those taken, and how many are then taken.

    One event gives one approval of those in order.
    """
    for number, place in enumerate(places[taken:], taken):
        event = main.history.events[place]
        if event.by is None or event.by in asked.by:
            return number + 1, _Given(event.instant, place)
    return len(places), None


def _life(main: Life, duty: Duty, since: _Given | None, given: _Given | None) -> Life:
    name = duty.owed.id + _label(main)
    rule = duty.times.limit
    if since is None or rule is None or main.begin is None:
        return attrs.evolve(pending(duty, main.history), id=name)
    anchor, at = since.instant, None if given is None else given.instant
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
        begin=attrs.evolve(main.begin, instant=anchor, position=since.position),
        start=anchor,
        limit=Course(due, basis, (), anchor),
        fulfilled=at,
        position=None if given is None else given.position,
        ended=(over if at is None else at) if ended else None,
    )


def _label(main: Life) -> str:
    """What stands behind the obligation's id: the round or the occurrence."""
    return main.id.removeprefix(main.duty.owed.id)
