"""Notices: what is told, when, once; and the wake-ups at which time alone changes something."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.cases import Notice, NoticeKind, State
from workflow.instants import to_instant


def day(clock_time):
    """An instant of Monday 2 March 2026, Shanghai."""
    return f"2026-03-02T{clock_time}+08:00"


def told(case, since=None, until="2026-03-20T00:00+08:00"):
    """Kind, clock and local time of each notice."""
    return [
        (notice.kind.value, notice.clock_id, notice.at.format("HH:mm"))
        for notice in case.notices(since, until)
    ]


WARNED = """
- id: state
  who: press
  from: detected
  target: 3 h
  limit: 5 h
  warn: ["80%", "30 min"]
  escalate: [{to: [deputy], after: 30 min, repeat: 1 h, times: 2}, {to: [lead], after: 2 h}]
  fulfilled_by: [told]
"""


def test_an_unfulfilled_duty_warns_misses_its_target_breaches_and_escalates(opened):
    # 08:40: 80 % of 5 h is 12:40, 30 min before 13:40 is 13:10; the target is 11:40.
    assert told(opened(WARNED)) == [
        ("target_missed", "state", "11:40"),
        ("warning", "state", "12:40"),
        ("warning", "state", "13:10"),
        ("breached", "state", "13:40"),
        ("escalated", "state", "14:10"),
        ("escalated", "state", "15:10"),
        ("escalated", "state", "15:40"),
    ]


def test_fulfilment_stops_what_would_have_come(opened):
    case = opened(WARNED).record("told", at=day("13:00"))
    assert told(case) == [
        ("target_missed", "state", "11:40"),
        ("warning", "state", "12:40"),
        ("met", "state", "13:00"),
    ]


def test_late_fulfilment_is_told_as_such_and_stops_the_escalation(opened):
    case = opened(WARNED).record("told", at=day("14:30"))
    assert told(case)[3:] == [
        ("breached", "state", "13:40"),
        ("escalated", "state", "14:10"),
        ("met_late", "state", "14:30"),
    ]


def test_a_late_record_that_shows_it_was_done_in_time_withdraws_the_breach(opened):
    owed = "- {id: call, who: duty, from: detected, within: 30 min, fulfilled_by: [told]}"
    case = opened(owed).record("told", at=day("09:00"), recorded_at=day("12:00"))
    assert told(case) == [
        ("breached", "call", "09:10"),
        ("met", "call", "12:00"),
        ("breach_withdrawn", "call", "12:00"),
    ]
    assert case.status(day("11:00"), known_at=day("11:00"))["call"].state is State.OVERDUE
    assert case.status(day("11:00"))["call"].state is State.MET


def test_a_duty_overdue_at_birth_is_told_when_it_becomes_known(opened):
    owed = """
- id: alarm
  who: duty
  level: [high]
  from: detected
  within: 30 min
  fulfilled_by: [told]
  reclassified: {newly: from_anchor}
"""
    case = opened(owed, level="low").record("reclassified", at=day("12:00"), level="high")
    assert told(case) == [("breached", "alarm", "12:00")]


def test_a_moved_due_instant_is_told(opened):
    owed = """
- {id: reply, who: press, from: detected, within: 2 h, fulfilled_by: [told], extended_by: [granted]}
"""
    case = opened(owed).record("granted", at=day("09:00"), data={"by": "3 h"})
    first, *rest = case.notices(None, day("20:00"))
    assert first.kind is NoticeKind.DUE_CHANGED
    assert to_instant(first.data["previous_due"]) == to_instant(day("10:40"))
    assert to_instant(first.data["due"]) == to_instant(day("13:40"))
    assert [notice.kind.value for notice in rest] == ["breached"]


def test_a_withdrawal_is_told(opened):
    owed = "- {id: tell, who: office, from: detected, within: 5 h, fulfilled_by: [told]}"
    case = opened(owed).record("false-alarm", at=day("09:00"), data={"reason": "a drill"})
    assert told(case) == [("withdrawn", "tell", "09:00")]


def test_a_notice_has_the_same_id_whoever_computes_it(opened):
    first, second = opened(WARNED), opened(WARNED)
    ids = [notice.id for notice in first.notices(None, day("20:00"))]
    assert ids == [notice.id for notice in second.notices(None, day("20:00"))]
    assert len(set(ids)) == len(ids)


def test_a_notice_survives_its_own_json(opened):
    for notice in opened(WARNED).notices(None, day("20:00")):
        assert Notice.from_json(notice.to_json()) == notice


def test_a_notice_speaks_both_languages(opened):
    breached = opened(WARNED).notices(None, day("20:00"))[3]
    assert breached.text() == "c-1: state is overdue; it was due by 2026-03-02 13:40 +08:00."
    assert "逾期" in breached.text("zh")


RICH = """
- id: state
  who: press
  from: detected
  target: 1 h
  limit: 2 h
  warn: ["50%"]
  escalate: [{to: [lead], after: 30 min, repeat: 30 min, times: 3}]
  fulfilled_by: [told]
  paused_while: {when: [waiting]}
- {id: answer, who: press, from: doubted, each: true, within: 20 min, fulfilled_by: [answered]}
- {id: alarm, who: duty, level: [high], from: detected, within: 30 min, fulfilled_by: [reported]}
- {id: watch, who: duty, from: detected, continuous: true, until: [subsided]}
- {id: news, who: press, from: published, recurring: {every: 1 h}, until: [subsided], fulfilled_by: [progress]}
"""
MINUTES = st.integers(0, 600)


@st.composite
def cases(draw, make_plan):
    """A case of that plan with events in any order of recording, some recorded late."""
    from workflow.cases import Case
    from workflow.errors import WorkflowError

    plan = _PLANS.setdefault("rich", make_plan(RICH))
    case = Case.open(plan, "c", at=day("08:00"), level=draw(st.sampled_from(["low", "high"])))
    names = ["told", "answered", "asked", "got-answer", "published", "subsided", "doubted"]
    names += ["worsened", "reported", "progress", "reclassified"]
    for _ in range(draw(st.integers(0, 10))):
        minute = draw(MINUTES)
        late = draw(st.sampled_from([0, 0, 7, 200]))
        start = to_instant(day("08:00"))
        at = start + minute * 60_000_000
        recorded = max(at + late * 60_000_000, case.log.newest)
        name = draw(st.sampled_from(names))
        level = draw(st.sampled_from(["low", "high"])) if name == "reclassified" else None
        try:
            case = case.record(name, at=_moment(at), recorded_at=_moment(recorded), level=level)
        except WorkflowError:
            continue  # not legal there: the case is unchanged
    return case


_PLANS = {}


def _moment(instant):
    from workflow.instants import to_moment, zone_of

    return to_moment(instant, zone_of("Asia/Shanghai"))


@given(st.data())
def test_splitting_the_span_anywhere_gives_the_same_notices(make_plan, data):
    case = data.draw(cases(make_plan))
    start = to_instant(day("08:00"))
    cut = start + data.draw(st.integers(-5, 1000)) * 60_000_000 + data.draw(st.integers(-1, 1))
    until = start + 1500 * 60_000_000
    whole = case.notices_between(None, until)
    assert whole == case.notices_between(None, cut) + case.notices_between(cut, until)
    assert [notice.instant for notice in whole] == sorted(notice.instant for notice in whole)
    assert len({notice.id for notice in whole}) == len(whole)


def outcome(status):
    """All that a status says of its clocks, apart from the time left."""
    return [
        (clock.id, clock.state, clock.due_instant, clock.target_instant, clock.target_missed)
        for clock in status
    ]


def told_at_once(case):
    """The case as it would be had every event been recorded when it happened."""
    happened = enumerate(case.log.happened)
    events = [attrs.evolve(it, recorded=it.instant, seq=number) for number, it in happened]
    return type(case).from_events(case.plan, case.id, events)


@given(st.data())
def test_nothing_changes_between_now_and_the_next_wakeup_and_something_changes_at_it(
    make_plan, data
):
    case = data.draw(cases(make_plan))
    start = to_instant(day("08:00"))
    now = start + data.draw(st.integers(0, 1200)) * 60_000_000
    wake = case.next_wakeup_instant(now)
    assert wake == case.status_at(now).next_wakeup_instant
    later = (now + 10**12) if wake is None else wake - 1
    between = data.draw(st.integers(now, later))
    # Notices follow what was known: that is all of the log once everything has arrived.
    all_known = all(event.arrival <= now for event in case.events)
    assert outcome(case.status_at(between)) == outcome(case.status_at(now))
    if all_known:
        assert case.notices_between(now, between) == ()
    if wake is not None:
        changed = outcome(case.status_at(wake)) != outcome(case.status_at(now))
        # An escalation changes no outcome; it is told if the events had been known by then.
        assert (
            changed
            or told_at_once(case).notices_between(wake - 1, wake)
            or wake in {event.instant for event in case.events}
        )


@given(st.data())
def test_the_status_is_unchanged_by_evaluating_earlier_or_more_often(make_plan, data):
    case = data.draw(cases(make_plan))
    start = to_instant(day("08:00"))
    instants = data.draw(st.lists(st.integers(0, 900), min_size=1, max_size=5))
    for minute in instants:
        case.status_at(start + minute * 60_000_000)
        case.notices_between(None, start + minute * 60_000_000)
    fresh = type(case).from_events(case.plan, case.id, case.events)
    now = start + instants[-1] * 60_000_000
    assert outcome(case.status_at(now)) == outcome(fresh.status_at(now))


@pytest.mark.parametrize("known", ["11:59", "12:00"])
def test_what_was_known_at_an_instant_is_what_had_been_recorded_by_then(opened, known):
    owed = "- {id: call, who: duty, from: detected, within: 30 min, fulfilled_by: [told]}"
    case = opened(owed).record("told", at=day("09:00"), recorded_at=day("12:00"))
    state = case.status(day("12:30"), known_at=day(known))["call"].state
    assert state is (State.MET if known == "12:00" else State.OVERDUE)


def test_a_pause_is_told_by_the_due_instant_that_follows_it(opened):
    owed = """
- id: fix
  who: duty
  from: detected
  within: 2 h
  fulfilled_by: [told]
  paused_while: {when: [waiting]}
"""
    case = opened(owed).record("asked", at=day("09:00")).record("got-answer", at=day("09:45"))
    notice, *rest = case.notices(None, day("11:00"))
    assert (notice.kind, notice.at.format("HH:mm")) == (NoticeKind.DUE_CHANGED, "09:45")
    assert to_instant(notice.data["due"]) == to_instant(day("11:25"))
    assert rest == []
