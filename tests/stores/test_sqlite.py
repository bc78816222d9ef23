"""SQLite: what can be wrong with a file, and the host's own transaction."""

import sqlite3

import pytest

from workflow.errors import StoreCorruptError, StoreError, StoreUnavailableError
from workflow.stores import CaseRow, Step, open_store
from workflow.stores.sql import migrations
from workflow.stores.sqlite import SqliteStore

STEP = Step(
    case=CaseRow(id="c-1", plans=("d",), version=1, events=0, head="", notified=0), wakeup=7
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cases.db"


def fill(unit, count):
    for number in range(count):
        row = CaseRow(id=f"{number}", plans=("d",), version=1, events=0, head="", notified=0)
        unit.write(Step(case=row))


def write_and_fail(unit):
    unit.write(STEP)
    raise RuntimeError


def is_there(path):
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT count(*) FROM workflow_cases").fetchone()[0]
    connection.close()
    return found == 1


def test_a_relative_and_an_absolute_url_name_the_file_they_say(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///near.db").close()
    open_store(f"sqlite:///{tmp_path}/far.db").close()
    assert (tmp_path / "near.db").exists()
    assert (tmp_path / "far.db").exists()


@pytest.mark.parametrize("url", ["", "cases.db", "sqlite://", "sqlite:///", "oracle://x", "memory"])
def test_a_url_that_names_no_store_is_refused_and_says_what_would(url):
    with pytest.raises(StoreUnavailableError, match=r"Allowed: memory://, sqlite:///"):
        open_store(url)


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(StoreUnavailableError, match="directory"):
        SqliteStore(tmp_path)


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(StoreUnavailableError, match="cannot be opened"):
        SqliteStore(tmp_path / "none" / "cases.db")


def test_a_file_that_is_no_database_is_refused_and_left_alone(path):
    path.write_bytes(b"this is a letter, not a database\n" * 100)
    before = path.read_bytes()
    with pytest.raises(StoreCorruptError, match="no database"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_a_cut_off_file_is_found_to_be_damaged(path):
    store = SqliteStore(path)
    with store.writing() as unit:
        fill(unit, 500)
    store.close()
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)

    def use():
        with SqliteStore(path).writing() as unit:
            unit.cases("", 1_000)
            unit.write(STEP)

    with pytest.raises(StoreCorruptError):
        use()


def test_a_file_that_may_not_be_written_is_refused_and_half_writes_nothing(path):
    store = SqliteStore(path)
    store._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreUnavailableError, match="read-only"), store.writing() as unit:
        unit.write(STEP)
    store.close()
    assert not is_there(path)


def test_a_locked_database_says_so_after_the_patience_given(path):
    first, second = SqliteStore(path), SqliteStore(path, patience=0.01)
    with first.writing() as unit:
        unit.write(STEP)
        with pytest.raises(StoreUnavailableError, match="locked"), second.writing():
            pass
    with second.reading() as unit:
        assert unit.case("c-1") == STEP.case
    first.close()
    second.close()


def test_trouble_of_the_file_is_named_to_the_one_who_asks_in_the_middle(path):
    store = SqliteStore(path)
    with store.writing() as unit:
        unit.write(STEP)
        store._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreUnavailableError, match="read-only"):
            unit.write(STEP)
    store.close()


def test_a_full_disk_says_so_and_half_writes_nothing(path):
    store = SqliteStore(path)
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreUnavailableError, match="full"), store.writing() as unit:
        fill(unit, 10_000)
    with store.reading() as unit:
        assert unit.cases("", 10) == ()
    store._connection.execute("PRAGMA max_page_count = 1000000")
    with store.writing() as unit:
        unit.write(STEP)
    store.close()
    assert is_there(path)


def test_a_file_of_a_newer_version_is_refused(path):
    store = SqliteStore(path)
    with store.writing() as unit:
        unit.ask("set_schema_version", {"value": 999})
    store.close()
    with pytest.raises(StoreUnavailableError, match="newer version"):
        SqliteStore(path)


@pytest.mark.parametrize("number", range(len(migrations("sqlite")) + 1))
def test_a_file_of_each_earlier_version_is_brought_up_to_date(path, number):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE workflow_meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL)")
    for known, statements in migrations("sqlite")[:number]:
        for statement in statements:
            connection.execute(statement)
        connection.execute("INSERT OR REPLACE INTO workflow_meta VALUES ('schema', ?)", [known])
    connection.commit()
    connection.close()
    store = SqliteStore(path)
    with store.writing() as unit:
        unit.write(STEP)
        assert unit.ask("schema_version", {}).fetchall() == [(migrations("sqlite")[-1][0],)]
    store.close()


def test_it_writes_ahead_and_waits_for_the_disk(path):
    store = SqliteStore(path)
    assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    store.close()
    with pytest.raises(StoreError, match="FULL, NORMAL"):
        SqliteStore(path, synchronous="OFF")


@pytest.mark.parametrize("level", [None, "", "IMMEDIATE"])
def test_the_hosts_rows_and_ours_are_committed_together(path, level):
    host = sqlite3.connect(path, isolation_level=level)
    host.execute("CREATE TABLE orders (id)")
    store = SqliteStore.on(host)
    host.commit()
    if level is None:
        host.execute("BEGIN")
    host.execute("INSERT INTO orders VALUES (1)")
    with store.writing() as unit:
        unit.write(STEP)
    assert host.in_transaction
    assert not is_there(path)
    host.commit()
    assert is_there(path)
    store.close()
    assert host.execute("SELECT * FROM orders").fetchall() == [(1,)]
    host.close()


def test_the_hosts_rollback_takes_ours_with_it(path):
    host = sqlite3.connect(path)
    store = SqliteStore.on(host)
    host.commit()
    with store.writing() as unit:  # the transaction begins with ours
        unit.write(STEP)
    host.rollback()
    host.close()
    assert not is_there(path)


def test_our_failure_leaves_the_hosts_rows_in_its_transaction(path):
    host = sqlite3.connect(path)
    store = SqliteStore.on(host)
    host.execute("CREATE TABLE orders (id)")
    host.execute("INSERT INTO orders VALUES (1)")
    with pytest.raises(RuntimeError), store.writing() as unit:
        write_and_fail(unit)
    host.commit()
    assert host.execute("SELECT * FROM orders").fetchall() == [(1,)]
    host.close()
    assert not is_there(path)
