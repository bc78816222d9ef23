"""Composite: months first, then days, then exact time."""

import pytest

from workflow.calendars import Counting, Span, Spans
from workflow.deadlines.rule import Setting
from workflow.errors import RuleError
from workflow.instants import to_instant as at
from workflow.instants import zone_of
from workflow.plans.due import due
from workflow.plans.due_text import parse_rule


def test_months_come_before_days_and_days_before_time():
    # 31 January and a month is 28 February, and 3 days is 3 March, and 12 h is 20:40.
    assert str(due("P1M3DT12H", "2026-01-31T08:40+08:00")) == "2026-03-03 20:40 +08:00"


def test_the_time_is_exact_after_the_wall_clock_of_the_days():
    # The night of 29 March 2026 lacks an hour in Berlin: 28 March 23:00 and 4 h is 04:00.
    found = due("P1DT4H", "2026-03-27T23:00+01:00", timezone="Europe/Berlin")
    assert str(found) == "2026-03-29 04:00 +02:00"


def test_without_time_it_ends_like_any_period_of_days():
    assert str(due("P1M3D", "2026-01-31T08:40+08:00")) == "2026-03-03 24:00 +08:00"


def test_with_time_no_day_ends_it():
    with pytest.raises(RuleError, match="ends with exact time"):
        due("P1DT4H", "2026-03-27T23:00+01:00", ends="same_time")


def test_a_date_that_the_zone_skipped_is_no_day_that_a_pause_could_take_out():
    # Apia had no 2011-12-30. P1M1D from 15 December leads to 16 January, 31 existing days on.
    # The pause lies within the anchor's own day, which is not counted, so it changes nothing.
    zone = zone_of("Pacific/Apia")
    pause = Spans([Span(at("2011-12-15T01:00-10:00"), at("2011-12-15T02:00-10:00"))])
    paused = Setting(counting=Counting(zone=zone, pauses=pause))
    plain = Setting(counting=Counting(zone=zone))
    anchor = at("2011-12-15T09:00-10:00")
    rule = parse_rule("P1M1D")
    assert rule.due(anchor, paused) == rule.due(anchor, plain)
    assert rule.due(anchor, plain) == at("2012-01-17T00:00+14:00") - 1
