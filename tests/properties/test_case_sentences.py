"""Sentences about clocks over a case that the tests of cases do not yet name, worked by hand."""

import small_plan as words

from workflow.cases import Case, State

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


# What the model test found, each kept as an example.

PROMISED = """
- id: result
  level: [high]
  from: doubted
  due: {promised: promise}
  fulfilled_by: [told]
"""
DOUBTED = "  doubted: {en: Doubted}\n"


def doubted(promise, **choices):
    owed = PROMISED + "".join(f"  {key}: {{newly: {it}}}\n" for key, it in choices.items())
    case = Case.open(words.plan(owed, events=DOUBTED), "c-1", at=words.at(0))
    return case.record("doubted", at=words.at(10), data={"promise": words.at(promise).isoformat()})


def test_a_promise_that_had_passed_before_the_duty_began_to_apply_makes_nothing_overdue_at_birth():
    case = relevelled(doubted(30), (40, "high"))
    clock = case.status(words.at(50))["result"]
    assert (clock.state, clock.due) == (State.RUNNING, None)


def test_counted_from_the_anchor_such_a_promise_stands_and_is_overdue_at_once():
    case = relevelled(doubted(30, reclassified="from_anchor"), (40, "high"))
    clock = case.status(words.at(50))["result"]
    assert (clock.state, clock.due) == (State.OVERDUE, words.at(30))


def test_a_promise_changed_before_the_duty_began_to_apply_counts_as_changed():
    case = doubted(30).record(
        "promise-changed", at=words.at(20), data={"promise": words.at(90).isoformat()}
    )
    assert relevelled(case, (40, "high")).status(words.at(50))["result"].due == words.at(90)


NEWS = """
- id: news
  from: detected
  recurring: {every: 60 min}
  fulfilled_by: [told]
  paused_while: {when: [waiting]}
"""


def series(case, minute):
    """State, opening and due of each occurrence, the instants in minutes."""
    found = case.status(words.at(minute)).of("news")
    return [(it.state.value, minutes(it.start), minutes(it.due)) for it in found]


def minutes(moment):
    return None if moment is None else (moment - words.OPENED).total_seconds() / 60


def test_a_pause_stops_the_occurrence_that_is_open_and_the_series_goes_on_where_it_stopped():
    case = words.opened(NEWS).record("asked", at=words.at(20))
    assert series(case, 90) == [("paused", 0, None)]
    case = case.record("got-answer", at=words.at(100))
    assert series(case, 150) == [("overdue", 0, 140), ("running", 140, 200)]


def test_an_occurrence_whose_opening_falls_into_a_pause_opens_when_the_pause_is_over():
    case = words.opened(NEWS).record("asked", at=words.at(60))
    assert series(case, 90) == [("overdue", 0, 60)]
    case = case.record("got-answer", at=words.at(100))
    assert series(case, 150) == [("overdue", 0, 60), ("running", 100, 160)]


def test_a_day_that_a_pause_touches_is_not_owed_and_a_week_is_not_moved():
    daily = NEWS.replace("60 min", "day")
    case = words.opened(daily).record("asked", at=words.at(20))
    case = case.record("got-answer", at=words.at(100))
    assert [it[0] for it in series(case, 1440)] == ["withdrawn", "running"]
    weekly = words.opened(NEWS.replace("60 min", "week")).record("asked", at=words.at(20))
    [running] = weekly.record("got-answer", at=words.at(100)).status(words.at(200)).of("news")
    assert (running.state, running.due.day) == (State.RUNNING, 8)


def test_rounds_that_begin_at_one_instant_have_clocks_and_notices_of_their_own():
    owed = "- {id: tell, from: reopened, within: 9 min, fulfilled_by: [told]}"
    case = words.opened(owed)
    for name in ("false-alarm", "reopened", "false-alarm", "reopened", "false-alarm"):
        case = case.record(name, at=words.at(10))
    stamp = "tell@20260302T081000Z"
    assert [it.id for it in case.status(words.at(30))] == [stamp, f"{stamp}.2"]
    ids = [it.id for it in case.notices(None, words.at(30))]
    assert len(set(ids)) == len(ids)
