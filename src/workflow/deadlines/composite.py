"""Composite: an ISO 8601 duration of several units, applied months first, then days, then time.

`P1M3DT12H` is one month, then three local days, then twelve hours of exact time. Months and
days keep the anchor's local time (a wall time that does not exist moves forward by the gap, one
that exists twice means the first); the exact time is absolute. Without exact time (`P1M3D`) the
end is chosen by `ends` like that of any period of days, midnight by default. With pauses the
months and days last as many local days as their nominal period, days that a pause touches not
counted, and the exact time leaves the pauses out.

Design: "How a due instant is computed"; ISO 8601-1 section 5.5.2.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from workflow.calendars.counting import Counting
from workflow.deadlines.day_count import days_between, months_after, nth
from workflow.deadlines.day_end import instant_of
from workflow.deadlines.day_notes import note_days
from workflow.deadlines.options import DEFAULT_OPTIONS, DayOptions
from workflow.deadlines.rule import Rule, Setting, nothing_to_take_off, settled
from workflow.derivation import Language, Sentence, Trace
from workflow.durations import Counts, Duration
from workflow.errors import RuleError
from workflow.instants import Instant, to_moment

_DAYS = Sentence(
    "{amount}: months and days after {from_day} lead to {last_day}.",
    "{amount}：自{from_day}起按月、日计，至{last_day}。",
)
_SAME_TIME = Sentence("At the same local time that day: {at}.", "该日同一时刻：{at}。")
_THEN = Sentence("{amount} after {start} is {end}.", "自{start}起{amount}，至{end}。")


@attrs.frozen(kw_only=True)
class Composite:
    """Due after months, then local days, then exact time.

    Attributes:
        amount: Months, days and exact time together, such as `P1M3DT12H`.
        options: Where in the last day it ends; only for an amount without exact time.

    Raises:
        RuleError: The amount is of one unit only, or has exact time and an option beside it.
    """

    name: ClassVar[str] = "composite"

    amount: Duration
    options: DayOptions = DEFAULT_OPTIONS

    def __attrs_post_init__(self) -> None:
        """Check that there are several units, and no end of day before exact time."""
        if self.amount.counts is not Counts.COMPOSITE:
            raise RuleError(
                f"{self.amount} is an amount of one unit.",
                place=self.name,
                allowed="an ISO 8601 duration of several, such as P1M3DT12H",
            )
        if self.amount.exact and self.options != DEFAULT_OPTIONS:
            raise RuleError(
                f"{self.amount} ends with exact time, so no day ends it.",
                place=self.name,
                allowed="no options",
            )

    @property
    def needs_calendar(self) -> bool:
        """Only for the options that ask which days are worked."""
        return self.options.needs_calendar

    def due(self, anchor: Instant, setting: Setting, trace: Trace | None = None) -> Instant | None:
        """Months, days and time after the anchor; None while a pause is open."""
        return settled(
            lambda counting, steps: self._due(anchor, counting, steps),
            anchor,
            setting.counting,
            trace,
        )

    def words(self, lang: Language = "en") -> str:
        """The ISO 8601 form, with the options that differ from the defaults."""
        return self.amount.words(lang) + self.options.words(lang)

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> Rule:  # noqa: ARG002 - the protocol's parameters
        """Nothing can be taken off: it raises `RuleError`."""
        raise nothing_to_take_off(self)

    def _due(self, anchor: Instant, counting: Counting, trace: Trace | None) -> Instant | None:
        first = counting.local_day(anchor)
        monthly, _ = months_after(first, self.amount.months)
        nominal = Counting(zone=counting.zone).nth_day(monthly, self.amount.days, working=False)
        if nominal is None:
            return None
        last = nominal
        if counting.pauses:
            n = days_between(first, nominal, counting, counted=False)
            plain = nth(first, n, counting, counted=False, working=False)
            if plain is None:
                return None
            last = plain
        if trace is not None:
            trace.note(
                self.name, _DAYS, amount=self.amount, from_day=first, counted=False, last_day=last
            )
            if last != nominal:
                note_days(first, last, counting, trace, working=False)
        if not self.amount.exact:
            return instant_of(last, self.options, anchor, counting, trace)
        start = counting.wall(last, to_moment(anchor, counting.zone).time())
        end = counting.add_elapsed(start, self.amount.exact)
        if end is not None and trace is not None:
            trace.note("day_end", _SAME_TIME, day=last, ends="same_time", at=start)
            exact = Duration(exact=self.amount.exact)
            trace.note("elapsed", _THEN, amount=exact, start=start, end=end)
        return end
