"""The desk: the board, the case, approvals, notices, two languages; and what is kept."""

import html
import re

import desk_house
import pytest
from examples.desk.matters import Matters
from examples.desk.showing import HERE, at, countdown
from examples.desk.words import WORDS

from workflow import plans
from workflow.instants import SECOND, Instant, to_instant

BREACH = "data-breach"
LINE = re.compile(r'<li class="line (\w+)" data-case="([^"]*)" data-clock="([^"]*)"')
DIGITS = re.compile(r'class="digits">([^<]*)<')


def lines(answer):
    return [(state, clock) for state, _, clock in LINE.findall(answer.text)]


def state_of(answer, clock):
    return re.search(rf'data-clock="{clock}" data-state="([^"]*)"', answer.text)[1]


def test_the_board_has_the_earliest_first_and_says_what_presses(house, visitor):
    house.open()
    house.open(plan=BREACH, level="risk")
    officer = visitor("officer")
    house.time.advance("90 min")
    assert lines(officer.get("/")) == [
        ("soon", "basic-facts"),
        ("soon", "notify-departments"),
        ("soon", "report-major"),
        ("running", "authoritative-statement"),
        ("running", "notify-authority"),
    ]


def test_a_duty_due_now_is_not_late_and_a_microsecond_later_it_is(house, visitor):
    house.open()
    officer = visitor("officer")
    house.time.advance("2 h")
    board = officer.get("/board/rows")
    assert lines(board)[0] == ("soon", "basic-facts")
    assert "0 overdue" in board.text
    house.time.move_to_instant(Instant(house.time.now() + 1))
    board = officer.get("/board/rows")
    assert lines(board)[0] == ("late", "basic-facts")
    assert "3 overdue" in board.text
    assert "overdue by" in board.text


def test_the_board_says_the_time_left(house, visitor):
    house.open()
    officer = visitor("officer")
    house.time.advance("30 min")
    assert DIGITS.findall(officer.get("/").text)[0] == "01:30:00"


def test_a_countdown_shows_days_hours_minutes_and_seconds():
    second = SECOND
    assert countdown(Instant(90_061 * second), Instant(0), "en") == "1 d 01:01:01"
    assert countdown(Instant(0), Instant(90_061 * second), "zh") == "1 天 01:01:01"
    assert countdown(Instant(0), Instant(1), "en") == "00:00:00"


def test_people_are_told_times_to_the_second_and_the_end_of_a_day_as_24_00():
    plan = plans.load("municipal-investment-group")
    # 08:00:59.999998 in Shanghai; then the last microsecond of that day.
    assert at(to_instant("2026-03-02T00:00:59.999998+00:00"), plan) == "2026-03-02 08:00:59 +08:00"
    assert at(to_instant("2026-03-02T15:59:59.999999+00:00"), plan) == "2026-03-02 24:00 +08:00"


@pytest.mark.parametrize(("lang", "says"), [("en", "no such page"), ("zh", "没有此页面")])
def test_an_address_at_which_nothing_is_answers_with_a_page_that_leads_back(visitor, lang, says):
    for one in (visitor("officer"), visitor()):
        one.get("/sign-in")
        one.post("/language", lang=lang, next="/")
        answer = one.get("/nowhere")
        assert answer.status_code == 404
        assert says in answer.text
        assert '<a href="/">' in answer.text


def test_my_duties_are_those_of_my_roles(house, visitor):
    house.open()
    assert lines(visitor("press").get("/?mine")) == [("running", "authoritative-statement")]
    assert "Your roles owe nothing" in visitor("city").get("/?mine").text


def test_an_empty_desk_says_so(visitor):
    officer = visitor("officer")
    assert "Nothing is owed in the next 45 days." in officer.get("/").text
    assert "No matter has been opened yet." in officer.get("/matters").text
    assert "No notice yet." in officer.get("/inbox").text


def test_the_case_tells_where_it_stands_and_why(house, visitor):
    case = house.open()
    officer = visitor("officer")
    page = html.unescape(officer.get(f"/cases/{case}").text)
    assert 'aria-current="step" id="stage">Comprehensive monitoring' in page
    assert "Not yet approved by: Leading group" in page
    why = html.unescape(officer.get(f"/cases/{case}/why/basic-facts").text)
    assert "2 h after 2026-03-02 08:40 +08:00 is 2026-03-02 10:40 +08:00." in why
    assert "2小时内提交舆情基本情况" in why
    part = officer.get(f"/cases/{case}/why/basic-facts", headers={"hx-request": "true"})
    assert "<html" not in part.text
    assert officer.get(f"/cases/{case}/why/none").status_code == 404


def test_the_timeline_is_drawn_and_may_bring_no_script(house, visitor):
    case = house.open(title="<script>", level="major")
    officer = visitor("officer")
    answer = officer.get(f"/cases/{case}/timeline.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "script" not in answer.headers["content-security-policy"]
    assert "Submit the basic facts" in html.unescape(answer.text)
    assert officer.get("/cases/none/timeline.svg").status_code == 404
    assert f'src="/cases/{case}/timeline.svg?' in officer.get(f"/cases/{case}").text


def test_the_form_works_without_scripts_and_no_token_stands_in_an_address(house, visitor):
    case = house.open()
    officer = visitor("officer")
    page = officer.get(f"/cases/{case}?event=reported").text
    assert '<input type="hidden" name="event" value="reported">' in page
    for path in ("/", "/matters/new", f"/cases/{case}?event=reported"):
        for form in re.findall(r'<form method="get".*?</form>', officer.get(path).text, re.DOTALL):
            assert "token" not in form


def test_what_a_page_shows_has_changed_once_a_clock_or_the_log_has(house, visitor):
    case = house.open()
    officer = visitor("officer")
    page = officer.get(f"/cases/{case}").text
    asking = html.unescape(re.search(r'hx-get="([^"]*/changed[^"]*)"', page)[1])
    house.time.advance("1 h")
    assert officer.get(asking).status_code == 204
    house.time.advance("2 h")
    assert "This case has changed." in officer.get(asking).text


def test_approvals_are_given_in_order_by_those_who_may(house, visitor):
    case = house.open()
    lead, city, press = visitor("lead"), visitor("city"), visitor("press")
    statement = {"of": "authoritative-statement"}
    assert 'value="approved"' not in city.get(f"/cases/{case}").text
    assert 'value="approved"' in lead.get(f"/cases/{case}").text
    refused = press.post(f"/cases/{case}/record", event="approved", by="spokesperson", **statement)
    assert refused.status_code == 403
    lead.post(f"/cases/{case}/record", event="approved", by="leading-group", **statement)
    assert 'value="approved"' not in lead.get(f"/cases/{case}").text
    assert 'value="approved"' in city.get(f"/cases/{case}").text
    by = {"by": "city-publicity-department"}
    city.post(f"/cases/{case}/record", event="approved", **by, **statement)
    press.post(f"/cases/{case}/record", event="statement-published", by="spokesperson")
    assert state_of(press.get(f"/cases/{case}"), "authoritative-statement") == "met"


def test_a_returned_draft_needs_its_approvals_again(house, visitor):
    case = house.open()
    lead, city, press = visitor("lead"), visitor("city"), visitor("press")
    statement = {"of": "authoritative-statement"}
    lead.post(f"/cases/{case}/record", event="approved", by="leading-group", **statement)
    city.get(f"/cases/{case}")
    by = {"by": "city-publicity-department", "words": "Leave out the names."}
    city.post(f"/cases/{case}/record", event="returned", **by, **statement)
    press.post(f"/cases/{case}/record", event="statement-published", by="spokesperson")
    page = lead.get(f"/cases/{case}")
    assert state_of(page, "authoritative-statement") == "running"
    assert 'value="approved"' in page.text
    assert "Leave out the names." in page.text


def test_a_record_that_comes_late_withdraws_the_breach(house, visitor):
    case = house.open()
    officer = visitor("officer")
    house.record(case, "reported", by="department")
    house.time.advance("1 h")
    house.desk.engine.tick()
    assert state_of(officer.get(f"/cases/{case}"), "notify-city") == "overdue"
    form = {"event": "city-notified", "by": "group-office", "at": "2026-03-02T09:00"}
    house.time.advance("1 s")
    officer.post(f"/cases/{case}/record", **form)
    house.desk.engine.tick()
    assert state_of(officer.get(f"/cases/{case}"), "notify-city") == "met"
    inbox = officer.get("/inbox?all").text
    assert "not late after all" in inbox
    assert inbox.count('class="notice breached"') == 1


def test_notices_reach_the_roles_that_are_told(house, visitor):
    house.open()
    house.time.advance("3 h")
    house.desk.engine.tick()
    officer, lead = visitor("officer"), visitor("lead")
    assert "Submit the basic facts" in officer.get("/inbox").text
    assert "No notice yet." in lead.get("/inbox").text
    assert "Submit the basic facts" in lead.get("/inbox?all").text


def test_a_notice_that_is_delivered_twice_is_kept_once(house):
    house.open()
    house.time.advance("3 h")
    told = house.desk.engine.tick()
    Matters(house.path).deliver(told[0])
    assert sorted(it.id for it in house.desk.matters.inbox(99)) == sorted(it.id for it in told)


def test_the_list_of_matters_goes_on_to_older_ones(house, visitor):
    for number in range(51):
        house.open(f"Matter {number}", level="general")
        house.time.advance("1 min")
    officer = visitor("officer")
    page = officer.get("/matters").text
    assert "Matter 50<" in page
    assert "Matter 0<" not in page
    older = html.unescape(re.search(r'href="(/matters\?before=\d+)"', page)[1])
    assert "Matter 0<" in officer.get(older).text


@pytest.mark.parametrize("name", ["officer", "reader"])
def test_both_languages_have_every_page(house, visitor, name):
    case = house.open()
    reader = visitor(name)
    paths = ["/", "/matters", "/inbox", f"/cases/{case}", f"/cases/{case}/why/basic-facts"]
    for lang, words in (("zh", "看板"), ("en", "Board")):
        reader.post("/language", lang=lang, next="/")
        for path in paths:
            assert words in reader.get(path).text


def test_the_browsers_language_is_taken_until_one_is_chosen(visitor):
    stranger = visitor()
    assert "登录" in stranger.get("/sign-in", headers={"accept-language": "zh-CN,zh;q=0.9"}).text
    assert "Sign in" in stranger.get("/sign-in", headers={"accept-language": "de"}).text


def test_every_word_of_the_templates_is_there_and_no_other():
    templates = "".join(path.read_text("utf-8") for path in (HERE / "templates").glob("*.html"))
    code = "".join(path.read_text("utf-8") for path in HERE.glob("*.py") if path.stem != "words")
    for word in WORDS:
        stem = word.partition("_")[0]
        assert f'"{word}"' in templates + code or f'"{stem}_" ~' in templates, word
    for word in re.findall(r'say\("(\w+)"[,)]', templates + code):
        assert word in WORDS


def test_a_restart_keeps_everything(house, visitor):
    case = house.open(words="Before the restart.")
    officer = visitor("officer")
    house.time.advance("3 h")
    house.desk.engine.tick()
    before = officer.get(f"/cases/{case}").text
    house.restart()
    after = officer.get(f"/cases/{case}").text
    changing = r'name="(?:key|token)" value="[^"]*"'
    assert re.sub(changing, "", after) == re.sub(changing, "", before)
    assert len(house.desk.matters.inbox(99)) > 0


def test_the_ticker_runs_beside_the_pages_and_ends_with_them(tmp_path):
    house = desk_house.House(tmp_path, ticking=True)
    visitor = desk_house.Visitor(house)
    visitor.sign_in("officer")
    house.open()
    house.time.advance("3 h")
    for _ in range(20_000):
        if "Submit the basic facts" in visitor.get("/inbox?all").text:
            break
    else:
        pytest.fail("The ticker has told nothing.")
    visitor.close()
    house.close()


PAIRS = [
    ("ink", "ground"),
    ("ink", "paper"),
    ("soft", "ground"),
    ("soft", "paper"),
    ("accent", "paper"),
    ("accent", "ground"),
    ("on-accent", "accent"),
    ("late", "paper"),
    ("late", "late-ground"),
    ("soon", "paper"),
    ("soon", "soon-ground"),
    ("done", "paper"),
    ("done", "done-ground"),
]


@pytest.mark.parametrize("pair", PAIRS, ids="-on-".join)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read_on_their_ground(theme, pair):
    style = (HERE / "static" / "desk.css").read_text("utf-8")
    dark = style.index("prefers-color-scheme: dark")
    part = style[:dark] if theme == "light" else style[dark:]
    light = [_luminance(re.search(rf"--{name}: #(\w{{6}});", part)[1]) for name in pair]
    # WCAG 2.2, success criterion 1.4.3: at least 4.5 to 1.
    assert (max(light) + 0.05) / (min(light) + 0.05) >= 4.5


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
