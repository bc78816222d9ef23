"""What rules say of themselves, and the last number that an option takes."""

import pytest

from workflow.deadlines.options import as_count
from workflow.deadlines.promised import Promised
from workflow.errors import RuleError


def test_a_promise_says_itself_in_both_languages():
    assert Promised().words("en") == "promised"
    assert Promised().words("zh") == "按承诺日期"


def test_a_count_of_days_reaches_a_leap_year_and_no_further():
    assert as_count(366) == 366
    with pytest.raises(RuleError):
        as_count(367)
