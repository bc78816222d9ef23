"""The timeline of a case: what it shows, and that everything lies where the instants say."""

import itertools
import re
import xml.etree.ElementTree as ET

import pytest
from rich_case import NAME, NOW, rich_case, rich_plan

from workflow.cases import Case, State
from workflow.instants import to_instant
from workflow.pictures import timeline, timeline_of
from workflow.pictures.axis import Axis
from workflow.pictures.lanes import LABELS, MARGIN
from workflow.pictures.svg import words
from workflow.pictures.timeline import WIDTH
from workflow.plans import loads
from workflow.testing import sample_plan

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawn):
    return ET.fromstring(drawn)  # noqa: S314 - our own text


def words_of(root):
    return "\n".join("".join(it.itertext()) for it in root.iter() if it.tag != f"{SVG}style")


def bars(root):
    return {it.get("data-clock"): it for it in root.iter(f"{SVG}g") if it.get("data-clock")}


def part(bar, name):
    """The left and right edges of the parts of a bar that carry a class."""
    return [
        (float(it.get("x")), float(it.get("x")) + float(it.get("width")))
        for it in bar.iter(f"{SVG}rect")
        if name in it.get("class").split()
    ]


@pytest.fixture(scope="module")
def case():
    return rich_case()


@pytest.fixture(scope="module")
def status(case):
    return case.status(NOW)


@pytest.fixture(scope="module")
def root(case):
    return parsed(timeline(case, NOW))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_obligation_is_named_in_both_languages(case, lang):
    root = parsed(timeline(case, NOW, lang=lang))
    said = words_of(root)
    for owed in case.plan.obligations:
        assert owed.title.words(lang) in said
    assert root.get("lang") == lang


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_role_that_owes_something_begun_is_named(case, status, lang):
    said = words_of(parsed(timeline(case, NOW, lang=lang, width=2000)))
    for clock in status:
        if clock.state is not State.PENDING:
            for role in clock.obligation.who:
                assert case.plan.role(role).title.words(lang)[:4] in said


def test_there_is_a_bar_for_every_clock_that_has_started(root, status):
    started = {it.id: it.state.value for it in status if it.state is not State.PENDING}
    assert {name: bar.get("data-state") for name, bar in bars(root).items()} == started


def test_what_markup_would_read_is_escaped_and_what_xml_forbids_is_replaced():
    case = Case.open(rich_plan(), "a\x00b]]><script>&amp;", at=NOW, level="high")
    drawn = timeline(case, NOW)
    assert "<script>" not in drawn
    assert "a�b]]><script>&amp;" in words_of(parsed(drawn))
    assert words("\ud800\x1f\ufffe") == "���"


def axis_of(status, case):
    """An axis through the same instants, worked out from the status alone."""
    now = status.now_instant
    points = [now]
    points += [it.instant for it in case.events if it.instant <= now]
    points += [
        it.instant
        for it in case.notices(None, NOW)
        if it.kind.value not in {"met", "met_late", "withdrawn"}
    ]
    for clock in status:
        if clock.state is State.PENDING:
            continue
        points += [clock.start_instant, clock.ended_instant or now]
        if clock.state is not State.WITHDRAWN:
            points += [it for it in (clock.due_instant, clock.target_instant) if it is not None]
    return Axis.through(points, left=LABELS, right=WIDTH - MARGIN, zone=case.plan.zone)


def test_bars_lie_where_the_instants_say(root, status, case):
    axis = axis_of(status, case)
    found = bars(root)
    for clock in status:
        if clock.state is State.PENDING:
            continue
        bar = found[clock.id]
        begins = axis.x(clock.start_instant)
        end = clock.ended_instant or status.now_instant
        due = clock.due_instant
        if due is None or clock.state is State.WITHDRAWN:
            assert part(bar, "wf-open") == [pytest.approx((begins, axis.x(end)), abs=0.02)]
            continue
        assert part(bar, "wf-track") == [pytest.approx((begins, axis.x(due)), abs=0.02)]
        used = axis.x(min(end, due))
        assert part(bar, "wf-used") == [pytest.approx((begins, used), abs=0.02)]
        late = [pytest.approx((axis.x(due), axis.x(end)), abs=0.02)] if end > due else []
        assert part(bar, "wf-part-late") == late


def test_what_is_late_is_hatched_and_what_was_paused_is_dotted(root, case, status):
    axis = axis_of(status, case)
    spans = [("10:00", "15:00"), ("18:00", "20:00")]  # as asked and answered
    wanted = [
        tuple(axis.x(to_instant(f"2026-03-02T{each}+08:00")) for each in span) for span in spans
    ]
    assert part(bars(root)["answer"], "wf-part-paused") == [
        pytest.approx(it, abs=0.02) for it in wanted
    ]
    patterns = {it.get("id") for it in root.iter(f"{SVG}pattern")}
    used = set(re.findall(r"url\(#([^)]+)\)", ET.tostring(root, "unicode")))
    assert used <= patterns
    assert len(used) == 2


def test_notices_stand_as_marks_with_their_sentence(root, case):
    marks = [
        it
        for it in root.iter(f"{SVG}g")
        if it.get("data-notice") and it.find(f"{SVG}title") is not None
    ]
    wanted = sorted(
        it.kind.value
        for it in case.notices(None, NOW)
        if it.kind.value not in {"met", "met_late", "withdrawn"}
    )
    assert sorted(it.get("data-notice") for it in marks) == wanted
    assert {"warning", "target_missed", "breached", "escalated", "due_changed"} <= set(wanted)
    assert NAME in marks[0].find(f"{SVG}title").text


def test_marks_that_would_hide_each_other_stand_apart(root):
    rows = {}
    for it in root.iter(f"{SVG}g"):
        if it.get("data-notice") and it.find(f"{SVG}title") is not None:
            x, y = map(float, re.findall(r"[\d.]+", it.get("transform")))
            rows.setdefault(y, []).append(x)
    for places in rows.values():
        assert all(b - a >= 8.99 for a, b in zip(sorted(places), sorted(places)[1:], strict=False))


def test_stages_and_levels_are_bands_that_touch(root):
    found = {}
    for it in root.iter(f"{SVG}rect"):
        if it.get("data-band"):
            found.setdefault(it.get("y"), []).append(it)
    stages, levels = found.values()
    assert [it.get("data-band") for it in stages] == [
        "Detection", "Assessment", "Response", "Follow-up",
    ]  # fmt: skip
    assert [it.get("data-band") for it in levels] == ["High", "Low"]
    for row in (stages, levels):
        for one, other in itertools.pairwise(row):
            assert float(one.get("x")) + float(one.get("width")) == pytest.approx(
                float(other.get("x")), abs=0.02
            )


def test_a_picture_stands_alone_and_tells_a_reader_what_it_shows(root):
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    title, about = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
    assert NAME in title.text
    assert "3 overdue" in about.text
    style = root.find(f"{SVG}style").text
    assert "prefers-color-scheme:dark" in style
    assert "http" not in style


def test_nothing_is_drawn_outside_the_sheet(root):
    width = float(root.get("width"))
    for it in root.iter(f"{SVG}rect"):
        if it.get("x") and it.get("x") != "-7":  # a sign of the legend has a place of its own
            assert 0 <= float(it.get("x")) <= float(it.get("x")) + float(it.get("width")) <= width


def test_a_theme_that_was_asked_for_does_not_follow_the_reader(case):
    light, dark = (timeline(case, NOW, theme=it) for it in ("light", "dark"))
    assert "prefers-color-scheme" not in light + dark
    assert light != dark


def test_a_light_and_a_dark_picture_in_one_page_keep_their_colours(case):
    for theme, other in (("light", "dark"), ("dark", "light")):
        root = parsed(timeline(case, NOW, theme=theme))
        assert f"wf-{theme}" in root.get("class").split()
        rules = re.findall(r"[{}]([^{}]+)\{", root.find(f"{SVG}style").text)
        assert all(rule.startswith((f".wf-{theme} ", ".wf")) for rule in rules)
        assert not any(f".wf-{other} " in rule or rule.startswith(".wf ") for rule in rules)


def test_the_same_case_gives_the_same_picture(case):
    assert timeline(case, NOW) == timeline(rich_case(), NOW)


def test_two_pictures_in_one_page_do_not_share_ids(case):
    ids = [set(re.findall(r' id="([^"]+)"', timeline(case, NOW, lang=it))) for it in ("en", "zh")]
    assert not ids[0] & ids[1]


def test_a_status_draws_itself_without_the_notices(status, case):
    drawn = timeline_of(status)
    assert "data-notice" not in drawn
    assert bars(parsed(drawn)).keys() == bars(parsed(timeline(case, NOW))).keys()


def test_a_case_just_opened_is_drawn():
    drawn = timeline(rich_case(0), "2026-03-02T08:40+08:00")
    assert bars(parsed(drawn)).keys() == {
        "report",
        "answer",
        "watch@2026-03-02",
        "drop",
        "longer",
        "soon",
    }


def test_a_plan_without_obligations_says_so():
    plan = loads(
        'workflow: 1\nname: bare\nversion: "1"\ntimezone: UTC\nstages: [{id: detect}, {id: closed}]\n'
        "transitions: [{event: ended, from: [detect], to: closed}]\nopens: [detected]\nevents: {detected: {en: Found}, ended: {en: Over}}\nobligations: []\n"
    )
    case = Case.open(plan, "c", at="2026-03-02T08:40Z")
    assert "The plan has no obligations." in timeline(case, "2026-03-02T09:40Z")
    assert "预案未规定义务。" in timeline(case, "2026-03-02T09:40Z", lang="zh")


def test_a_case_of_a_year_is_drawn_with_one_row_for_a_daily_duty():
    case = rich_case(1)
    root = parsed(timeline_of(case.status("2027-03-02T08:40+08:00")))
    daily = [it for name, it in bars(root).items() if name.startswith("watch@")]
    assert len(daily) == 366
    titles = [it for it in root.iter(f"{SVG}text") if it.get("data-obligation") == "watch"]
    assert len(titles) == 1
    missed = [it for it in daily if it.get("data-state") == "overdue"]
    assert all(part(it, "wf-part-late") and not part(it, "wf-used") for it in missed)
    tops = {it.get("y") for bar in daily for it in bar.iter(f"{SVG}rect")}
    assert len(tops) == 1
    assert float(root.get("height")) < 800


def test_a_case_under_two_plans_shows_both():
    other = sample_plan()
    case = Case.open([rich_plan(), other], "c", at="2026-03-02T08:40+08:00", level="high")
    said = words_of(parsed(timeline(case, "2026-03-02T09:40+08:00")))
    for plan in case.plans:
        for owed in plan.obligations:
            assert owed.title.words("en") in said
