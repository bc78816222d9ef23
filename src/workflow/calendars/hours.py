"""Hours of a day and of a week, as they are written: "09:00-12:00", "mon-fri".

A span is wall-clock time on the local day on which it starts. `24:00` may end a span; a span
whose end is not after its start crosses midnight, so "22:00-06:00" lasts eight hours and
"00:00-00:00" a whole day. Design: "Time"; issue of the working calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from workflow.errors import CalendarError, did_you_mean

DAY_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY: Final = 86_400_000_000
_CLOCK = r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?"
_SPAN: Final = re.compile(rf"\s*{_CLOCK}\s*[-–]\s*{_CLOCK}\s*")  # people type dashes
_ALLOWED_SPAN: Final = '"HH:MM-HH:MM" with hours 00 to 23, and 24:00 as an end'


class WallSpan(NamedTuple):
    """Wall-clock time from `start` to `end`, in microseconds after 00:00 of the local day."""

    start: int
    end: int

    def __str__(self) -> str:
        """As it would be written in a plan."""
        end = self.end if self.end <= _DAY else self.end - _DAY
        return f"{_clock(self.start)}-{_clock(end)}"


Hours: TypeAlias = tuple[WallSpan, ...]
"""The working hours of one local day: sorted, disjoint, touching spans joined."""

Week: TypeAlias = tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
"""The working hours of each weekday, Monday first."""


def read_hours(texts: object, place: str) -> Hours:
    """The hours of one day from texts such as "09:00-12:00".

    Raises:
        CalendarError: A text is not a span, or two spans overlap; `place` is named.
    """
    if isinstance(texts, str) or not isinstance(texts, Iterable):
        raise CalendarError(
            f"{texts!r} is not a list of spans.",
            place=place,
            allowed=f"a list of texts, each {_ALLOWED_SPAN}",
            mend=f"Write {texts.split(',')!r}." if isinstance(texts, str) else "",
        )
    spans = sorted(
        text if isinstance(text, WallSpan) else _read_span(text, place) for text in texts
    )
    joined: list[WallSpan] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            raise CalendarError(
                f"{joined[-1]} and {span} overlap.",
                place=place,
                allowed="spans that do not overlap; one may start when another ends",
            )
        if joined and span.start == joined[-1].end:
            joined[-1] = WallSpan(joined[-1].start, span.end)
        else:
            joined.append(span)
    if joined and joined[-1].end > joined[0].start + _DAY:
        raise CalendarError(
            f"{joined[0]} and {joined[-1]} overlap, once the second has crossed midnight.",
            place=place,
            allowed="at most 24 hours from the first opening to the last closing of a day",
        )
    return tuple(joined)


def read_week(hours: Mapping[str, Iterable[str]] | Week) -> Week:
    """The hours of each weekday from a mapping such as ``{"mon-fri": ["09:00-18:00"]}``.

    Raises:
        CalendarError: A key names no weekdays, a weekday is named twice, spans overlap, or no
            day has any hours.
    """
    if isinstance(hours, tuple):
        return hours
    if not isinstance(hours, Mapping):
        raise CalendarError(
            f"{hours!r} are not weekly hours.",
            place="hours",
            allowed='a mapping such as {"mon-fri": ["09:00-12:00", "13:30-18:00"]}',
        )
    days: list[Hours | None] = [None] * 7
    for key, texts in hours.items():
        place = f'hours["{key}"]'
        read = read_hours(texts, place)
        for number in _weekdays(key, place):
            if days[number] is not None:
                raise CalendarError(
                    f'"{DAY_NAMES[number]}" is named twice.',
                    place=place,
                    allowed="each weekday once",
                )
            days[number] = read
    week = [day or () for day in days]
    if not any(week):
        raise CalendarError(
            "This calendar has no working time, so nothing can fall due on it.",
            place="hours",
            allowed="at least one span on one weekday",
            mend='Write the hours, such as {"mon-fri": ["09:00-18:00"]}.',
        )
    for number, day in enumerate(week):
        following = week[(number + 1) % 7]
        if day and following and day[-1].end - _DAY > following[0].start:
            raise CalendarError(
                f"{day[-1]} of {DAY_NAMES[number]} and {following[0]} of "
                f"{DAY_NAMES[(number + 1) % 7]} overlap.",
                place="hours",
                allowed="a span that crosses midnight and ends by the next day's opening",
            )
    return (week[0], week[1], week[2], week[3], week[4], week[5], week[6])


def written_week(week: Week) -> dict[str, list[str]]:
    """The week as it would be written, equal neighbours as one range."""
    written: dict[str, list[str]] = {}
    first = 0
    for number in range(1, 8):
        if number < 7 and week[number] == week[first]:
            continue
        if week[first]:
            key = DAY_NAMES[first]
            if number - 1 > first:
                key += f"-{DAY_NAMES[number - 1]}"
            written[key] = [str(span) for span in week[first]]
        first = number
    return written


def _weekdays(key: str, place: str) -> list[int]:
    names = [part.strip().lower() for part in str(key).split("-")]
    unknown = [name for name in names if name not in DAY_NAMES]
    if unknown or len(names) > 2:
        raise CalendarError(
            f'"{key}" names no weekdays.',
            place=place,
            allowed=f'a day or a range of days, such as "mon-fri", of {", ".join(DAY_NAMES)}',
            mend=did_you_mean(unknown[0][:3], DAY_NAMES) if unknown else "",
        )
    first, last = DAY_NAMES.index(names[0]), DAY_NAMES.index(names[-1])
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _read_span(text: object, place: str) -> WallSpan:
    found = _SPAN.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise CalendarError(f"{text!r} is not a span.", place=place, allowed=_ALLOWED_SPAN)
    start, end = _micros(found.groups()[:3]), _micros(found.groups()[3:])
    if start >= _DAY or end > _DAY:
        raise CalendarError(
            f'"{text}" names a time after the end of the day.', place=place, allowed=_ALLOWED_SPAN
        )
    return WallSpan(start, end if end > start else end + _DAY)


def _micros(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in parts)
    return (hours * 3_600 + minutes * 60 + seconds) * 1_000_000


def _clock(micros: int) -> str:
    seconds = micros // 1_000_000
    text = f"{seconds // 3_600:02d}:{seconds // 60 % 60:02d}"
    return f"{text}:{seconds % 60:02d}" if seconds % 60 else text
