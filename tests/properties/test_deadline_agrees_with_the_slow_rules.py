"""Every rule that counts agrees with loops over minutes and days that share no code with it."""

import datetime as dt
import itertools

import attrs
from calendar_examples import rules
from hypothesis import assume, given
from hypothesis import strategies as st
from rules import MINUTE, SlowRules
from series import of_amounts, of_periods

from workflow.calendars import Counting, Span, Spans
from workflow.deadlines import Recurring
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


OPTIONS = st.fixed_dictionaries(
    {
        "ends": st.sampled_from(["midnight", "close", "same_time"]),
        "rollover": st.sampled_from(["none", "next_working_day", "previous_working_day"]),
        "rollover_at": st.sampled_from(["end", "same_time", dt.time(12)]),
        "min_working_days": st.integers(0, 3),
        "count_anchor_day": st.booleans(),
        "anchor_off_day": st.sampled_from(["count_normally", "first_working_day_is_day_1"]),
    }
)


def said(name, n, options):
    """The rule as a plan spells it, without the options that have no effect."""
    entry = {name: n, **options}
    if options["rollover"] == "none":
        del entry["rollover_at"]
    elif isinstance(options["rollover_at"], dt.time):
        entry["rollover_at"] = f"{options['rollover_at']:%H:%M}"
    return entry


@given(cases(), st.integers(0, 15), OPTIONS)
def test_calendar_days_agree_under_every_option(case, n, options):
    slow, setting, anchor, pauses = case
    found = parse_rule(said("calendar_days", n, options)).due(anchor, setting)
    assert found == slow.some_days(anchor, n, pauses, options, working=False)


@given(cases(), st.integers(0, 8), OPTIONS)
def test_working_days_agree_under_every_option(case, n, options):
    slow, setting, anchor, pauses = case
    options = options | {"rollover": "none", "min_working_days": 0}
    entry = said("working_days", n, options)
    del entry["rollover"], entry["min_working_days"]
    found = parse_rule(entry).due(anchor, setting)
    assert found == slow.some_days(anchor, n, pauses, options, working=True)


@given(cases(), st.integers(0, 14), OPTIONS)
def test_months_agree_under_every_option_and_with_pauses(case, n, options):
    slow, setting, anchor, pauses = case
    found = parse_rule(said("months", n, options)).due(anchor, setting)
    assert found == slow.some_months(anchor, n, pauses, options)


@given(cases(), st.integers(0, 3), st.integers(0, 40), st.integers(0, 3000))
def test_a_composite_period_applies_months_then_days_then_exact_time(case, months, days, minutes):
    slow, setting, anchor, pauses = case
    assume(sum(map(bool, (months, days, minutes))) > 1)
    text = f"P{months}M{days}D" + (f"T{minutes}M" if minutes else "")
    found = parse_rule(text).due(anchor, setting)
    assert found == slow.composite(anchor, months, days, minutes, pauses)


@given(cases(), st.integers(1, 3000))
def test_working_time_is_reached_as_early_as_it_can_be_with_pauses_taken_out(case, minutes):
    slow, setting, anchor, pauses = case
    found = parse_rule(f"{minutes} working min").due(anchor, setting)
    assert found == slow.working_time(anchor, minutes, pauses)


@given(cases(), st.integers(0, 3000))
def test_from_the_next_full_hour_the_hour_of_the_event_is_not_counted(case, minutes):
    slow, setting, anchor, pauses = case
    found = parse_rule({"elapsed": f"{minutes} min", "start": "next_full_hour"}).due(
        anchor, setting
    )

    def compute(known):
        return slow.elapsed(slow.next_full_hour(anchor), minutes, known)

    assert found == slow.settle(compute, pauses)


@given(
    cases(),
    st.lists(
        st.tuples(st.integers(0, 4000), st.integers(-3000, 0), st.booleans()),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["earliest_of", "latest_of"]),
)
def test_the_earliest_or_latest_of_the_parts_that_are_not_dropped(case, parts, name):
    slow, setting, anchor, pauses = case
    anchors = {f"e{n}": Instant(anchor + back * MINUTE) for n, (_, back, _) in enumerate(parts)}
    setting = attrs.evolve(setting, anchors=anchors)
    rule = parse_rule(
        {
            name: [
                {"rule": f"{minutes} min", "from": f"e{n}"}
                | ({"unless_past": True} if unless_past and name == "earliest_of" else {})
                for n, (minutes, _, unless_past) in enumerate(parts)
            ]
        }
    )
    dues = [
        due
        for n, (minutes, _, unless_past) in enumerate(parts)
        for due in [slow.elapsed(anchors[f"e{n}"], minutes, pauses)]
        if not (unless_past and name == "earliest_of" and due < anchor)
    ]
    chosen = min if name == "earliest_of" else max
    assert rule.due(anchor, setting) == (chosen(dues) if dues else None)


def first_dues(every, count, anchor, setting):
    walked = Recurring(every=every).occurrences(anchor, None, setting.counting)
    return [occurrence.due for occurrence in itertools.islice(walked, count)]


@given(
    cases(),
    st.sampled_from(["day", "working day", "week", "month", "quarter", "half year", "year"]),
    st.integers(1, 5),
)
def test_a_series_of_periods_is_due_at_the_end_of_each(case, every, count):
    slow, setting, anchor, pauses = case
    expected = of_periods(slow, anchor, every, count, pauses)
    assert first_dues(every, count, anchor, setting) == expected


@given(
    cases(),
    st.sampled_from(["min", "working min", "days", "working days", "months"]),
    st.integers(1, 6),
    st.integers(1, 4),
)
def test_a_series_of_amounts_is_due_after_one_two_three_of_them(case, unit, amount, count):
    slow, setting, anchor, pauses = case
    amount *= 97 if "min" in unit else 1
    expected = of_amounts(slow, anchor, amount, unit, count, pauses)
    assert first_dues(f"{amount} {unit}", count, anchor, setting) == expected
