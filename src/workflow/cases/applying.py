"""When an obligation applies: the spans of time in which somebody owes it in one case.

It starts at its anchor event if its conditions hold; if they come to hold later, the plan's
`newly` says from when it counts. It ends when the conditions no longer hold, at an event of its
`until`, at a withdrawal of everything (a false alarm), and, if it is continuous or recurring,
when the case is closed.

Design: "Clocks over a case", paragraphs "Start" and "Reclassification".
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator

import attrs

from workflow.calendars.spans import NEVER
from workflow.cases.duties import Duty
from workflow.cases.history import History
from workflow.instants import Instant
from workflow.plans.obligation import Newly


@attrs.frozen(slots=False)  # quicker to make, and many are made
class Begin:
    """What starts a clock.

    Attributes:
        label: What is added to the obligation's id: nothing for the first round.
        position: The place of the anchor event, or None for an occurrence.
        instant: The anchor instant.
        since: The place of the first event of the round.
        round: The number of the round.
    """

    label: str
    position: int | None
    instant: Instant
    since: int
    round: int = 1


@attrs.frozen(slots=False)  # quicker to make, and many are made
class Applying:
    """A span in which an obligation applies.

    Attributes:
        start: From when fulfilment counts.
        counted_from: The instant from which the rule counts.
        applies: From when it applies; later than `start` where the plan says `from_anchor`.
        end: When it no longer applies, or something ends it.
        own_end: Whether that is an end the plan gives it (`until`, closing).
    """

    start: Instant
    counted_from: Instant
    applies: Instant
    end: Instant
    own_end: bool


def applying(duty: Duty, history: History, begin: Begin) -> Iterator[Applying]:
    """The spans in which the obligation applies after an anchor event, in order."""
    owed, anchor = duty.owed, begin.instant
    if owed.applies.always:
        yield Applying(anchor, anchor, anchor, *_end(duty, history, begin, anchor, NEVER))
        return
    spans = history.spans(owed.applies)
    over = _withdrawn(history, begin)
    for since, end in spans[bisect.bisect_right(spans, anchor, key=lambda span: span[1]) :]:
        if since >= over:
            return
        if since <= anchor:
            it = Applying(anchor, anchor, anchor, *_end(duty, history, begin, anchor, end))
        elif owed.newly is Newly.RESTART:
            it = Applying(since, since, since, *_end(duty, history, begin, since, end))
        elif owed.newly is Newly.FROM_ANCHOR:
            it = Applying(anchor, anchor, since, *_end(duty, history, begin, since, end))
        else:
            continue
        yield it
        # What an event has ended for good does not come back when the conditions hold again.
        if it.own_end or it.end < end:
            return


def _withdrawn(history: History, begin: Begin) -> Instant:
    """When everything owed in the anchor's round was withdrawn: nothing of it starts later."""
    for place in history.withdrawals:
        if _behind(place, begin):
            return history.events[place].instant
    return NEVER


def _end(
    duty: Duty, history: History, begin: Begin, start: Instant, end: Instant
) -> tuple[Instant, bool]:
    """When a span that conditions let last until `end` really ends, and whether by `until`.

    Of several events that end it, the first counts, at one instant the first by sequence.
    """
    found = [
        (history.events[place].instant, place, True)
        for place in history.positions_from(duty.owed.until, start)[:2]
        if _behind(place, begin)
    ]
    closings = history.closings if duty.lasts else []
    for places, own in ((closings, True), (history.withdrawals, False)):
        for place in places:
            if history.events[place].instant >= start and _behind(place, begin):
                found.append((history.events[place].instant, place, own))
                break
    if not found:
        return end, False
    instant, _, own = min(found)
    return (instant, own) if instant <= end else (end, False)


def _behind(place: int, begin: Begin) -> bool:
    """Whether an event stands behind the anchor event in the order of happening."""
    return begin.position is None or place > begin.position
