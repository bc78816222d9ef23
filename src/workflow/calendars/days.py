"""What each date is: a working day, a weekend, a holiday, a make-up day, a special day.

Special days win over everything; a make-up working day wins over the weekend; a holiday wins
over the weekly hours. Breaks take wall-clock time out of whatever remains. Design: "Time".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

import attrs

from workflow.calendars.holidays import Holidays, Year, read_day
from workflow.calendars.hours import Hours, WallSpan, Week, read_hours

Kind: TypeAlias = Literal["working", "weekend", "holiday", "makeup", "special"]

DatedHours: TypeAlias = tuple[tuple[dt.date, Hours], ...]
"""Hours of single dates, in order."""

_DAY = 86_400_000_000


@attrs.frozen(kw_only=True)
class DayKind:
    """What a date is on a calendar, and why.

    Attributes:
        day: The date.
        kind: "working" (weekly hours), "weekend" (a weekday without hours), "holiday",
            "makeup" (a day off that is worked) or "special" (hours given for that date).
        name: The name of the holiday, if it has one.
        works: Whether the calendar opens on that date at all.
    """

    day: dt.date
    kind: Kind
    name: str = ""
    works: bool


@attrs.frozen(kw_only=True)
class Days:
    """The rules that give each date its kind and its hours.

    Attributes:
        week: The weekly hours.
        holidays: Where holidays and make-up days come from.
        special: Dates with hours of their own; none means closed.
        breaks: Wall-clock time taken out of single dates.
        makeup: The hours of a make-up working day.
    """

    week: Week
    holidays: Holidays
    special: DatedHours
    breaks: DatedHours
    makeup: Hours

    def kind(self, day: dt.date, lang: str = "en") -> tuple[Kind, str, Hours]:
        """The kind of the date, the name of its holiday, and its hours before breaks."""
        year = self.holidays.year(day.year, lang)
        special = dict(self.special)
        name = year.off.get(day, "")
        if day in special:
            return "special", name, special[day]
        if day in year.worked:
            return "makeup", name, self.makeup
        if day in year.off:
            return "holiday", name, ()
        hours = self.week[day.weekday()]
        if hours and day in year.joined:
            return "holiday", year.joined[day], ()
        return ("working" if hours else "weekend"), "", hours

    def walls(self, first: dt.date, last: dt.date) -> list[tuple[int, Hours]]:
        """The hours of each date from `first` to `last`, with breaks taken out.

        Each as the ordinal of the date and spans in microseconds after its 00:00.
        """
        special, breaks = dict(self.special), self._breaks()
        found: list[tuple[int, Hours]] = []
        year: Year | None = None
        number = 0
        weekday = first.weekday()
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = dt.date.fromordinal(ordinal)
            if year is None or day.year != number:
                number = day.year
                year = self.holidays.year(number)
                worked, off = year.worked, {**year.off, **year.joined}
            if day in special:
                hours = special[day]
            elif day in worked:
                hours = self.makeup
            elif day in off:
                hours = ()
            else:
                hours = self.week[weekday]
            if breaks:
                hours = _without(hours, ordinal, breaks)
            found.append((ordinal, hours))
            weekday = (weekday + 1) % 7
        return found

    def _breaks(self) -> dict[int, Hours]:
        return {day.toordinal(): hours for day, hours in self.breaks}


def read_dated(
    given: Mapping[dt.date, Iterable[str]] | DatedHours | None, place: str
) -> DatedHours:
    """Hours by date, from a mapping of dates to lists of spans.

    Raises:
        CalendarError: It is no such mapping, or a date or span cannot be read.
    """
    from workflow.errors import CalendarError

    if given is None:
        return ()
    if isinstance(given, tuple):
        return given
    if not isinstance(given, Mapping):
        raise CalendarError(
            f"{given!r} are not hours by date.",
            place=place,
            allowed='a mapping such as {datetime.date(2026, 12, 24): ["09:00-12:00"]}',
        )
    read: dict[dt.date, Hours] = {}
    for key, texts in given.items():
        day = read_day(key, place)
        read[day] = read_hours(texts, f"{place}[{day.isoformat()}]")
    return tuple(sorted(read.items()))


def _without(hours: Hours, ordinal: int, breaks: dict[int, Hours]) -> Hours:
    """The hours of a date less the breaks of that date and of both neighbours."""
    for shift in (-1, 0, 1):
        for hole in breaks.get(ordinal + shift, ()):
            start, end = hole.start + shift * _DAY, hole.end + shift * _DAY
            left: list[WallSpan] = []
            for span in hours:
                if span.start < min(span.end, start):
                    left.append(WallSpan(span.start, min(span.end, start)))
                if max(span.start, end) < span.end:
                    left.append(WallSpan(max(span.start, end), span.end))
            hours = tuple(left)
    return hours
