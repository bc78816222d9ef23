"""Durations: amounts of time whose units never mix.

`24 h` is not `1 day`, `30 days` is not `1 month`, `8 working hours` is not `1 working day`:
each counts something else, and how long it lasts is settled only by a date, a zone and a
calendar. Comparing or adding amounts that count different things raises `DurationError`.

The grammar, and the only one: a whole number, a space or none, and a unit.

====================================  ==============================  =============
text                                  counts                          ISO 8601
====================================  ==============================  =============
``45 s``, ``30 min``, ``2 h``         exact time                      ``PT45S``, ...
``30 working min``, ``5 working h``   working time of a calendar      none
``3 days``, ``2 weeks``               local days                      ``P3D``, ``P2W``
``3 working days``                    days on which a calendar opens  none
``1 month``, ``1 year``               months of the calendar          ``P1M``, ``P1Y``
====================================  ==============================  =============

Units are accepted in full and in the plural (``30 minutes``, ``5 working hours``). Exact and
working time may have a decimal fraction (``1.5 h``) and several parts (``1 h 30 min``).
An ISO 8601 duration may hold months, days and exact time at once (``P1M3DT12H``); it is then
applied in that order. A week is seven local days and a year is twelve months, everywhere.

Design: "Time", the sentence on durations.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from fractions import Fraction
from typing import Literal

import attrs

from workflow.errors import DurationError, did_you_mean
from workflow.instants import HOUR, MINUTE, SECOND, Micros

ALLOWED = (
    "a number and s, min, h, days, weeks, months, years, working min, working hours, working days"
)
_NOTHING = Micros(0)
_LONGEST_DAYS = 301 * 366
_LONGEST = Micros(_LONGEST_DAYS * 24 * HOUR)


class Counts(enum.Enum):
    """What an amount of time counts."""

    EXACT = "exact time"
    WORKING_TIME = "working time"
    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"
    COMPOSITE = "months, days and exact time"


@attrs.frozen
class _Unit:
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
_UNITS = (
    _Unit("s", "exact", SECOND, "s", "秒", ("sec", "second", "seconds")),
    _Unit("min", "exact", MINUTE, "min", "分钟", ("minute", "minutes")),
    _Unit("h", "exact", HOUR, "h", "小时", ("hour", "hours")),
    _Unit("working s", "working", SECOND, "working s", "秒工作时间", _WORKING_S),
    _Unit("working min", "working", MINUTE, "working min", "分钟工作时间", _WORKING_MIN),
    _Unit("working hour", "working", HOUR, "working hours", "个工作小时", _WORKING_H),
    _Unit("day", "days", 1, "days", "天", ("days",)),
    _Unit("week", "days", 7, "weeks", "周", ("weeks",)),
    _Unit("working day", "working_days", 1, "working days", "个工作日", ("working days",)),
    _Unit("month", "months", 1, "months", "个月", ("months",)),
    _Unit("year", "months", 12, "years", "年", ("years",)),
)
_BY_NAME = {name: unit for unit in _UNITS for name in (unit.name, *unit.others)}
_FIELDS = {
    "exact": Counts.EXACT,
    "working": Counts.WORKING_TIME,
    "days": Counts.DAYS,
    "working_days": Counts.WORKING_DAYS,
    "months": Counts.MONTHS,
}
_PART = re.compile(r"(-?)([0-9]+(?:\.[0-9]+)?) ?((?:working )?[a-zA-Z]+)(?: (?=[0-9])|$)")
_ISO = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)


@attrs.frozen(kw_only=True, order=False)
class Duration:
    """An amount of time that says what it counts. Never negative; at most about 300 years.

    Two durations are equal when they count the same thing the same number of times:
    `60 min` equals `1 h`, `7 days` equals `1 week`, `24 h` does not equal `1 day`.

    Attributes:
        months: Months of the calendar; a year is twelve.
        days: Local days; a week is seven. How long one lasts depends on the zone.
        working_days: Days on which a calendar opens at all.
        exact: Exact time, in microseconds.
        working: Working time of a calendar, in microseconds.
        unit: The unit it was written in, for writing it again; no part of its value.

    Raises:
        DurationError: An amount is negative, not whole or too long, or working time or working
            days stand beside anything else. Only months, days and exact time may be together.

    >>> Duration.parse("30 min") == Duration.parse("PT0.5H")
    True
    >>> str(Duration.parse("3 working days"))
    '3 working days'
    """

    months: int = 0
    days: int = 0
    working_days: int = 0
    exact: Micros = _NOTHING
    working: Micros = _NOTHING
    unit: str = attrs.field(default="", eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check itself, so that nobody has to check it again."""
        for field in _FIELDS:
            amount = getattr(self, field)
            if not isinstance(amount, int) or isinstance(amount, bool):
                raise DurationError(f"{amount!r} is not a whole number of {field}.")
            if amount < 0:
                raise DurationError(
                    "An amount of time is negative.",
                    allowed="zero and more",
                    mend="Count from an earlier anchor instead.",
                )
        longest = max(self.months * 31, self.days, self.working_days) > _LONGEST_DAYS
        if longest or max(self.exact, self.working) > _LONGEST:
            raise DurationError("An amount of time is longer than 300 years.", allowed="300 years")
        single = (self.working_days, self.working)
        if sum(map(bool, (*single, self.months, self.days, self.exact))) > 1 and any(single):
            raise DurationError(
                "Working time and working days do not mix with other units.",
                allowed="months, days and exact time together, as in P1M3DT12H",
            )

    @classmethod
    def parse(cls, text: str) -> Duration:
        """The amount that a text of the grammar, or an ISO 8601 duration, names.

        Raises:
            DurationError: The text is not an amount; what is allowed and the nearest are named.

        >>> Duration.parse("P1M3DT12H").iso()
        'P1M3DT12H'
        """
        if not isinstance(text, str):
            raise DurationError(f"{text!r} is not an amount of time.", allowed=ALLOWED)
        text = " ".join(text.split())
        if text[:1] == "P":
            return _read_iso(text)
        return _read(text)

    @classmethod
    def of(cls, amount: dt.timedelta) -> Duration:
        """A `timedelta` as exact time: `timedelta(days=1)` is 24 hours and never a local day."""
        return cls(exact=Micros(amount // dt.timedelta(microseconds=1)))

    @property
    def counts(self) -> Counts:
        """What it counts. An amount of zero counts what it was written in, or exact time."""
        filled = [what for field, what in _FIELDS.items() if getattr(self, field)]
        if len(filled) > 1:
            return Counts.COMPOSITE
        if filled:
            return filled[0]
        return _FIELDS[_BY_NAME[self.unit].field] if self.unit else Counts.EXACT

    @property
    def micros(self) -> Micros:
        """The amount in microseconds, for exact time only.

        Raises:
            DurationError: It counts something else, so only a date and a calendar settle it.
        """
        if self.counts is not Counts.EXACT and self:
            raise DurationError(
                f"{self} is not exact time: how long it lasts depends on the date.",
                allowed="s, min and h",
            )
        return self.exact

    def iso(self) -> str:
        """The ISO 8601 form, such as `PT30M`, `P3D`, `P1M`.

        Raises:
            DurationError: Working time and working days have none.
        """
        if self.counts in {Counts.WORKING_DAYS, Counts.WORKING_TIME}:
            raise DurationError(f"{self} has no ISO 8601 form.", allowed="exact time, days, months")
        years, months = divmod(self.months, 12)
        hours, rest = divmod(self.exact, HOUR)
        minutes, micros = divmod(rest, MINUTE)
        date = "".join(f"{n}{mark}" for n, mark in ((years, "Y"), (months, "M")) if n)
        weeks = self.days % 7 == 0 and self.counts is Counts.DAYS and self.unit == "week"
        if self.days:
            date += f"{self.days // 7}W" if weeks else f"{self.days}D"
        time = "".join(f"{n}{mark}" for n, mark in ((hours, "H"), (minutes, "M")) if n)
        if micros:
            time += f"{_decimal(Fraction(micros, SECOND))}S"
        if not date and not time:
            return "P0D" if self.counts is Counts.DAYS else "P0M" if self._is_months else "PT0S"
        return f"P{date}" + (f"T{time}" if time else "")

    def words(self, lang: Literal["en", "zh"] = "en") -> str:
        """The amount as people say it: `3 working days`, `3个工作日`; ISO 8601 for a composite."""
        if self.counts is Counts.COMPOSITE:
            return self.iso()
        field = next(name for name, what in _FIELDS.items() if what is self.counts)
        amount = getattr(self, field)
        unit = _BY_NAME.get(self.unit)
        if unit is None or unit.field != field or (amount % unit.size and field not in _TIMES):
            unit = _best_unit(field, amount)
        number = _decimal(Fraction(amount, unit.size))
        if number is None:
            unit = _best_unit(field, amount)
            number = _decimal(Fraction(amount, unit.size))
        if lang == "zh":
            return f"{number}{unit.zh}"
        return f"{number} {unit.name if number == '1' else unit.many}"

    def __str__(self) -> str:
        """The text of the grammar; `Duration.parse` reads it back."""
        return self.words("en")

    def __add__(self, other: Duration) -> Duration:
        """The sum of two amounts that count the same thing."""
        self._same(other, "added")
        return attrs.evolve(self, **{f: getattr(self, f) + getattr(other, f) for f in _FIELDS})

    def __mul__(self, times: int) -> Duration:
        """The amount so many times over."""
        return attrs.evolve(self, **{f: getattr(self, f) * times for f in _FIELDS})

    def __lt__(self, other: Duration) -> bool:
        """Whether it is shorter than an amount that counts the same thing."""
        self._same(other, "compared")
        return self._size < other._size

    def __le__(self, other: Duration) -> bool:
        """Whether it is at most as long as an amount that counts the same thing."""
        self._same(other, "compared")
        return self._size <= other._size

    def __gt__(self, other: Duration) -> bool:
        """Whether it is longer than an amount that counts the same thing."""
        return other < self

    def __ge__(self, other: Duration) -> bool:
        """Whether it is at least as long as an amount that counts the same thing."""
        return other <= self

    def __bool__(self) -> bool:
        """Whether it is more than nothing."""
        return any(getattr(self, field) for field in _FIELDS)

    @property
    def _is_months(self) -> bool:
        return self.counts is Counts.MONTHS

    @property
    def _size(self) -> int:
        return sum(getattr(self, field) for field in _FIELDS)

    def _same(self, other: Duration, done: str) -> None:
        if not isinstance(other, Duration):
            raise DurationError(f"{self} cannot be {done} with {other!r}.", allowed="a Duration")
        known = {self.counts, other.counts}
        if Counts.COMPOSITE in known or (len(known) > 1 and self and other):
            raise DurationError(
                f"{self} and {other} cannot be {done}: one counts {self.counts.value}, "
                f"the other {other.counts.value}.",
                mend="How they compare depends on the date, the zone and the calendar.",
            )


_TIMES = frozenset({"exact", "working"})


def _read(text: str) -> Duration:
    found: dict[str, Fraction] = {}
    last, position = None, 0
    while position < len(text):
        part = _PART.match(text, position)
        unit = _BY_NAME.get(part[3]) if part else None
        if part is None or unit is None:
            raise _unreadable(text)
        if part[1]:
            raise DurationError(f'"{text}" is negative.', allowed="zero and more")
        if found and (unit.field not in found or unit.field not in _TIMES):
            raise DurationError(
                f'"{text}" mixes units.',
                allowed="several units of exact or of working time, as in 1 h 30 min",
                mend="Months, days and exact time together are written in ISO 8601: P1M3DT12H.",
            )
        found[unit.field] = found.get(unit.field, Fraction(0)) + Fraction(part[2]) * unit.size
        last, position = unit, part.end()
    if last is None:
        raise _unreadable(text)
    return Duration(unit=last.name, **{f: _whole(text, amount) for f, amount in found.items()})  # type: ignore[arg-type]  # the fields are ints, the unit a str


def _read_iso(text: str) -> Duration:
    found = _ISO.fullmatch(text)
    if found is None or not any(found.groups()) or text.endswith("T"):
        raise DurationError(
            f'"{text}" is not an ISO 8601 duration.',
            allowed="such as PT30M, P3D, P2W, P1M, P1M3DT12H",
        )
    years, months, weeks, days, hours, minutes, seconds = (Fraction(g or 0) for g in found.groups())
    exact = hours * HOUR + minutes * MINUTE + seconds * SECOND
    marks = [name for name, g in zip(_ISO_UNITS, found.groups(), strict=True) if g is not None]
    return Duration(
        months=int(years * 12 + months),
        days=int(weeks * 7 + days),
        exact=Micros(_whole(text, exact)),
        unit=marks[0] if len(marks) == 1 else "",
    )


_ISO_UNITS = ("year", "month", "week", "day", "h", "min", "s")


def _whole(text: str, amount: Fraction) -> int:
    if amount.denominator != 1:
        raise DurationError(
            f'"{text}" is not a whole amount.',
            allowed="whole days, weeks, months and years; time down to the microsecond",
        )
    return int(amount)


def _unreadable(text: str) -> DurationError:
    number, _, word = text.partition(" ")
    if not (number.isascii() and number.isdigit() and word):
        return DurationError(f'"{text}" is not an amount of time.', allowed=ALLOWED)
    near = did_you_mean(f"{number} {_SYNONYMS.get(word.lower(), word)}", _samples(number))
    return DurationError(f'"{text}" is not an amount of time.', allowed=ALLOWED, mend=near)


_SYNONYMS = {
    "workdays": "working days",
    "workday": "working day",
    "business days": "working days",
    "business day": "working day",
    "business hours": "working hours",
    "work hours": "working hours",
    "m": "min",
    "mins": "min",
    "hrs": "h",
    "d": "days",
}


def _samples(number: str) -> list[str]:
    return [f"{number} {name}" for name in _BY_NAME]


def _best_unit(field: str, amount: int) -> _Unit:
    """The largest unit that is plain: whole hours, else minutes, else seconds; days, not weeks."""
    units = [unit for unit in _UNITS if unit.field == field]
    if field in _TIMES:
        whole = [unit for unit in units if amount % unit.size == 0]
        return whole[-1] if whole else units[0]
    if field == "months" and amount and amount % 12 == 0:
        return units[-1]
    return units[0]


def _decimal(number: Fraction) -> str | None:
    """The number in decimal digits, or None when it has no finite form of six places."""
    micro = number * 1_000_000
    if micro.denominator != 1:
        return None
    whole, rest = divmod(int(micro), 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0") if rest else str(whole)
