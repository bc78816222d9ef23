"""The desk end to end: what people see and do, with a ticker at work behind it."""

import re

import pytest

BREACH = "data-breach"


def digits(browser, selector):
    """The seconds that a countdown shows."""
    shown = browser.text(f"{selector} .digits")
    days, hours, minutes, seconds = re.fullmatch(r"(?:(\d+) d )?(\d+):(\d+):(\d+)", shown).groups()
    return int(days or 0) * 86_400 + int(hours) * 3_600 + int(minutes) * 60 + int(seconds)


def test_a_wrong_password_does_not_get_in_and_the_right_one_does(at_the_browser):
    at_the_browser.sign_in("officer", "not it")
    at_the_browser.see("The name or the password is wrong.", "#fault")
    at_the_browser.sign_in("officer")
    at_the_browser.see("Next deadlines", "h1")
    at_the_browser.see("Duty officer", "#me")
    at_the_browser.press("Sign out")
    at_the_browser.visit("/matters")
    at_the_browser.see("Sign in", "h1")


def test_a_matter_is_opened_recorded_and_seen_on_the_board(at_the_browser, house):
    at_the_browser.sign_in("officer")
    at_the_browser.visit("/matters/new")
    at_the_browser.choose("plan", BREACH)
    at_the_browser.see("High risk to people", "#level")
    at_the_browser.type("title", "Laptop left on a train")
    at_the_browser.choose("level", "high-risk")
    at_the_browser.choose("by", "controller")
    at_the_browser.type("words", "Found by the conductor.")
    at_the_browser.press("Open the matter")
    at_the_browser.see("The matter is open.", "#flash")
    at_the_browser.see("Laptop left on a train", "h1")
    at_the_browser.see("Found by the conductor.", "#remarks")
    at_the_browser.see("Assessment", "#stage")
    assert house.desk.engine.case("2026-0001").events[0].by == "controller"

    at_the_browser.choose("event", "contained")
    at_the_browser.see("Leads to: Response", "#fields")
    at_the_browser.type("words", "Wiped from afar.")
    at_the_browser.press("Record")
    at_the_browser.see("Recorded.", "#flash")
    at_the_browser.see("Response", "#stage")
    at_the_browser.see("Wiped from afar.", "#remarks")
    at_the_browser.visit("/")
    at_the_browser.see("Notify the data-protection authority", "#board")
    at_the_browser.see("Laptop left on a train", "#board")


def test_the_board_has_the_most_urgent_on_top(at_the_browser, house):
    house.open(plan=BREACH, level="risk")
    house.open()
    at_the_browser.sign_in("officer")
    shown = at_the_browser.read(".line", "it.dataset.clock")
    assert shown[-2:] == ["authoritative-statement", "notify-authority"]
    assert shown[0] == "basic-facts"


@pytest.mark.parametrize("house", [5], indirect=True)  # time to count before the server is asked
def test_the_countdown_runs_and_the_server_sets_it_right(at_the_browser, house):
    house.open()
    at_the_browser.sign_in("press")

    def shown():
        return digits(at_the_browser, ".line:last-child")

    # The server's time stands still, so each answer of its sets the page back to five hours.
    assert 5 * 3_600 - 60 <= shown() <= 5 * 3_600
    at_the_browser.wait(lambda: shown() <= 5 * 3_600 - 2, "two seconds less")
    at_the_browser.wait(lambda: shown() >= 5 * 3_600 - 1, "what the server says")
    house.time.advance("3 h")
    at_the_browser.wait(lambda: shown() <= 2 * 3_600, "three hours less")


def test_the_board_keeps_the_place_of_one_who_uses_the_keyboard(at_the_browser, house):
    house.open()
    at_the_browser.sign_in("officer")
    at_the_browser.driver.execute_script(
        "document.querySelectorAll('.line a')[1].focus(); window.old = document.activeElement"
    )
    gone = "return !document.body.contains(window.old)"
    at_the_browser.wait(lambda: at_the_browser.driver.execute_script(gone), "new lines")
    at_the_browser.wait(
        lambda: at_the_browser.driver.execute_script(
            "return document.activeElement.id === window.old.id"
        ),
        "the same place",
    )


def test_what_becomes_overdue_is_shown_in_red_with_an_icon_and_in_words(at_the_browser, house):
    house.open()
    at_the_browser.sign_in("officer")
    at_the_browser.see("0 overdue", "#board")
    color = "getComputedStyle(it).color"
    calm = at_the_browser.read(".line .state", color)[0]
    house.time.advance("2 h")
    at_the_browser.see("3 due within the hour", "#board")
    house.time.advance("1 min")
    at_the_browser.see("3 overdue", "#board")
    at_the_browser.see("overdue by", ".line.late")
    assert at_the_browser.read(".line.late .state", color)[0] != calm
    assert at_the_browser.read(".line.late .state svg", "it.tagName")


def test_the_ticker_sends_the_notices_without_anybody_asking(at_the_browser, house):
    house.open()
    at_the_browser.sign_in("officer")
    house.time.advance("3 h")

    def told():
        at_the_browser.visit("/inbox")
        return "Submit the basic facts" in at_the_browser.text(".notices")

    at_the_browser.wait(told, "a notice")


def test_a_case_that_has_changed_says_so_on_the_open_page(at_the_browser, house):
    case = house.open()
    at_the_browser.sign_in("officer")
    at_the_browser.visit(f"/cases/{case}")
    house.record(case, "reported", by="department")
    at_the_browser.see("This case has changed.", "#changed")
    at_the_browser.click("#changed a")
    at_the_browser.see("Report", "#stage")


def test_a_duty_says_why_it_is_due_then(at_the_browser, house):
    case = house.open()
    at_the_browser.sign_in("officer")
    at_the_browser.visit(f"/cases/{case}")
    at_the_browser.find("#duty-basic-facts details summary").click()
    at_the_browser.see("2 h after 2026-03-02 08:40 +08:00 is 2026-03-02 10:40", "#duty-basic-facts")


def test_the_timeline_is_shown(at_the_browser, house):
    case = house.open()
    at_the_browser.sign_in("officer")
    at_the_browser.visit(f"/cases/{case}")
    said = "return document.querySelector('.timeline img').naturalWidth"
    at_the_browser.wait(lambda: at_the_browser.driver.execute_script(said) > 500, "a picture")


def test_the_approvals_are_asked_for_returned_and_given(at_the_browser, house):
    case = house.open()
    at_the_browser.sign_in("lead")
    at_the_browser.visit(f"/cases/{case}")
    at_the_browser.see("Publish an authoritative statement", "#approvals .mine")
    at_the_browser.press("Approve", "#approvals")
    at_the_browser.see("Recorded.", "#flash")

    at_the_browser.forget()
    at_the_browser.sign_in("city")
    at_the_browser.visit(f"/cases/{case}")
    at_the_browser.find("#approvals .mine input[name=words]").send_keys("Leave out the names.")
    at_the_browser.press("Return", "#approvals")
    at_the_browser.see("Leave out the names.", "#remarks")
    assert not at_the_browser.all("#approvals .mine")

    for name in ("lead", "city"):
        at_the_browser.forget()
        at_the_browser.sign_in(name)
        at_the_browser.visit(f"/cases/{case}")
        at_the_browser.press("Approve", "#approvals")
    at_the_browser.forget()
    at_the_browser.sign_in("press")
    at_the_browser.visit(f"/cases/{case}")
    at_the_browser.choose("event", "statement-published")
    at_the_browser.see("Fulfils: Publish an authoritative statement", "#fields")
    at_the_browser.press("Record")
    at_the_browser.see("done in time", "#duty-authoritative-statement")


def test_a_role_is_offered_its_own_events_alone(at_the_browser, house):
    case = house.open()
    at_the_browser.sign_in("press")
    at_the_browser.visit(f"/cases/{case}")
    assert at_the_browser.all("#event option[value=statement-published]")
    assert not at_the_browser.all("#event option[value=facts-received]")
    at_the_browser.forget()
    at_the_browser.sign_in("reader")
    at_the_browser.visit(f"/cases/{case}")
    at_the_browser.see("You may look at everything, but not record.", "#recording")


def test_what_is_wrong_is_shown_beside_the_form_and_what_was_typed_stays(at_the_browser, house):
    case = house.open()
    at_the_browser.sign_in("officer")
    at_the_browser.visit(f"/cases/{case}")
    at_the_browser.choose("event", "noted")
    at_the_browser.set("at", "2026-03-02T10:00")
    at_the_browser.type("words", "Too early.")
    at_the_browser.press("Record")
    at_the_browser.see("This time is not possible.", "#fault")
    assert at_the_browser.find("#words").get_attribute("value") == "Too early."
    assert at_the_browser.find("#at").get_attribute("aria-invalid") == "true"
    at_the_browser.set("at", "")
    at_the_browser.press("Record")
    at_the_browser.see("Too early.", "#remarks")


def test_what_happened_earlier_can_be_recorded_later(at_the_browser, house):
    case = house.open(at="2026-03-02T08:00+08:00")
    at_the_browser.sign_in("officer")
    at_the_browser.visit(f"/cases/{case}")
    at_the_browser.choose("event", "reported")
    at_the_browser.set("at", "2026-03-02T08:10")
    at_the_browser.press("Record")
    at_the_browser.see("2026-03-02 08:10 +08:00", "#story")
    at_the_browser.see("recorded only at 2026-03-02 08:40", "#story")


def test_a_form_of_another_session_is_refused(at_the_browser, house):
    case = house.open()
    at_the_browser.sign_in("officer")
    at_the_browser.visit(f"/cases/{case}")
    at_the_browser.choose("event", "reported")
    at_the_browser.see("Leads to", "#fields")
    said = "document.querySelectorAll('[name=token]').forEach((it) => { it.value = 'x'; })"
    at_the_browser.driver.execute_script(said)
    at_the_browser.press("Record")
    at_the_browser.see("did not come from this desk", "h1")
    assert len(house.desk.engine.case(case).events) == 1


def test_a_script_that_somebody_writes_is_text(at_the_browser):
    evil = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
    at_the_browser.sign_in("officer")
    at_the_browser.visit("/matters/new")
    at_the_browser.type("title", evil)
    at_the_browser.choose("level", "major")
    at_the_browser.type("words", evil)
    at_the_browser.press("Open the matter")
    at_the_browser.see(evil, "h1")
    at_the_browser.see(evil, "#remarks")
    for path in ("/", "/matters", "/inbox"):
        at_the_browser.visit(path)
        assert not at_the_browser.driver.title.startswith("taken")
    at_the_browser.visit("/matters")
    at_the_browser.see(evil, "table")


def test_the_same_in_chinese(at_the_browser, house):
    case = house.open()
    at_the_browser.sign_in("officer")
    at_the_browser.press("中文")
    at_the_browser.see("近期期限", "h1")
    assert at_the_browser.find("html").get_attribute("lang") == "zh-Hans"
    at_the_browser.visit(f"/cases/{case}")
    at_the_browser.see("提交基本情况和研判意见", "#duties")
    at_the_browser.see("全面监测", "#stage")
    at_the_browser.choose("event", "false-alarm")
    at_the_browser.see("进入阶段：办结", "#fields")
    at_the_browser.press("记录")
    at_the_browser.see("内容尚不完整。", "#fault")
    at_the_browser.type("data-reason", "系误传")
    at_the_browser.press("记录")
    at_the_browser.see("办结", "#stage")
    at_the_browser.press("EN")
    at_the_browser.see("Closed", "#stage")


def test_a_restart_keeps_the_session_and_everything_else(at_the_browser, house):
    case = house.open(words="Before the restart.")
    at_the_browser.sign_in("officer")
    at_the_browser.driver.get("about:blank")
    house.restart()
    at_the_browser.visit(f"/cases/{case}")
    at_the_browser.see("Before the restart.", "#remarks")
    at_the_browser.choose("event", "reported")
    at_the_browser.see("Leads to", "#fields")
    at_the_browser.press("Record")
    at_the_browser.see("Report", "#stage")


@pytest.mark.parametrize("width", [390, 820, 1280])
def test_no_page_is_wider_than_its_window(at_the_browser, house, width):
    case = house.open("A title with a very long word: " + "abcdefghij" * 12)
    at_the_browser.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    at_the_browser.sign_in("officer")
    paths = ("/", "/matters", "/matters/new", "/inbox?all", f"/cases/{case}?event=facts-received")
    for path in paths:
        at_the_browser.visit(path)
        wide = at_the_browser.driver.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, path


def test_everything_can_be_reached_and_named_without_a_mouse_or_a_picture(at_the_browser, house):
    case = house.open()
    at_the_browser.sign_in("officer")
    for path in ("/", "/matters/new", f"/cases/{case}?event=facts-received"):
        at_the_browser.visit(path)
        nameless = at_the_browser.driver.execute_script(
            """
            const named = (it) => it.labels?.length || it.getAttribute("aria-label") || it.textContent.trim();
            const fields = [...document.querySelectorAll("input:not([type=hidden]), select, textarea, button, main a")];
            const ids = [...document.querySelectorAll("[id]")].map((it) => it.id);
            return [
              ...fields.filter((it) => !named(it)).map((it) => it.outerHTML),
              ...ids.filter((id, place) => ids.indexOf(id) !== place),
              ...[...document.querySelectorAll("img:not([alt])")].map((it) => it.outerHTML),
            ];
            """
        )
        assert nameless == []
        assert at_the_browser.all("h1")
