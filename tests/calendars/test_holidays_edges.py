"""The ends of what is known of holidays."""

import datetime as dt

import pytest

from workflow.calendars.holidays import read_holidays


@pytest.mark.parametrize("end", ["first", "last"])
def test_the_first_and_the_last_known_year_have_their_holidays(end):
    germany = read_holidays("DE")
    year = getattr(germany.reach, end)
    assert dt.date(year, 12, 25) in germany.year(year).off
    beyond = year + (1 if end == "last" else -1)
    assert germany.year(beyond).off == {}
