"""The host's own transaction under the drivers, SQLAlchemy and Django: together or not at all."""

import joining_hosts
import postgres_server
import pytest

from workflow.engine import Engine
from workflow.errors import (
    ConcurrentChangeError,
    EventError,
    StoreError,
    StoreUnavailableError,
)

START = "2026-03-02T08:40+08:00"
YESTERDAY = "2026-03-01T08:40+08:00"


class HostFailedError(Exception):
    """An error of the host's own."""


@pytest.fixture(params=joining_hosts.KINDS)
def kind(request):
    return request.param


@pytest.fixture
def where(kind, tmp_path):
    return postgres_server.fresh() if kind.endswith("postgres") else tmp_path / "cases.db"


@pytest.fixture
def engine(kind, where, plan, time):
    url = where if kind.endswith("postgres") else f"sqlite:///{where}"
    with Engine(url, [plan], time_source=time) as opened:
        opened.store._connection.execute("CREATE TABLE orders (id INTEGER)")
        yield opened


@pytest.fixture
def host(kind, where, engine):  # noqa: ARG001 - the engine makes the tables first
    made = joining_hosts.make(kind, where)
    yield made
    made.close()


def orders(engine):
    found = engine.store._connection.execute("SELECT id FROM orders ORDER BY id").fetchall()
    return [row[0] for row in found]


def opened_inside(engine, host, name="c-1"):
    host.insert(1)
    inside = engine.joining(host.handle())
    inside.open("small", name, at=START, person="Mei Zhang")
    return inside


def test_both_are_there_when_the_host_commits_and_not_before(engine, host):
    with host.transaction():
        inside = opened_inside(engine, host)
        inside.record("c-1", "reported", at=START)
        inside.record_many([{"case_id": "c-1", "event": "answered", "at": START}])
        assert list(engine.cases()) == []
    assert len(engine.case("c-1").events) == 3
    assert orders(engine) == [1]
    assert engine.verify() == ()


def fail_inside(engine, host):
    with host.transaction():
        opened_inside(engine, host)
        raise HostFailedError


def test_neither_is_there_when_the_host_rolls_back(engine, host):
    with pytest.raises(HostFailedError):
        fail_inside(engine, host)
    assert (list(engine.cases()), orders(engine)) == ([], [])
    with host.transaction():  # and the same connection serves again
        opened_inside(engine, host)
    assert (list(engine.cases()), orders(engine)) == (["c-1"], [1])


def fail_nested(host, inside):
    with host.nested():
        host.insert(2)
        inside.record("c-1", "reported", at=START)
        inside.open("small", "c-2", at=START)
        raise HostFailedError


def test_a_savepoint_that_is_rolled_back_takes_what_was_done_since_and_no_more(engine, host):
    with host.transaction():
        inside = opened_inside(engine, host)
        with pytest.raises(HostFailedError):
            fail_nested(host, inside)
        with host.nested():
            host.insert(3)
            inside.record("c-1", "noted", at=START)
    assert [event.type for event in engine.case("c-1").events] == ["found", "noted"]
    assert list(engine.cases()) == ["c-1"]
    assert orders(engine) == [1, 3]
    assert engine.verify() == ()


def test_an_event_that_is_refused_leaves_the_hosts_transaction_whole(engine, host):
    with host.transaction():
        inside = opened_inside(engine, host)
        with pytest.raises(EventError):
            inside.record("c-1", "reported", at=YESTERDAY)
        host.insert(2)
        inside.record("c-1", "reported", at=START)
    assert len(engine.case("c-1").events) == 2
    assert orders(engine) == [1, 2]


def test_another_writer_in_between_is_seen_or_named_and_nothing_of_his_is_lost(engine, host, kind):
    engine.open("small", "c-1", at=START)

    def change():
        with host.transaction():
            inside = engine.joining(host.handle())
            inside.case("c-1")
            engine.record("c-1", "noted", at=START, key="theirs")
            inside.record("c-1", "noted", at=START, key="ours")

    if kind.endswith("sqlite"):  # it reads one state of the file for as long as it lasts
        with pytest.raises(StoreUnavailableError, match="locked"):
            change()
        assert [event.key for event in engine.case("c-1").events] == [None, "theirs"]
    else:
        change()
        assert [event.key for event in engine.case("c-1").events] == [None, "theirs", "ours"]
    assert engine.verify() == ()


def test_the_wakeup_that_a_host_committed_wakes_a_sleeper(engine, host, kind):
    asleep = kind.endswith("postgres")
    engine.store.wait(0)
    with host.transaction():
        opened_inside(engine, host)
        assert not engine.store.wait(0)
        assert engine.next_wakeup() is None
    assert engine.next_wakeup() is not None
    # SQLite has nobody to tell: there a sleeper looks again every few seconds.
    assert not asleep or engine.store.wait(5)
    assert engine.store.look_again <= (30 if asleep else 5)


def test_what_was_forgotten_inside_is_back_when_the_host_rolls_back(engine, host):
    engine.open("small", "c-1", at=START, person="Mei Zhang")

    def forget():
        with host.transaction():
            assert engine.joining(host.handle()).forget("Mei Zhang").events == 1
            raise HostFailedError

    with pytest.raises(HostFailedError):
        forget()
    assert engine.case("c-1").events[0].person == "Mei Zhang"
    assert engine.verify() == ()


@pytest.mark.parametrize("kind", ["driver-postgres"], indirect=True)
def test_a_host_that_reads_one_state_is_told_of_another_writer_and_keeps_its_own_rows(engine, host):
    engine.open("small", "c-1", at=START)
    with host.transaction():
        host.say("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        host.insert(1)
        inside = engine.joining(host.handle())
        engine.record("c-1", "noted", at=START, key="theirs")
        with pytest.raises(ConcurrentChangeError):
            inside.record("c-1", "noted", at=START, key="ours")
    assert [event.key for event in engine.case("c-1").events] == [None, "theirs"]
    assert orders(engine) == [1]


@pytest.mark.parametrize(
    "kind", ["driver-postgres", "django-postgres", "django-sqlite"], indirect=True
)
def test_a_connection_that_commits_by_itself_has_no_transaction_to_join(engine, host):
    with pytest.raises(StoreError, match="transaction"):
        engine.joining(host.handle()).open("small", "c-1", at=START)
    assert list(engine.cases()) == []
