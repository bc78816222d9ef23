"""A case under random plans and random events agrees, at every step, with the naive judge.

The judge (`tests/oracle/naive_case.py`) is written from the sentences of the design's "Clocks over
a case" and shares no code with the package.
"""

import random

import naive_case
import naive_notices
from hypothesis import event as note_event
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from model_plans import (
    LAW_OWED,
    LAW_PLAN,
    MINUTE,
    as_the_law_reads,
    at,
    duties,
    happenings,
    micros,
    plan_of,
    said,
)

from workflow.cases import Case, NoticeKind
from workflow.errors import EventError
from workflow.instants import Instant

UNTRIED = frozenset({"detected", "noted", "plan-changed"})
OPEN = frozenset({"running", "overdue"})
APPROVERS = ("approvals", "any_order")
REPEATED = frozenset({NoticeKind.WARNING, NoticeKind.ESCALATED})


def in_order(events):
    return sorted(events, key=lambda it: it["at"])  # stable: the order of recording decides ties


def judged_at(versions, law, events, now):
    """Every clock of the case by id, as the naive judge finds it from these events."""
    read = in_order(events)
    found = naive_case.clocks(versions, read, now)
    if not law:
        return found
    found = {f"model:{name}": one for name, one in found.items()}
    for duty in LAW_OWED:
        theirs = naive_case.judge(duty, as_the_law_reads(read), now)
        found |= {f"law:{name}": one for name, one in theirs.items()}
    return found


def compared(case, versions, law, events, minute, known_at=None):
    """Say where the case and the judge differ at that minute, if they do."""
    now = micros(minute)
    known = None if known_at is None else Instant(micros(known_at))
    clocks = {it.id: it for it in case.status_at(Instant(now), known)}
    judged = judged_at(versions, law, events, now)
    told = (versions, events, minute)
    states = {name: one["state"] for name, one in judged.items()}
    found = {name: it.state.value for name, it in clocks.items()}
    assert found == states, (found.items() ^ states.items(), told)
    for name, one in judged.items():
        clock = clocks[name]
        if "due" in one and one["state"] not in {"paused", "withdrawn"}:
            assert clock.due_instant == one["due"], (name, told)
            assert clock.target_instant == one.get("target"), (name, told)
        if one["state"] in OPEN and "missing" in one and "recurring" not in one["owed"]:
            shown = [list(clock.missing.recipients), list(clock.missing.states)]
            assert shown == one["missing"], (name, told)
    return judged


def next_change(judged, opening, now):
    """When, with no further event, anything changes, a notice falls or an occurrence opens."""
    found = [it[0] for it in naive_notices.coming(judged) if it[0] > now]
    return min([*found, *opening], default=None)


class CaseAgainstTheJudge(RuleBasedStateMachine):
    """Records random events and asks both, at every step, how each clock stands."""

    @initialize(
        owed=st.tuples(duties("one"), duties("two"), duties("three")),
        low=st.booleans(),
        law=st.booleans(),
    )
    def a_case_opens(self, owed, low, law):
        self.versions, self.law = [owed], law
        opening = {"type": "detected", "minute": 0, "at": micros(0), "arrival": micros(0)}
        self.events = [opening | ({"level": "low"} if low else {})]
        plan = plan_of(owed)
        self.plans = [plan, LAW_PLAN] if law else plan
        self.case = self.opened()
        self.now = 0
        if law:
            naive_case.covered("several plans")

    def opened(self):
        return Case.open(self.plans, "c-1", at=at(0), **said(self.events[0]))

    @rule(data=st.data())
    def something_happens(self, data):
        self._happens(data.draw(happenings(self.now)))

    @rule(data=st.data(), times=st.integers(3, 8))
    def much_happens(self, data, times):
        for _ in range(times):
            self._happens(data.draw(happenings(self.now)))

    @rule(data=st.data(), times=st.integers(2, 5))
    def something_legal_happens(self, data, times):
        for _ in range(times):
            legal = [it for it in self.case.legal_events() if it not in UNTRIED]
            self._happens(data.draw(happenings(self.now, types=legal)))

    def _happens(self, new):
        events = in_order([*self.events, new])
        recorded = max(self.now, new["minute"])
        may = naive_case.legal(events)
        asked = [it for it in self.owed if naive_case.concerns(it, new)]
        roles = {by for it in asked for key in APPROVERS for by in it.get(key, [])}
        if new["type"] == "approved" and new["by"] not in roles:
            may = False  # no duty asks that role for an approval
        if new["type"] == "told" and not self._begun(new):
            may = False
        try:
            case = self.case.record(
                new["type"], at=at(new["minute"]), recorded_at=at(recorded), **said(new)
            )
        except EventError:
            assert not may, (new, self.events)
            naive_case.covered("illegal event refused")
            return
        assert may, (new, self.events)
        note_event(new["type"])
        if new["minute"] < self.now:
            naive_case.covered("late record")
        self.case = case
        self.events.append(
            new | {"recorded": recorded, "arrival": max(new["at"], micros(recorded))}
        )
        self.now = recorded

    @property
    def owed(self):
        """What is owed under the version that now counts, and under the law."""
        return [*self.versions[-1], *(LAW_OWED if self.law else [])]

    @precondition(lambda self: len(self.versions) == 1)
    @rule(
        owed=st.tuples(duties("one"), duties("two"), duties("three")),
        kept=st.sets(st.integers(0, 2), min_size=1, max_size=2),
        back=st.sampled_from((0, 0, 7, 60)),
        now=st.sampled_from((False, False, True)),
    )
    def the_plan_changes(self, owed, kept, back, now):
        """Some duties stay as they were, the others are other ones of the same id."""
        if not now:
            return  # most cases should have a past before their plan changes, and some no change
        owed = tuple(self.versions[0][n] if n in kept else it for n, it in enumerate(owed))
        new = {"type": "plan-changed", "minute": max(self.now - back, 0)}
        new |= {"at": micros(new["minute"])}
        self.versions.append(owed)
        if not naive_case.legal(in_order([*self.events, new])):
            self.versions.pop()
            return  # a closed case follows its plan to the end
        self.case = self.case.change_plan(
            plan_of(owed), at=at(new["minute"]), recorded_at=at(self.now)
        )
        self.events.append(new | {"recorded": self.now, "arrival": micros(self.now)})

    def _begun(self, new):
        """Whether every duty that the event names has begun: what has not cannot be fulfilled."""
        return all(
            any(it["type"] in duty["from"] and it["at"] <= new["at"] for it in self.events)
            for duty in self.owed
            if duty["id"] in new.get("of", []) and duty.get("from") and duty["fulfilled_by"]
        )

    @rule(minutes=st.one_of(st.integers(1, 90), st.sampled_from((600, 1440, 4000))))
    def time_passes(self, minutes):
        self.now += minutes

    @invariant()
    def every_clock_is_as_judged(self):
        if hasattr(self, "case"):
            given = (self.case, self.versions, self.law, self.events)
            compared(*given, self.now + 45)
            self.judged = compared(*given, self.now)

    @invariant()
    def the_next_wakeup_is_exact(self):
        """Nothing changes strictly between now and it, something changes at it."""
        if not hasattr(self, "case"):
            return
        now = Instant(micros(self.now))
        wake = self.case.next_wakeup_instant(now)
        opening = naive_case.openings(self.versions, in_order(self.events), now)
        judged = next_change(self.judged, opening, now)
        assert wake == judged, (wake, judged, self.judged, self.owed, self.events, self.now)
        end = Instant(now + 10_000 * MINUTE if wake is None else wake - 1)
        seen = standing(self.case, now)
        assert standing(self.case, Instant((now + end) // 2)) == seen
        assert standing(self.case, end) == seen
        assert not self.case.notices_between(now, end)
        if wake is not None:
            falls = self.case.notices_between(Instant(wake - 1), wake)
            assert standing(self.case, wake) != seen or falls, (wake, self.versions, self.events)
            naive_case.covered("next wake-up")

    @rule(back=st.integers(0, 2000))
    def notices_are_the_same_however_the_span_is_split(self, back):
        now = Instant(micros(self.now))
        middle = Instant(micros(max(self.now - back, 0)))
        told = self.case.notices_between(None, now)
        first, second = self.case.notices_between(None, middle), ()
        second = self.case.notices_between(middle, now)
        assert told == (*first, *second)
        ids = [it.id for it in told]
        twice = [it for it in told if ids.count(it.id) > 1]
        assert not twice, (twice, self.owed, self.events)
        seen = sorted((it.instant, it.kind.value, it.clock_id, _number(it)) for it in told)
        judged = naive_notices.told(self._judged, self.events, now)
        assert seen == judged, (self.versions, self.events, self.now)
        for notice in told:
            naive_case.covered(f"notice: {notice.kind.value}")

    def _judged(self, known, now):
        return judged_at(self.versions, self.law, in_order(known), now)

    @rule(back=st.integers(0, 60))
    def what_was_known_before_is_as_judged(self, back):
        known_at = max(self.now - back, 0)
        known = [it for it in self.events if it.get("recorded", 0) <= known_at]
        naive_case.covered("known at")
        compared(self.case, self.versions, self.law, known, self.now, known_at)

    @rule(seed=st.integers(0, 9))
    def the_order_of_recording_changes_no_outcome(self, seed):
        rest = self.events[1:]
        if len(self.versions) > 1:
            return  # what a case may record depends on the version that it follows by then
        if len({it["at"] for it in self.events}) < len(self.events):
            return  # among events of one instant the order of recording decides
        random.Random(seed).shuffle(rest)  # noqa: S311 - the order need not be secret
        case = self.opened()
        for it in rest:
            try:
                case = case.record(
                    it["type"], at=at(it["minute"]), recorded_at=at(self.now), **said(it)
                )
            except EventError:
                return  # not every order is a legal path at every step
        naive_case.covered("shuffled recording")
        assert outcome(case, self.now) == outcome(self.case, self.now)


def _number(notice):
    """Which warning or repetition it is."""
    return notice.data.get("number", 0) if notice.kind in REPEATED else 0


def outcome(case, minute):
    found = case.status_at(Instant(micros(minute)))
    return [(it.id, it.state, it.due_instant, it.fulfilled_instant) for it in found]


def standing(case, now):
    """What a wake-up may change."""
    return [(it.id, it.state, it.target_missed) for it in case.status_at(now)]


TestCaseModel = CaseAgainstTheJudge.TestCase
# Half as many as other properties, each of up to 16 steps; at night 2,000, some ten minutes.
TestCaseModel.settings = settings(
    max_examples=min(settings().max_examples // 2, 2000), stateful_step_count=16
)


def test_the_rules_that_the_model_covers_are_counted_and_printed(capsys):
    with capsys.disabled():
        print()
        for name, count in sorted(naive_case.COVERED.items()):
            print(f"  {count:>9,}  {name}")
