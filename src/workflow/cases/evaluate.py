"""Evaluation: a plan and what happened become the lives of its obligations in a case.

Nothing here reads a clock or remembers anything but what it can work out again: the same
arguments give the same lives, however often and in whatever order they are asked for. The lives
of a history are kept with it, since no passing of time changes them; only recurring duties,
which open new occurrences, are asked anew. Design: "Clocks over a case".
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator

import attrs

from workflow.cases.applying import Begin
from workflow.cases.approvals import approving
from workflow.cases.clocks import Clock
from workflow.cases.duties import Duty, Kind, duties_of, watched_by
from workflow.cases.fulfilment import may, progress
from workflow.cases.history import History, Round
from workflow.cases.life import Life, State, live, pending
from workflow.cases.moves import Course
from workflow.cases.occurrences import next_opening, occurring
from workflow.cases.plain import plain
from workflow.cases.wakeups import moments, turns
from workflow.instants import Instant


def clocks(history: History, now: Instant) -> tuple[Clock, ...]:
    """Every clock of the plan's obligations at `now`, in the plan's order.

    The history must hold nothing that happened after `now`.
    """
    return tuple([Clock(life, now) for life in lives(history, now)])


def lives(history: History, now: Instant) -> tuple[Life, ...]:
    """Every life, in the plan's order; of recurring duties, the occurrences open by `now`."""
    kept = _kept(history)
    if not kept.recurring:
        return kept.lives
    occurrences = iter(_occurrences(history, kept, now))
    return tuple(
        [life for known in kept.by_duty for life in (next(occurrences) if known is None else known)]
    )


def next_change(history: History, now: Instant) -> Instant | None:
    """The earliest instant after `now` at which, with no further event, anything changes."""
    kept = _kept(history)
    place = bisect.bisect_right(kept.changes, now)
    found = [kept.changes[place]] if place < len(kept.changes) else []
    if kept.recurring:
        for known in _occurrences(history, kept, now):
            found += [it.instant for life in known for it in moments(life) if it.instant > now]
        found += openings(history, now)
    return min(found, default=None)


def openings(history: History, now: Instant) -> list[Instant]:
    """When the next occurrences of the recurring duties open, if nothing ends them before."""
    return [
        instant
        for duty in _kept(history).recurring
        for begin in _begins(duty, history)
        if (instant := next_opening(duty, history, now, begin)) is not None
    ]


def _occurrences(history: History, kept: _Kept, now: Instant) -> list[list[Life]]:
    """The lives of each recurring duty; those of the instant asked about last are kept."""
    if not kept.asked or kept.asked[0][0] != now:
        found = [lives_of(duty, history, now) for duty in kept.recurring]
        kept.asked[:] = [(now, found)]
    return kept.asked[0][1]


@attrs.frozen
class _Kept:
    """What is worked out once from a history.

    Attributes:
        by_duty: The lives of each duty that does not recur, in the plan's order; None: it recurs.
        lives: The same, in one row.
        changes: The instants at which time alone changes one of them, in order.
        recurring: The duties that recur.
        asked: The instant asked about last, with the lives of the recurring duties then.
    """

    by_duty: tuple[tuple[Life, ...] | None, ...]
    lives: tuple[Life, ...]
    changes: tuple[Instant, ...]
    recurring: tuple[Duty, ...]
    asked: list[tuple[Instant, list[list[Life]]]] = attrs.field(factory=list)


def _kept(history: History) -> _Kept:
    kept: _Kept | None = history.kept
    if kept is None:
        earlier, types = history.earlier or (None, frozenset())
        history.earlier = None
        if earlier is not None and types.isdisjoint(watched_by(history.plan)):
            kept = earlier
        else:
            kept = _worked_out(history, earlier, types)
        history.kept = kept
    return kept


def _worked_out(history: History, earlier: _Kept | None, types: frozenset[str]) -> _Kept:
    """The lives; of a duty that looks at none of these types, those that it had earlier."""
    now = history.events[-1].instant if history.events else Instant(0)
    duties = duties_of(history.plan)
    by_duty = tuple(
        [
            None
            if duty.kind is Kind.RECURRING
            else earlier.by_duty[number]
            if earlier is not None and types.isdisjoint(duty.watches)
            else _lives(duty, history, now)
            for number, duty in enumerate(duties)
        ]
    )
    found = tuple([life for known in by_duty if known for life in known])
    changes = sorted({it for life in found for it in turns(life)})
    recurring = tuple([duty for duty in duties if duty.kind is Kind.RECURRING])
    return _Kept(by_duty, found, tuple(changes), recurring)


def work_out(histories: Iterable[History]) -> None:
    """Work out the lives, so that histories that go on from these can take them over."""
    for history in histories:
        _kept(history)


def unmoved(history: History, earlier: History) -> bool:
    """Whether a history that goes on from an earlier one has the very same lives and standing.

    So it is where no obligation looks at what has happened since. False where that is not known
    without comparing them.
    """
    return _kept(history) is _kept(earlier)


def _lives(duty: Duty, history: History, now: Instant) -> tuple[Life, ...]:
    found = plain(duty, history)
    return tuple(lives_of(duty, history, now)) if found is None else (found,)


def lives_of(duty: Duty, history: History, now: Instant) -> list[Life]:
    """The lives of one obligation: one for each round, anchor event or occurrence."""
    if duty.kind is Kind.BEFORE:
        found = [life for it in history.rounds for life in _before(duty, history, it)]
    elif duty.kind is Kind.RECURRING:
        begins = _begins(duty, history)
        found = [life for it in begins for life in occurring(duty, history, now, it)]
    else:
        found = [live(duty, history, begin) for begin in _begins(duty, history)]
    found = found or [pending(duty, history)]
    if duty.approvals:
        found += [life for main in tuple(found) for life in approving(main)]
    return found


def _begins(duty: Duty, history: History) -> list[Begin]:
    """What starts a clock of the obligation."""
    return list(_each(duty, history)) if duty.owed.each else _rounds(duty, history)


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
        nth = bisect.bisect_left(positions, it.position)
        if nth < len(positions) and positions[nth] < end:
            place = positions[nth]
            label = _label(it)
            found.append(Begin(label, place, events[place].instant, it.position, it.number))
    return found


def _label(it: Round) -> str:
    """What the clocks of a round have behind their id: nothing in the first round."""
    if it.number == 1:
        return ""
    return f"@{stamp(it.instant)}" + (f".{it.nth}" if it.nth > 1 else "")


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


def _before(duty: Duty, history: History, it: Round) -> Iterator[Life]:
    """What must precede an event: due at that event, whenever it happens."""
    end = history.round_ends(it.number)
    asked = next(
        (p for p in history.positions.get(duty.owed.before, ()) if it.position <= p < end), None
    )
    position = _done_before(duty, history, it, end)
    if asked is None and position is None:
        return
    instant = history.events[asked].instant if asked is not None else None
    label = _label(it)
    in_time = position is not None and (asked is None or position < asked)
    fulfilled = None if position is None else history.events[position].instant
    if in_time:
        state = State.MET
    else:
        state = State.OVERDUE if fulfilled is None else State.MET_LATE
    yield Life(
        id=duty.owed.id + label,
        duty=duty,
        history=history,
        settled=state,
        begin=Begin(label, asked, it.instant, it.position, it.number),
        start=it.instant,
        limit=Course(due=instant if instant is None or in_time else Instant(instant - 1)),
        fulfilled=fulfilled,
        position=position,
        ended=fulfilled,
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
    it = _EPOCH + dt.timedelta(microseconds=instant)
    fraction = f".{it.microsecond:06d}" if it.microsecond else ""
    day = f"{it.year:04d}{it.month:02d}{it.day:02d}"
    return f"{day}T{it.hour:02d}{it.minute:02d}{it.second:02d}{fraction}Z"


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
