"""Sentences about clocks over a case that the tests of cases do not yet name, worked by hand."""

import small_plan as words

from workflow.cases import State

ALARM = """
- id: alarm
  level: [high]
  from: detected
  within: 1 h
  fulfilled_by: [told]
"""


def relevelled(case, *levels):
    """The case with each level set at the minute given after 08:00 UTC."""
    for minute, level in levels:
        case = case.record("reclassified", at=words.at(minute), level=level)
    return case


def state(case, minute, name="alarm"):
    return case.status(words.at(minute))[name].state


def test_what_a_false_alarm_withdrew_stays_withdrawn_when_its_level_comes_back():
    case = words.opened(ALARM, level="high").record("false-alarm", at=words.at(10))
    case = case.record("reopened", at=words.at(20))
    case = relevelled(case, (30, "low"), (40, "high"))
    assert state(case, 200) is State.WITHDRAWN


def test_what_its_until_ended_stays_ended_when_its_level_comes_back():
    owed = ALARM + "  until: [subsided]\n"
    case = words.opened(owed, level="high").record("subsided", at=words.at(10))
    assert state(relevelled(case, (30, "low"), (40, "high")), 200) is State.WITHDRAWN


def test_what_ceased_to_apply_starts_again_when_it_applies_again():
    case = relevelled(words.opened(ALARM, level="high"), (30, "low"), (40, "high"))
    clock = case.status(words.at(50))["alarm"]
    assert clock.state is State.RUNNING
    assert clock.due == words.at(100)  # 40 + 60 minutes: a fresh start


def test_what_is_overdue_when_it_no_longer_applies_stays_overdue():
    case = relevelled(words.opened(ALARM, level="high"), (61, "low"))
    assert state(case, 200) is State.OVERDUE
    on_time = relevelled(words.opened(ALARM, level="high"), (60, "low"))
    assert state(on_time, 200) is State.WITHDRAWN  # equality is never late


def test_what_is_fulfilled_when_it_no_longer_applies_stays_fulfilled():
    case = words.opened(ALARM, level="high").record("told", at=words.at(20))
    assert state(relevelled(case, (30, "low")), 200) is State.MET


def test_outcomes_follow_at_and_what_was_known_follows_recorded_at():
    case = words.opened(ALARM, level="high")
    case = case.record("told", at=words.at(20), recorded_at=words.at(90))
    assert case.status(words.at(100))["alarm"].state is State.MET
    assert case.status(words.at(100), known_at=words.at(89))["alarm"].state is State.OVERDUE
    assert case.status(words.at(100), known_at=words.at(90))["alarm"].state is State.MET


def test_a_clock_that_runs_is_moved_by_no_other_clock():
    other = "- {id: other, from: detected, within: 10 min, fulfilled_by: [told]}\n"
    alone = words.opened(ALARM, level="high").status(words.at(30))["alarm"]
    beside = words.opened(ALARM + other, level="high").status(words.at(30))["alarm"]
    assert (alone.state, alone.due) == (beside.state, beside.due)
