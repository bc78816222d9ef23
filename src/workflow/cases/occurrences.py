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
    for span in applying(duty, history, begin):
        last = min(span.end, Instant(now + 1))
        for it, closes in _opened(duty, history, span.start, last):
            if it.opens < span.end:
                yield _occurrence(duty, history, begin, it, closes, span.end)


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
    closes: Instant,
    end: Instant,
) -> Life:
    done = [
        position
        for position in history.positions_of(duty.owed.fulfilled_by)
        if _counts(duty, history, position, it, closes)
    ]
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


def _counts(duty: Duty, history: History, position: int, it: Occurrence, closes: Instant) -> bool:
    event = history.events[position]
    if not may(duty.owed, event):
        return False
    named = event.data.get("period")
    return it.opens <= event.instant < closes if named is None else named == it.label
