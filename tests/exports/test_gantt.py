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
    room, head, *rest = gantt(status, lang).splitlines()
    assert re.fullmatch(r'%%\{init: \{"gantt": \{"leftPadding": \d+\}\}\}%%', room)
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


def padding(text):
    found = re.search(r"leftPadding\W+(\d+)", text)
    return None if found is None else int(found[1])


def test_long_names_of_those_who_owe_get_room_beside_the_bars(status):
    # "Press officer or Lead group" is 27 letters of at most 7 pixels and a margin of 20.
    assert padding(gantt(status, "en")) == 27 * 7 + 20
    # 新闻发言人或领导组 is 9 characters of at most 12 pixels.
    assert padding(gantt(status, "zh")) == 9 * 12 + 20


def test_short_names_leave_the_room_to_mermaid():
    owed = "- {id: tell, who: city, from: detected, within: 1 h, fulfilled_by: told}"
    found = gantt(opened(owed).status(at(1)), "zh")  # 市办公室: 4 * 12 + 20 is less than 75
    assert found.startswith("gantt\n")


def test_a_title_has_no_character_that_mermaid_escapes_twice(status):
    (title,) = (line for line in gantt(status).splitlines() if line.startswith("    title "))
    assert not set("<>&") & set(title)
