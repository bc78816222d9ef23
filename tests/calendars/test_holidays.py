"""Holidays and make-up days against a second source, and how far they reach."""

import datetime as dt

import chinese_calendar
import pytest
from chinese_calendar import constants

from workflow import due
from workflow.calendars import WorkingCalendar
from workflow.calendars.holidays import read_holidays

CN = WorkingCalendar("Asia/Shanghai", {"mon-fri": ["09:00-17:00"]}, holidays="CN")

# What this package and chinesecalendar both know.
FIRST, LAST = dt.date(2006, 1, 1), dt.date(max(day.year for day in constants.holidays), 12, 31)
DAYS = [FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def test_every_chinese_day_is_worked_exactly_when_chinesecalendar_says_so():
    differing = [day for day in DAYS if CN.working_day(day) != chinese_calendar.is_workday(day)]
    assert differing == []
    assert LAST.year >= 2026


def test_every_make_up_day_is_one_that_chinesecalendar_knows():
    ours = {day for day in DAYS if CN.day_kind(day).kind == "makeup"}
    assert ours == {day for day in constants.workdays if FIRST <= day <= LAST}
    assert len(ours) > 120


# Open on every weekday: only what the notices say closes it.
DAILY = WorkingCalendar("Asia/Shanghai", {"mon-sun": ["09:00-17:00"]}, holidays="CN")


def test_every_weekend_day_of_an_announced_break_is_off_though_the_week_opens_on_it():
    named = [day for day in DAYS if day in constants.holidays and day.weekday() >= 5]
    assert len(named) > 150
    assert [day for day in named if DAILY.working_day(day)] == []


@pytest.mark.parametrize(
    ("day", "works"),
    [
        # National Day and Mid-Autumn 2025: 1 to 8 October off, Saturday the 11th worked.
        ("2025-10-04", False),
        ("2025-10-05", False),
        ("2025-10-11", True),
        ("2025-10-12", True),
        # Spring Festival 2026: 15 to 23 February off, Saturdays the 14th and the 28th worked.
        ("2026-02-14", True),
        ("2026-02-15", False),
        ("2026-02-21", False),
        ("2026-02-22", False),
        ("2026-03-01", True),
        # New Year 2019: 30 December 2018 to 1 January off, Saturday the 29th worked.
        ("2018-12-29", True),
        ("2018-12-30", False),
        # Mid-Autumn 2010: 22 to 24 September off, Saturday the 25th worked; Sunday stands alone.
        ("2010-09-25", True),
        ("2010-09-26", True),
        # Spring Festival 2025 began on Tuesday 28 January; the weekend before stands alone.
        ("2025-01-25", True),
    ],
)
def test_a_weekend_day_that_joins_a_holiday_is_off_and_one_that_stands_alone_is_not(day, works):
    assert DAILY.working_day(dt.date.fromisoformat(day)) is works


def test_a_saturday_within_a_break_bears_the_name_of_the_holiday_where_it_would_be_worked():
    six = WorkingCalendar(
        "Asia/Shanghai",
        {"mon-fri": ["09:00-12:00", "13:30-18:00"], "sat": ["09:00-12:00"]},
        holidays="CN",
    )
    day = six.day_kind(dt.date(2025, 10, 4))
    assert (day.kind, day.name, day.works) == ("holiday", "National Day", False)
    assert six.day_kind(dt.date(2025, 10, 5)).kind == "weekend"
    assert CN.day_kind(dt.date(2025, 10, 4)).kind == "weekend"
    # Three days from Tuesday 30 September end on Friday the 3rd; the next working day is the 9th.
    found = due(
        "3 days",
        "2025-09-30T17:00+08:00",
        calendar=six,
        ends="close",
        rollover="next_working_day",
    )
    assert found.at.isoformat() == "2025-10-09T18:00:00+08:00"


@pytest.mark.parametrize(
    ("place", "first", "last", "announced"),
    [
        ("CN", 1950, 2026, True),
        ("US-MA", 1900, 2100, False),
        ("DE", 1991, 2100, False),
        ("IN", 2001, 2035, False),  # the package itself warns outside these years
        ("AM", 1991, 2100, False),  # exchanged days until 2021, no longer
        ("", 1900, 2200, False),
    ],
)
def test_the_reach_of_the_data_is_known(place, first, last, announced):
    reach = read_holidays(place or None).reach
    assert (reach.first, reach.announced) == (first, announced)
    assert reach.last >= last if announced else reach.last == last


def test_the_last_announced_year_has_make_up_days_and_the_next_has_none():
    holidays = read_holidays("CN")
    assert holidays.year(holidays.reach.last).worked
    assert not holidays.year(holidays.reach.last + 1).worked


def test_a_subdivision_has_holidays_of_its_own():
    patriots_day = dt.date(2026, 4, 20)
    assert patriots_day in read_holidays("US-MA").year(2026).off
    assert patriots_day not in read_holidays("US").year(2026).off
    assert read_holidays("de-augsburg").place == "DE-Augsburg"


def test_a_country_without_chinese_names_answers_in_its_own_language():
    name = read_holidays("DE").year(2026, "zh").off[dt.date(2026, 10, 3)]
    assert name == "Tag der Deutschen Einheit"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "day off, 2026-02-14 is worked instead"),
        ("zh", "调休放假，2026-02-14 上班"),
    ],
)
def test_a_day_off_in_exchange_says_which_day_is_worked_instead(lang, said):
    assert read_holidays("CN").year(2026, lang).off[dt.date(2026, 2, 20)] == said


def test_every_chinese_day_off_in_exchange_names_a_day_that_is_worked():
    source = read_holidays("CN")
    for year in range(2004, 2027):
        names = source.year(year).off.values()
        assert not [name for name in names if "substituted" in name]


def test_a_holiday_moved_off_a_weekend_that_is_not_worked_keeps_its_name():
    names = read_holidays("RU").year(2022).off.values()
    assert "Day off (substituted from 01/01/2022)" in names
