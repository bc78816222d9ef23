"""What is exported is what replaying reads."""

from workflow.cases import Case, Event
from workflow.exports import json_lines
from workflow.plans import load
from workflow.reports.json_log import read_json_lines


def test_replaying_an_exported_case_gives_the_same_events():
    plan = load("municipal-investment-group")
    case = Case.open(plan, "c", at="2026-03-02T08:40+08:00", level="major", by="department")
    case = case.record(
        "reported",
        at="2026-03-02T08:55:30.000001+08:00",
        recorded_at="2026-03-02T09:30+08:00",
        by="department",
        to=["leading-group"],
        data={"text": "由电话报告"},
        key="k-1",
    )
    lines = list(json_lines(case))
    assert len(lines) == 2
    assert "由电话报告" in lines[1]
    log = read_json_lines(lines, "export")
    assert log.cases[0].events == case.events


def test_an_event_survives_its_own_json():
    plan = load("township")
    case = Case.open(plan, "c", at="2026-03-02T08:40:00.123456+08:00", to=["town-office"])
    for event in case.events:
        assert Event.from_json(event.to_json()) == event
