"""A case under random plans and random events agrees, at every step, with the naive judge.

The judge (`tests/oracle/naive_case.py`) is written from the sentences of the design's "Clocks over
a case" and shares no code with the package.
"""

import datetime as dt
import itertools
import random

import naive_case
from hypothesis import event as note_event
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from workflow.cases import Case
from workflow.errors import EventError
from workflow.plans import loads

OPENED = dt.datetime(2026, 3, 2, 8, 40, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
VERSIONS = itertools.count(1)
HEAD = """
workflow: 1
name: model
version: "{version}"
timezone: Asia/Shanghai
roles: {{duty: {{en: Duty}}, press: {{en: Press}}, city: {{en: City}}, lead: {{en: Lead}}}}
levels: [{{id: high, title: High}}, {{id: low, title: Low}}]
conditions: {{waiting: {{en: Waiting}}}}
stages: [{{id: detect}}, {{id: assess}}, {{id: respond}}, {{id: closed}}]
opens: [detected]
events:
  detected: {{en: Found}}
  told: {{en: Told}}
  doubted: {{en: Doubted}}
  granted: {{en: Extension granted}}
  began-anew: {{en: Began anew}}
  subsided: {{en: Subsided}}
  assessed: {{en: Assessed}}
  published: {{en: Published}}
  worsened: {{en: Worsened}}
  finished: {{en: Finished}}
  false-alarm: {{en: False alarm}}
  reopened: {{en: Reopened}}
  asked: {{en: Asked, sets: [waiting]}}
  got-answer: {{en: Answered, clears: [waiting]}}
transitions:
  - {{event: assessed, from: [detect], to: assess}}
  - {{event: published, from: [detect, assess], to: respond}}
  - {{event: worsened, from: [respond], to: assess}}
  - {{event: finished, from: [respond], to: closed}}
  - {{event: false-alarm, from: open, to: closed, withdraws: true}}
  - {{event: reopened, from: [closed], to: assess}}
obligations:
"""
TYPES = [
    "told",
    "told",
    "doubted",
    "granted",
    "began-anew",
    "subsided",
    "assessed",
    "published",
    "worsened",
    "finished",
    "false-alarm",
    "reopened",
    "asked",
    "got-answer",
    "reclassified",
    "reclassified",
    "approved",
    "returned",
    "supplemented",
]
MINUTES = st.sampled_from((7, 30, 60, 95, 200))


@st.composite
def duties(draw, name):
    """One random obligation, as the naive judge reads it."""
    owed = {"id": name, "who": draw(st.sampled_from((["duty"], ["duty", "press"])))}
    owed["fulfilled_by"] = ["told"]
    kind = draw(st.sampled_from(("plain", "plain", "plain", "each", "continuous", "before")))
    if kind == "before":
        return owed | {"before": "published"}
    owed["from"] = draw(st.sampled_from((["detected"], ["detected"], ["assessed", "published"])))
    if kind == "continuous":
        del owed["fulfilled_by"]
        return owed | {"continuous": True, "until": ["subsided"], "fulfilled_by": []}
    if kind == "each":
        owed |= {"each": True, "from": ["doubted"]}
    owed["limit"] = draw(MINUTES)
    some = st.booleans()
    by = draw(st.sampled_from(("level", "by_level", "by_level", "target")))
    if by == "level":
        owed |= {"level": ["high"], "newly": draw(st.sampled_from(NEWLY))}
    elif by == "by_level":
        owed |= {"by_level": {"high": {"limit": draw(MINUTES)}}}
        owed["changed"] = draw(st.sampled_from(CHANGED))
    else:
        owed["target"] = max(owed["limit"] // 2, 1)
    if draw(some):
        owed["paused"] = draw(st.sampled_from(("waiting", "assess")))
    if draw(some):
        owed["extended_by" if draw(some) else "restarted_by"] = ["granted"]
    if draw(some) and "level" not in owed:
        owed["until"] = ["subsided"]
    more = draw(st.sampled_from(("", "", "to", "states", "approvals", "requires")))
    if more:
        owed[more] = {
            "to": ["city", "lead"],
            "states": ["time", "place"],
            "approvals": ["lead", "city"],
            "requires": ["doubted"],
        }[more]
    return owed


NEWLY = ("restart", "from_anchor", "ignore")
CHANGED = ("restart", "from_anchor", "stricter", "remaining")


def written(owed):
    """The obligation as a plan writes it."""
    parts = [f"id: {owed['id']}", f"who: {_row(owed['who'])}"]
    parts += [f"{k}: {_row(owed[k])}" for k in LISTS if owed.get(k)]
    parts += [f"{k}: true" for k in ("each", "continuous") if owed.get(k)]
    if "before" in owed:
        parts.append(f"before: {owed['before']}")
    if "limit" in owed:
        parts.append(f"limit: {owed['limit']} min")
    if "target" in owed:
        parts.append(f"target: {owed['target']} min")
    if "by_level" in owed:
        limit = owed["by_level"]["high"]["limit"]
        parts.append(f"by_level: {{high: {{limit: {limit} min}}}}")
    if "approvals" in owed:
        parts.append(f"approvals: {{in_order: {_row(owed['approvals'])}}}")
    if "paused" in owed:
        how = {"waiting": "when: [waiting]", "assess": "stage: [assess]"}[owed["paused"]]
        parts.append(f"paused_while: {{{how}}}")
    choices = [f"{k}: {owed[k]}" for k in ("newly", "changed") if k in owed]
    if choices:
        parts.append(f"reclassified: {{{', '.join(choices)}}}")
    return f"  - {{{', '.join(parts)}}}\n"


LISTS = [
    "from",
    "fulfilled_by",
    "level",
    "until",
    "to",
    "states",
    "requires",
    "extended_by",
    "restarted_by",
]


def _row(names):
    return f"[{', '.join(names)}]"


def plan_of(owed):
    return loads(HEAD.format(version=next(VERSIONS)) + "".join(written(it) for it in owed))


def at(minute):
    return OPENED + minute * MINUTE


def said(happened):
    """What `Case.record` is told of an event of the judge."""
    keys = ("by", "to", "states", "of", "level")
    told = {key: happened[key] for key in keys if key in happened}
    if "more" in happened:
        told["data"] = {"by": f"{happened['more']} min"}
    return told


@st.composite
def happenings(draw, present):
    """A random event; its minute lies some way before or after the newest."""
    kind = draw(st.sampled_from(TYPES))
    found = {"type": kind, "at": max(present + draw(st.integers(-15, 25)), 1)}
    if kind == "reclassified":
        found["level"] = draw(st.sampled_from(("high", "low")))
    elif kind == "granted":
        found["more"] = draw(MINUTES)
    elif kind == "approved":
        found["by"] = draw(st.sampled_from(("lead", "city")))
    elif kind in {"told", "supplemented"}:
        by = draw(st.sampled_from((None, None, "duty", "press")))
        found |= {"by": by} if by else {}
        to = draw(st.sampled_from((None, ["city"], ["lead"], ["city", "lead"])))
        found |= {"to": to} if to else {}
        found["states"] = draw(st.sampled_from(([], ["time"], ["place"], ["time", "place"])))
    return found


def in_order(events):
    return sorted(events, key=lambda it: it["at"])  # stable: the order of recording decides ties


def compared(case, owed, events, now, known_at=None):
    """Say where the case and the judge differ at that minute, if they do."""
    status = case.status(at(now), known_at=None if known_at is None else at(known_at))
    for duty in owed:
        right = naive_case.judge(duty, in_order(events), now)
        shown = [
            (it.state.value, _minute(it.due_instant), _minute(it.target_instant))
            for it in status.of(duty["id"])
        ]
        assert [it[0] for it in shown] == [it[0] for it in right], (duty, events, now)
        for one, judged in zip(shown, right, strict=True):
            if judged[0] not in {"pending", "paused", "withdrawn"} and "before" not in duty:
                assert one[1:] == judged[1:], (duty, events, now)


def _minute(instant):
    return None if instant is None else (instant - int(OPENED.timestamp()) * 10**6) / 60_000_000


class CaseAgainstTheJudge(RuleBasedStateMachine):
    """Records random events and asks both, at every step, how each clock stands."""

    @initialize(owed=st.tuples(duties("one"), duties("two"), duties("three")), level=st.booleans())
    def a_case_opens(self, owed, level):
        self.owed = owed
        self.events = [{"type": "detected", "at": 0} | ({"level": "low"} if level else {})]
        self.case = Case.open(plan_of(owed), "c-1", at=at(0), **said(self.events[0]))
        self.now = 0

    @rule(data=st.data())
    def something_happens(self, data):
        self._happens(data.draw(happenings(self.now)))

    @rule(data=st.data(), times=st.integers(3, 8))
    def much_happens(self, data, times):
        for _ in range(times):
            self._happens(data.draw(happenings(self.now)))

    def _happens(self, new):
        events = in_order([*self.events, new])
        recorded = max(self.now, new["at"])
        may = naive_case.legal(events)
        if new["type"] == "approved" and not any("approvals" in it for it in self.owed):
            may = False  # a plan that asks for no approval knows nobody who may give one
        try:
            case = self.case.record(
                new["type"], at=at(new["at"]), recorded_at=at(recorded), **said(new)
            )
        except EventError:
            assert not may, (new, self.events)
            naive_case.covered("illegal event refused")
            return
        assert may, (new, self.events)
        note_event(new["type"])
        if new["at"] < self.now:
            naive_case.covered("late record")
        self.case = case
        self.events.append(new | {"recorded": recorded})
        self.now = recorded

    @rule(minutes=st.integers(1, 90))
    def time_passes(self, minutes):
        self.now += minutes

    @invariant()
    def every_clock_is_as_judged(self):
        if hasattr(self, "case"):
            compared(self.case, self.owed, self.events, self.now)
            compared(self.case, self.owed, self.events, self.now + 45)

    @rule(back=st.integers(0, 60))
    def what_was_known_before_is_as_judged(self, back):
        known_at = max(self.now - back, 0)
        known = [it for it in self.events if it.get("recorded", 0) <= known_at]
        naive_case.covered("known at")
        compared(self.case, self.owed, known, self.now, known_at)

    @rule(seed=st.integers(0, 9))
    def the_order_of_recording_changes_no_outcome(self, seed):
        rest = self.events[1:]
        if len({it["at"] for it in self.events}) < len(self.events):
            return  # among events of one instant the order of recording decides
        random.Random(seed).shuffle(rest)  # noqa: S311 - the order need not be secret
        case = Case.open(self.case.plan, "c-1", at=at(0), **said(self.events[0]))
        for it in rest:
            try:
                case = case.record(
                    it["type"], at=at(it["at"]), recorded_at=at(self.now), **said(it)
                )
            except EventError:
                return  # not every order is a legal path at every step
        naive_case.covered("shuffled recording")
        assert outcome(case, self.now) == outcome(self.case, self.now)


def outcome(case, now):
    return [(it.id, it.state, it.due, it.fulfilled_at) for it in case.status(at(now))]


TestCaseModel = CaseAgainstTheJudge.TestCase
TestCaseModel.settings = settings(stateful_step_count=16)


def test_the_rules_that_the_model_covers_are_counted_and_printed(capsys):
    with capsys.disabled():
        print()
        for name, count in sorted(naive_case.COVERED.items()):
            print(f"  {count:>9,}  {name}")
