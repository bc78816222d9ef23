"""A case as a Mermaid Gantt chart."""

import re

import pytest
from rich_case import NOW, rich_case
from small_plan import at, opened

from workflow.cases import Case, State
from workflow.exports import gantt
from workflow.plans import load

BAR = re.compile(
    r"^    (?P<title>[^:]+) :(?P<tags>(?:\w+, )*)(?P<id>d\d+), (?P<start>\S+), (?P<end>\S+)$"
)


def bars(text):
    return [BAR.match(line) for line in text.splitlines() if " :" in line]


@pytest.fixture(scope="module")
def status():
    return rich_case().status(NOW)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_line_is_one_that_mermaid_reads(status, lang):
    head, *rest = gantt(status, lang).splitlines()
    assert head == "gantt"
    for line in rest:
        keyword = re.match(r"^    (title|dateFormat|axisFormat|section) \S", line)
        assert keyword or BAR.match(line), line


def test_every_duty_that_has_started_has_a_bar_and_late_ones_a_second(status):
    found = bars(gantt(status))
    started = [it for it in status if it.state is not State.PENDING]
    late = [it for it in started if it.overdue_by is not None]
    assert len(found) == len(started) + len(late)
    assert sum("crit" in it["tags"] for it in found) == len(late)
    ids = [it["id"] for it in found]
    assert len(ids) == len(set(ids))


def test_bars_lie_from_start_to_limit_and_from_limit_to_end(status):
    report, late = bars(gantt(status))[:2]
    assert (report["start"], report["end"]) == ("2026-03-02T08:40", "2026-03-02T10:40")
    assert (late["start"], late["end"]) == ("2026-03-02T10:40", "2026-03-02T11:55")


def test_sections_are_those_who_owe(status):
    assert "    section Press officer or Lead group" in gantt(status)
    assert "    section 新闻发言人或领导组" in gantt(status, "zh")


def test_characters_that_end_a_title_are_taken_out(status):
    title = bars(gantt(status))[0]["title"]
    assert not set(title) & set(":;#,")


def test_what_nobody_is_named_for_has_a_section(opened_bare):
    assert "section Nobody named" in gantt(opened_bare)


@pytest.fixture
def opened_bare():
    case = opened("- {id: tell, from: detected, within: 1 h, fulfilled_by: told}")
    return case.status(at(0))


def test_a_case_of_the_library_is_drawn():
    case = Case.open(load("township"), "t", at="2026-03-02T08:40+08:00")
    assert bars(gantt(case.status("2026-03-02T09:40+08:00")))
