"""Elapsed: due when exactly that much time has passed since the anchor.

Absolute time: 24 h is 24 hours also in a night when the clocks change. Time in a pause does
not count. A length of zero is due at the anchor. Equality is on time.

`start: next_full_hour` begins with the next full local hour, because the hour in which the
event falls is not counted (EU Regulation 1182/71 art. 3(1); PRC procedure law). `rollover`
moves an end on a day off, at the time that `rollover_at` says (FRCP 6(a)(2); noon of the next
working day under Delegated Regulation (EU) 2025/301).

Design: "How a due instant is computed", row "elapsed".
"""

from __future__ import annotations

import datetime as dt
import enum
from typing import ClassVar

import attrs

from workflow.calendars.counting import Counting
from workflow.deadlines.day_end import move_off, not_before
from workflow.deadlines.options import (
    Rollover,
    RolloverAt,
    as_option,
    as_rollover,
    as_rollover_at,
)
from workflow.deadlines.rule import Rule, Setting, settled
from workflow.derivation import Language, Sentence, Trace
from workflow.durations import Counts, Duration
from workflow.errors import RuleError
from workflow.instants import HOUR, Instant, Micros, to_moment


class Start(enum.Enum):
    """From when a period of hours is counted."""

    AT_ONCE = "at_once"
    """From the anchor."""
    NEXT_FULL_HOUR = "next_full_hour"
    """From the end of the local hour in which the anchor falls. A full hour counts as the
    beginning of its hour: an anchor at 10:00 is counted from 11:00."""


def as_start(value: Start | str) -> Start:
    """The value of `start`."""
    return as_option(Start, "start", value)


_ELAPSED = Sentence("{amount} after {start} is {end}.", "自{start}起{amount}，至{end}。")
_PAUSED = Sentence(
    "{amount} after {start}, without the pauses, is {end}.",
    "自{start}起{amount}（扣除暂停），至{end}。",
)
_FULL_HOUR = Sentence(
    "The hour in which it falls is not counted: counted from {start}.",
    "所在的那一小时不计：自{start}起算。",
)
_DAY_END = Sentence("It ends with that day, {at}.", "至该日24时止，即{at}。")
_WORDS: dict[object, Sentence] = {
    Start.NEXT_FULL_HOUR: Sentence(", from the next full hour", "，自下一整点起"),
    Rollover.NEXT_WORKING_DAY: Sentence(
        ", an end on a day off moves to the next working day", "，届满日为休息日的顺延至下一工作日"
    ),
    Rollover.PREVIOUS_WORKING_DAY: Sentence(
        ", an end on a day off moves to the working day before",
        "，届满日为休息日的提前至上一工作日",
    ),
    RolloverAt.SAME_TIME: Sentence(" at the same time", "同一时刻"),
}


@attrs.frozen(kw_only=True)
class Elapsed:
    """Due when exactly so much time has passed.

    Attributes:
        amount: Exact time, such as `30 min`.
        start: From when it is counted.
        rollover: What an end on a day off does.
        rollover_at: At what time it then ends; `end` is the last microsecond of that day.

    Raises:
        RuleError: The amount counts something other than exact time.
    """

    name: ClassVar[str] = "elapsed"

    amount: Duration
    start: Start = attrs.field(default=Start.AT_ONCE, converter=as_start)
    rollover: Rollover = attrs.field(default=Rollover.NONE, converter=as_rollover)
    rollover_at: RolloverAt | dt.time = attrs.field(
        default=RolloverAt.END, converter=as_rollover_at
    )

    def __attrs_post_init__(self) -> None:
        """Check that the amount is exact time."""
        if self.amount.counts is not Counts.EXACT and self.amount:
            raise RuleError(
                f"{self.amount} is not exact time.", place=self.name, allowed="s, min and h"
            )

    @property
    def needs_calendar(self) -> bool:
        """Only to move an end on a day off."""
        return self.rollover is not Rollover.NONE

    def due(self, anchor: Instant, setting: Setting, trace: Trace | None = None) -> Instant | None:
        """The anchor and the amount, pauses taken out; None while a pause is open."""
        if (
            trace is None
            and self.start is Start.AT_ONCE
            and self.rollover is Rollover.NONE
            and not setting.counting.pauses.spans
        ):  # nothing to note and nothing but an addition
            return Instant(anchor + self.amount.exact)
        return settled(
            lambda counting, steps: self._due(anchor, counting, steps),
            anchor,
            setting.counting,
            trace,
        )

    def words(self, lang: Language = "en") -> str:
        """`30 min`, `30分钟`, with the options that differ from the defaults."""
        text = self.amount.words(lang)
        for chosen in (self.start, self.rollover):
            text += _WORDS[chosen].words(lang) if chosen in _WORDS else ""
        if self.rollover is not Rollover.NONE and self.rollover_at is not RolloverAt.END:
            if isinstance(self.rollover_at, dt.time):
                return text + f"{'' if lang == 'zh' else ' at '}{self.rollover_at:%H:%M}"
            text += _WORDS[self.rollover_at].words(lang)
        return text

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> Elapsed:  # noqa: ARG002 - the protocol hands over the rule that counted before
        """The rule less the time that has passed from `since` to `at`, pauses taken out."""
        used = max(setting.counting.elapsed_between(since, at), 0)
        left = max(self.amount.exact - used, 0)
        return attrs.evolve(self, amount=attrs.evolve(self.amount, exact=Micros(left)))

    def _due(self, anchor: Instant, counting: Counting, trace: Trace | None) -> Instant | None:
        start = anchor
        if self.start is Start.NEXT_FULL_HOUR:
            start = next_full_hour(anchor, counting)
            if trace is not None:
                trace.note("full_hour", _FULL_HOUR, start=start)
        end = counting.add_elapsed(start, self.amount.exact)
        if end is None:
            return None
        if trace is not None:
            paused = end != start + self.amount.exact
            trace.note(
                self.name, _PAUSED if paused else _ELAPSED, amount=self.amount, start=start, end=end
            )
        day = counting.local_day(end)
        if self.rollover is Rollover.NONE or counting.working_day(day):
            return end
        moved = move_off(
            day, end, self.rollover, self.rollover_at, counting.day_end, anchor, counting, trace
        )
        if moved is None:
            return None
        if trace is not None and self.rollover_at is RolloverAt.END and moved[0] != day:
            trace.note("day_end", _DAY_END, day=moved[0], ends="midnight", at=moved[1])
        return not_before(anchor, moved[1], trace)


def next_full_hour(instant: Instant, counting: Counting) -> Instant:
    """The first full hour of the local wall after the instant; at a full hour, the next one."""
    at = instant
    while True:
        local = to_moment(at, counting.zone)
        past = ((local.minute * 60) + local.second) * 1_000_000 + local.microsecond
        if past == 0 and at > instant:
            return at
        at = Instant(at + HOUR - past)
