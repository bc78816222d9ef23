"""Occurrences: the clocks of a recurring obligation.

A recurring obligation starts at its anchor event and goes on until something ends it: its
`until`, the closing of the case, or no longer applying. Each occurrence that has opened is a
clock. A fulfilling event counts for the occurrence in whose period it falls, unless its data
names another one (`period`). What is missed stays missed: the next period's events do not do it.
A quota is met by the event that completes it. While the obligation is paused no occurrence
opens.

Design: "How a due instant is computed", row "recurring"; "Clocks over a case", "Fulfilment".
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from itertools import pairwise

import attrs

from workflow.calendars.spans import NEVER
from workflow.cases.applying import Begin, applying
from workflow.cases.duties import Duty
from workflow.cases.fulfilment import may
from workflow.cases.history import History
from workflow.cases.life import Life, judged
from workflow.cases.moves import NO_COURSE, Course
from workflow.deadlines.recurring import Occurrence
from workflow.instants import Instant


def occurring(duty: Duty, history: History, now: Instant, begin: Begin) -> Iterator[Life]:
    """The lives of the occurrences that have opened by `now`, counted from one anchor event."""
    seen: dict[str, int] = {}
    done: _Done | None = history.series.get(duty.owed.id)
    if done is None:
        done = history.series[duty.owed.id] = _Done.of(duty, history)
    for span in applying(duty, history, begin):
        last = min(span.end, Instant(now + 1))
        for it, closes in _opened(duty, history, span.start, last):
            life = _occurrence(duty, history, begin, it, done.in_period(it, closes), span.end)
            # The same period may open again when the obligation applies again within it.
            seen[life.id] = seen.get(life.id, 0) + 1
            if seen[life.id] > 1:
                life = attrs.evolve(life, id=f"{life.id}.{seen[life.id]}")
            yield life


def next_opening(duty: Duty, history: History, now: Instant, begin: Begin) -> Instant | None:
    """When the next occurrence opens, if nothing ends the series before."""
    recurring = duty.owed.recurring
    if recurring is None:
        return None
    for span in applying(duty, history, begin):
        if span.end > now:
            for it in recurring.occurrences(span.start, None, duty.setting.counting):
                if it.opens > now:
                    return it.opens if it.opens < span.end else None
    return None


def _opened(
    duty: Duty, history: History, start: Instant, last: Instant
) -> Iterator[tuple[Occurrence, Instant]]:
    """The occurrences that open before `last`, each with the opening of the one after it."""
    recurring, paused = duty.owed.recurring, duty.owed.paused_while
    if recurring is None:
        return
    pauses = () if paused is None else history.spans(paused)
    series = recurring.occurrences(start, None, duty.setting.counting)
    for it, following in pairwise(_ended(series)):
        if it is None or it.opens >= last:
            return
        closes = NEVER if following is None else following.opens
        if not any(since <= it.opens < to for since, to in pauses):
            yield it, closes


def _ended(series: Iterator[Occurrence]) -> Iterator[Occurrence | None]:
    yield from series
    yield None


def _occurrence(
    duty: Duty,
    history: History,
    begin: Begin,
    it: Occurrence,
    done: list[int],
    end: Instant,
) -> Life:
    enough = max(it.quota.least, 1)
    position = done[enough - 1] if len(done) >= enough else None
    fulfilled = None if position is None else history.events[position].instant
    if fulfilled is not None and fulfilled > end and (it.due is None or it.due >= end):
        fulfilled = position = None
    settled = judged(fulfilled, it.due, None if end == NEVER else end)
    course = Course(it.due, None, (), it.opens)
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
        begin=attrs.evolve(begin, instant=it.opens),
        start=it.opens,
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

    def in_period(self, it: Occurrence, closes: Instant) -> list[int]:
        """The places of the events that count for an occurrence, in order."""
        start, end = (
            bisect.bisect_left(self.fallen, at, key=lambda n: self.history.events[n].instant)
            for at in (it.opens, closes)
        )
        return sorted([*self.fallen[start:end], *self.named.get(it.label, ())])
