"""What a case keeps from one event to the next is what it would work out anew.

A case that was recorded event by event extends what was folded before; one that was read from its
log folds everything. Both must say the same, to the microsecond and to the id of every notice.
"""

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from model_plans import LAW_PLAN, at, duties, happenings, micros, plan_of, said

from workflow.cases import Case
from workflow.errors import EventError
from workflow.instants import Instant


def told(case, now):
    clocks = [
        (it.id, it.state, it.due_instant, it.target_instant, it.fulfilled_instant, it.missing)
        for it in case.status_at(now)
    ]
    changes = [it.limit_course.changes for it in case.status_at(now)]
    return clocks, changes, case.next_wakeup_instant(now), case.notices_between(None, now)


@given(st.data(), st.tuples(duties("one"), duties("two"), duties("three")), st.booleans())
def test_a_case_recorded_event_by_event_says_what_one_read_from_its_log_says(data, owed, law):
    plans = [plan_of(owed), LAW_PLAN] if law else plan_of(owed)
    case, now, since = Case.open(plans, "c-1", at=at(0)), 0, None
    for _ in range(data.draw(st.integers(0, 10))):
        new = data.draw(happenings(now))
        late = max(now, new["minute"])
        try:
            case = case.record(new["type"], at=at(new["minute"]), recorded_at=at(late), **said(new))
        except EventError:
            continue  # not legal there: the case is unchanged
        now = late
        case.notices_between(since, Instant(micros(now)))  # as the engine asks after each event
        since = Instant(micros(now))
        again = Case.from_events(plans, "c-1", case.events)
        assert told(case, since) == told(again, since)
        later = Instant(micros(now + 500))
        assert told(case, later) == told(again, later)


@given(st.data(), st.tuples(duties("one"), duties("two"), duties("three")))
def test_a_case_that_only_logged_more_has_the_same_clocks_and_tells_nothing(data, owed):
    plan = plan_of(owed)
    case, now = Case.open(plan, "c-1", at=at(0)), 0
    for _ in range(data.draw(st.integers(1, 10))):
        new, before, was = data.draw(happenings(now)), case, Instant(micros(now))
        late = max(now, new["minute"])
        try:
            case = before.record(
                new["type"], at=at(new["minute"]), recorded_at=at(late), **said(new)
            )
        except EventError:
            continue
        now = late
        then, wakeup = Instant(micros(now)), before.next_wakeup_instant(was)
        if case.stands_as(before) and (wakeup is None or then < wakeup):
            event("only logged more")
            again, known = (Case.from_events(plan, "c-1", it.events) for it in (case, before))
            assert told(again, then)[:3] == told(known, then)[:3]
            assert again.next_wakeup_instant(then) == wakeup
            assert again.status_at(then).standing == known.status_at(was).standing
            assert again.notices_between(was, then) == ()


def test_an_event_that_no_obligation_looks_at_changes_nothing_but_the_log():
    case = Case.open(LAW_PLAN, "c-1", at=at(0))
    once = case.record("noted", at=at(5))
    assert once.stands_as(case)
    assert once.record("noted", at=at(9)).stands_as(once)


@pytest.mark.parametrize("what", ["breach-known", "told", "put-aside"])
def test_an_event_that_starts_a_clock_or_changes_the_stage_changes_more_than_the_log(what):
    case = Case.open(LAW_PLAN, "c-1", at=at(0))
    assert not case.record(what, at=at(5)).stands_as(case)
