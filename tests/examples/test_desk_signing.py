"""The desk: who gets in, who may do what, and that no other site can send a form."""

import logging
import os
import stat

import desk_house
import pytest
from examples.desk.__main__ import secret_of
from examples.desk.people import hashed, matches, read_people

ANOTHER = "that of another session"
POSTS = ("/sign-in", "/sign-out", "/language", "/matters/new", "/cases/{case}/record")


@pytest.mark.parametrize("name", ["officer", "nobody", ""])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(visitor, name):
    stranger = visitor()
    answer = stranger.sign_in(name, "wrong")
    assert answer.status_code == 401
    assert "The name or the password is wrong." in answer.text
    assert stranger.get("/").url.path == "/sign-in"


def test_after_five_wrong_passwords_a_name_is_shut_for_five_minutes(house, visitor):
    stranger = visitor()
    for _ in range(5):
        assert stranger.sign_in("officer", "wrong").status_code == 401
    assert stranger.sign_in("officer").status_code == 429
    assert stranger.sign_in("lead").status_code == 303
    house.time.advance("5 min")
    assert visitor("officer").get("/").url.path == "/"


def test_one_who_is_not_signed_in_is_led_to_the_page_that_was_asked_for(house, visitor):
    case = house.open()
    stranger = visitor()
    asked = stranger.get(f"/cases/{case}")
    assert str(asked.url).endswith(f"/sign-in?next=/cases/{case}")
    password = house.passwords["officer"]
    answer = stranger.post("/sign-in", name="officer", password=password, next=f"/cases/{case}")
    assert answer.headers["location"] == f"/cases/{case}"


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example", "/\\evil", "/a\nb", ""]
)
def test_nobody_is_led_to_another_site(house, visitor, onward):
    stranger = visitor()
    stranger.get("/sign-in")
    password = house.passwords["officer"]
    answer = stranger.post("/sign-in", name="officer", password=password, next=onward)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("token", [None, "", "wrong", ANOTHER])
@pytest.mark.parametrize("path", POSTS)
def test_a_form_without_the_token_of_the_session_is_refused(house, visitor, path, token):
    case = house.open()
    other, officer = visitor("lead"), visitor("officer")
    form = {"event": "reported", "lang": "zh", "title": "t", "plan": "data-breach"}
    if token is not None:
        form |= {"token": other.token if token == ANOTHER else token}
    answer = officer.client.post(house.url + path.format(case=case), data=form)
    assert answer.status_code == 403
    assert "did not come from this desk" in answer.text
    assert len(house.desk.engine.case(case).events) == 1
    assert list(house.desk.engine.cases()) == [case]
    assert officer.get("/").url.path == "/"


def test_a_token_from_before_signing_in_is_worth_nothing_after(visitor):
    officer = visitor()
    officer.get("/sign-in")
    before = officer.token
    officer.sign_in("officer")
    officer.token = before
    assert officer.post("/language", lang="zh").status_code == 403


def test_signing_out_ends_the_session(visitor):
    officer = visitor("officer")
    assert officer.post("/sign-out").headers["location"] == "/sign-in"
    assert officer.get("/matters").url.path == "/sign-in"


def test_a_cookie_that_was_changed_is_no_session(house, visitor):
    officer = visitor("officer")
    value = officer.client.cookies["desk"]
    officer.client.cookies.clear()
    officer.client.cookies.set("desk", "x" + value[1:], domain="127.0.0.1", path="/")
    assert officer.get("/").url.path == "/sign-in"
    assert house.desk.people.get("officer") is not None


def test_the_cookie_is_kept_from_scripts_and_other_sites(visitor):
    said = visitor().get("/sign-in").headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=lax" in said
    assert "secure" not in said


def test_over_https_the_cookie_goes_over_https_alone(tmp_path):
    house = desk_house.House(tmp_path, https=True)
    visitor = desk_house.Visitor(house)
    assert "secure" in visitor.get("/sign-in").headers["set-cookie"].lower()
    visitor.close()
    house.close()


@pytest.mark.parametrize(
    "path", ["/sign-in", "/", "/nowhere", "/static/desk.css", "/static/htmx.js"]
)
def test_every_answer_tells_the_browser_what_it_may_do(visitor, path):
    headers = visitor("officer").get(path).headers
    assert "default-src 'none'; script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_pages_are_not_kept_by_the_browser(visitor):
    assert visitor("officer").get("/").headers["cache-control"] == "no-store"


def test_no_page_has_a_script_or_a_style_of_its_own(house, visitor):
    case = house.open()
    officer = visitor("officer")
    for path in ("/", "/matters", "/inbox", "/matters/new", f"/cases/{case}?event=reported"):
        text = officer.get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick" not in text
        assert text.count("<script") == text.count('<script src="/static/')


def test_one_without_roles_may_look_at_everything_and_change_nothing(house, visitor):
    case = house.open()
    reader = visitor("reader")
    page = reader.get(f"/cases/{case}").text
    assert "You may look at everything, but not record." in page
    assert "Open a matter" not in reader.get("/").text
    assert reader.get("/matters/new").status_code == 403
    said = {"plan": "data-breach", "title": "t", "by": "controller"}
    assert reader.post("/matters/new", **said).status_code == 403
    assert reader.post(f"/cases/{case}/record", event="noted").status_code == 403
    assert len(house.desk.engine.case(case).events) == 1


@pytest.mark.parametrize("by", ["department", "spokesperson", ""])
def test_what_another_role_owes_may_not_be_recorded(house, visitor, by):
    case = house.open()
    press = visitor("press")
    assert '<option value="facts-received"' not in press.get(f"/cases/{case}").text
    answer = press.post(f"/cases/{case}/record", event="facts-received", by=by)
    assert answer.status_code == 403
    assert "Your roles do not allow this." in answer.text
    assert len(house.desk.engine.case(case).events) == 1


def test_one_who_keeps_the_log_may_record_what_any_role_did(house, visitor):
    case = house.open()
    officer = visitor("officer")
    form = {"event": "statement-published", "by": "spokesperson"}
    assert officer.post(f"/cases/{case}/record", **form).status_code == 303
    assert house.desk.engine.case(case).events[-1].by == "spokesperson"
    assert house.desk.engine.case(case).events[-1].person == "officer"


def test_moving_a_case_to_another_version_of_its_plan_is_not_done_here(house, visitor):
    case = house.open()
    officer = visitor("officer")
    form = {"event": "plan-changed", "by": "department"}
    assert officer.post(f"/cases/{case}/record", **form).status_code == 403


def test_a_form_that_is_too_large_is_refused(visitor):
    officer = visitor("officer")
    assert officer.post("/matters/new", title="x" * 70_000).status_code == 413


def test_a_form_that_does_not_say_how_long_it_is_is_refused(house, visitor):
    officer = visitor("officer")
    answer = officer.client.post(house.url + "/matters/new", content=iter([b"title=x"]))
    assert answer.status_code == 411


def test_the_password_and_the_secret_are_in_no_log(house, visitor, caplog):
    with caplog.at_level(logging.DEBUG):
        officer = visitor("officer")
        officer.sign_in("officer", "a wrong one")
        officer.get("/")
    assert house.passwords["officer"] not in caplog.text
    assert "a wrong one" not in caplog.text
    assert desk_house.SECRET not in caplog.text


def test_two_hashes_of_a_password_differ_and_both_match():
    one, other = hashed("word", cost=4), hashed("word", cost=4)
    assert one != other
    assert matches("word", one)
    assert matches("word", other)
    assert not matches("Word", one)


def test_people_are_read_from_a_file(tmp_path):
    path = tmp_path / "users.toml"
    path.write_text(
        f'[duty]\ntitle = "Duty desk"\nroles = ["department"]\npassword = "{hashed("w", cost=4)}"\n',
        "utf-8",
    )
    people = read_people(path)
    person = people.sign_in("duty", "w")
    assert (person.name, person.roles, person.clerk) == ("duty", ("department",), False)
    assert "scrypt" not in repr(person)
    assert people.sign_in("duty", "v") is None


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path, monkeypatch):
    monkeypatch.delenv("DESK_SECRET", raising=False)
    first = secret_of(tmp_path / "desk.db")
    assert len(first) >= 32
    assert secret_of(tmp_path / "desk.db") == first
    if os.name == "posix":
        mode = (tmp_path / "desk.secret").stat().st_mode
        assert stat.S_IMODE(mode) == 0o600
    monkeypatch.setenv("DESK_SECRET", "said")
    assert secret_of(tmp_path / "desk.db") == "said"
