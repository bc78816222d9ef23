"""`Duration`: an amount of time that says what it counts, and its arithmetic."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Literal

import attrs

from workflow.durations.reader import parts_of
from workflow.durations.units import BY_NAME, FIELDS, TIMES, Counts, best_unit, decimal
from workflow.errors import DurationError
from workflow.instants import HOUR, MINUTE, SECOND, Micros

_NOTHING = Micros(0)
_LONGEST_DAYS = 301 * 366
_LONGEST = Micros(_LONGEST_DAYS * 24 * HOUR)


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
        for field in FIELDS:
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
        return cls(**parts_of(text))

    @classmethod
    def of(cls, amount: dt.timedelta) -> Duration:
        """A `timedelta` as exact time: `timedelta(days=1)` is 24 hours and never a local day."""
        return cls(exact=Micros(amount // dt.timedelta(microseconds=1)))

    @property
    def counts(self) -> Counts:
        """What it counts. An amount of zero counts what it was written in, or exact time."""
        filled = [what for field, what in FIELDS.items() if getattr(self, field)]
        if len(filled) > 1:
            return Counts.COMPOSITE
        if filled:
            return filled[0]
        return FIELDS[BY_NAME[self.unit].field] if self.unit else Counts.EXACT

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
            time += f"{decimal(Fraction(micros, SECOND))}S"
        if not date and not time:
            return "P0D" if self.counts is Counts.DAYS else "P0M" if self._is_months else "PT0S"
        return f"P{date}" + (f"T{time}" if time else "")

    def words(self, lang: Literal["en", "zh"] = "en") -> str:
        """The amount as people say it: `3 working days`, `3个工作日`; ISO 8601 for a composite."""
        if self.counts is Counts.COMPOSITE:
            return self.iso()
        field = next(name for name, what in FIELDS.items() if what is self.counts)
        amount = getattr(self, field)
        unit = BY_NAME.get(self.unit)
        if unit is None or unit.field != field or (amount % unit.size and field not in TIMES):
            unit = best_unit(field, amount)
        number = decimal(Fraction(amount, unit.size))
        if number is None:
            unit = best_unit(field, amount)
            number = decimal(Fraction(amount, unit.size))
        if lang == "zh":
            return f"{number}{unit.zh}"
        return f"{number} {unit.name if number == '1' else unit.many}"

    def __str__(self) -> str:
        """The text of the grammar; `Duration.parse` reads it back."""
        return self.words("en")

    def __add__(self, other: Duration) -> Duration:
        """The sum of two amounts that count the same thing."""
        self._same(other, "added")
        return attrs.evolve(self, **{f: getattr(self, f) + getattr(other, f) for f in FIELDS})

    def __mul__(self, times: int) -> Duration:
        """The amount so many times over."""
        return attrs.evolve(self, **{f: getattr(self, f) * times for f in FIELDS})

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
        return any(getattr(self, field) for field in FIELDS)

    @property
    def _is_months(self) -> bool:
        return self.counts is Counts.MONTHS

    @property
    def _size(self) -> int:
        return sum(getattr(self, field) for field in FIELDS)

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
