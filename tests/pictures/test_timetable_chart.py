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
from workflow.pictures.chart_legend import chart_legend
from workflow.pictures.lanes import MARGIN
from workflow.pictures.timetable_chart import NARROWEST, WIDTH, plot_of
from workflow.plans import load, loads, names

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
        [*points, to_instant(START)], left=plot_of(WIDTH), right=WIDTH - MARGIN, zone=plan.zone
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


def texts(drawn):
    return [
        (it.text, float(it.get("x")), float(it.get("y"))) for it in parsed(drawn).iter(f"{SVG}text")
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_legend_of_a_narrow_chart_breaks_into_lines_within_it(lang):
    rows = timetable(rich_plan(), "high", START)
    axis = Axis.through([to_instant(START)], left=20, right=180, zone=rich_plan().zone)
    parts, end = chart_legend(rows, axis, 0, lang)
    heights = {part.split(' y="')[1].split('"')[0] for part in parts if part.startswith("<text")}
    assert len(heights) > 1
    assert max(float(it) for it in heights) < end


def test_the_legend_names_only_what_is_drawn():
    rows = [it for it in timetable(rich_plan(), "high", START) if it.when is When.WAITING]
    axis = Axis.through([to_instant(START)], left=20, right=1000, zone=rich_plan().zone)
    said = "".join(chart_legend(rows, axis, 0, "en")[0])
    assert "waits for its event" in said
    for other in (">limit<", ">target<", "no number in the text", "quiet time"):
        assert other not in said


def test_a_narrow_chart_leaves_its_bars_more_than_a_third_of_its_width():
    assert (NARROWEST - MARGIN - plot_of(NARROWEST)) / NARROWEST > 1 / 3
    assert plot_of(NARROWEST) < plot_of(1000) < plot_of(WIDTH) == plot_of(2 * WIDTH)


def test_a_plan_without_a_duty_says_so():
    nothing = """
workflow: 1
name: nothing
version: "1"
timezone: UTC
stages: [{id: detect}, {id: closed}]
opens: [found]
events: {found: Found, finished: Finished}
transitions: [{event: finished, from: open, to: closed}]
obligations: []
"""
    said = [it[0] for it in texts(timetable_chart(loads(nothing), None, START))]
    assert "The plan has no duty." in said
    level = nothing.replace("stages:", "levels: [{id: high}]\nstages:")
    said = [it[0] for it in texts(timetable_chart(loads(level), "high", START))]
    assert "The plan has no duty at this level." in said
