"""Assertions pass where they should, and print the derivation where they fail."""

import datetime as dt

import pytest

from workflow.testing import assert_due, assert_nobody_waits, assert_on_time, play, sample_plan

# A Friday; the clocks change on Sunday. Three days after 27 March: the end of 30 March.
OPEN = play(sample_plan(), "2026-03-27 16:00 received").case


@pytest.mark.parametrize(
    "expected", ["2026-03-30", dt.date(2026, 3, 30), "2026-03-30T23:59:59.999999+02:00"]
)
def test_a_due_time_is_a_time_or_the_end_of_a_date(expected):
    assert_due(OPEN, "answer", expected)


def test_a_wrong_due_time_prints_the_difference_and_the_derivation():
    with pytest.raises(AssertionError) as caught:
        assert_due(OPEN, "call-back", "2026-03-28T17:00+01:00")
    text = str(caught.value)
    assert "due 2026-03-28 16:00 +01:00, and was expected 2026-03-28 17:00 +01:00" in text
    assert "(1:00:00 earlier)" in text
    assert "24 h after 2026-03-27 16:00 +01:00 is 2026-03-28 16:00 +01:00" in text


def test_no_due_time_differs_from_some():
    with pytest.raises(AssertionError, match="was expected at no time"):
        assert_due(OPEN, "answer", None)


def test_a_case_is_on_time_until_a_clock_is_overdue():
    assert_on_time(OPEN, now="2026-03-28T16:00+01:00")
    with pytest.raises(AssertionError, match=r"Late: call-back \(overdue\)"):
        assert_on_time(OPEN, now="2026-03-28T16:00:01+01:00")


def test_somebody_owes_something_while_a_case_is_open():
    assert_nobody_waits(OPEN)
    done = play(OPEN, "+1m called; +1m answered").case
    with pytest.raises(AssertionError, match="nobody owes anything"):
        assert_nobody_waits(done)
    assert_nobody_waits(play(done, "+1m closed").case)
