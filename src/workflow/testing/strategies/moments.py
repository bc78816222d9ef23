"""Instants where deadlines go wrong: clock changes, midnights, ends of months and years."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from workflow.calendars.local_days import day_end, day_start
from workflow.calendars.offsets import stretches
from workflow.instants import HOUR, MINUTE, Instant, Zone, to_moment, zone_of
from workflow.testing.strategies.zones import ODD_ZONES

_ONE_DAY = dt.timedelta(days=1)
_BESIDE = (0, -1, 1, 30 * MINUTE, -30 * MINUTE, HOUR, -HOUR)


def changes_in(zone: Zone, year: int) -> tuple[Instant, ...]:
    """The instants of a year at which the zone's offset changes."""
    first, last = day_start(dt.date(year, 1, 1), zone), day_end(dt.date(year, 12, 31), zone)
    return tuple(start for start, _, _ in stretches(zone, first, last) if first < start)


def year_of(zone: str) -> int:
    """A year in which something happens in that zone, or 2026."""
    return ODD_ZONES.get(zone, 2026)


@st.composite
def instants(draw: st.DrawFn, zone: str = "Europe/Berlin", year: int | None = None) -> Instant:
    """Instants of a year in a zone, as microseconds since the epoch.

    As often as not within two days of a clock change, a microsecond around a local midnight, or
    at the end of a month; shrinks towards 09:00 on the first Monday of March.
    """
    place, chosen = zone_of(zone), year_of(zone) if year is None else year
    where = draw(st.sampled_from(("plain", "change", "midnight", "month end", "anywhere")))
    changes = changes_in(place, chosen)
    if where == "change" and changes:
        beside = st.sampled_from(_BESIDE) | st.integers(-2_880, 2_880).map(lambda n: n * MINUTE)
        return Instant(draw(st.sampled_from(changes)) + draw(beside))
    if where == "anywhere":
        first = day_start(dt.date(chosen, 1, 1), place)
        return Instant(first + draw(st.integers(0, 364 * 86_400)) * 1_000_000)
    if where == "month end":
        month = draw(st.integers(1, 12))
        after = dt.date(chosen + month // 12, month % 12 + 1, 1)
        return Instant(day_end(after - _ONE_DAY, place) - draw(st.integers(0, 720)) * MINUTE)
    monday = dt.date(chosen, 3, 1)
    monday += _ONE_DAY * (-monday.weekday() % 7)
    day = monday + _ONE_DAY * draw(st.integers(0, 300))
    if where == "midnight":
        return Instant(day_start(day, place) + draw(st.sampled_from((0, -1, 1, -MINUTE, MINUTE))))
    return Instant(day_start(day, place) + (9 * 60 + draw(st.integers(0, 600))) * MINUTE)


@st.composite
def moments(draw: st.DrawFn, zone: str = "Europe/Berlin", year: int | None = None) -> str:
    """The same as ISO 8601 text with an offset, which every public function takes.

    A text keeps apart the two 02:30s of an autumn night, also when it is printed.
    """
    return iso_in(draw(instants(zone, year)), zone)


def iso_in(instant: Instant, zone: str) -> str:
    """An instant as ISO 8601 text in a zone, no longer than needed."""
    moment = to_moment(instant, zone_of(zone))
    if not (moment.second or moment.microsecond):
        return moment.isoformat(timespec="minutes")
    return moment.isoformat(timespec="auto" if moment.microsecond else "seconds")
