"""The calendar against the minute-by-minute counter, which shares no code with it."""

import datetime as dt

import chinese_calendar
from calendar_examples import AMOUNTS, ODD, Rules, change_instants, instants, rules
from hypothesis import given
from hypothesis import strategies as st
from minutes import DAY, MINUTE, MinuteCounter

from workflow.calendars import Counting, Span, Spans, WorkingCalendar
from workflow.instants import zone_of

YEAR = 366 * DAY


@st.composite
def questions(draw, **which):
    """Rules, an instant, an amount of working time."""
    given_rules, year = draw(rules(**which))
    return given_rules, draw(instants(given_rules, year)), draw(AMOUNTS)


@given(questions())
def test_an_instant_is_working_time_iff_its_wall_time_lies_in_a_span_of_that_local_day(question):
    calendar_rules, at, _ = question
    calendar, counter = calendar_rules.calendar(), calendar_rules.counter()
    for shift in range(-3, 4):
        near = at + shift * 7 * MINUTE
        assert calendar.is_working_at(near) == counter.is_working(near)


@given(questions())
def test_adding_gives_the_earliest_instant_with_that_much_working_time(question):
    calendar_rules, anchor, amount = question
    added = calendar_rules.calendar().add_micros(anchor, amount)
    assert added == calendar_rules.counter().add(anchor, amount)


@given(st.data())
def test_due_at_closing_stays_at_closing(data):
    calendar_rules, anchor, _ = data.draw(questions())
    calendar, counter = calendar_rules.calendar(), calendar_rules.counter()
    edges = [span.end for span in calendar.spans_at(anchor, anchor + 20 * DAY)]
    if not edges:
        return
    closing = data.draw(st.sampled_from(edges))
    amount = counter.count(anchor, closing)
    assert calendar.add_micros(anchor, amount) == closing == counter.add(anchor, amount)


@given(questions(), st.integers(0, 60 * 1440))
def test_between_is_the_number_of_working_minutes(question, minutes):
    calendar_rules, start, odd = question
    end = start + minutes * MINUTE + odd % MINUTE
    counted = calendar_rules.counter().count(start, end)
    assert calendar_rules.calendar().between_micros(start, end) == counted


@given(questions(), st.integers(0, 10 * YEAR))
def test_between_is_the_number_of_working_minutes_over_up_to_ten_years(question, length):
    calendar_rules, start, _ = question
    counted = calendar_rules.counter().count(start, start + length)
    assert calendar_rules.calendar().between_micros(start, start + length) == counted


@given(questions(), st.integers(0, 20_000 * 3_600_000_000))
def test_adding_thousands_of_hours_agrees(question, amount):
    calendar_rules, anchor, _ = question
    if sum(end - start for day in calendar_rules.week for start, end in day) < 1_200:
        amount //= 20  # a calendar of few hours a week would run for centuries
    added = calendar_rules.calendar().add_micros(anchor, amount)
    assert added == calendar_rules.counter().add(anchor, amount)


@st.composite
def pauses(draw, around):
    """Up to four pauses near an instant, some of them touching or overlapping."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        start = around + draw(st.integers(-2 * 1440, 8 * 1440)) * MINUTE
        start += draw(st.sampled_from((0, 0, 1, 30_000_000)))
        found.append((start, start + draw(st.integers(0, 2 * 1440)) * MINUTE))
    return tuple(found)


@given(st.data())
def test_working_time_stops_for_exactly_the_span_of_a_pause(data):
    calendar_rules, anchor, amount = data.draw(questions())
    held = data.draw(pauses(anchor))
    counting = Counting(
        zone=zone_of(calendar_rules.zone),
        calendar=calendar_rules.calendar(),
        pauses=Spans(Span(*pause) for pause in held),
    )
    counter = calendar_rules.counter(held)
    end = anchor + data.draw(st.integers(0, 20 * 1440)) * MINUTE
    assert counting.working_between(anchor, end) == counter.count(anchor, end)
    if amount:
        assert counting.add_working(anchor, amount) == counter.add(anchor, amount)


@given(st.data())
def test_elapsed_time_stops_for_exactly_the_span_of_a_pause(data):
    anchor = data.draw(st.integers(0, 2**50))
    amount = data.draw(AMOUNTS.filter(bool))
    held = data.draw(pauses(anchor))
    counting = Counting(zone=zone_of("UTC"), pauses=Spans(Span(*pause) for pause in held))
    counter = MinuteCounter("UTC", lambda _: ((0, 1440),), {}, held)
    assert counting.add_elapsed(anchor, amount) == counter.add(anchor, amount)
    end = anchor + amount
    assert counting.elapsed_between(anchor, end) == counter.count(anchor, end)


@given(questions(zones=st.just("Asia/Shanghai"), years=st.integers(1985, 1992)))
def test_shanghai_in_its_own_daylight_saving_years_agrees(question):
    calendar_rules, anchor, amount = question
    calendar, counter = calendar_rules.calendar(), calendar_rules.counter()
    assert calendar.add_micros(anchor, amount) == counter.add(anchor, amount)
    assert calendar.between_micros(anchor, anchor + 9 * DAY) == counter.count(
        anchor, anchor + 9 * DAY
    )


def test_every_odd_zone_agrees_around_each_of_its_clock_changes():
    always = (((0, 1440),),) * 7
    nights = (((1320, 1800),),) * 7
    mornings = (((0, 180),),) * 7
    for zone, (year, why) in ODD.items():
        changes = change_instants(zone, year)
        assert changes, (zone, why)
        for week in (always, nights, mornings):
            calendar_rules = Rules(zone=zone, week=week)
            calendar, counter = calendar_rules.calendar(), calendar_rules.counter()
            for change in changes:
                start, end = change - 30 * 60 * MINUTE, change + 30 * 60 * MINUTE
                assert calendar.between_micros(start, end) == counter.count(start, end), (
                    zone,
                    week,
                )


def test_chinese_holidays_and_make_up_days_agree_minute_by_minute_with_another_judge():
    office = ((540, 720), (810, 1080))
    calendar = WorkingCalendar(
        "Asia/Shanghai", {"mon-fri": ["09:00-12:00", "13:30-18:00"]}, holidays="CN"
    )

    def hours_on(day: dt.date):
        return office if chinese_calendar.is_workday(day) else ()

    counter = MinuteCounter("Asia/Shanghai", hours_on)
    for year in (2012, 2020, 2024, 2025, 2026):
        start = int(dt.datetime(year, 1, 3, tzinfo=dt.UTC).timestamp()) * 1_000_000
        end = int(dt.datetime(year, 12, 29, tzinfo=dt.UTC).timestamp()) * 1_000_000
        assert calendar.between_micros(start, end) == counter.count(start, end)
        assert calendar.add_micros(start, 1_500 * 60 * MINUTE) == counter.add(
            start, 1_500 * 60 * MINUTE
        )
