"""Occurrences: the clocks of a recurring obligation.

A recurring obligation starts at its anchor event and goes on until something ends it: its
`until`, the closing of the case, or no longer applying. Each occurrence that has opened is a
clock. A fulfilling event counts for the occurrence in whose period it falls, unless its data
names another one (`period`). What is missed stays missed: the next period's events do not do it.
A quota is met by the event that completes it.

While the obligation is paused no occurrence opens; one whose opening falls into a pause opens when
the pause is over, and not at all if its period is over by then. Occurrences counted in amounts
leave pauses out of the count, so the one that is open goes on where it stopped. A day that a pause
touches is not owed: what had opened on it is withdrawn when the pause begins. Longer periods of
the calendar are not moved by a pause.

Design: "How a due instant is computed", row "recurring"; "Clocks over a case", "Pause" and
"Fulfilment".
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from workflow.calendars.spans import NEVER, Span, Spans
from workflow.cases.applying import Applying, Begin, applying
from workflow.cases.duties import Duty
from workflow.cases.fulfilment import may
from workflow.cases.history import History
from workflow.cases.life import Life, idle, judged
from workflow.cases.moves import NO_COURSE, Course
from workflow.deadlines.periods import PERIODS
from workflow.deadlines.series import Occurrence
from workflow.instants import Instant


def occurring(duty: Duty, history: History, now: Instant, begin: Begin) -> Iterator[Life]:
    """The lives of the occurrences that have opened by `now`, counted from one anchor event."""
    seen: dict[str, int] = {}
    done: _Done | None = history.series.get(duty.owed.id)
    if done is None:
        done = history.series[duty.owed.id] = _Done.of(duty, history)
    for span in applying(duty, history, begin):
        last = min(span.end, Instant(now + 1))
        for it in _series(duty, history, span):
            if it.opens >= last:
                break
            life = _occurrence(duty, history, begin, it, done.in_period(it), span.end)
            # The same period may open again when the obligation applies again within it.
            seen[life.id] = seen.get(life.id, 0) + 1
            if seen[life.id] > 1:
                life = attrs.evolve(life, id=f"{life.id}.{seen[life.id]}")
            yield life


def next_opening(duty: Duty, history: History, now: Instant, begin: Begin) -> Instant | None:
    """When the next occurrence opens, if nothing ends the series before."""
    for span in applying(duty, history, begin):
        if span.end > now:
            for it in _series(duty, history, span):
                if it.opens > now:
                    return it.opens if it.opens < span.end else None
    return None


@attrs.frozen
class _Turn:
    """One occurrence as the pauses of the case leave it.

    Attributes:
        planned: The occurrence.
        opens: When it opens, no pause lasting then.
        closes: When the one after it opens, or `NEVER`.
        due: When it is due; None while a pause that lasts holds it up.
        dropped: When a pause began on its day, and it ceased to be owed.
    """

    planned: Occurrence
    opens: Instant
    closes: Instant
    due: Instant | None
    dropped: Instant | None = None


def _series(duty: Duty, history: History, span: Applying) -> Iterator[_Turn]:
    """The occurrences of a span in which the obligation applies, in order."""
    recurring, paused = duty.owed.recurring, duty.owed.paused_while
    if recurring is None:
        return
    pauses = [] if paused is None else [it for it in history.spans(paused) if it[0] < span.end]
    counting = duty.setting.counting
    moving = not recurring.rrule and recurring.every not in PERIODS
    if moving and pauses:
        over = Spans(tuple(Span(since, to) for since, to in pauses if to != NEVER))
        counting = attrs.evolve(counting, pauses=over)
    series = recurring.occurrences(span.start, None, counting)
    for it, following in pairwise(_ended(series)):
        if it is None or (pauses and pauses[-1][1] == NEVER and it.opens >= pauses[-1][0]):
            return  # the series is over, or a pause that lasts holds it up
        closes = NEVER if following is None else following.opens
        turn = _paused(it, closes, pauses, moving=moving, daily=recurring.every in _DAILY)
        if turn is not None:
            yield turn
            if turn.closes == NEVER:
                return


_DAILY = frozenset({"day", "working day"})


def _paused(
    it: Occurrence,
    closes: Instant,
    pauses: Sequence[tuple[Instant, Instant]],
    *,
    moving: bool,
    daily: bool,
) -> _Turn | None:
    """What the pauses leave of an occurrence; None if it never opens."""
    opens, due, dropped = it.opens, it.due, None
    for since, to in pauses:
        if since <= opens < to:
            opens = to
            if daily:
                return None
        elif daily and due is not None and opens < since <= due and dropped is None:
            dropped = since
        if moving and to == NEVER and (due is None or since < due):
            due, closes = None, NEVER
    return _Turn(it, opens, closes, due, dropped) if opens < closes else None


def _ended(series: Iterator[Occurrence]) -> Iterator[Occurrence | None]:
    yield from series
    yield None


def _occurrence(
    duty: Duty,
    history: History,
    begin: Begin,
    turn: _Turn,
    done: list[int],
    end: Instant,
) -> Life:
    it, due = turn.planned, turn.due
    end = end if turn.dropped is None else min(end, turn.dropped)
    enough = max(it.quota.least, 1)
    position = done[enough - 1] if len(done) >= enough else None
    fulfilled = None if position is None else history.events[position].instant
    if fulfilled is not None and fulfilled > end and (due is None or due >= end):
        fulfilled = position = None
    settled = judged(fulfilled, due, None if end == NEVER else end)
    course = Course(due, None, (), turn.opens)
    limit, target = (NO_COURSE, course) if duty.owed.advice else (course, NO_COURSE)
    if duty.owed.advice:
        settled = judged(fulfilled, None, None if end == NEVER else end)
    separator = "/" if begin.label else "@"
    ended = settled is not None and settled.ended
    return Life(
        id=f"{duty.owed.id}{begin.label}{separator}{it.label}",
        duty=duty,
        history=history,
        settled=settled,
        idle=idle(duty, history),
        begin=attrs.evolve(begin, instant=turn.opens),
        start=turn.opens,
        limit=limit,
        target=target,
        fulfilled=fulfilled,
        position=position,
        ended=(end if fulfilled is None else fulfilled) if ended else None,
        partial=tuple(done),
        count=(len(done), enough),
    )


@attrs.frozen
class _Done:
    """The fulfilling events of a recurring obligation, sorted by how they say their period.

    Attributes:
        history: The history they stand in.
        fallen: The places of those that count for the period in which they fall, in order.
        named: The places of those that name their period, by its label.
    """

    history: History
    fallen: list[int]
    named: dict[str, list[int]]

    @classmethod
    def of(cls, duty: Duty, history: History) -> _Done:
        fallen: list[int] = []
        named: dict[str, list[int]] = {}
        for position in history.positions_of(duty.owed.fulfilled_by):
            event = history.events[position]
            if may(duty.owed, event):
                label = event.data.get("period")
                (fallen if label is None else named.setdefault(str(label), [])).append(position)
        return cls(history, fallen, named)

    def in_period(self, it: _Turn) -> list[int]:
        """The places of the events that count for an occurrence, in order."""
        start, end = (
            bisect.bisect_left(self.fallen, at, key=lambda n: self.history.events[n].instant)
            for at in (it.opens, it.closes)
        )
        return sorted([*self.fallen[start:end], *self.named.get(it.planned.label, ())])
