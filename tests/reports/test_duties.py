"""Reports on duties from a store: figures agree with the cases, months follow the plan's zone."""

import csv
import io
import random
from collections import Counter

import pytest

from workflow.engine import Engine, SimulatedTime
from workflow.errors import WorkflowError
from workflow.instants import to_instant, to_moment, zone_of
from workflow.plans import loads
from workflow.reports.duties import report
from workflow.reports.months import months
from workflow.reports.page import page

PLAN = """
workflow: 1
name: small
version: "1"
timezone: Asia/Shanghai
roles: {duty: Duty officer}
stages: [{id: detect}, {id: closed}]
opens: [found]
conditions: {waiting: Waiting}
events:
  found: Found
  reported: Reported
  finished: Finished
  asked: {en: Asked, sets: [waiting]}
  got: {en: Got, clears: [waiting]}
transitions: [{event: finished, from: open, to: closed}]
obligations:
  - {id: report, title: "Report <it>", who: duty, from: found, within: 30 min,
     fulfilled_by: [reported], clause: "Report within 30 minutes & no later."}
  - {id: answer, who: duty, from: found, within: 3 h, fulfilled_by: [got],
     paused_while: {when: [waiting]}}
  - {id: soon, who: duty, from: found, within: promptly, fulfilled_by: [finished]}
"""
FIRST = to_instant("2026-01-30T20:00+00:00")
HOUR = 3_600_000_000
NOW = FIRST + 200 * HOUR


def lived(url, seed):
    """An engine on which a few cases have lived, and its plan."""
    dice = random.Random(seed)  # noqa: S311 - a test, no secret
    utc, time = zone_of("UTC"), SimulatedTime("2026-01-30T20:00+00:00")
    engine = Engine(url, [loads(PLAN)], time_source=time)
    opened = sorted(dice.randrange(100) * HOUR // 2 for _ in range(8))
    for number, after in enumerate(opened):
        at = FIRST + after
        time.move_to(max(to_moment(at, utc), to_moment(time.now(), utc)))
        engine.open("small", f"c-{number}", at=to_moment(at, utc))
        for event in ("reported", "asked", "got", "finished"):
            if dice.random() < 0.6:
                at += dice.randrange(1, 100) * 60_000_000
                time.move_to(max(to_moment(at, utc), to_moment(time.now(), utc)))
                engine.record(f"c-{number}", event, at=to_moment(at, utc))
    return engine


def outcome(clock):
    """What a clock came to, from its case alone."""
    state = clock.state.value
    if state == "met" and clock.due_instant is None:
        return "unlimited"
    known = {"met": "on_time", "met_late": "late", "overdue": "overdue", "withdrawn": "withdrawn"}
    return known.get(state, "open")


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
@pytest.mark.parametrize("seed", range(4))
def test_a_report_counts_what_the_cases_themselves_say(kind, seed, tmp_path):
    url = "memory://" if kind == "memory" else f"sqlite:///{tmp_path / 'cases.db'}"
    now = to_moment(NOW, zone_of("UTC"))
    with lived(url, seed) as engine:
        expected = Counter()
        for name in engine.cases():
            for clock in engine.status(name, now).clocks:
                if clock.start_instant is not None:
                    month = to_moment(clock.start_instant, zone_of("Asia/Shanghai"))
                    key = (f"small:{clock.obligation.id}", f"{month:%Y-%m}")
                    expected[*key, outcome(clock)] += 1
        made = report(engine, by=("obligation", "month"), now=now)
    found = Counter()
    for line in made.lines:
        for name in ("on_time", "late", "unlimited", "overdue", "open", "withdrawn"):
            found[*line.key, name] += getattr(line.rates, name)
    assert +found == expected
    assert made.totals.count == sum(expected.values())


def test_months_begin_at_local_midnight_and_leave_no_gap():
    since, until = to_instant("2026-02-10T00:00+01:00"), to_instant("2026-05-01T00:00+02:00")
    found = list(months(since, until, zone_of("Europe/Berlin")))
    assert [name for name, _, _ in found] == ["2026-02", "2026-03", "2026-04"]
    assert found[0][1] == since
    assert found[-1][2] == until
    assert found[1][1:] == (
        to_instant("2026-03-01T00:00+01:00"),
        to_instant("2026-04-01T00:00+02:00"),
    )


def test_december_is_followed_by_january():
    since, until = to_instant("2025-12-31T00:00+00:00"), to_instant("2026-01-02T00:00+00:00")
    assert [it[0] for it in months(since, until, zone_of("UTC"))] == ["2025-12", "2026-01"]


def test_the_worst_clause_is_named_with_its_wording():
    engine = Engine("memory://", [loads(PLAN)], time_source=SimulatedTime("2026-01-01T00:00Z"))
    engine.open("small", "a", at="2026-01-01T00:00Z")
    made = report(engine, now="2026-01-01T00:31Z")
    assert [(it.obligation, it.clause) for it in made.worst] == [
        ("report", "Report within 30 minutes & no later.")
    ]
    assert made.to_json()["totals"]["overdue"] == 1
    assert made.to_json()["totals"]["on_time_rate"] == 0
    rows = list(csv.DictReader(io.StringIO(made.csv())))
    assert [row["obligation"] for row in rows] == ["small:answer", "small:report", "small:soon"]
    drawn = page(made, lang="en")
    assert "Report &lt;it&gt;" in drawn
    assert "<it>" not in drawn
    assert "http://" not in drawn.replace("http://www.w3.org/2000/svg", "")
    assert 'lang="zh"' in page(made, lang="zh")


@pytest.mark.parametrize("seed", range(4))
def test_what_is_open_or_overdue_now_is_listed_by_its_limit(seed):
    now = to_moment(NOW, zone_of("UTC"))
    with lived("memory://", seed) as engine:
        owed = sorted(
            (clock.due_instant, name, clock.obligation.id)
            for name in engine.cases()
            for clock in engine.status(name, now).clocks
            if clock.ended_instant is None and clock.due_instant is not None
        )
        made = report(engine, now=now, waiting=100)
        few = report(engine, now=now, waiting=2)
    assert [(to_instant(it.due), it.case, it.obligation) for it in made.waiting] == owed
    assert few.waiting == made.waiting[:2]
    assert [it.overdue for it in made.waiting] == [due < NOW for due, _, _ in owed]


def test_every_form_of_a_report_lists_what_waits():
    engine = Engine("memory://", [loads(PLAN)], time_source=SimulatedTime("2026-01-01T00:00Z"))
    engine.open("small", "a", at="2026-01-01T00:00Z")
    made = report(engine, now="2026-01-01T00:31Z")
    assert [(it["obligation"], it["seconds_left"]) for it in made.to_json()["waiting"]] == [
        ("report", -60),
        ("answer", 2 * 3600 + 29 * 60),
    ]
    rows = list(csv.DictReader(io.StringIO(made.waiting_csv())))
    assert [(it["obligation"], it["overdue"], it["role"]) for it in rows] == [
        ("report", "true", "duty"),
        ("answer", "false", "duty"),
    ]
    assert rows[0]["due"] == "2026-01-01T08:30:00+08:00"
    assert "1 min late" in page(made)
    assert "逾期 1" in page(made, lang="zh")


def test_nothing_kept_is_an_empty_report_with_no_rate():
    made = report(Engine("memory://"), by=("month",))
    assert made.lines == ()
    assert made.totals.on_time_rate is None
    assert "–" in page(made)


@pytest.mark.parametrize("by", [("size",), ("plan", "plan"), "plan"])
def test_what_cannot_be_counted_by_is_refused(by):
    with pytest.raises(WorkflowError, match="cannot count by"):
        report(Engine("memory://"), by=by)


def test_a_store_needs_to_be_told_the_present():
    with pytest.raises(WorkflowError, match="does not know what time it is"):
        report(Engine("memory://").store)


def test_a_duty_that_lasts_is_done_and_has_no_time_to_its_fulfilment():
    watch = "  - {id: watch, who: duty, from: found, continuous: true, until: [finished]}\n"
    time = SimulatedTime("2026-01-01T00:00Z")
    engine = Engine("memory://", [loads(PLAN + watch)], time_source=time)
    engine.open("small", "a", at="2026-01-01T00:00Z")
    time.move_to("2026-01-02T00:00Z")
    engine.record("a", "finished", at="2026-01-02T00:00Z")
    made = report(engine, by=("obligation",))
    found = {line.key[0]: line.rates for line in made.lines}
    assert (found["small:watch"].unlimited, found["small:watch"].minutes(50)) == (1, None)
    assert (found["small:soon"].unlimited, found["small:soon"].minutes(50)) == (1, 1440)
    assert made.totals.minutes(50) == 1440
