"""Rates over counted duties."""

from fractions import Fraction

from workflow.reports.rates import rates
from workflow.stores.rows import Tally


def tally(outcome, count, minutes=None):
    return Tally(
        obligation="o",
        role="",
        level="",
        category="",
        outcome=outcome,
        minutes=minutes,
        count=count,
    )


def test_withdrawn_and_not_yet_due_count_in_no_rate():
    found = rates([tally("on_time", 3, 5), tally("open", 7), tally("withdrawn", 9)])
    assert (found.completion_rate, found.on_time_rate) == (1, 1)


def test_without_a_limit_it_counts_as_completed_and_not_as_in_time():
    found = rates([tally("unlimited", 2, 5), tally("late", 1, 9), tally("overdue", 1)])
    assert (found.completion_rate, found.on_time_rate) == (Fraction(3, 4), 0)


def test_a_rate_over_nothing_is_no_rate():
    found = rates([])
    assert (found.completion_rate, found.on_time_rate, found.minutes(50)) == (None, None, None)


def test_a_percentile_is_the_nearest_rank():
    found = rates([tally("on_time", 10, 5), tally("late", 9, 60), tally("late", 1, 90)])
    # 20 in all: the 10th takes 5, the 19th takes 60, the 20th takes 90.
    assert [found.minutes(each) for each in (50, 51, 95, 96)] == [5, 60, 60, 90]
