"""The desk in trouble: many at once, a database that is away, what had to be given up."""

import html
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import desk_house
from examples.desk.ticking import Ticking

from workflow import Engine
from workflow.errors import StoreUnavailableError


def test_one_form_sent_by_many_at_once_is_one_event(house):
    case = house.open()
    visitors = [desk_house.Visitor(house) for _ in range(6)]
    for each in visitors:
        each.sign_in("officer")
    form = {"event": "reported", "by": "department", "key": "k-1", "words": "Once."}
    at = {"at": "2026-03-02T08:40:00+08:00"}
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda it: it.post(f"/cases/{case}/record", **form, **at), visitors)
        )
    assert [answer.status_code for answer in answers] == [303] * 6
    assert len(house.desk.engine.case(case).events) == 2
    assert len(house.desk.matters.remarks(case)) == 1
    for each in visitors:
        each.close()


def test_what_many_record_at_once_is_all_there(house):
    case = house.open()
    visitors = [desk_house.Visitor(house) for _ in range(6)]
    for each in visitors:
        each.sign_in("officer")
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(
                lambda it: it[1].post(f"/cases/{case}/record", event="noted", key=f"k-{it[0]}"),
                enumerate(visitors),
            )
        )
    assert [answer.status_code for answer in answers] == [303] * 6
    assert len(house.desk.engine.case(case).events) == 7
    assert house.desk.engine.verify() == ()
    for each in visitors:
        each.close()


def test_matters_opened_at_once_get_a_number_each(house):
    visitors = [desk_house.Visitor(house) for _ in range(6)]
    for each in visitors:
        each.sign_in("officer")
    form = {"plan": "data-breach", "title": "A matter", "by": ""}
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda it: it.post("/matters/new", **form), visitors))
    assert list(house.desk.engine.cases()) == [f"2026-000{number}" for number in range(1, 7)]
    for each in visitors:
        each.close()


def test_a_notice_that_nobody_could_deliver_is_shown_on_the_board(house, visitor):
    case = house.open()
    with sqlite3.connect(house.path) as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON desk_inbox "
            "BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    connection.close()
    house.time.advance("3 h")
    while not house.desk.engine.parked():  # after 14 tries
        house.desk.engine.tick()
        house.time.advance("2 h")
    page = html.unescape(visitor("officer").get("/").text)
    assert "Somebody must look at this" in page
    assert f"a notice of {case} cannot be delivered" in page
    assert "no room" in page


def test_a_database_that_is_away_is_said_in_words(house, visitor, monkeypatch):
    officer = visitor("officer")

    def away(*_, **__):
        raise StoreUnavailableError("The database is locked by another writer.")

    monkeypatch.setattr(house.desk.engine, "owed", away)
    answer = officer.get("/")
    assert answer.status_code == 503
    assert "The database cannot be read or written just now." in answer.text


def test_a_database_that_is_away_for_a_while_does_not_end_the_ticker(caplog):
    came_back = threading.Event()
    tries = []

    class Away(Engine):
        def run(self, stop=None):
            tries.append(1)
            if len(tries) < 3:
                raise StoreUnavailableError("The database is locked by another writer.")
            came_back.set()
            stop.wait(60)

    ticking = Ticking(Away(), pause=0.0)
    ticking.start()
    assert came_back.wait(60)
    ticking.stop()
    assert caplog.text.count("The cases cannot be woken") == 2


def test_the_language_can_be_changed_on_every_page_without_losing_the_place(house, visitor):
    case = house.open()
    officer = visitor("officer")
    refused = officer.post(f"/cases/{case}/record", event="reopened")
    assert f'name="next" value="/cases/{case}"' in refused.text
    assert 'name="next" value="/inbox?all"' in officer.get("/inbox?all").text
    officer.token = visitor().token
    assert 'name="next" value="/"' in officer.post("/language", lang="zh").text
    stranger = visitor()
    assert 'name="next" value="/inbox?all"' in stranger.get("/inbox?all").text
