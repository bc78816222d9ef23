"""The sentences of the design about adding and measuring working time, as properties."""

import datetime as dt

from calendar_examples import AMOUNTS, instants, rules
from hypothesis import given
from hypothesis import strategies as st
from minutes import DAY, MINUTE

from workflow.calendars import NEVER, Counting, Span, Spans
from workflow.instants import zone_of


@st.composite
def questions(draw):
    """A calendar, its rules, an instant."""
    given_rules, year = draw(rules())
    return given_rules.calendar(), given_rules, draw(instants(given_rules, year))


LENGTHS = st.integers(0, 90 * 1440).map(lambda minutes: minutes * MINUTE) | st.integers(0, 90 * DAY)


@given(questions(), AMOUNTS)
def test_between_a_and_add_a_d_is_d(question, amount):
    calendar, _, anchor = question
    assert calendar.between_micros(anchor, calendar.add_micros(anchor, amount)) == amount


@given(questions(), AMOUNTS, LENGTHS)
def test_add_is_monotone_in_the_anchor(question, amount, later):
    calendar, _, anchor = question
    assert calendar.add_micros(anchor, amount) <= calendar.add_micros(anchor + later, amount)


@given(questions(), AMOUNTS, AMOUNTS)
def test_add_is_monotone_in_the_duration(question, one, other):
    calendar, _, anchor = question
    low, high = sorted((one, other))
    assert calendar.add_micros(anchor, low) <= calendar.add_micros(anchor, high)


@given(questions(), AMOUNTS, AMOUNTS)
def test_adding_twice_is_adding_the_sum(question, one, other):
    calendar, _, anchor = question
    twice = calendar.add_micros(calendar.add_micros(anchor, one), other)
    assert calendar.add_micros(anchor, one + other) == twice


@given(questions(), LENGTHS, LENGTHS)
def test_between_a_b_and_between_b_c_make_between_a_c(question, one, other):
    calendar, _, a = question
    b, c = a + one, a + one - other
    assert calendar.between_micros(a, b) + calendar.between_micros(b, c) == (
        calendar.between_micros(a, c)
    )


@given(questions(), LENGTHS)
def test_between_b_and_a_is_the_negative_of_between_a_and_b(question, length):
    calendar, _, a = question
    assert calendar.between_micros(a + length, a) == -calendar.between_micros(a, a + length)


@given(questions(), AMOUNTS)
def test_a_due_instant_never_precedes_its_anchor(question, amount):
    calendar, _, anchor = question
    assert calendar.add_micros(anchor, amount) >= anchor


@given(questions(), AMOUNTS, st.integers(0, 40))
def test_adding_a_holiday_never_makes_anything_due_earlier(question, amount, shift):
    calendar, given_rules, anchor = question
    day = dt.date.fromordinal(719_163 + anchor // DAY + shift)
    fewer = given_rules.calendar(also_off=[day])
    assert fewer.add_micros(anchor, amount) >= calendar.add_micros(anchor, amount)


@given(questions(), AMOUNTS)
def test_subtracting_gives_the_latest_instant_with_that_much_working_time(question, amount):
    calendar, _, end = question
    start = calendar.subtract_micros(end, amount)
    assert start <= end
    assert calendar.between_micros(start, end) == amount
    if amount:
        assert calendar.between_micros(start + 1, end) < amount


@given(questions(), AMOUNTS.filter(bool))
def test_adding_gives_the_earliest_such_instant(question, amount):
    calendar, _, anchor = question
    assert calendar.between_micros(anchor, calendar.add_micros(anchor, amount) - 1) < amount


@given(questions(), LENGTHS)
def test_the_spans_between_two_instants_hold_exactly_the_working_time_between_them(
    question, length
):
    calendar, _, start = question
    spans = calendar.spans_at(start, start + length)
    assert spans.total == calendar.between_micros(start, start + length)
    for span in spans:
        assert calendar.is_working_at(span.start)
        assert calendar.is_working_at(span.end - 1)


@given(questions())
def test_the_next_opening_begins_working_time_and_the_next_closing_ends_it(question):
    calendar, given_rules, at = question
    if given_rules.week == (((0, 1440),),) * 7:
        return  # such a calendar may never close
    opening, closing = calendar.next_opening_at(at), calendar.next_closing_at(at)
    assert opening > at
    assert closing > at
    assert calendar.is_working_at(opening)
    assert not calendar.is_working_at(opening - 1)
    assert calendar.is_working_at(closing - 1)
    assert not calendar.is_working_at(closing)
    edge = min(opening, closing)
    assert calendar.between_micros(at, edge) in {0, edge - at}


@given(questions(), st.integers(-30, 30))
def test_counting_working_days_inverts_adding_them(question, number):
    calendar, _, at = question
    day = dt.date.fromordinal(719_163 + at // DAY)
    found = calendar.add_days(day, number)
    assert calendar.working_day(found)
    if number > 0:
        assert calendar.working_days_between(day, found) == number
    if number < 0:
        assert calendar.working_days_between(found - dt.timedelta(days=1), day) == (
            -number + calendar.working_day(day)
        )


@given(questions())
def test_a_day_is_a_working_day_iff_the_calendar_opens_on_it(question):
    calendar, _, at = question
    day = dt.date.fromordinal(719_163 + at // DAY)
    for shift in range(-3, 4):
        near = day + dt.timedelta(days=shift)
        opens, closes = calendar.opens(near), calendar.closes(near)
        assert calendar.working_day(near) == (opens is not None)
        assert calendar.day_kind(near).works == (opens is not None)
        if opens is not None and closes is not None:
            assert calendar.is_working_at(opens)
            assert calendar.is_working_at(closes - 1)


# Pauses.

SMALL = st.integers(0, 60)


@st.composite
def pauses(draw):
    """Pauses on a scale of a few instants, so that edges meet; the last may be open."""
    spans = [
        Span(start, start + length)
        for start, length in draw(st.lists(st.tuples(SMALL, SMALL), max_size=4))
    ]
    if draw(st.booleans()):
        spans.append(Span(draw(st.integers(0, 200)), NEVER))
    return Spans(spans)


@given(pauses(), SMALL, SMALL)
def test_the_time_counted_until_the_due_instant_is_the_amount(held, anchor, amount):
    counting = Counting(zone=zone_of("UTC"), pauses=held)
    due = counting.add_elapsed(anchor, amount)
    if due is not None:
        assert counting.elapsed_between(anchor, due) == amount
        if amount:
            assert counting.elapsed_between(anchor, due - 1) == amount - 1


@given(pauses(), SMALL, SMALL)
def test_there_is_no_due_instant_iff_an_open_pause_comes_before_it(held, anchor, amount):
    counting = Counting(zone=zone_of("UTC"), pauses=held)
    closed = Counting(zone=zone_of("UTC"), pauses=Spans(s for s in held if not s.is_open))
    without = closed.add_elapsed(anchor, amount)
    held_up = amount > 0 and any(span.is_open and span.start < without for span in held)
    assert (counting.add_elapsed(anchor, amount) is None) == held_up


@given(pauses(), SMALL, SMALL, st.integers(0, 100), SMALL)
def test_a_pause_that_begins_at_or_after_the_due_instant_changes_nothing(
    held, anchor, amount, after, length
):
    counting = Counting(zone=zone_of("UTC"), pauses=held)
    due = counting.add_elapsed(anchor, amount)
    if due is None:
        return
    later = Counting(
        zone=counting.zone, pauses=held.union([Span(due + after, due + after + length)])
    )
    assert later.add_elapsed(anchor, amount) == due
    assert counting.before(due).add_elapsed(anchor, amount) == due


@given(pauses(), st.integers(0, 300))
def test_before_keeps_exactly_the_pauses_that_start_before_the_instant(held, instant):
    counting = Counting(zone=zone_of("UTC"), pauses=held)
    assert list(counting.before(instant).pauses) == [s for s in held if s.start < instant]


@given(st.data())
def test_day_counting_counts_no_local_day_that_a_pause_touches(data):
    given_rules, year = data.draw(rules())
    anchor = data.draw(instants(given_rules, year))
    number = data.draw(st.integers(0, 12))
    working = data.draw(st.booleans())
    hours = st.integers(-72, 400)
    held = Spans(
        Span(anchor + start * 60 * MINUTE, anchor + (start + length) * 60 * MINUTE)
        for start, length in data.draw(st.lists(st.tuples(hours, st.integers(0, 60)), max_size=4))
    )
    counting = Counting(
        zone=zone_of(given_rules.zone), calendar=given_rules.calendar(), pauses=held
    )
    first = counting.local_day(anchor)
    day, left = first, number
    while left:
        day += dt.timedelta(days=1)
        exists = counting.day_end(day) > counting.day_end(day - dt.timedelta(days=1))
        if exists and not counting.touched(day) and (not working or counting.working_day(day)):
            left -= 1
    assert counting.nth_day(first, number, working=working) == day
