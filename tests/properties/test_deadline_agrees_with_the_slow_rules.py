"""Every rule that counts agrees with loops over minutes and days that share no code with it."""

import datetime as dt

import attrs
from calendar_examples import rules
from hypothesis import assume, given
from hypothesis import strategies as st
from rules import MINUTE, SlowRules

from workflow.calendars import Counting, Span, Spans
from workflow.deadlines.rule import Setting
from workflow.instants import Instant, zone_of
from workflow.plans.due_text import parse_rule

DAY = 1440 * MINUTE


@st.composite
def cases(draw, *, pauses=True):
    """A slow counter, the package's setting, an anchor and pauses near it, whole minutes."""
    given_rules, year = draw(rules())
    plain = attrs.evolve(given_rules, breaks=())
    assume(sum(map(bool, plain.week)) >= 2)
    new_year = dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp()
    anchor = int(new_year) * 1_000_000 + draw(st.integers(0, 365 * 1440)) * MINUTE
    spans, at = [], anchor - 2 * DAY
    for _ in range(draw(st.integers(0, 3 if pauses else 0))):
        at += draw(st.integers(1, 6000)) * MINUTE
        end = at + draw(st.integers(1, 3000)) * MINUTE
        spans.append((at, end))
        at = end
    zone = zone_of(plain.zone)
    counting = Counting(
        zone=zone,
        calendar=plain.calendar(),
        pauses=Spans([Span(Instant(a), Instant(b)) for a, b in spans]),
    )
    return SlowRules(plain.zone, plain.hours_on), Setting(counting=counting), Instant(anchor), spans


@given(cases(), st.integers(0, 5000))
def test_elapsed_is_anchor_plus_time_with_pauses_taken_out(case, minutes):
    slow, setting, anchor, pauses = case
    rule = parse_rule(f"{minutes} min")
    assert rule.due(anchor, setting) == slow.elapsed(anchor, minutes, pauses)


@given(cases(), st.integers(1, 40))
def test_calendar_days_end_with_the_nth_local_day_that_no_pause_touches(case, n):
    slow, setting, anchor, pauses = case
    rule = parse_rule(f"{n} days")
    assert rule.due(anchor, setting) == slow.days(anchor, n, pauses, working=False)


@given(cases(), st.integers(1, 12))
def test_working_days_end_with_the_nth_day_on_which_the_calendar_opens(case, n):
    slow, setting, anchor, pauses = case
    rule = parse_rule(f"{n} working days")
    assert rule.due(anchor, setting) == slow.days(anchor, n, pauses, working=True)


@given(cases(pauses=False), st.integers(1, 6))
def test_ends_close_is_the_closing_of_the_last_working_day(case, n):
    slow, setting, anchor, pauses = case
    rule = parse_rule({"working_days": n, "ends": "close"})
    assert rule.due(anchor, setting) == slow.days(anchor, n, pauses, working=True, close=True)


@given(cases(), st.integers(1, 20))
def test_rollover_moves_a_last_day_off_to_the_next_working_day(case, n):
    slow, setting, anchor, pauses = case
    rule = parse_rule({"calendar_days": n, "rollover": "next_working_day"})
    assert rule.due(anchor, setting) == slow.days(anchor, n, pauses, working=False, rollover=True)


@given(cases(pauses=False), st.integers(1, 120))
def test_months_end_on_the_day_of_the_same_number_or_the_months_last(case, n):
    slow, setting, anchor, _ = case
    assert parse_rule(f"{n} months").due(anchor, setting) == slow.months(anchor, n)


@given(cases())
def test_the_same_day_ends_with_the_next_untouched_day_when_a_pause_touches_what_is_left(case):
    slow, setting, anchor, pauses = case
    assert parse_rule("same day").due(anchor, setting) == slow.same_day(anchor, pauses)
