"""The sentences of design.md, "How a due instant is computed", each as a property by its name."""

import datetime as dt

import attrs
from calendar_examples import rules
from hypothesis import assume, given
from hypothesis import strategies as st

from workflow.calendars import Counting, Span, Spans
from workflow.deadlines.rule import Setting
from workflow.instants import Instant, zone_of
from workflow.plans.due_text import parse_rule

MINUTE = 60_000_000
DAY = 1440 * MINUTE


@st.composite
def places(draw):
    """A calendar as plain numbers, an anchor, and pauses near it."""
    given_rules, year = draw(rules())
    plain = attrs.evolve(given_rules, breaks=())
    assume(sum(map(bool, plain.week)) >= 2)
    new_year = dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp()
    anchor = int(new_year) * 1_000_000 + draw(st.integers(0, 365 * 1440)) * MINUTE
    spans, at = [], anchor - 2 * DAY
    for _ in range(draw(st.integers(0, 3))):
        at += draw(st.integers(1, 6000)) * MINUTE
        end = at + draw(st.integers(1, 3000)) * MINUTE
        spans.append(Span(Instant(at), Instant(end)))
        at = end
    return plain, Instant(anchor), tuple(spans)


def setting(plain, pauses=()):
    counting = Counting(zone=zone_of(plain.zone), calendar=plain.calendar(), pauses=Spans(pauses))
    return Setting(counting=counting)


@st.composite
def forward(draw, *, at_wall=True):
    """A rule that counts, with every option that never moves an end back.

    Without `at_wall`, none that sets a time of its own on the day an end moves to.
    """
    n = draw(st.integers(0, 12))
    options = {
        "ends": draw(st.sampled_from(["midnight", "close", *(["same_time"] if at_wall else [])])),
        "count_anchor_day": draw(st.booleans()),
        "anchor_off_day": draw(st.sampled_from(["count_normally", "first_working_day_is_day_1"])),
    }
    moving = {"rollover": "next_working_day"}
    if at_wall:
        moving["rollover_at"] = draw(st.sampled_from(["end", "same_time", "12:00"]))
    rolls = draw(st.booleans())
    kind = draw(
        st.sampled_from(["elapsed", "working_time", "calendar_days", "working_days", "months"])
    )
    match kind:
        case "elapsed":
            begins = {"start": draw(st.sampled_from(["at_once", "next_full_hour"]))}
            rolls = rolls and at_wall
            return {"elapsed": f"{n * 97} min"} | begins | (moving if rolls else {})
        case "working_time":
            return f"{n * 61} working min"
        case "working_days":
            return {"working_days": n, **options}
        case _:
            least = {"min_working_days": draw(st.integers(0, 3))}
            return {kind: n, **options, **least} | (moving if rolls else {})


@given(places(), forward())
def test_with_forward_rollover_a_due_instant_never_precedes_its_anchor(place, rule):
    plain, anchor, pauses = place
    assert parse_rule(rule).due(anchor, setting(plain, pauses)) >= anchor


@given(places(), forward(), st.integers(-2, 20))
def test_adding_a_holiday_never_makes_anything_due_earlier(place, rule, ahead):
    # With `same_time` a pause may take up the day by which a moved anchor is later, but not the
    # earlier time of day that it moved to: docs/decisions/moved-ends-are-not-in-order.md.
    plain, anchor, pauses = place
    assume(not (pauses and isinstance(rule, dict) and rule.get("ends") == "same_time"))
    # Without rollover a last day off ends at its midnight; work that goes on past midnight would
    # have closed later than that. The design's sentence speaks of forward rollover.
    nights = any(end > 1440 for day in plain.week for _, end in day)
    assume(not (nights and isinstance(rule, dict) and rule.get("ends") == "close"))
    near = dt.datetime.fromtimestamp(anchor / 1e6, dt.UTC).date() + dt.timedelta(days=ahead)
    assume(near not in dict(plain.special))
    more = attrs.evolve(plain, off=plain.off | {near})
    read = parse_rule(rule)
    assert read.due(anchor, setting(more, pauses)) >= read.due(anchor, setting(plain, pauses))


@given(places(), forward(at_wall=False), st.integers(1, 5000))
def test_a_later_anchor_is_never_due_earlier(place, rule, minutes):
    # Where an end moves to another day and keeps or is given a time of its own, this does not hold:
    # docs/decisions/moved-ends-are-not-in-order.md.
    plain, anchor, pauses = place
    later = Instant(anchor + minutes * MINUTE)
    read = parse_rule(rule)
    whole = setting(plain, pauses)
    assert read.due(anchor, whole) <= read.due(later, whole)


@given(places(), forward(), st.integers(1, 12))
def test_a_longer_amount_is_never_due_earlier(place, rule, more):
    plain, anchor, pauses = place
    whole = setting(plain, pauses)
    if isinstance(rule, str):
        longer = f"{int(rule.split()[0]) + more} working min"
    else:
        kind = next(iter(rule))
        grown = (
            f"{int(rule[kind].split()[0]) + more} min" if kind == "elapsed" else rule[kind] + more
        )
        longer = rule | {kind: grown}
    assume(not (isinstance(rule, dict) and rule.get("rollover_at") in {"12:00", "same_time"}))
    assert parse_rule(rule).due(anchor, whole) <= parse_rule(longer).due(anchor, whole)


@given(
    places(),
    st.sampled_from(["min", "working min", "days", "working days"]),
    st.integers(1, 20),
    st.floats(0, 1),
)
def test_what_remains_at_a_change_is_due_when_the_whole_would_have_been(place, unit, n, share):
    plain, anchor, pauses = place
    whole = setting(plain, pauses)
    rule = parse_rule(f"{n * 97 if 'min' in unit else n} {unit}")
    due = rule.due(anchor, whole)
    at = Instant(anchor + int((due - anchor) * share) // MINUTE * MINUTE)
    left = rule.less(rule, anchor, at, whole)
    assert left.due(at, whole) == due
