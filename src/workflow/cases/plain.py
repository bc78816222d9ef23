"""Plain obligations: the life of what applies always, is done once, and whose time nothing moves.

Most obligations of most plans are of this kind, and a host asks for them after every event. What
`life.py` works out for any obligation is here worked out at once; both give the same, which
`tests/properties/test_case_plain.py` holds for any history.

Design: "Clocks over a case", paragraphs "Start" and "Fulfilment".
"""

from __future__ import annotations

from workflow.cases.applying import Begin
from workflow.cases.duties import Duty
from workflow.cases.fulfilment import first
from workflow.cases.history import History
from workflow.cases.life import Life, State, pending
from workflow.cases.moves import unmoved
from workflow.instants import Instant


def plain(duty: Duty, history: History) -> Life | None:
    """Its life, or None where something in the obligation or the history asks for more."""
    if not duty.direct or history.withdrawals or len(history.rounds) > 1:
        return None
    owed, events = duty.owed, history.events
    anchors = history.positions_of(owed.anchors)
    if not anchors:
        return pending(duty, history)
    place = anchors[0]
    anchor = events[place].instant
    limit = unmoved(duty.times.limit, anchor, duty.setting, anchor)
    target = unmoved(duty.times.target, anchor, duty.setting, anchor)
    position = first(owed, history, anchor, place)
    fulfilled = settled = None
    if position is not None:
        fulfilled, due = events[position].instant, limit.due
        settled = State.MET if due is None or fulfilled <= due else State.MET_LATE
    return Life(
        id=owed.id,
        duty=duty,
        history=history,
        settled=settled,
        begin=_begin(history, place, anchor),
        start=anchor,
        limit=limit,
        target=target,
        fulfilled=fulfilled,
        position=position,
        ended=fulfilled,
    )


def _begin(history: History, place: int, anchor: Instant) -> Begin:
    """The beginning at an event of the first round; one for all the obligations that share it."""
    known: Begin | None = history.begins.get(place)
    if known is None:
        known = history.begins[place] = Begin("", place, anchor, 0)
    return known
