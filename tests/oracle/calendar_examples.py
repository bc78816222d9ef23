"""Random calendars, once for the package and once for the minute counter.

The hard cases are as likely as the plain ones: spans that cross midnight, touch, or fill the
day; zones that change their clocks at midnight, by half an hour or by a whole day; instants
on an opening, a closing or a clock change.
"""

from __future__ import annotations

import datetime as dt
import functools
import zoneinfo

import attrs
from hypothesis import strategies as st
from minutes import EPOCH, MINUTE, MinuteCounter

from workflow.calendars import WorkingCalendar

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Where clocks do something unusual, and about when.
ODD = {
    "Australia/Lord_Howe": (2026, "30 minutes of daylight saving time"),
    "Pacific/Apia": (2011, "no 2011-12-30"),
    "Pacific/Kwajalein": (1993, "no 1993-08-21"),
    "America/St_Johns": (2006, "clocks changed at 00:01"),
    "America/Sao_Paulo": (2017, "no 00:00 on the first summer day"),
    "America/Havana": (2024, "changes at midnight"),
    "America/Asuncion": (2022, "changes at midnight"),
    "Asia/Beirut": (2022, "changes at midnight"),
    "Africa/Cairo": (2024, "changes at midnight"),
    "America/Scoresbysund": (2023, "changes at midnight"),
    "Asia/Gaza": (2023, "changes by Ramadan"),
    "Africa/Casablanca": (2024, "changes by Ramadan"),
    "Asia/Kathmandu": (1985, "moved by 15 minutes"),
    "Asia/Pyongyang": (2015, "moved by 30 minutes"),
    "Asia/Shanghai": (1988, "its own daylight saving years"),
    "America/Caracas": (2007, "moved by 30 minutes"),
    "Pacific/Chatham": (2026, "45-minute offset, changes at 02:45"),
    "Antarctica/Troll": (2026, "changes by two hours"),
    "Europe/Berlin": (2026, "plain"),
    "America/New_York": (2026, "plain"),
}

# A path that tz data contains for tests only.
ALL_ZONES = sorted(zoneinfo.available_timezones() - {"Factory", "localtime"})


def text(span: tuple[int, int]) -> str:
    """A span of minutes as people write it."""
    start, end = span
    if end > 1440:
        end -= 1440
    return f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"


@attrs.frozen(kw_only=True)
class Rules:
    """A calendar as plain numbers."""

    zone: str
    week: tuple[tuple[tuple[int, int], ...], ...]
    off: frozenset[dt.date] = frozenset()
    special: tuple[tuple[dt.date, tuple[tuple[int, int], ...]], ...] = ()
    breaks: tuple[tuple[dt.date, tuple[tuple[int, int], ...]], ...] = ()

    def hours_on(self, day: dt.date) -> tuple[tuple[int, int], ...]:
        for date, spans in self.special:
            if date == day:
                return spans
        return () if day in self.off else self.week[day.weekday()]

    def counter(self, pauses: tuple[tuple[int, int], ...] = ()) -> MinuteCounter:
        return MinuteCounter(self.zone, self.hours_on, dict(self.breaks), pauses)

    def calendar(self, **more) -> WorkingCalendar:
        hours = {NAMES[n]: [text(span) for span in day] for n, day in enumerate(self.week)}
        return WorkingCalendar(
            self.zone,
            hours,
            holidays=sorted({*self.off, *more.get("also_off", ())}),
            special_days={day: [text(span) for span in spans] for day, spans in self.special},
            breaks={day: [text(span) for span in spans] for day, spans in self.breaks},
        )


@st.composite
def day_hours(draw, *, least: int = 0, until: int = 1440):
    """Disjoint spans of one day in minutes; shrinks towards none, then 00:00-00:01."""
    count = draw(st.integers(least, 3))
    edges = st.integers(0, until // 15).map(lambda n: n * 15) | st.integers(0, until)
    points = sorted(draw(st.lists(edges, min_size=2 * count, max_size=2 * count, unique=True)))
    return tuple(zip(points[::2], points[1::2], strict=True))


@st.composite
def weeks(draw):
    """Weekly hours with at least one span; nights and whole days among them."""
    kind = draw(st.sampled_from(("office", "nights", "always", "random")))
    if kind == "office":
        return (((540, 720), (810, 1080)),) * 5 + ((), ())
    if kind == "always":
        return (((0, 1440),),) * 7
    if kind == "nights":
        start = draw(st.integers(1080, 1439))
        end = draw(st.integers(1441, 1440 + min(start, 600)))
        works = draw(st.lists(st.booleans(), min_size=7, max_size=7).filter(any))
        return tuple(((start, end),) if on else () for on in works)
    days = [draw(day_hours()) for _ in range(7)]
    if not any(days):
        days[draw(st.integers(0, 6))] = draw(day_hours(least=1))
    return tuple(days)


@st.composite
def rules(draw, zones=None, years=None):
    """Rules and an instant near which things happen; shrinks towards Shanghai office hours."""
    if zones is None:
        zone = draw(st.sampled_from(sorted(ODD)) | st.sampled_from(ALL_ZONES))
    else:
        zone = draw(zones)
    if years is None:
        year = (
            ODD[zone][0] if zone in ODD and draw(st.booleans()) else draw(st.integers(1974, 2060))
        )
    else:
        year = draw(years)
    days = st.dates(dt.date(year - 1, 12, 1), dt.date(year + 1, 1, 31))
    return Rules(
        zone=zone,
        week=draw(weeks()),
        off=frozenset(draw(st.lists(days, max_size=8))),
        special=tuple(sorted(draw(st.dictionaries(days, day_hours(), max_size=3)).items())),
        breaks=tuple(sorted(draw(st.dictionaries(days, day_hours(), max_size=3)).items())),
    ), year


@functools.cache
def change_instants(zone: str, year: int) -> list[int]:
    """The clock changes of a year, to the minute, found by asking every hour."""
    tz = zoneinfo.ZoneInfo(zone)
    at = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
    found = []
    before = at.astimezone(tz).utcoffset()
    for hour in range(24 * 366):
        now = at + dt.timedelta(hours=hour)
        offset = now.astimezone(tz).utcoffset()
        if offset != before:
            found.append((now - EPOCH) // dt.timedelta(microseconds=1))
            before = offset
    return found


@st.composite
def instants(draw, given: Rules, year: int):
    """An instant of that year: anywhere, at a clock change, or on an edge of a day's hours."""
    first = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) - EPOCH) // dt.timedelta(microseconds=1)
    where = draw(st.sampled_from(("edge", "change", "anywhere")))
    if where == "change" and (changes := change_instants(given.zone, year)):
        minutes = draw(st.integers(-2000, 2000))
        return draw(st.sampled_from(changes)) + minutes * MINUTE + draw(st.integers(-1, 1))
    if where == "edge":
        day = dt.date(year, 1, 1) + dt.timedelta(days=draw(st.integers(0, 364)))
        edges = [edge for span in given.hours_on(day) for edge in span] or [0]
        minute = draw(st.sampled_from(edges))
        wall = dt.datetime.combine(day, dt.time(), tzinfo=zoneinfo.ZoneInfo(given.zone))
        local = wall.replace(tzinfo=None) + dt.timedelta(minutes=minute)
        moment = local.replace(tzinfo=wall.tzinfo, fold=draw(st.integers(0, 1)))
        return (moment - EPOCH) // dt.timedelta(microseconds=1) + draw(st.integers(-1, 1))
    return first + draw(st.integers(0, 365 * 86_400)) * 1_000_000 + draw(st.integers(0, 999_999))


AMOUNTS = (
    st.just(0)
    | st.integers(1, 120).map(lambda minutes: minutes * MINUTE)
    | st.integers(0, 40 * 60).map(lambda minutes: minutes * MINUTE)
    | st.integers(0, 40 * 3_600 * 1_000_000)
)
"""Amounts of working time in microseconds; whole minutes as often as not, so edges are met."""
