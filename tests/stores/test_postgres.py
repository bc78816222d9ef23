"""PostgreSQL: what others hold is skipped, a sleeper is woken, a connection that was cut mends."""

import threading

import postgres_server
import pytest

from workflow.errors import StoreCorruptError, StoreError, StoreUnavailableError
from workflow.stores import CaseRow, Step, open_store
from workflow.stores.sql import migrations

psycopg = pytest.importorskip("psycopg")
from workflow.stores.postgres import PostgresStore  # noqa: E402 - it needs psycopg


def step(name="c-1", wakeup=7):
    row = CaseRow(id=name, plans=("d",), version=1, events=0, head="", notified=0)
    return Step(case=row, wakeup=wakeup)


@pytest.fixture
def url():
    return postgres_server.fresh()


@pytest.fixture
def make(url):
    made = []

    def make_():
        made.append(open_store(url))
        return made[-1]

    yield make_
    for store in made:
        store.close()


def write(store, *steps):
    with store.writing() as unit:
        for each in steps:
            unit.write(each)


def is_there(store):
    with store.reading() as unit:
        return unit.case("c-1") is not None


def test_due_cases_that_another_worker_holds_are_skipped_and_free_again_when_it_fails(make):
    one, two = make(), make()
    write(one, *(step(f"c-{number}") for number in range(4)))

    def hold_and_fail(first):
        assert [row.case for row in first.due(10, 3)] == ["c-0", "c-1", "c-2"]
        with two.writing() as second:
            assert [row.case for row in second.due(10, 3)] == ["c-3"]
        raise RuntimeError

    with pytest.raises(RuntimeError), one.writing() as unit:
        hold_and_fail(unit)
    with two.writing() as unit:
        assert len(unit.due(10, 9)) == 4


def test_a_sleeper_in_another_process_is_woken_by_a_writer(make):
    writer, sleeper = make(), make()
    sleeper.wait(0)
    woken = threading.Event()

    def sleep():
        for _ in range(30):  # others of the same database may write, too
            if sleeper.wait(10) and is_there(sleeper):
                woken.set()
                return

    thread = threading.Thread(target=sleep)
    thread.start()
    write(writer, step())
    assert woken.wait(30)
    thread.join()


def test_a_connection_that_was_cut_is_an_error_once_and_then_made_anew(make):
    store, other = make(), make()

    def write_and_cut(unit):
        unit.write(step())
        pid = store._connection.info.backend_pid
        other._connection.execute("SELECT pg_terminate_backend(%s)", [pid])
        unit.case("c-1")

    with pytest.raises(StoreUnavailableError), store.writing() as unit:
        write_and_cut(unit)
    assert not is_there(store)
    write(store, step())
    assert is_there(other)


def test_a_server_that_is_not_there_is_named_without_the_password():
    with pytest.raises(StoreUnavailableError) as found:
        open_store("postgresql://me:geheim@127.0.0.1:1/none")
    assert "geheim" not in str(found.value)
    assert "127.0.0.1" in str(found.value)


def test_tables_that_are_not_ours_are_found(make, url):
    store = make()
    with psycopg.connect(url) as host:
        host.execute("ALTER TABLE workflow_cases RENAME COLUMN head TO tail")
    with pytest.raises(StoreCorruptError):
        write(store, step())


def test_a_database_of_a_newer_version_is_refused(make, url):
    with make().writing() as unit:
        unit.ask("set_schema_version", {"value": 999})
    with pytest.raises(StoreUnavailableError, match="newer version"):
        open_store(url)


@pytest.mark.parametrize("number", range(len(migrations("postgres")) + 1))
def test_a_database_of_each_earlier_version_is_brought_up_to_date(make, url, number):
    with psycopg.connect(url) as host:
        host.execute("CREATE TABLE workflow_meta (name TEXT PRIMARY KEY, value BIGINT NOT NULL)")
        for known, statements in migrations("postgres")[:number]:
            for statement in statements:
                host.execute(statement.encode())
            host.execute(
                "INSERT INTO workflow_meta VALUES ('schema', %s) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [known],
            )
    write(make(), step())


def test_processes_that_open_a_new_database_at_once_make_its_tables_once(url):
    stores, failed = [], []

    def open_():
        try:
            stores.append(open_store(url))
        except StoreError as error:
            failed.append(error)

    threads = [threading.Thread(target=open_) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    assert failed == []


@pytest.mark.parametrize("row_factory", [psycopg.rows.tuple_row, psycopg.rows.dict_row])
def test_the_hosts_rows_and_ours_are_committed_together_or_rolled_back(make, url, row_factory):
    store = make()
    with psycopg.connect(url, row_factory=row_factory) as host:
        host.execute("CREATE TABLE orders (id INT)")
        host.commit()
        joined = PostgresStore.on(host)
        host.rollback()
        for end, found in ((host.rollback, False), (host.commit, True)):
            host.execute("INSERT INTO orders VALUES (1)")
            write(joined, step())
            assert not is_there(store)
            end()
            assert is_there(store) is found
        assert len(host.execute("SELECT * FROM orders").fetchall()) == 1
        joined.close()


def test_our_failure_leaves_the_hosts_transaction_alive(make, url):
    write(make(), step())
    with psycopg.connect(url) as host:
        joined = PostgresStore.on(host)
        host.execute("CREATE TABLE orders (id INT)")
        with pytest.raises(StoreError):
            write(joined, step())  # it is open already
        host.execute("INSERT INTO orders VALUES (1)")
        host.commit()
        assert host.execute("SELECT * FROM orders").fetchall() == [(1,)]


def test_a_connection_that_commits_by_itself_must_be_in_a_transaction(make, url):
    store = make()
    with psycopg.connect(url, autocommit=True) as host:
        joined = PostgresStore.on(host)
        with pytest.raises(StoreError, match="Begin one"):
            write(joined, step())
        with host.transaction():
            write(joined, step())
            assert not is_there(store)
        assert is_there(store)


def test_a_connection_that_is_cut_is_named_to_the_one_who_asks_in_the_middle(make):
    store, other = make(), make()

    def ask_when_cut():
        with store.reading() as unit:
            pid = store._connection.info.backend_pid
            other._connection.execute("SELECT pg_terminate_backend(%s)", [pid])
            with pytest.raises(StoreUnavailableError):
                unit.case("c-1")
            told.append(True)

    told = []
    with pytest.raises(StoreUnavailableError):  # and the transaction cannot end well
        ask_when_cut()
    assert told


def test_a_server_that_takes_no_writes_is_away_and_not_damaged(make):
    store = make()
    store._connection.execute("SET default_transaction_read_only = on")  # as a standby has it
    with pytest.raises(StoreUnavailableError, match="takes no writes"):
        write(store, step())
    assert not is_there(store)
    store._connection.execute("SET default_transaction_read_only = off")
    write(store, step())


def test_a_user_without_rights_on_the_tables_is_told_so(make):
    store = make()
    tell = store._connection.execute
    schema = tell("SELECT current_schema()").fetchone()[0]
    role = f"guest_of_{schema}"
    tell(f"CREATE ROLE {role}")
    try:
        tell(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
        tell(f"SET ROLE {role}")
        with pytest.raises(StoreUnavailableError, match="permission denied"):
            is_there(store)
        tell("RESET ROLE")
    finally:
        tell(f"DROP OWNED BY {role}")
        tell(f"DROP ROLE {role}")


def test_a_claim_sees_what_others_have_committed_whatever_the_servers_default_is(make):
    store = make()
    store._connection.execute("SET default_transaction_isolation = 'serializable'")
    with store.writing():
        found = store._connection.execute("SHOW transaction_isolation").fetchone()
    assert found == ("read committed",)


def test_a_transaction_that_has_failed_already_cannot_be_joined(make, url):
    store = make()
    with psycopg.connect(url) as host:
        with pytest.raises(psycopg.Error):
            host.execute("SELECT 1 / 0")
        with pytest.raises(StoreError, match="failed already"):
            write(PostgresStore.on(host), step())
        host.rollback()
        write(PostgresStore.on(host), step())
    assert is_there(store)
