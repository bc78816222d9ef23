"""Fixed: due at a date or time of the plan."""

import pytest

from workflow.errors import RuleError
from workflow.plans.due import due


def test_the_anchor_plays_no_part_and_may_come_later():
    found = due({"fixed": "2022-01-15"}, "2022-02-01T10:00+08:00")
    assert str(found) == "2022-01-15 24:00 +08:00"


def test_a_time_is_that_instant():
    found = due({"fixed": "2022-01-15T12:00+08:00"}, "2022-01-01T10:00+08:00")
    assert str(found) == "2022-01-15 12:00 +08:00"


@pytest.mark.parametrize("named", ["2022-02-30", "2022-01-15T12:00", "someday"])
def test_what_is_no_date_is_refused(named):
    with pytest.raises(RuleError, match="is not a fixed date or time"):
        due({"fixed": named}, "2022-01-01T10:00+08:00")
