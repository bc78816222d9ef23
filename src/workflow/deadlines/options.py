"""The options of rules: what statutes and customs count differently.

Each difference is one option here, with the law or custom that asks for it; none is a rule of
its own. Design: "How a due instant is computed"; the table of options stands in
`docs/reference/deadlines.md`.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from typing import Final, TypeAlias, TypeVar

import attrs

from workflow.derivation import Language, Sentence
from workflow.errors import RuleError, did_you_mean


class Ends(enum.Enum):
    """Where in its last local day a period ends."""

    MIDNIGHT = "midnight"
    """With the last microsecond of that day (civil law; EU Regulation 1182/71 art. 3)."""
    CLOSE = "close"
    """When the calendar closes that day (PRC Civil Code art. 203: where there are business
    hours); with the day, if the calendar stays closed on it."""
    SAME_TIME = "same_time"
    """At the anchor's local time (service desks)."""


class Rollover(enum.Enum):
    """What happens when the last day is no working day."""

    NONE = "none"
    """Nothing: a day off ends a period like any other."""
    NEXT_WORKING_DAY = "next_working_day"
    """The period ends on the next working day (EU Regulation 1182/71 art. 3(4), PRC Civil Code
    art. 203, FRCP 6(a))."""
    PREVIOUS_WORKING_DAY = "previous_working_day"
    """The period ends on the working day before; but never before its anchor."""


class RolloverAt(enum.Enum):
    """At what time a period ends that was moved to another day. A wall time may be given too."""

    END = "end"
    """As `ends` says, on the new day; with its last microsecond for a period of hours."""
    SAME_TIME = "same_time"
    """At the local time at which it would have ended (FRCP 6(a)(2) for hours)."""


class AnchorOffDay(enum.Enum):
    """How an anchor counts that falls on a day off."""

    COUNT_NORMALLY = "count_normally"
    """Like any other: the day after it is the first."""
    FIRST_WORKING_DAY = "first_working_day_is_day_1"
    """The next working day is day 1 (SEC Form 8-K, general instruction B.1)."""


WallTime: TypeAlias = dt.time
_Option = TypeVar("_Option", bound=enum.Enum)
_WALL = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)


def as_option(kind: type[_Option], name: str, value: object) -> _Option:
    """The value of an option from its spelling.

    Raises:
        RuleError: The spelling is not known; those that are, and the nearest, are named.
    """
    if isinstance(value, kind):
        return value
    known = [str(member.value) for member in kind]
    if value not in known:
        raise RuleError(
            f'"{value}" is not a value of {name}.',
            place=name,
            allowed=", ".join(known),
            mend=did_you_mean(str(value), known),
        )
    return kind(value)


def as_ends(value: Ends | str) -> Ends:
    """The value of `ends`."""
    return as_option(Ends, "ends", value)


def as_rollover(value: Rollover | str) -> Rollover:
    """The value of `rollover`."""
    return as_option(Rollover, "rollover", value)


def as_anchor_off_day(value: AnchorOffDay | str) -> AnchorOffDay:
    """The value of `anchor_off_day`."""
    return as_option(AnchorOffDay, "anchor_off_day", value)


def as_rollover_at(value: RolloverAt | WallTime | str) -> RolloverAt | WallTime:
    """The value of `rollover_at`: `end`, `same_time`, or a wall time such as `12:00`."""
    if isinstance(value, RolloverAt | dt.time):
        return value
    time = wall_time(value)
    known = [member.value for member in RolloverAt]
    if time is None and value not in known:
        raise RuleError(
            f'"{value}" is not a value of rollover_at.',
            place="rollover_at",
            allowed="end, same_time, or a wall time such as 12:00",
            mend=did_you_mean(str(value), known),
        )
    return time or RolloverAt(value)


def wall_time(text: object) -> WallTime | None:
    """The wall time that `12:00` names, or None."""
    found = _WALL.fullmatch(text) if isinstance(text, str) else None
    return dt.time(int(found[1]), int(found[2])) if found else None


def as_flag(value: object) -> bool:
    """True or false, and nothing that merely looks like it."""
    if not isinstance(value, bool):
        raise RuleError(f"{value!r} is neither true nor false.", allowed="true, false")
    return value


def as_count(value: object) -> int:
    """A whole number from 0 to 366."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 366:
        raise RuleError(f"{value!r} is not a count of days.", allowed="a whole number, 0 to 366")
    return value


@attrs.frozen(kw_only=True)
class DayOptions:
    """The options of the rules that count days.

    Attributes:
        ends: Where in its last day the period ends.
        rollover: What happens when the last day is no working day.
        rollover_at: At what time it then ends.
        min_working_days: A period that holds fewer working days runs on until it holds so many
            (EU Regulation 1182/71 art. 3(5): two).
        count_anchor_day: Whether the anchor's own local day is day 1 (Japan's awareness day).
        anchor_off_day: How an anchor on a day off counts.
    """

    ends: Ends = attrs.field(default=Ends.MIDNIGHT, converter=as_ends)
    rollover: Rollover = attrs.field(default=Rollover.NONE, converter=as_rollover)
    rollover_at: RolloverAt | WallTime = attrs.field(
        default=RolloverAt.END, converter=as_rollover_at
    )
    min_working_days: int = attrs.field(default=0, converter=as_count)
    count_anchor_day: bool = attrs.field(default=False, converter=as_flag)
    anchor_off_day: AnchorOffDay = attrs.field(
        default=AnchorOffDay.COUNT_NORMALLY, converter=as_anchor_off_day
    )

    @property
    def needs_calendar(self) -> bool:
        """Whether any option asks which days are worked."""
        return (
            self.ends is Ends.CLOSE
            or self.rollover is not Rollover.NONE
            or self.min_working_days > 0
            or self.anchor_off_day is not AnchorOffDay.COUNT_NORMALLY
        )

    def words(self, lang: Language = "en") -> str:
        """The options that differ from the defaults, as people say them, or an empty text."""
        said = [_WORDS[key].words(lang) for key in self._chosen()]
        said += [_AT.words(lang).format(time=f"{self.rollover_at:%H:%M}")] if self._at_time else []
        if self.min_working_days:
            said.append(_AT_LEAST.words(lang).format(n=self.min_working_days))
        return "".join(f"，{text}" if lang == "zh" else f", {text}" for text in said)

    @property
    def _at_time(self) -> bool:
        return isinstance(self.rollover_at, dt.time)

    def _chosen(self) -> list[object]:
        given = (self.ends, self.rollover, self.rollover_at, self.anchor_off_day)
        chosen: list[object] = [value for value in given if value in _WORDS]
        return [*chosen, "count_anchor_day"] if self.count_anchor_day else chosen


_WORDS: dict[object, Sentence] = {
    Ends.CLOSE: Sentence("until closing", "至下班时"),
    Ends.SAME_TIME: Sentence("at the same time of day", "至同一时刻"),
    Rollover.NEXT_WORKING_DAY: Sentence(
        "a last day off moves to the next working day", "末日为休息日的顺延至下一工作日"
    ),
    Rollover.PREVIOUS_WORKING_DAY: Sentence(
        "a last day off moves to the working day before", "末日为休息日的提前至上一工作日"
    ),
    RolloverAt.SAME_TIME: Sentence("then at the same time of day", "移后仍为同一时刻"),
    AnchorOffDay.FIRST_WORKING_DAY: Sentence(
        "an anchor on a day off makes the next working day day 1",
        "起算日为休息日的以下一工作日为第1日",
    ),
    "count_anchor_day": Sentence("the anchor's own day counted", "起算当日计入"),
}
_AT = Sentence("then at {time}", "移后至{time}")
_AT_LEAST = Sentence("at least {n} working days", "至少含{n}个工作日")


DEFAULT_OPTIONS: Final = DayOptions()
"""No option chosen: midnight, no rollover, the anchor's day not counted."""
