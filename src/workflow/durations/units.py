"""The units of the grammar: what each counts, how much one is, and what it is called."""

from __future__ import annotations

import enum
from fractions import Fraction

import attrs

from workflow.instants import HOUR, MINUTE, SECOND

ALLOWED = (
    "a number and s, min, h, days, weeks, months, years, working min, working hours, working days"
)


class Counts(enum.Enum):
    """What an amount of time counts."""

    EXACT = "exact time"
    WORKING_TIME = "working time"
    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"
    COMPOSITE = "months, days and exact time"


@attrs.frozen
class Unit:
    """A unit of the grammar: the field it fills, how much one is, and what it is called."""

    name: str
    field: str
    size: int
    many: str
    zh: str
    others: tuple[str, ...] = ()


_WORKING_S = ("working second", "working seconds")
_WORKING_MIN = ("working minute", "working minutes")
_WORKING_H = ("working h", "working hours")
UNITS = (
    Unit("s", "exact", SECOND, "s", "秒", ("sec", "second", "seconds")),
    Unit("min", "exact", MINUTE, "min", "分钟", ("minute", "minutes")),
    Unit("h", "exact", HOUR, "h", "小时", ("hour", "hours")),
    Unit("working s", "working", SECOND, "working s", "秒工作时间", _WORKING_S),
    Unit("working min", "working", MINUTE, "working min", "分钟工作时间", _WORKING_MIN),
    Unit("working hour", "working", HOUR, "working hours", "个工作小时", _WORKING_H),
    Unit("day", "days", 1, "days", "天", ("days",)),
    Unit("week", "days", 7, "weeks", "周", ("weeks",)),
    Unit("working day", "working_days", 1, "working days", "个工作日", ("working days",)),
    Unit("month", "months", 1, "months", "个月", ("months",)),
    Unit("year", "months", 12, "years", "年", ("years",)),
)
BY_NAME = {name: unit for unit in UNITS for name in (unit.name, *unit.others)}
FIELDS = {
    "exact": Counts.EXACT,
    "working": Counts.WORKING_TIME,
    "days": Counts.DAYS,
    "working_days": Counts.WORKING_DAYS,
    "months": Counts.MONTHS,
}
TIMES = frozenset({"exact", "working"})


def best_unit(field: str, amount: int) -> Unit:
    """The largest unit that is plain: whole hours, else minutes, else seconds; days, not weeks."""
    units = [unit for unit in UNITS if unit.field == field]
    if field in TIMES:
        whole = [unit for unit in units if amount % unit.size == 0]
        return whole[-1] if whole else units[0]
    if field == "months" and amount and amount % 12 == 0:
        return units[-1]
    return units[0]


def decimal(number: Fraction) -> str | None:
    """The number in decimal digits, or None when it has no finite form of six places."""
    micro = number * 1_000_000
    if micro.denominator != 1:
        return None
    whole, rest = divmod(int(micro), 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0") if rest else str(whole)
