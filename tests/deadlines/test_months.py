"""Months and years: the day of the same number, or the month's last."""

import pytest

from workflow.errors import RuleError
from workflow.instants import Instant
from workflow.plans.due import due
from workflow.plans.due_text import parse_rule


def test_a_month_after_the_31st_is_the_months_last_day():
    assert str(due("1 month", "2026-01-31T10:00+08:00")) == "2026-02-28 24:00 +08:00"


def test_a_year_after_a_leap_day_is_the_28th():
    assert str(due("1 year", "2024-02-29T10:00+08:00")) == "2025-02-28 24:00 +08:00"


def test_twelve_months_are_a_year():
    assert parse_rule("12 months") == parse_rule("1 year")


def test_nothing_can_be_taken_off_months():
    rule = parse_rule("1 month")
    with pytest.raises(RuleError, match="counts neither time nor days"):
        rule.less(rule, Instant(0), Instant(1), None)
