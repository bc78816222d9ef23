"""Evaluation: a plan, what happened and an instant become the clocks of a case.

Nothing here reads a clock or remembers anything: the same arguments give the same clocks,
however often and in whatever order they are asked for. Design: "Clocks over a case".
"""

from __future__ import annotations

from collections.abc import Iterator

from workflow.cases.applying import Begin
from workflow.cases.approvals import approving
from workflow.cases.clocks import Clock, State, live, pending
from workflow.cases.duties import Duty, Kind, duties_of
from workflow.cases.fulfilment import may, progress
from workflow.cases.history import History, Round
from workflow.cases.moves import Course
from workflow.cases.occurrences import occurring
from workflow.instants import Instant, to_moment, zone_of


def clocks(history: History, now: Instant) -> tuple[Clock, ...]:
    """Every clock of the plan's obligations at `now`, in the plan's order.

    The history must hold nothing that happened after `now`.
    """
    return tuple(
        clock for duty in duties_of(history.plan) for clock in clocks_of(duty, history, now)
    )


def clocks_of(duty: Duty, history: History, now: Instant) -> list[Clock]:
    """The clocks of one obligation: one for each round, anchor event or occurrence."""
    if duty.kind is Kind.EACH:
        found = [live(duty, history, now, begin) for begin in _each(duty, history)]
    elif duty.kind is Kind.BEFORE:
        found = [clock for it in history.rounds for clock in _before(duty, history, now, it)]
    else:
        begins = _rounds(duty, history)
        if duty.kind is Kind.RECURRING:
            found = [clock for it in begins for clock in occurring(duty, history, now, it)]
        else:
            found = [live(duty, history, now, begin) for begin in begins]
    found = found or [pending(duty, history, now)]
    if duty.approvals:
        found += [clock for main in tuple(found) for clock in approving(main)]
    return found


def _rounds(duty: Duty, history: History) -> list[Begin]:
    """The first anchor event of each round."""
    positions = history.positions_of(duty.owed.anchors)
    if not positions:
        return []
    events = history.events
    if len(history.rounds) == 1:
        place = positions[0]
        return [Begin("", place, events[place].instant, 0)]
    found = []
    for it in history.rounds:
        end = history.round_ends(it.number)
        for place in positions:
            if it.position <= place < end:
                label = "" if it.number == 1 else f"@{stamp(it.instant)}"
                found.append(Begin(label, place, events[place].instant, it.position, it.number))
                break
    return found


def _each(duty: Duty, history: History) -> Iterator[Begin]:
    """Every anchor event."""
    seen: dict[str, int] = {}
    rounds = history.rounds
    number = 1
    for place in history.positions_of(duty.owed.anchors):
        while number < len(rounds) and rounds[number].position <= place:
            number += 1
        instant = history.events[place].instant
        label = f"@{stamp(instant)}"
        seen[label] = seen.get(label, 0) + 1
        if seen[label] > 1:
            label = f"{label}.{seen[label]}"
        yield Begin(label, place, instant, rounds[number - 1].position, number)


def _before(duty: Duty, history: History, now: Instant, it: Round) -> Iterator[Clock]:
    """What must precede an event: due at that event, whenever it happens."""
    end = history.round_ends(it.number)
    asked = next(
        (p for p in history.positions.get(duty.owed.before, ()) if it.position <= p < end), None
    )
    position = _done_before(duty, history, it, end)
    if asked is None and position is None:
        return
    instant = history.events[asked].instant if asked is not None else None
    label = "" if it.number == 1 else f"@{stamp(it.instant)}"
    in_time = position is not None and (asked is None or position < asked)
    fulfilled = None if position is None else history.events[position].instant
    if in_time:
        state = State.MET
    else:
        state = State.OVERDUE if fulfilled is None else State.MET_LATE
    yield Clock(
        id=duty.owed.id + label,
        duty=duty,
        history=history,
        state=state,
        now_instant=now,
        begin=Begin(label, asked, it.instant, it.position, it.number),
        start_instant=it.instant,
        limit_course=Course(due=instant if instant is None or in_time else Instant(instant - 1)),
        fulfilled_instant=fulfilled,
        position=position,
        ended_instant=fulfilled,
    )


def _done_before(duty: Duty, history: History, it: Round, end: int) -> int | None:
    if duty.plain:
        return next(
            (
                p
                for p in history.positions_of(duty.owed.fulfilled_by)
                if it.position <= p < end and may(duty.owed, history.events[p])
            ),
            None,
        )
    found = progress(duty.owed, history, it.instant, None, it.position).position
    return found if found is not None and found < end else None


def stamp(instant: Instant) -> str:
    """An instant as it stands in the id of a clock: `20260302T004000Z`, in UTC."""
    moment = to_moment(instant, zone_of("UTC"))
    fraction = f".{moment.microsecond:06d}" if moment.microsecond else ""
    return f"{moment:%Y%m%dT%H%M%S}{fraction}Z"
