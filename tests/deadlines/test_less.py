"""What is left of an amount after a change: the new time less what has been used."""

import pytest

from workflow.calendars import Counting, Span, Spans, WorkingCalendar
from workflow.deadlines.rule import Setting
from workflow.errors import RuleError
from workflow.instants import to_instant as at
from workflow.instants import zone_of
from workflow.plans.due_text import parse_rule

HOURS = {"mon-fri": ["09:00-12:00", "13:00-18:00"]}
MONDAY = at("2026-03-02T09:00+08:00")
TUESDAY = at("2026-03-03T10:00+08:00")


def setting(*pauses):
    spans = [Span(at(start), at(end)) for start, end in pauses]
    counting = Counting(
        zone=zone_of("Asia/Shanghai"),
        calendar=WorkingCalendar("Asia/Shanghai", HOURS),
        pauses=Spans(spans),
    )
    return Setting(counting=counting)


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ("3 days", "2 days"),  # Tuesday is used, Monday was never counted
        ("3 working days", "2 working days"),
        ("30 h", "5 h"),  # Monday 09:00 to Tuesday 10:00 is 25 h
        ("10 working hours", "1 working hours"),  # 8 h on Monday, 1 h on Tuesday
        ("1 day", "0 days"),
        ("20 h", "0 h"),  # more was used than there was
    ],
)
def test_what_has_been_used_is_taken_off_and_never_more_than_there_is(rule, left):
    found = parse_rule(rule).less(parse_rule(rule), MONDAY, TUESDAY, setting())
    assert found.amount == parse_rule(left).amount


def test_a_day_that_a_pause_touches_is_not_used_whenever_on_it_the_pause_begins():
    # 3 days from Monday: Tue, Wed, Thu. Tuesday is paused from 14 to 15 o'clock, so Wed, Thu, Fri,
    # counted from the anchor. At the change on Tuesday at 10 the pause had not begun; the day does
    # not count all the same, and so the same Friday is found from the change.
    paused = setting(("2026-03-03T14:00+08:00", "2026-03-03T15:00+08:00"))
    rule = parse_rule("3 days")
    friday = at("2026-03-07T00:00+08:00") - 1
    assert rule.due(MONDAY, paused) == friday
    left = rule.less(rule, MONDAY, TUESDAY, paused)
    assert left.amount == rule.amount
    assert left.due(TUESDAY, paused) == friday


@pytest.mark.parametrize("rule", ["1 month", "P1M1D", "same day", "promptly"])
def test_an_amount_of_which_nothing_can_be_taken_off_says_so(rule):
    with pytest.raises(RuleError):
        parse_rule(rule).less(parse_rule(rule), MONDAY, TUESDAY, setting())
