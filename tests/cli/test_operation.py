"""`workflow verify`, `parked`, `export`, `import`, `forget`, `watch`, `run`: a database in service."""

import io
import json
import logging
import sqlite3
import threading

import pytest
import rich.console

from workflow.cli import carry, database, progress, watch
from workflow.cli import run as running
from workflow.cli.logs import LOGGERS, Lines, kind_of, log_to_stderr, say
from workflow.engine import Backoff, Engine, SimulatedTime
from workflow.errors import StoreUnavailableError

START = "2026-03-02T08:40+08:00"
LATER = "2026-03-02T12:00+08:00"


@pytest.mark.usefixtures("database")
def test_verify_ends_with_1_when_it_finds_something(run, told):
    assert run("verify")[:2] == (0, "All is as it was written. Cases: 1.\n")
    assert told("verify") == {"cases": 1, "findings": []}
    with sqlite3.connect("cases.db") as connection:
        connection.execute("UPDATE workflow_events SET body = replace(body, 'major', 'minor')")
    connection.close()
    code, out, _ = run("verify")
    assert code == 1
    assert "row 0 was altered" in out
    code, out, _ = run("verify", "--json")
    assert code == 1
    assert json.loads(out)["findings"][0]["row"] == 0


@pytest.mark.usefixtures("database")
def test_what_is_derived_is_written_anew_and_a_log_never(run, told):
    run("open", "c-2", "--plan", "township", "--now", START)
    connection = sqlite3.connect("cases.db")
    connection.execute("UPDATE workflow_clocks SET due = due + 1")
    connection.execute("UPDATE workflow_wakeups SET at = at + 1")
    connection.commit()
    assert len(json.loads(run("verify", "--json")[1])["findings"]) >= 4
    code, out, _ = run("verify", "--rebuild")
    assert (code, out.splitlines()[0]) == (0, "Cases written anew: 2.")
    assert run("verify")[0] == 0
    assert told("verify", "--rebuild") == {"cases": 2, "findings": [], "rebuilt": []}
    connection.execute("UPDATE workflow_events SET hash = 'x' WHERE case_id = 'c-2'")
    connection.commit()
    connection.close()
    code, out, _ = run("verify", "--rebuild", "--json")
    assert code == 1
    assert [it["case"] for it in json.loads(out)["findings"]] == ["c-2"]


def refusing(_notice):
    raise ValueError("the secret is hunter2")


def test_what_is_parked_is_listed_and_tried_again(run, told, refused, database):
    assert run("parked")[1] == "Nothing is parked.\n"
    time, once = SimulatedTime(LATER), Backoff(tries=1)
    with Engine(database, time_source=time, sinks=[refusing], backoff=once) as engine:
        engine.tick()
        assert engine.parked()
    rows = told("parked")
    assert {it["sink"] for it in rows} == {"refusing"}
    assert "hunter2" in run("parked")[1]
    assert f"{len(rows)} parked: workflow parked" in run("tick", "--now", LATER)[1]
    first = rows[0]["id"]
    assert "Nothing is parked under" in refused("parked", "--redeliver", "x")
    assert "Did you mean" in refused("parked", "--redeliver", first[:-1])
    assert "is tried again" in run("parked", "--redeliver", first)[1]
    assert len(told("parked")) == len(rows) - 1
    second = rows[1]["id"]
    assert told("parked", "--redeliver", second) == {"id": second, "redelivered": True}


@pytest.mark.usefixtures("database")
def test_an_export_is_read_into_another_database(run, told, refused, tmp_path):
    run("tick", "--now", LATER)
    lines = run("export")[1]
    assert lines.startswith('{"workflow-export": 1}\n')
    assert told("export", "--output", "x.jsonl") == {
        "file": "x.jsonl",
        "lines": lines.count("\n"),
    }
    assert (tmp_path / "x.jsonl").read_text("utf-8") == lines
    copy = ("--db", "sqlite:///copy.db")
    assert told("import", "x.jsonl", *copy)["cases"] == 1
    assert run("export", *copy)[1] == lines
    assert run("verify", *copy)[0] == 0
    assert 'case "2026-0042" is in the database already' in refused("import", "x.jsonl", *copy)
    assert run("export", *copy)[1] == lines
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.usefixtures("database")
def test_one_case_is_exported_as_a_log_that_replays(run, told, refused):
    run("record", "2026-0042", "reported", "--by", "department", "--now", LATER)
    assert told("export", "--case", "2026-0042", "--output", "log.jsonl")["lines"] == 2
    shown = run("replay", "municipal-investment-group", "log.jsonl")
    assert shown[0] == 0
    assert "2026-0042 under Municipal investment group" in shown[1]
    assert 'Did you mean "2026-0042"?' in refused("export", "--case", "2026-0043")


@pytest.mark.usefixtures("database")
def test_a_bad_line_is_named_with_its_file_and_no_database_is_left(run, refused, tmp_path):
    lines = run("export")[1].splitlines()
    (tmp_path / "bad.jsonl").write_text("\n".join([*lines[:3], "{"]), "utf-8")
    assert refused("import", "bad.jsonl", "--db", "sqlite:///copy.db").startswith("bad.jsonl:4: ")
    (tmp_path / "bad.jsonl").write_bytes(b"\xff\n")
    told = refused("import", "bad.jsonl", "--db", "sqlite:///copy.db")
    assert told == "bad.jsonl:1: The line is not UTF-8."
    assert not list(tmp_path.glob("copy.db*"))
    assert "none.jsonl" in refused("import", "none.jsonl", "--db", "sqlite:///copy.db")


def test_the_standard_input_is_read_too(run, monkeypatch, database):
    text = run("export")[1].encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert run("import", "-", "--db", "sqlite:///copy.db")[0] == 0
    assert database


def test_a_file_that_cannot_be_written_whole_is_not_written(tmp_path):
    def lines():
        yield "one"
        raise StoreUnavailableError("gone")

    with pytest.raises(StoreUnavailableError):
        carry._write(tmp_path / "x.jsonl", lines())
    assert not list(tmp_path.iterdir())


def test_a_bar_is_drawn_only_where_somebody_looks(monkeypatch, capsys):
    with progress.progress("export", 3) as advance:
        advance(1)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress.progress("export", 3) as advance:
        advance(3)
    assert "export" in capsys.readouterr().err


@pytest.mark.usefixtures("database")
def test_a_person_is_forgotten_when_that_is_confirmed(run, told, refused, monkeypatch):
    assert "Zhang San" in run("export")[1]
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run("forget", "Zhang San")[0] == 130
    assert "Zhang San" in run("export")[1]
    said = told("forget", "Zhang San", "--case", "2026-0042", "--by", "department", "--yes")
    assert said == {"events": 1, "cases": ["2026-0042"], "kept": 0}
    assert "Zhang San" not in run("export")[1]
    assert run("verify")[0] == 0
    assert "no name to forget" in refused("forget", " ")
    assert "Events: 0" in run("forget", "Zhang San", "--yes")[1]


@pytest.mark.usefixtures("database")
def test_the_board_shows_what_is_late_and_what_is_next(run, told):
    shown = run("watch", "--once", "--now", LATER)[1]
    assert shown.startswith("2026-03-02 12:00 +08:00   3 overdue, 1 running")
    assert "has not been written" in shown  # nobody has ticked since
    run("tick", "--now", LATER)
    shown = run("watch", "--once", "--now", LATER)[1]
    assert "next change 2026-03-02 12:40 +08:00" in shown
    assert "in 1 h 40 min" in shown
    assert len(told("watch", "--once", "--now", LATER)) == 4
    assert "逾期" in run("watch", "--once", "--now", LATER, "--lang", "zh")[1]


def test_the_board_moves_on_until_it_is_stopped():
    stop, frames = threading.Event(), []

    def frame():
        frames.append(f"frame {len(frames)}")
        if len(frames) == 3:
            stop.set()
        return frames[-1]

    times = iter(range(0, 100, 2))  # each frame takes longer than a breath
    out = rich.console.Console(file=io.StringIO(), force_terminal=True)
    assert watch.live(frame, stop, lambda: next(times), out) == 3
    assert out.file.getvalue().count("frame") >= 3


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("cases.db", 'Did you mean "sqlite:///cases.db"?'),
        ("sqlite://cases.db", 'Did you mean "sqlite:///cases.db"?'),
        ("sqlit:///cases.db", 'Did you mean "sqlite"?'),
        ("sqlite:///", "names no database in which cases are kept"),
        ("sqlite:///:memory:", "names no database in which cases are kept"),
        ("memory://", "names no database in which cases are kept"),
        ("mysql://me:hunter2@host/x", "names no database in which cases are kept"),
        ("sqlite:///none.db", "There is no such database file."),
        ("sqlite:///.", "It is a directory, not a database file."),
        ("sqlite:///text.db", "no database of this package"),
        ("sqlite:///other.db", "none of the tables in which cases are kept"),
        ("postgresql://me:hunter2@127.0.0.1:1/x", "The database cannot be used"),
    ],
)
def test_a_wrong_database_is_one_line_and_nothing_is_made(
    refused, tmp_path, monkeypatch, url, says
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.db").write_text("hello " * 200, "utf-8")
    other = sqlite3.connect("other.db")
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = {it.name: it.read_bytes() for it in tmp_path.iterdir()}
    for command in ("status", "due", "overdue", "tick", "verify", "parked", "export", "run"):
        told = refused(command, "--db", url)
        assert says in told
        assert "hunter2" not in told
    assert {it.name: it.read_bytes() for it in tmp_path.iterdir()} == before


def test_without_a_database_the_two_ways_to_name_one_are_said(refused, monkeypatch):
    monkeypatch.delenv("WORKFLOW_DB", raising=False)
    told = refused("status")
    assert told == (
        "Which database? Give --db sqlite:///cases.db, or set WORKFLOW_DB. "
        "See: workflow status --help"
    )


def test_a_case_that_cannot_be_opened_leaves_no_database(refused, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    refused("open", "c-1", "--plan", "township", "--by", "nobody", "--db", "sqlite:///new.db")
    assert list(tmp_path.iterdir()) == []


def test_a_locked_database_is_one_line(refused, database, monkeypatch):
    monkeypatch.setattr("workflow.stores.sqlite.SqliteStore.__init__.__kwdefaults__", {
        "patience": 0.0, "synchronous": "FULL", "connection": None,
    })  # fmt: skip
    other = sqlite3.connect("cases.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    told = refused("record", "2026-0042", "noted", "--now", LATER)
    other.execute("ROLLBACK")
    other.close()
    assert told.startswith(f"{database}: The database is locked by another writer.")


def test_without_psycopg_one_line_says_how_to_install_it(refused, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    monkeypatch.delitem(__import__("sys").modules, "workflow.stores.postgres", raising=False)
    told = refused("status", "--db", "postgresql://localhost/x")
    assert told == (
        "This needs psycopg, which is not installed. "
        'Install it with: pip install "workflow-sla[postgres]"'
    )


def test_commands_work_on_postgresql(run, told, refused, monkeypatch):
    import postgres_server

    url = postgres_server.fresh()
    monkeypatch.setenv(database.VARIABLE, url)
    assert "none of the tables" in refused("status")
    assert run("open", "c-1", "--plan", "township", "--now", START)[0] == 0
    assert [it["case"] for it in told("status", "--now", LATER)] == ["c-1"]
    assert run("verify")[0] == 0


def record_of(**fields):
    made = logging.LogRecord("workflow.engine", logging.ERROR, "", 0, "x", (), None)
    made.workflow = {"record": "delivery failed", "time": "2026-03-02T00:00:00+00:00", **fields}
    return made


def test_a_line_of_the_log_names_an_error_by_its_kind_only():
    failed = record_of(sink="mail", error="SMTPError: no such person: Zhang San, hunter2")
    assert json.loads(Lines("json").format(failed)) == {
        "level": "error",
        "logger": "workflow.engine",
        "record": "delivery failed",
        "time": "2026-03-02T00:00:00+00:00",
        "sink": "mail",
        "error": "SMTPError",
    }
    assert Lines("text").format(failed) == (
        "2026-03-02T00:00:00+00:00 error   delivery failed sink=mail error=SMTPError"
    )
    assert kind_of("it went wrong") == "error"
    failed.exc_info = (ValueError, ValueError("hunter2"), None)
    assert "hunter2" not in Lines("json").format(failed) + Lines("text").format(failed)


def test_the_text_of_a_line_can_be_told_apart():
    line = Lines("text").format(record_of(case="c 1", notices={"met": 1}, plan=""))
    assert line.endswith('case="c 1" notices={"met": 1} plan=""')


def test_each_logger_is_documented(pytestconfig):
    page = (pytestconfig.rootpath / "docs" / "reference" / "cli.md").read_text("utf-8")
    for name in LOGGERS:
        assert f"`{name}`" in page


def test_what_an_engine_does_is_logged_without_persons_and_secrets(database, capsys):
    from workflow.adapters.structured_log import StructuredLog

    log_to_stderr("json")
    log_to_stderr("json")  # once is enough
    say("started", database=database)
    time = SimulatedTime(LATER)
    listens = {"listeners": [StructuredLog()], "sinks": [refusing], "backoff": Backoff(tries=1)}
    with Engine(database, time_source=time, **listens) as engine:
        engine.record("2026-0042", "noted", at=LATER, person="Li Si", data={"text": "hunter2"})
        engine.tick()
    said = capsys.readouterr().err
    lines = [json.loads(line) for line in said.splitlines()]
    assert [it["record"] for it in lines][:3] == ["started", "event", "delivery failed"]
    assert {it["error"] for it in lines if it["record"] == "delivery failed"} == {"ValueError"}
    for word in ("Li Si", "Zhang San", "hunter2"):
        assert word not in said


def test_a_database_that_is_away_is_tried_again(capsys):
    stop, waited = threading.Event(), []

    class Away:
        tries = 0

        def run(self, stop):
            self.tries += 1
            if self.tries < 3:
                raise StoreUnavailableError("postgresql://host/x: gone")
            stop.set()

    log_to_stderr("text")
    running.keep_running(Away(), stop, waited.append)
    assert waited == [running.PATIENCE] * 2
    assert capsys.readouterr().err.count("database unavailable error=StoreUnavailableError") == 2


def test_a_signal_stops_it_and_handlers_are_put_back():
    import os
    import signal

    before = signal.getsignal(signal.SIGTERM)
    with running.stopped_by_signal() as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.wait(10)
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.usefixtures("database")
def test_a_webhook_is_signed_with_a_secret_that_no_command_line_shows(refused, run, monkeypatch):
    assert "--webhook-secret" not in run("run", "--help")[1]
    monkeypatch.setenv("WORKFLOW_WEBHOOK_SECRET", "whsec_hunter2!")
    told = refused("tick", "--webhook", "http://127.0.0.1:9/hook")
    assert "hunter2" not in told


def test_a_webhook_that_is_named_takes_the_notices():
    from workflow.cli.sinks import sinks_of

    with sinks_of("http://127.0.0.1:9/hook", None) as found:
        assert [it.name for it in found] == ["webhook"]
    with sinks_of(None, None) as found:
        assert found == []
