"""The timetable of a plan as a swim-lane chart by role."""

import xml.etree.ElementTree as ET

import pytest
from rich_case import rich_plan

from workflow.cases.timetable import timetable
from workflow.cases.timetable_row import When
from workflow.errors import UnknownNameError
from workflow.instants import to_instant
from workflow.pictures import timetable_chart
from workflow.pictures.axis import Axis
from workflow.pictures.lanes import MARGIN
from workflow.pictures.timetable_chart import PLOT, WIDTH
from workflow.plans import load, names

SVG = "{http://www.w3.org/2000/svg}"
START = "2026-03-02T08:40+08:00"


def parsed(drawn):
    return ET.fromstring(drawn)  # noqa: S314 - our own text


def level_of(plan):
    return plan.levels[0].id if plan.levels else None


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", names())
def test_every_duty_and_everyone_who_owes_appears(name, lang):
    plan = load(name)
    rows = timetable(plan, level_of(plan), START)
    root = parsed(timetable_chart(plan, level_of(plan), START, lang=lang))
    drawn = [it.get("data-obligation") for it in root.iter() if it.get("data-obligation")]
    assert sorted(drawn) == sorted(row.obligation.id for row in rows)
    lanes = [it.get("data-who") for it in root.iter() if it.get("data-who")]
    assert len(lanes) == len(set(lanes))
    for row in rows:
        for role in row.obligation.who:
            assert any((plan.role(role).title.words(lang) or role) in lane for lane in lanes)
    said = "".join(root.itertext())
    for row in rows:
        assert row.obligation.title.words(lang) in said
        assert row.rule_words(lang) in said or row.when is When.DATED


@pytest.mark.parametrize("name", names())
def test_bars_lie_from_the_anchor_to_the_last_time(name):
    plan = load(name)
    rows = [it for it in timetable(plan, level_of(plan), START) if it.when is When.DATED]
    root = parsed(timetable_chart(plan, level_of(plan), START))
    points = [
        it for row in rows for it in (row.anchor_instant, row.target_instant, row.limit_instant)
    ]
    found = {it.get("data-bar"): it for it in root.iter() if it.get("data-bar")}
    assert found.keys() == {row.obligation.id for row in rows}
    points = [it for it in points if it is not None]
    axis = Axis.through(
        [*points, to_instant(START)], left=PLOT, right=WIDTH - MARGIN, zone=plan.zone
    )
    for row in rows:
        bar = found[row.obligation.id].find(f"{SVG}rect")
        last = max(it for it in (row.target_instant, row.limit_instant) if it is not None)
        start = last if row.anchor_instant is None else min(row.anchor_instant, last)
        assert float(bar.get("x")) == pytest.approx(axis.x(start), abs=0.02)
        wide = max(axis.x(last) - axis.x(start), 1.5)
        assert float(bar.get("width")) == pytest.approx(wide, abs=0.02)


def test_lanes_follow_the_plans_order_of_roles():
    root = parsed(timetable_chart(rich_plan(), "high", START))
    lanes = [it.get("data-who") for it in root.iter() if it.get("data-who")]
    assert lanes == [
        "Duty officer", "Office", "City", "Press officer", "Press officer or Lead group",
        "Lead group",
    ]  # fmt: skip


def test_a_level_must_be_given_where_the_plan_has_levels():
    with pytest.raises(UnknownNameError):
        timetable_chart(rich_plan(), None, START)


def test_words_that_markup_would_read_are_escaped():
    drawn = timetable_chart(rich_plan(), "high", START)
    assert "<at once>" not in drawn
    assert "Report <at once> &" in "".join(parsed(drawn).itertext())


def test_the_same_plan_gives_the_same_chart():
    assert timetable_chart(rich_plan(), "high", START) == timetable_chart(
        rich_plan(), "high", START
    )
