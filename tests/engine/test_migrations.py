"""A database of each earlier version, with cases in it, is brought up to date and loses nothing."""

import sqlite3

import postgres_server
import pytest

from workflow.cases.event import canonical
from workflow.engine import Engine, keeping
from workflow.stores.sql import migrations

START = "2026-03-02T08:40+08:00"
TABLES = ("plans", "cases", "events", "clocks", "wakeups", "notices", "sinks", "deliveries")


def connect(url):
    if url.startswith("sqlite"):
        return sqlite3.connect(url.removeprefix("sqlite:///"))
    return pytest.importorskip("psycopg").connect(url)


def rows(connection, table):
    cursor = connection.execute(f"SELECT * FROM workflow_{table}")  # noqa: S608 - a name above
    return [column[0] for column in cursor.description], cursor.fetchall()


def carry(old, new, table):
    """Copy a table's rows, as far as the earlier version has columns for them."""
    (has, found), (wanted, _) = rows(old, table), rows(new, table)
    mark = "?" if isinstance(new, sqlite3.Connection) else "%s"
    over = "" if mark == "?" else "OVERRIDING SYSTEM VALUE"
    text = (
        f"INSERT INTO workflow_{table} ({', '.join(wanted)}) {over} "  # noqa: S608
        f"VALUES ({', '.join([mark] * len(wanted))})"
    )
    for row in found:
        said = dict(zip(has, row, strict=True))
        new.execute(text, [said[name] for name in wanted])


def as_of(number, kind, url, target):
    """A database as that version of the tables would hold it, with the rows of another."""
    with connect(url) as old, connect(target) as new:
        new.execute("CREATE TABLE workflow_meta (name TEXT PRIMARY KEY, value BIGINT NOT NULL)")
        for _, statements in migrations(kind)[:number]:
            for statement in statements:
                new.execute(statement)
        new.execute(f"INSERT INTO workflow_meta VALUES ('schema', {number})")  # noqa: S608
        for table in TABLES:
            carry(old, new, table)
        if kind == "postgres":  # the numbers that were copied are taken
            new.execute("ALTER TABLE workflow_notices ALTER COLUMN number RESTART WITH 1000")
    old.close()
    new.close()


def pager(_notice):
    """A sink that takes everything."""


def fill(url, plan, time):
    with Engine(url, [plan], time_source=time, sinks=[pager]) as engine:
        engine.open("small", "c-1", at=START, person="Mei Zhang", key="k-1")
        engine.record("c-1", "reported", at=START, data={"text": "told by Mei Zhang"})
        engine.open("small", "c-2", at=START)
        engine.record("c-2", "finished", at=START)
        engine.open("small", "c-3", at=START)
        time.advance("2 h")
        engine.tick()
        return seen(engine)


def seen(engine):
    return [
        (
            engine.case(name).events,
            engine.notices(name),
            [(it.id, it.state, it.due_instant) for it in engine.status(name)],
        )
        for name in engine.cases()
    ]


def earlier():
    return [
        pytest.param(kind, number, id=f"{kind}-{number}")
        for kind in ("sqlite", "postgres")
        for number, _ in migrations(kind)
    ]


@pytest.fixture
def urls(request, tmp_path):
    kind = request.node.callspec.params["kind"]
    if kind == "postgres":
        return postgres_server.fresh(), postgres_server.fresh()
    return f"sqlite:///{tmp_path}/old.db", f"sqlite:///{tmp_path}/new.db"


@pytest.fixture
def in_the_log(monkeypatch):
    """Names and free text are written within the log, as version 1 of the tables had it."""
    monkeypatch.setattr(keeping, "sealed", lambda event, _: (canonical(event.to_json()), ""))


@pytest.mark.usefixtures("in_the_log")
@pytest.mark.parametrize(("kind", "number"), earlier())
def test_cases_of_each_earlier_version_are_read_ticked_and_verified(
    kind, number, urls, plan, time, monkeypatch
):
    before = fill(urls[0], plan, time)
    as_of(number, kind, *urls)
    monkeypatch.undo()
    with Engine(urls[1], [plan], time_source=time, sinks=[pager]) as engine:
        assert seen(engine) == before
        assert engine.verify() == ()
        # A new column of a cache is empty until its case is written or rebuilt.
        newest = number == len(migrations(kind))
        assert engine.rebuild_all() == (() if newest else ("c-1", "c-2", "c-3"))
        assert engine.rebuild_all() == ()
        with engine.store.reading() as unit:
            names = unit.cases("", 9)
            assert all(clock.role for name in names for clock in unit.clocks(name))
            assert [unit.case(name).closed for name in names] == [False, True, False]
        assert engine.verify() == ()
        assert engine.census().open == 2
        engine.record("c-1", "answered", at=START, person="Wei Li", key="k-9")
        time.advance("3 h")
        engine.tick()
        assert engine.verify() == ()
        assert engine.case("c-1").events[-1].person == "Wei Li"


@pytest.mark.usefixtures("in_the_log")
@pytest.mark.parametrize(("kind", "number"), earlier()[:1] + earlier()[2:3])
def test_names_that_an_earlier_version_wrote_into_the_log_are_counted_not_redacted(
    kind, number, urls, plan, time, monkeypatch
):
    fill(urls[0], plan, time)
    as_of(number, kind, *urls)
    monkeypatch.undo()
    with Engine(urls[1], [plan], time_source=time, sinks=[pager]) as engine:
        engine.record("c-1", "noted", at=START, person="Mei Zhang")
        engine.rebuild_all()
        outcome = engine.forget("Mei Zhang")
        assert (outcome.events, outcome.kept) == (1, 2)
        assert engine.case("c-1").events[0].person == "Mei Zhang"
        assert engine.case("c-1").events[-1].person == "(forgotten)"
        assert engine.verify() == ()
