"""The spelling of each rule: what is written is read back as an equal rule."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.errors import DurationError, RuleError, WorkflowError
from workflow.plans.due_text import format_rule, parse_rule

AMOUNTS = st.builds(
    lambda n, unit: f"{n} {unit}",
    st.integers(1, 300),
    st.sampled_from(["s", "min", "h", "working min", "working hours", "days", "weeks"])
    | st.sampled_from(["working days", "months", "years"]),
).filter(lambda text: not text.endswith("years") or int(text.split()[0]) <= 100)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "ends": st.sampled_from(["midnight", "close", "same_time"]),
        "rollover": st.sampled_from(["none", "next_working_day", "previous_working_day"]),
        "rollover_at": st.sampled_from(["end", "same_time", "12:00"]),
        "min_working_days": st.integers(0, 5),
        "count_anchor_day": st.booleans(),
        "anchor_off_day": st.sampled_from(["count_normally", "first_working_day_is_day_1"]),
    },
)


@given(AMOUNTS)
def test_an_amount_is_read_back_as_it_was_written(text):
    rule = parse_rule(text)
    assert parse_rule(format_rule(rule)) == rule


@given(st.sampled_from(["calendar_days", "working_days", "months"]), st.integers(0, 99), OPTIONS)
def test_every_option_is_read_back_as_it_was_written(name, n, options):
    rule = parse_rule({name: n, **options})
    assert parse_rule(format_rule(rule)) == rule


@pytest.mark.parametrize(
    "spelling",
    [
        "same day",
        "promised",
        "promptly",
        "P1M3DT12H",
        {"same_day": True, "ends": "close"},
        {"promised": "reply-by"},
        {"fixed": "2022-01-15"},
        {"fixed": "2022-01-15T12:00+08:00"},
        {"promptly": "第一时间"},
        {"promptly": "第一时间", "assume": "30 min"},
        {"elapsed": "72 h", "rollover": "next_working_day", "rollover_at": "12:00"},
        {"earliest_of": [{"rule": "4 h", "from": "classified", "unless_past": True}]},
        {"latest_of": [{"rule": "4 h"}, {"working_days": "3 working days", "ends": "close"}]},
        {"recurring": {"every": "day", "by": "end of work", "of": "items", "between": [1, 2]}},
    ],
)
def test_a_spelling_is_kept(spelling):
    assert format_rule(parse_rule(spelling)) == spelling


@pytest.mark.parametrize(
    ("spelling", "kind", "said"),
    [
        ("3 workdays", DurationError, 'Did you mean "3 working days"?'),
        ("same dya", DurationError, 'Did you mean "same day"?'),
        ({"working_days": 3, "end": "close"}, RuleError, 'Did you mean "ends"?'),
        ({"working_days": 3, "ends": "closed"}, RuleError, 'Did you mean "close"?'),
        ({"working_days": "3 h"}, RuleError, 'Write "elapsed: 3 h".'),
        ({"working_day": 3}, RuleError, 'Did you mean "working_days"?'),
        ({"elapsed": "1 h", "months": 1}, RuleError, "names one rule"),
        ({"recurring": {"every": "dya"}}, RuleError, 'Did you mean "day"?'),
        (3, RuleError, "is not a deadline rule"),
    ],
)
def test_what_cannot_be_read_names_what_is_allowed_and_the_nearest(spelling, kind, said):
    with pytest.raises(kind) as error:
        parse_rule(spelling)
    assert said in str(error.value)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["elapsed", "recurring", "earliest_of", "rule", "every"])
            | st.text(max_size=4),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@given(JUNK)
def test_whatever_is_given_is_a_rule_or_one_error_of_this_package(value):
    with contextlib.suppress(WorkflowError):  # anything else fails the test
        assert parse_rule(value).words("zh")
