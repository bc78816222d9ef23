"""Promised: due at the date or time that an event's data names."""

import pytest

from workflow.errors import RuleError
from workflow.plans.due import due

ANCHOR = "2026-03-02T10:00+08:00"


def test_a_date_means_the_end_of_that_day():
    assert str(due("promised", ANCHOR, promise="2026-03-05")) == "2026-03-05 24:00 +08:00"


def test_a_time_is_that_instant():
    found = due("promised", ANCHOR, promise="2026-03-05T15:00+08:00")
    assert str(found) == "2026-03-05 15:00 +08:00"


def test_without_a_promise_there_is_no_due_instant_yet():
    assert due("promised", ANCHOR).at is None


@pytest.mark.parametrize("promise", ["2026-03-01", "2026-03-02T10:00+08:00"])
def test_a_promise_must_lie_after_the_event(promise):
    with pytest.raises(RuleError, match="does not lie after the promise"):
        due("promised", ANCHOR, promise=promise)


@pytest.mark.parametrize("promise", ["soon", "2026-02-30", "2026-03-05T15:00", ""])
def test_a_promise_that_cannot_be_read_is_refused(promise):
    with pytest.raises(RuleError, match="is not a promised date or time"):
        due("promised", ANCHOR, promise=promise)
