"""Holidays and make-up working days, and the years that the data reaches.

Dates come from the `holidays` package (a country, or a country and its subdivision) or are
given one by one. Some countries announce each year which weekend days are worked in exchange
for a longer holiday (China does so in autumn for the next year). For a year that is not yet
announced the package answers as if nothing were exchanged; here such a year is out of reach.
China announces each break as a span of days, and the weekend days within it are off as well.

Sources: the `holidays` package; PRC State Council notices on public holidays.
"""

from __future__ import annotations

import datetime as dt
import functools
import warnings
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import attrs

from workflow.calendars.holiday_names import plain_names
from workflow.derivation import Caveat
from workflow.errors import CalendarError, did_you_mean
from workflow.instants import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from holidays import HolidayBase

_SATURDAY = 5
_FIRST_EXCHANGE = 2000  # no country in the data exchanged days every year before this one

# The package warns that it lacks some holidays of these countries in other years.
_PARTIAL = {"IN": (2001, 2035)}


@attrs.frozen(kw_only=True)
class Year:
    """What is known of one year.

    Attributes:
        off: The holidays and their names.
        worked: The weekend days that are worked (make-up working days).
        joined: Weekend days within an announced break, with the name of the holiday that they
            join. They are off even where the weekly hours open on that weekday.
    """

    off: Mapping[dt.date, str]
    worked: frozenset[dt.date]
    joined: Mapping[dt.date, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Reach:
    """The first and the last year for which holiday data exists, both inclusive.

    Attributes:
        announced: Whether the last year is the last one announced, for a country that
            exchanges working days year by year; otherwise it is where the data ends.
    """

    first: int
    last: int
    announced: bool = False

    def __contains__(self, year: int) -> bool:
        return self.first <= year <= self.last


@attrs.frozen(kw_only=True)
class Holidays:
    """Where the holidays of a calendar come from.

    Attributes:
        place: A country or a country and its subdivision, "CN" or "US-MA"; empty for none.
        dates: Holidays given one by one, with their names, which may be empty.
    """

    place: str = ""
    dates: tuple[tuple[dt.date, str], ...] = ()

    def year(self, year: int, lang: str = "en") -> Year:
        """The holidays and make-up days of a year, named in English or Chinese if possible."""
        if self.place:
            return _public_year(self.place, year, lang)
        off = {day: name for day, name in self.dates if day.year == year}
        return Year(off=off, worked=frozenset())

    @property
    def reach(self) -> Reach:
        """The years for which there is data; dates given one by one reach everywhere."""
        return _reach(self.place) if self.place else Reach(first=FIRST_YEAR, last=LAST_YEAR)

    def unreached(self, year: int) -> Caveat:
        """What to say when an answer rests on a year that the data does not reach."""
        reach = self.reach
        if reach.announced and year > reach.last:
            return Caveat(
                kind="holiday_reach",
                en=f"The holidays and make-up working days of {self.place} are known to "
                f"{reach.last}; those of {year} are not announced in the data, so the answer "
                "may change.",
                zh=f"{self.place} 的节假日与调休安排数据截至 {reach.last} 年，"
                f"{year} 年的安排尚未纳入，结果可能变化。",
            )
        return Caveat(
            kind="holiday_reach",
            en=f"The holidays of {self.place} are known from {reach.first} to {reach.last}; "
            f"none is known for {year}.",
            zh=f"{self.place} 的节假日数据范围为 {reach.first} 至 {reach.last} 年，"
            f"不含 {year} 年。",
        )


def read_holidays(given: str | Iterable[dt.date] | Holidays | None) -> Holidays:
    """The holidays from a country, a country and subdivision, dates, or dates with names.

    Raises:
        CalendarError: The country or subdivision is unknown (near matches are named), or an
            entry is not a date.
    """
    if given is None:
        return Holidays()
    if isinstance(given, Holidays):
        return given
    if isinstance(given, str):
        country, _, subdivision = given.strip().partition("-")
        kind = _country_class(country.upper())
        if not subdivision:
            return Holidays(place=country.upper())
        return Holidays(place=f"{country.upper()}-{_subdivision(kind, country, subdivision)}")
    names: Mapping[Any, Any] = given if isinstance(given, Mapping) else {}
    if not isinstance(given, Iterable):
        raise CalendarError(
            f"{given!r} are not holidays.",
            place="holidays",
            allowed='a country such as "CN", a country and subdivision such as "US-MA", or dates',
        )
    days = sorted({read_day(day, "holidays"): str(names.get(day, "")) for day in given}.items())
    return Holidays(dates=tuple(days))


def read_day(given: object, place: str) -> dt.date:
    """A date, or ISO 8601 text of one.

    Raises:
        CalendarError: It is neither, or outside the years 1900 to 2200.
    """
    day = given
    if isinstance(given, str):
        try:
            day = dt.date.fromisoformat(given)
        except ValueError:
            day = None
    if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
        raise CalendarError(
            f"{given!r} is not a date.",
            place=place,
            allowed="a date such as datetime.date(2026, 10, 1) or 2026-10-01",
        )
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CalendarError(
            f"{day.isoformat()} is out of range.",
            place=place,
            allowed=f"dates from {FIRST_YEAR}-01-01 to {LAST_YEAR}-12-31",
        )
    return dt.date(day.year, day.month, day.day)


@functools.lru_cache(maxsize=1024)
def _public_year(place: str, year: int, lang: str) -> Year:
    # A make-up day in December belongs to the arrangement of the next year.
    found = _load(place, (year, year + 1), lang)
    plain = plain_names(found, lang)
    off = {day: plain(str(name)) for day, name in sorted(found.items())}
    joined = _joined(off, found.weekend_workdays) if _breaks_are_spans(place, year) else {}
    return Year(
        off={day: name for day, name in off.items() if day.year == year},
        worked=frozenset(day for day in found.weekend_workdays if day.year == year),
        joined={day: name for day, name in joined.items() if day.year == year},
    )


def _breaks_are_spans(place: str, year: int) -> bool:
    """Whether that year's holidays were announced as breaks from one date to another.

    The State Council's notices do: "1 to 8 October, eight days". The data lists only the dates
    within them that are no weekend.
    """
    return place.partition("-")[0] == "CN" and _FIRST_EXCHANGE <= year <= _reach(place).last


def _joined(off: Mapping[dt.date, str], worked: Iterable[dt.date]) -> dict[dt.date, str]:
    """The weekend days that join a holiday without a gap and are not worked."""
    kept = frozenset(worked)
    found: dict[dt.date, str] = {}
    for step in (dt.timedelta(days=1), dt.timedelta(days=-1)):
        for day, name in off.items():
            near = day + step
            while near.weekday() >= _SATURDAY and near not in off and near not in kept:
                found.setdefault(near, name)
                near += step
    return found


@functools.cache
def _reach(place: str) -> Reach:
    kind = _country_class(place)
    country = place.partition("-")[0]
    first, last = _PARTIAL.get(country, (kind.start_year, kind.end_year))
    first, last = max(FIRST_YEAR, first), min(LAST_YEAR, last)
    latest, exchanged = _exchanges(country)
    # China has exchanged days every year since 1999: its last year dates the data. A country
    # that gave the custom up does not leave every later year in doubt.
    if len(exchanged) >= 3 and max(exchanged) >= _exchanges("CN")[0] - 2:
        return Reach(first=first, last=min(latest, last), announced=True)
    return Reach(first=first, last=last)


@functools.cache
def _exchanges(country: str) -> tuple[int, frozenset[int]]:
    """The last announced year, and which of the last five years exchanged working days."""
    # Only an instance knows the years of its special days.
    special = getattr(_load(country, (), "en"), "special_public_holidays", {})
    years = range(_FIRST_EXCHANGE, max(special, default=_FIRST_EXCHANGE) + 1)
    exchanged = {day.year for day in _load(country, years, "en").weekend_workdays}
    latest = max(exchanged, default=0)
    return max(latest, *special, 0), frozenset(year for year in exchanged if year > latest - 5)


def _load(place: str, years: Iterable[int], lang: str) -> HolidayBase:
    from holidays import country_holidays

    country, _, subdivision = place.partition("-")
    kind = _country_class(place)
    # Without a language the package follows the environment of the process.
    wanted = {"zh": ("zh_CN", "zh_TW"), "en": ("en_US", "en_GB")}.get(lang, ())
    spoken = [name for name in wanted if name in kind.supported_languages]
    with warnings.catch_warnings():
        # It warns of years that it does not know; here `reach` says so.
        warnings.simplefilter("ignore", UserWarning)
        return country_holidays(
            country,
            subdiv=subdivision or None,
            years=[year for year in years if kind.start_year <= year <= kind.end_year],
            expand=False,
            language=spoken[0] if spoken else kind.default_language,
        )


@functools.cache
def _country_class(place: str) -> type[HolidayBase]:
    from holidays.registry import COUNTRIES

    country = place.partition("-")[0]
    codes = {names[1]: (module, names[0]) for module, names in COUNTRIES.items()}
    if country not in codes:
        others = {name.upper(): names[1] for names in COUNTRIES.values() for name in names}
        near = others.get(place) or _near_code(place, others)
        raise CalendarError(
            f'"{place}" is not a country with known holidays.',
            place="holidays",
            allowed='an ISO 3166 code such as "CN", or with a subdivision, such as "US-MA"',
            mend=f'Did you mean "{near}"?' if near else "",
        )
    module, name = codes[country]
    # Not `holidays.China`: that is a stand-in, which does not know all of the class.
    kind: type[HolidayBase] = getattr(import_module(f"holidays.countries.{module}"), name)
    return kind


def _subdivision(kind: type[HolidayBase], country: str, given: str) -> str:
    """The subdivision as the package spells it."""
    for known in kind.subdivisions:
        if known.upper() == given.upper():
            return known
    raise CalendarError(
        f'"{given}" is not a subdivision of {country.upper()} with known holidays.',
        place="holidays",
        allowed=f"{country.upper()} alone, or one of: {', '.join(kind.subdivisions) or 'none'}",
        mend=did_you_mean(given.upper(), kind.subdivisions),
    )


def _near_code(place: str, others: Mapping[str, str]) -> str:
    import difflib

    near = difflib.get_close_matches(place, list(others), n=1, cutoff=0.6)
    return others[near[0]] if near else ""
