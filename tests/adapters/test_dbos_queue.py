"""Notices on a host's task queue: DBOS on a real PostgreSQL, the host in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

import postgres_server
import pytest

from workflow.adapters import DbosSink
from workflow.engine import Engine, SimulatedTime
from workflow.errors import MissingExtraError, SinkError
from workflow.plans import loads

pytest.importorskip("dbos")
psycopg = pytest.importorskip("psycopg")

START = "2026-03-02T08:40+08:00"
HOST = Path(__file__).with_name("dbos_host.py")
PLAN = """
workflow: 1
name: small
version: "1"
timezone: Asia/Shanghai
roles: {duty: Duty officer}
stages: [{id: detect}, {id: closed}]
opens: [found]
events: {found: Found, reported: Reported}
transitions: [{event: reported, from: [detect], to: closed}]
obligations:
  - {id: report, who: duty, from: found, within: 30 min, fulfilled_by: [reported], warn: ["50%"]}
"""


@pytest.fixture
def database():
    """The URL of an empty database for the host's queue."""
    url, name = postgres_server.start(), f"dbos_{uuid.uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    address, _, options = url.partition("?")
    return f"{address.rpartition('/')[0]}/{name}?{options}"


def host(database, file, count, **environment):
    return subprocess.Popen(
        [sys.executable, str(HOST), database, str(file), str(count)],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process):
    process.kill()
    process.communicate()


def test_a_notice_is_handled_once_though_the_host_dies_and_the_delivery_is_repeated(
    database, tmp_path, request
):
    file = tmp_path / "handled.jsonl"
    # The first start makes the tables of the queue, takes the first notice, and dies over it.
    first = host(database, file, 2, DIE="1")
    request.addfinalizer(lambda: ended(first))
    assert first.stdout.readline() == "ready\n", first.stderr.read()
    time = SimulatedTime(START)
    with DbosSink(database, workflow="handle", queue="notices") as sink:
        with Engine("memory://", [loads(PLAN)], time_source=time, sinks=[sink]) as engine:
            engine.open("small", "c-1", at=START, by="duty")
            time.move_to("2026-03-02T09:20+08:00")
            told = engine.tick()
            assert [notice.kind.value for notice in told] == ["warning", "breached"]
            assert engine.parked() == ()
        assert first.wait(60) == -signal.SIGKILL
        for notice in told:
            sink.deliver(notice)  # as an outbox does that died before it could settle
    second = host(database, file, 2)
    request.addfinalizer(lambda: ended(second))
    out, errors = second.communicate(timeout=90)
    assert second.returncode == 0, out + errors
    handled = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert sorted(it["id"] for it in handled) == sorted(notice.id for notice in told)
    assert handled[0] == next(n for n in told if n.id == handled[0]["id"]).to_json()


def test_a_queue_that_cannot_be_reached_is_an_error_without_the_password():
    address = "postgresql://host:hidden@127.0.0.1:1/none"
    with DbosSink(address, workflow="handle", queue="notices") as sink:
        time = SimulatedTime(START)
        with Engine("memory://", [loads(PLAN)], time_source=time, sinks=[sink]) as engine:
            engine.open("small", "c-1", at=START, by="duty")
            notice = engine.tick("2026-03-02T09:20+08:00")[0]
        with pytest.raises(SinkError, match="queue notices") as found:
            sink.deliver(notice)
    assert "hidden" not in str(found.value) + repr(sink)


def test_a_sink_without_a_queue_is_an_error():
    with pytest.raises(SinkError, match="needs to know its queue"):
        DbosSink(workflow="handle", queue="notices")


def test_without_dbos_the_command_that_installs_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "dbos", None)
    with pytest.raises(MissingExtraError, match=r"workflow-sla\[queue\]"):
        DbosSink("postgresql://host/none", workflow="handle", queue="notices")
