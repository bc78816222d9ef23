"""The desk: opening and recording by form, and what is said when something is wrong."""

import html
import sqlite3

import pytest

from workflow.instants import to_instant

GROUP = "municipal-investment-group"
BREACH = "data-breach"


def opened(visitor, plan=GROUP, **form):
    said = {"plan": plan, "title": "Crane on the quay", "by": "", **form}
    visitor.get(f"/matters/new?plan={plan}")
    return visitor.post("/matters/new", **said)


def name_of(answer):
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rpartition("/")[2]


def text(answer):
    return html.unescape(answer.text)


def test_a_matter_is_opened_and_numbered_by_its_year(house, visitor):
    officer = visitor("officer")
    first = name_of(opened(officer, level="major", words="Seen by the harbour master."))
    second = name_of(opened(officer))
    assert (first, second) == ("2026-0001", "2026-0002")
    case = house.desk.engine.case(first)
    assert (case.events[0].type, case.events[0].level) == ("detected", "major")
    page = officer.get(f"/cases/{first}").text
    assert "Crane on the quay" in page
    assert "Seen by the harbour master." in page
    assert "The matter is open." in page
    assert "The matter is open." not in officer.get(f"/cases/{first}").text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"title": " "}, "Say in a few words what it is about."),
        ({"name": "a/b"}, "A file number has letters"),
        ({"at": "soon"}, "This is not a time."),
        ({"title": "x" * 4_001}, "This text is too long."),
        ({"level": "huge"}, '"huge" is no level of the plan.'),
        ({"event": "closed"}, '"closed" does not open a case'),
        ({"at": "2026-03-02T12:00"}, "This time is not possible."),
    ],
)
def test_a_matter_that_cannot_be_opened_says_why_and_keeps_what_was_typed(
    house, visitor, form, words
):
    answer = opened(visitor("officer"), **form, words="what was typed")
    assert answer.status_code == 422
    assert words in text(answer)
    assert "what was typed" in answer.text
    assert list(house.desk.engine.cases()) == []
    assert house.desk.matters.newest(1) == []


def test_a_file_number_that_is_taken_is_refused(house, visitor):
    officer = visitor("officer")
    opened(officer, name="F-1")
    answer = opened(officer, name="F-1")
    assert answer.status_code == 422
    assert "There is a case of this number already." in answer.text
    assert len(house.desk.matters.newest(9)) == 1


def test_a_form_of_opening_that_is_sent_twice_opens_one_matter(house, visitor):
    officer = visitor("officer")
    first = name_of(opened(officer, key="k-1"))
    house.time.advance("1 min")
    assert name_of(opened(officer, key="k-1")) == first
    assert list(house.desk.engine.cases()) == [first]


def test_the_form_of_opening_asks_what_the_plan_asks(visitor):
    officer = visitor("officer")
    assert "High risk to people" in officer.get(f"/matters/new?plan={BREACH}").text
    assert "Level I (major)" in officer.get(f"/matters/new?plan={GROUP}").text
    assert "Level I (major)" in officer.get("/matters/new?plan=none").text
    assert "重点领域、重要节点" in officer.get(f"/matters/new?plan={GROUP}").text
    assert "Criticism or complaint" in officer.get("/matters/new?plan=tourism-bureau").text


def test_a_category_is_set_with_the_matter_or_later(house, visitor):
    officer = visitor("officer")
    one = name_of(opened(officer, "tourism-bureau", category="inquiry"))
    assert house.desk.engine.status(one).category == "inquiry"
    fields = officer.get(f"/cases/{one}/event?event=reclassified").text
    assert 'name="category"' in fields
    officer.post(f"/cases/{one}/record", event="reclassified", category="complaint")
    assert house.desk.engine.status(one).category == "complaint"


def test_the_form_offers_what_is_legal_and_what_it_needs(house, visitor):
    case = house.open()
    officer = visitor("officer")
    page = officer.get(f"/cases/{case}").text
    assert '<option value="facts-received"' in page
    assert '<option value="reopened"' not in page
    fields = text(officer.get(f"/cases/{case}/event?event=facts-received"))
    assert "Fulfils: Submit the basic facts and the assessment" in fields
    assert "Leads to: Assessment and handling" in fields
    assert 'name="states" value="casualties"' in fields
    assert 'name="to" value="leading-group" checked' in fields
    assert 'name="data.reason"' in officer.get(f"/cases/{case}/event?event=false-alarm").text
    assert 'name="data.reasons"' not in fields
    assert officer.get(f"/cases/{case}/event?event=nothing").text.strip() == ""


def test_reasons_are_asked_for_where_a_law_asks_for_them(house, visitor):
    case = house.open(plan=BREACH, level="risk")
    house.time.advance("73 h")
    officer = visitor("officer")
    fields = officer.get(f"/cases/{case}/event?event=authority-notified").text
    assert 'name="data.reasons"' in fields


def test_facts_and_recipients_are_recorded_as_ticked(house, visitor):
    case = house.open()
    officer = visitor("officer")
    form = {"event": "facts-received", "by": "department", "states": ["time", "place"]}
    officer.post(f"/cases/{case}/record", **form, to_asked="1", to="leading-group")
    event = house.desk.engine.case(case).events[-1]
    assert (event.states, event.to) == (("time", "place"), ("leading-group",))
    page = text(officer.get(f"/cases/{case}"))
    assert "Not yet stated: kind, casualties" in page or "kind, casualties" in page


def test_nobody_ticked_means_nobody_received_it(house, visitor):
    case = house.open()
    officer = visitor("officer")
    officer.post(f"/cases/{case}/record", event="reported", by="department", to_asked="1")
    assert house.desk.engine.case(case).events[-1].to == ()
    assert house.desk.engine.status(case)["report-found"].state.value == "running"


def test_an_event_that_is_not_legal_is_refused_with_what_would_be(house, visitor):
    case = house.open()
    officer = visitor("officer")
    answer = officer.post(f"/cases/{case}/record", event="reopened", words="typed")
    assert answer.status_code == 409
    assert "not possible at the stage “Comprehensive monitoring”" in answer.text
    assert "<li>Reported to the leading group</li>" in answer.text
    assert len(house.desk.engine.case(case).events) == 1
    assert house.desk.matters.remarks(case) == []


def test_the_same_in_chinese(house, visitor):
    case = house.open()
    officer = visitor("officer")
    officer.post("/language", lang="zh", next="/")
    answer = officer.post(f"/cases/{case}/record", event="reopened")
    assert "在“全面监测”阶段不能记录此事" in answer.text
    assert "<li>报告领导组</li>" in answer.text
    assert 'lang="zh-Hans"' in answer.text


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"event": "noted", "at": "2026-03-02T11:00"}, 409, "This time is not possible."),
        ({"event": "noted", "at": "2026-03-01T11:00"}, 409, "before the case began"),
        ({"event": "noted", "at": "now"}, 422, "This is not a time."),
        ({"event": "false-alarm"}, 409, "Something is still missing."),
        ({"event": "unheard-of", "by": ""}, 422, '"unheard-of" is no event of the plan.'),
        ({"event": "noted", "level": "huge"}, 422, '"huge" is no level of the plan.'),
        ({"event": "approved", "by": "department"}, 409, "This contradicts what is known."),
        ({"event": "noted", "words": "x" * 4_001}, 422, "This text is too long."),
    ],
)
def test_what_is_wrong_stands_beside_the_form_and_nothing_is_recorded(
    house, visitor, form, status, words
):
    case = house.open()
    answer = visitor("officer").post(f"/cases/{case}/record", **form)
    assert answer.status_code == status
    assert words in text(answer)
    assert len(house.desk.engine.case(case).events) == 1
    assert house.desk.matters.remarks(case) == []


def test_a_case_that_does_not_exist_is_not_found(visitor):
    officer = visitor("officer")
    for path in ("", "/event?event=noted", "/why/verify"):
        assert officer.get(f"/cases/none{path}").status_code == 404
    assert officer.get("/cases/none/changed?since=x").status_code == 204
    assert officer.post("/cases/none/record", event="noted").status_code == 404


def test_a_time_is_the_wall_clock_of_the_plans_zone(house, visitor):
    case = house.open(at="2026-03-02T07:00+08:00")
    officer = visitor("officer")
    form = {"event": "reported", "by": "department", "at": "2026-03-02T08:10"}
    assert officer.post(f"/cases/{case}/record", **form).status_code == 303
    event = house.desk.engine.case(case).events[-1]
    assert event.instant == to_instant("2026-03-02T08:10+08:00")
    assert "recorded only at 2026-03-02 08:40 +08:00" in text(officer.get(f"/cases/{case}"))


def test_a_time_that_the_clocks_skipped_is_refused(house, visitor):
    case = house.open(plan=BREACH, level="risk")
    house.time.move_to("2026-03-29T12:00+02:00")
    form = {"event": "noted", "at": "2026-03-29T02:30"}
    answer = visitor("officer").post(f"/cases/{case}/record", **form)
    assert answer.status_code == 422
    assert "this time did not exist" in answer.text


def test_a_time_that_came_twice_is_asked_about(house, visitor):
    case = house.open(plan=BREACH, level="risk")
    house.time.move_to("2026-10-25T12:00+01:00")
    officer = visitor("officer")
    form = {"event": "noted", "at": "2026-10-25T02:30"}
    answer = officer.post(f"/cases/{case}/record", **form)
    assert answer.status_code == 422
    assert "this time came twice" in answer.text
    assert "<option>+02:00</option><option>+01:00</option>" in answer.text
    again = officer.post(f"/cases/{case}/record", **form, offset="+01:00")
    assert again.status_code == 303
    event = house.desk.engine.case(case).events[-1]
    assert event.instant == to_instant("2026-10-25T02:30+01:00")


def test_a_form_that_is_sent_twice_is_one_event(house, visitor):
    case = house.open()
    officer = visitor("officer")
    form = {"event": "reported", "by": "department", "key": "k-1", "words": "By telephone."}
    assert officer.post(f"/cases/{case}/record", **form).status_code == 303
    house.time.advance("1 min")
    assert officer.post(f"/cases/{case}/record", **form).status_code == 303
    assert len(house.desk.engine.case(case).events) == 2
    assert len(house.desk.matters.remarks(case)) == 1


def test_the_key_of_a_form_with_other_content_is_refused(house, visitor):
    case = house.open()
    officer = visitor("officer")
    officer.post(f"/cases/{case}/record", event="reported", by="department", key="k-1")
    answer = officer.post(f"/cases/{case}/record", event="assessed", key="k-1")
    assert answer.status_code == 409
    assert "This form was sent before" in answer.text


def test_an_event_and_what_was_written_about_it_stand_or_fall_together(house, visitor):
    case = house.open()
    officer = visitor("officer")
    with sqlite3.connect(house.path) as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON desk_remark "
            "BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    connection.close()
    form = {"event": "reported", "by": "department", "words": "By telephone."}
    assert officer.post(f"/cases/{case}/record", **form).status_code == 500
    assert len(house.desk.engine.case(case).events) == 1
    assert house.desk.engine.verify() == ()


@pytest.mark.parametrize("said", ["<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>"])
def test_what_people_write_is_shown_as_they_wrote_it(house, visitor, said):
    officer = visitor("officer")
    case = name_of(opened(officer, title=said, words=said, level="major"))
    officer.post(f"/cases/{case}/record", event="noted", words=said)
    house.desk.engine.tick()
    refused = officer.post(f"/cases/{case}/record", event="reopened", by=said, words=said)
    for path in ("/", "/matters", "/inbox?all", f"/cases/{case}"):
        answer = officer.get(path)
        assert said not in answer.text
    assert said not in refused.text
    assert html.escape(said).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in (
        officer.get(f"/cases/{case}").text
    )
