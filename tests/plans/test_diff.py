"""What another version of a plan adds, drops, tightens, loosens or changes."""

import attrs
import pytest

from workflow import plans
from workflow.plans.diff import ChangeKind, diff

OLD = """\
workflow: 1
name: city
version: "1"
timezone: Asia/Shanghai
calendars: {office: {hours: {mon-fri: ["09:00-17:00"]}}}
calendar: office
roles: {office: {en: Office}, head: {en: Head}}
levels: [{id: major}, {id: minor}]
parameters: {reply-time: {en: Time for a reply, value: 3 days}}
stages: [{id: detect}, {id: respond}, {id: closed}]
opens: [detected]
events: {detected: Found, answered: Answered, ended: Ended}
transitions:
  - {event: answered, from: [detect], to: respond}
  - {event: ended, from: open, to: closed}
obligations:
  - {id: answer, who: office, from: detected, target: 1 h, within: 2 h, fulfilled_by: answered}
  - {id: write, from: detected, within: {parameter: reply-time}, fulfilled_by: answered}
"""


def differences(*edits):
    text = OLD
    for before, after in edits:
        assert before in text, before
        text = text.replace(before, after, 1)
    return [change.text() for change in diff(plans.loads(OLD), plans.loads(text)).changes]


@pytest.mark.parametrize("name", plans.names())
def test_a_plan_differs_in_nothing_from_itself(name):
    found = diff(plans.load(name), plans.load(name))

    assert not found
    assert found.text().endswith("No difference.")


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        (
            [("within: 2 h", "within: 90 min")],
            ["tightened: obligation answer, within: 2 h -> 90 min"],
        ),
        ([("within: 2 h", "within: 3 h")], ["loosened: obligation answer, within: 2 h -> 3 h"]),
        ([("target: 1 h, ", "")], ["loosened: obligation answer, target: 1 h -> -"]),
        (
            [("target: 1 h", "target: 30 min")],
            ["tightened: obligation answer, target: 1 h -> 30 min"],
        ),
        (
            [("within: 2 h", "within: 2 days")],
            ["changed: obligation answer, within: 2 h -> 2 days"],
        ),
        ([("2 h, ", "2 h, soft: true, ")], ["loosened: obligation answer: duty -> advice"]),
        (
            [("within: 2 h", "within: 2 h, by_level: {major: {target: 1 h, within: 1 h}}")],
            ["tightened: obligation answer, by_level.major.within: 2 h -> 1 h"],
        ),
        (
            [("value: 3 days", "value: 2 days")],
            [
                "tightened: parameter reply-time, value: 3 days -> 2 days",
                "tightened: obligation write, within: 3 days -> 2 days",
            ],
        ),
        (
            [("value: 3 days", "value: {calendar_days: 2, rollover: next_working_day}")],
            [
                (
                    "changed: parameter reply-time, value: 3 days -> 2 days, "
                    "a last day off moves to the next working day"
                ),
                (
                    "changed: obligation write, within: 3 days -> 2 days, "
                    "a last day off moves to the next working day"
                ),
            ],
        ),
        ([("who: office", "who: head")], ["changed: obligation answer, who: office -> head"]),
        (
            [("  - {id: write,", "  - {id: post,")],
            ["dropped: obligation write", "added: obligation post"],
        ),
        (
            [("[{id: major}, {id: minor}]", "[{id: minor}, {id: major}, {id: tiny}]")],
            ["added: level tiny", "changed: level, order: major, minor -> minor, major"],
        ),
        ([("Found", "Seen")], ["changed: event detected, title: Found -> Seen"]),
        ([("ended, from: open", "ended, from: [respond]")], ["dropped: transition ended detect"]),
        ([("mon-fri", "mon-sat")], ["changed: calendar office"]),
        ([('version: "1"', 'version: "2"')], ["changed: plan, version: 1 -> 2"]),
        ([("head: {en: Head}", "head: {en: Head}, mayor: {en: Mayor}")], ["added: role mayor"]),
    ],
)
def test_each_difference_is_one_line(edits, expected):
    assert differences(*edits) == expected


def test_the_differences_are_said_in_chinese_too():
    found = diff(plans.loads(OLD), plans.loads(OLD.replace("within: 2 h", "within: 1 h")))

    assert found.text("zh") == "city 1 -> city 1\n收紧：任务 answer，within：2 h -> 1 h"


def test_the_ids_of_a_kind_of_change_are_at_hand():
    found = diff(plans.loads(OLD), plans.loads(OLD.replace("within: 2 h", "within: 1 h")))

    assert found.of(ChangeKind.TIGHTENED) == ("answer",)
    assert found.of(ChangeKind.LOOSENED) == ()


def test_what_is_tightened_one_way_is_loosened_the_other():
    old, new = plans.loads(OLD), plans.loads(OLD.replace("within: 2 h", "within: 1 h"))
    turned = {ChangeKind.TIGHTENED: ChangeKind.LOOSENED}

    assert [turned[it.kind] for it in diff(old, new).changes] == [
        it.kind for it in diff(new, old).changes
    ]


def test_plans_that_say_something_else_differ_in_a_field_that_is_named():
    plan = plans.load("municipal-investment-group")
    for owed in plan.obligations:
        shorter = [attrs.evolve(it, title=attrs.evolve(it.title, en="Other")) if it is owed else it
                   for it in plan.obligations]  # fmt: skip
        found = diff(plan, attrs.evolve(plan, obligations=tuple(shorter)))
        assert [(it.id, it.field) for it in found.changes] == [(owed.id, "title")]
