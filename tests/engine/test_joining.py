"""The host's own transaction: its rows and the case's rows stand or fall together."""

import sqlite3

import postgres_server
import pytest

from workflow.engine import Engine
from workflow.errors import EventError, StoreError, UnknownCaseError

START = "2026-03-02T08:40+08:00"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cases.db"


@pytest.fixture
def engine(path, plan, time):
    with Engine(f"sqlite:///{path}", [plan], time_source=time) as opened:
        yield opened


@pytest.fixture
def host(path, engine):  # noqa: ARG001 - the engine makes the tables first
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE orders (id)")
    connection.commit()
    yield connection
    connection.close()


def test_what_the_host_commits_is_there(engine, host):
    host.execute("INSERT INTO orders VALUES (1)")
    inside = engine.joining(host)
    inside.open("small", "c-1", at=START)
    inside.record("c-1", "reported", at=START)
    with pytest.raises(UnknownCaseError):
        engine.case("c-1")
    host.commit()
    assert len(engine.case("c-1").events) == 2
    assert engine.verify() == ()


def test_what_the_host_rolls_back_is_not_there_and_not_remembered(engine, host, at):
    engine.open("small", "c-1", at=START)
    inside = engine.joining(host)
    inside.record("c-1", "reported", at=at("08:50"), data={"n": 1})
    host.rollback()
    assert len(engine.case("c-1").events) == 1
    engine.record("c-1", "reported", at=at("08:51"), data={"n": 2})
    assert inside.case("c-1").events[-1].data == {"n": 2}
    host.rollback()


def test_an_event_that_is_refused_leaves_the_hosts_rows_alone(engine, host):
    engine.open("small", "c-1", at=START)
    inside = engine.joining(host)
    host.execute("INSERT INTO orders VALUES (1)")
    with pytest.raises(EventError):
        inside.record("c-1", "reported", at="2026-03-01T08:40+08:00")
    host.commit()
    assert host.execute("SELECT count(*) FROM orders").fetchone() == (1,)


def test_a_connection_of_another_kind_is_refused(engine):
    with pytest.raises(StoreError, match="sqlite3"):
        engine.joining(object())


def test_a_psycopg_connection_is_joined_likewise(plan, time):
    psycopg = pytest.importorskip("psycopg")
    url = postgres_server.fresh()
    with Engine(url, [plan], time_source=time) as engine, psycopg.connect(url) as host:
        inside = engine.joining(host)
        inside.open("small", "c-1", at=START)
        inside.record("c-1", "reported", at=START)
        host.rollback()
        assert list(engine.cases()) == []
        inside.open("small", "c-1", at=START)
        host.commit()
        assert list(engine.cases()) == ["c-1"]
