"""What the plans in a store call things: the last version names them, and plans that disagree do not."""

from workflow.engine import Engine, SimulatedTime
from workflow.plans import loads
from workflow.plans.text import Text
from workflow.reports.duties import report
from workflow.reports.known_plans import KnownPlans
from workflow.reports.words import line_rows, span_line

PLAN = """
workflow: 1
name: {name}
version: "{version}"
title: Plan {name}
timezone: {zone}
roles: {{duty: {role}}}
levels: [{{id: high, title: High}}]
stages: [{{id: detect}}, {{id: closed}}]
opens: [found]
events: {{found: Found, told: Told, finished: Finished}}
transitions: [{{event: finished, from: open, to: closed}}]
obligations: [{{id: tell, title: {tell}, who: duty, from: found, within: 1 h, fulfilled_by: told}}]
"""


def plan(name="a", version="1", zone="Asia/Shanghai", role="Officer", tell="Tell"):
    return loads(PLAN.format(name=name, version=version, zone=zone, role=role, tell=tell))


def engine_with(*plans):
    engine = Engine("memory://", plans, time_source=SimulatedTime("2026-03-02T00:00Z"))
    for number, each in enumerate(plans):
        one = Engine(engine.store, [each], time_source=engine.time)
        one.open(each.name, f"c-{number}", at="2026-03-02T00:00Z", level="high")
    return engine


def known(engine):
    with engine.store.reading() as unit:
        return KnownPlans.of(unit)


def test_the_last_version_names_a_duty_and_ten_comes_after_nine():
    engine = Engine("memory://", time_source=SimulatedTime("2026-03-02T00:00Z"))
    for number, version in enumerate(("1.9", "1.10", "1.2")):
        one = Engine(engine.store, [plan(version=version, tell=f"Tell {version}")])
        one.open("a", f"c-{number}", at="2026-03-02T00:00Z", level="high")
    assert known(engine).duty("a", "tell").title == Text("Tell 1.10")


def test_a_role_that_two_plans_call_differently_keeps_its_id_where_they_are_counted_together():
    engine = engine_with(plan(), plan(name="b", role="Clerk"))
    made = report(engine, by=("role", "level"), now="2026-03-02T00:00Z")
    assert [row[:2] for row in line_rows(made, "en")] == [["duty", "High"]]
    apart = report(engine, by=("plan", "role"), now="2026-03-02T00:00Z")
    assert [row[:2] for row in line_rows(apart, "en")] == [
        ["Plan a", "Officer"],
        ["Plan b", "Clerk"],
    ]
    duties = report(engine, by=("role", "obligation"), now="2026-03-02T00:00Z")
    assert [row[0] for row in line_rows(duties, "en")] == ["Officer", "Clerk"]


def test_a_report_over_several_zones_is_told_in_utc_and_over_one_in_its_own():
    one = report(engine_with(plan()), since="2026-03-02T00:00Z", now="2026-03-02T02:00Z")
    assert (one.zone, one.now) == ("Asia/Shanghai", "2026-03-02T10:00:00+08:00")
    assert span_line(one, "en") == "Duties that started from 2026-03-02 08:00 +08:00 on."
    two = report(
        engine_with(plan(), plan(name="b", zone="Europe/Berlin")),
        until="2026-03-02T02:00Z",
        now="2026-03-02T02:00Z",
    )
    assert (two.zone, two.now) == ("UTC", "2026-03-02T02:00:00+00:00")
    assert span_line(two, "en") == "Duties that started before 2026-03-02 02:00 +00:00."
    assert {it.zone for it in two.waiting} == {"Asia/Shanghai", "Europe/Berlin"}


def test_what_no_kept_plan_names_is_called_nothing():
    assert known(Engine("memory://")).zone("gone").name == "UTC"
    nothing = KnownPlans({})
    assert nothing.duty("gone", "it") is None
    assert nothing.title("gone") == nothing.called("gone", "role", "it") == Text()
