"""Working calendars: offices, nights, whole days, odd hours, holidays and single dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from workflow.calendars import WorkingCalendar
from workflow.testing.pasteable import calendar_of
from workflow.testing.strategies.moments import year_of
from workflow.testing.strategies.zones import zone_names

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OFFICE = {"mon-fri": ["09:00-12:00", "13:30-18:00"]}


@st.composite
def day_hours(draw: st.DrawFn, *, least: int = 0) -> list[str]:
    """The spans of one day; shrinks towards none, then towards 00:00-00:15."""
    count = draw(st.integers(least, 2))
    edges = st.lists(st.integers(0, 96), min_size=2 * count, max_size=2 * count, unique=True)
    points = sorted(draw(edges))
    return [
        f"{_wall(start)}-{_wall(end)}" for start, end in zip(points[::2], points[1::2], strict=True)
    ]


@st.composite
def week_hours(draw: st.DrawFn) -> dict[str, list[str]]:
    """Weekly hours with working time in them; shrinks towards an office."""
    kind = draw(st.sampled_from(("office", "always", "nights", "random")))
    if kind == "office":
        return dict(_OFFICE)
    if kind == "always":
        return {"mon-sun": ["00:00-24:00"]}
    days = draw(st.lists(st.sampled_from(_DAYS), min_size=1, max_size=7, unique=True))
    if kind == "nights":
        return {day: ["20:00-06:00"] for day in days}
    return {day: draw(day_hours(least=1)) for day in days}


@st.composite
def calendar_entries(draw: st.DrawFn, zone: str) -> dict[str, Any]:
    """Calendars as a plan document writes them; shrinks towards an office without holidays."""
    year = year_of(zone)
    dates = st.dates(dt.date(year, 1, 1), dt.date(year + 1, 1, 31)).map(dt.date.isoformat)
    entry: dict[str, Any] = {"hours": draw(week_hours())}
    off = draw(st.lists(dates, max_size=4, unique=True))
    if off:
        entry["holidays"] = sorted(off)
    special = draw(st.dictionaries(dates, day_hours(), max_size=2))
    if special:
        entry["special_days"] = special
    return entry


@st.composite
def working_calendars(draw: st.DrawFn, zone: str | None = None) -> WorkingCalendar:
    """Working calendars; shrinks towards office hours in Asia/Shanghai."""
    place = draw(zone_names()) if zone is None else zone
    return draw(st.builds(calendar_of, st.just(place), calendar_entries(place)))


def _wall(quarter: int) -> str:
    return f"{quarter // 4:02d}:{quarter % 4 * 15:02d}"
