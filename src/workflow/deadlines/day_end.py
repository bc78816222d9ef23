"""Where in its last day a period ends, and where it goes when that is a day off.

The options are those of `options.py`. Design: "How a due instant is computed".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from workflow.calendars.counting import Counting
from workflow.deadlines.day_notes import why_closed
from workflow.deadlines.options import DayOptions, Ends, Rollover, RolloverAt, WallTime
from workflow.derivation import Sentence, Trace
from workflow.instants import Instant, to_moment

_DAY_END = Sentence("It ends with that day, {at}.", "至该日24时止，即{at}。")
_CLOSING = Sentence("It ends when work closes that day, {at}.", "至该日工作时间结束时止，即{at}。")
_NO_CLOSING = Sentence(
    "The calendar stays closed that day, so it ends with the day, {at}.",
    "该日不上班，故至该日24时止，即{at}。",
)
_SAME_TIME = Sentence("It ends at the same local time, {at}.", "至该日同一时刻止，即{at}。")
_AT_WALL = Sentence("It ends at {time} that day, {at}.", "至该日{time}止，即{at}。")
_ROLLED = Sentence(
    "The last day, {from_day}, is no working day ({why}); it moves to {to_day}.",
    "末日{from_day}为休息日（{why}），移至{to_day}。",
)
_NOT_BACK = Sentence(
    "The last day, {from_day}, is no working day ({why}), but the working day before ends "
    "before the count begins; so it stays.",
    "末日{from_day}为休息日（{why}），但上一工作日结束于起算之前，故不移动。",
)
_NOT_BEFORE = Sentence(
    "That is before the anchor; it is due at once, {at}.",
    "该时刻早于起算时刻，故即时到期，即{at}。",
)


def instant_of(
    day: dt.date,
    options: DayOptions,
    anchor: Instant,
    counting: Counting,
    trace: Trace | None = None,
) -> Instant | None:
    """The due instant of a period whose last day is `day`, moved if the options say so.

    Never before the anchor. None while an open pause holds up the day it moves to.
    """

    def end(of: dt.date) -> Instant:
        return _end_of(of, options.ends, anchor, counting)

    if options.rollover is Rollover.NONE or counting.working_day(day):
        _note_end(day, options.ends, end(day), counting, trace)
        return not_before(anchor, end(day), trace)
    moved = move_off(
        day, end(day), options.rollover, options.rollover_at, end, anchor, counting, trace
    )
    if moved is None:
        return None
    to_day, at = moved
    if options.rollover_at is RolloverAt.END or to_day == day:
        _note_end(to_day, options.ends, at, counting, trace)
    return not_before(anchor, at, trace)


def move_off(
    day: dt.date,
    own: Instant,
    rollover: Rollover,
    when: RolloverAt | WallTime,
    end: Callable[[dt.date], Instant],
    anchor: Instant,
    counting: Counting,
    trace: Trace | None = None,
) -> tuple[dt.date, Instant] | None:
    """The day to which a last day off moves, and the due instant on it.

    `own` is when it would have ended, `end` the end of a period on a given day. It moves back
    only when that ends at or after the anchor: a period cannot end before it began, so
    otherwise it stays where it was. None: an open pause holds up the next working day.
    """

    def at(found: dt.date) -> Instant:
        if when is RolloverAt.END:
            return end(found)
        time = to_moment(own, counting.zone).time() if isinstance(when, RolloverAt) else when
        return counting.wall(found, time)

    if rollover is Rollover.NEXT_WORKING_DAY:
        found = counting.nth_day(day, 1, working=True)
        if found is None:
            return None
    else:
        found = _working_day_before(day, counting)
        if found is None or at(found) < anchor:
            if trace is not None:
                why = why_closed(day, counting)
                trace.note("rollover", _NOT_BACK, from_day=day, to_day=day, why=why)
            return day, own
    if trace is not None:
        trace.note("rollover", _ROLLED, from_day=day, to_day=found, why=why_closed(day, counting))
        if when is not RolloverAt.END:
            time = to_moment(at(found), counting.zone).time()
            trace.note("day_end", _AT_WALL, day=found, ends="wall", time=time, at=at(found))
    return found, at(found)


def not_before(anchor: Instant, at: Instant, trace: Trace | None = None) -> Instant:
    """The instant, or the anchor when it would precede it: a period never ends before it began."""
    if at < anchor and trace is not None:
        trace.note("not_before_anchor", _NOT_BEFORE, at=anchor)
    return max(anchor, at)


def _working_day_before(day: dt.date, counting: Counting) -> dt.date | None:
    """The working day before, that no pause touches; None when there is none for ten years."""
    for back in range(1, 3_660):
        found = day - dt.timedelta(days=back)
        if counting.working_day(found) and not counting.touched(found):
            return found
    return None


def _end_of(day: dt.date, ends: Ends, anchor: Instant, counting: Counting) -> Instant:
    if ends is Ends.SAME_TIME:
        return counting.wall(day, to_moment(anchor, counting.zone).time())
    closing = counting.closes(day) if ends is Ends.CLOSE else None
    return counting.day_end(day) if closing is None else closing


def _note_end(
    day: dt.date, ends: Ends, at: Instant, counting: Counting, trace: Trace | None
) -> None:
    if trace is None:
        return
    if ends is Ends.SAME_TIME:
        said = _SAME_TIME
    elif ends is Ends.MIDNIGHT:
        said = _DAY_END
    else:
        said = _NO_CLOSING if counting.closes(day) is None else _CLOSING
    trace.note("day_end", said, day=day, ends=ends.value, at=at)
