"""Holidays and make-up days against a second source, and how far they reach."""

import datetime as dt

import chinese_calendar
import pytest
from chinese_calendar import constants

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
