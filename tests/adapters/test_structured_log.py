"""Structured logs: the documented records and fields, and nothing personal."""

import io
import json
import logging

import pytest

from workflow.adapters import JsonLines, StructuredLog
from workflow.engine import Backoff, Engine, SimulatedTime
from workflow.plans import loads

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
  - {id: report, who: duty, from: found, within: 30 min, fulfilled_by: [reported]}
"""
START = "2026-03-02T08:40+08:00"


@pytest.fixture
def lines():
    """What the logger wrote, line by line, as a function."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("workflow.engine")
    level = logger.level
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.removeHandler(handler)
    logger.setLevel(level)


def engine_of(time, *sinks):
    return Engine(
        "memory://",
        [loads(PLAN)],
        time_source=time,
        sinks=sinks,
        backoff=Backoff(tries=1),
        listeners=[StructuredLog()],
    )


def test_each_record_is_one_line_with_its_fields(lines):
    time = SimulatedTime(START)

    def pager(notice):
        pass

    def broken(_):
        raise ConnectionError("no route for Mei Zhang: private")

    with engine_of(time, pager, broken) as engine:
        engine.open("small", "案件-1", at=START, person="Mei Zhang", data={"text": "private"})
        engine.tick()
        time.move_to("2026-03-02T09:20+08:00")
        engine.tick()
    opened, idle, tick, *deliveries = lines()
    assert (opened["level"], opened["record"], opened["case"]) == ("info", "event", "案件-1")
    assert (opened["action"], opened["event"], opened["duplicate"]) == ("open", "found", False)
    assert opened["time"] == "2026-03-02T00:40:00+00:00"
    assert (idle["level"], idle["record"]) == ("debug", "tick")
    assert (tick["level"], tick["notices"], tick["parked"]) == ("info", {"breached": 1}, 0)
    assert tick["lag_seconds"] == pytest.approx(600, abs=0.001)
    done, failed = sorted(deliveries, key=lambda it: it["record"])
    assert (done["record"], done["sink"], done["kind"]) == ("delivered", "pager", "breached")
    assert (failed["record"], failed["level"], failed["parked"]) == (
        "delivery failed",
        "error",
        True,
    )
    assert failed["error"] == "ConnectionError"
    assert "Mei" not in str(lines())
    assert "private" not in str(lines())


def test_a_case_that_is_parked_is_an_error_with_its_kind(lines, monkeypatch):
    time = SimulatedTime(START)
    with engine_of(time) as engine:
        engine.open("small", "c-1", at=START)
        monkeypatch.setattr("workflow.engine.ticker.stepped", lambda *_: 1 / 0)
        time.move_to("2026-03-02T09:20+08:00")
        engine.tick()
    last = lines()[-1]
    assert (last["level"], last["record"], last["case"]) == ("error", "case parked", "c-1")
    assert last["error"] == "ZeroDivisionError"


def test_a_record_of_another_library_keeps_its_message():
    record = logging.LogRecord("other", logging.WARNING, "f", 1, "%s left", (3,), None)
    assert json.loads(JsonLines().format(record)) == {
        "level": "warning",
        "logger": "other",
        "message": "3 left",
    }


def test_an_error_is_written_with_its_trace():
    try:
        1 / 0  # noqa: B018 - the error is meant
    except ZeroDivisionError:
        info = __import__("sys").exc_info()
    record = logging.LogRecord("workflow.engine", logging.ERROR, "f", 1, "failed", (), info)
    assert "ZeroDivisionError" in json.loads(JsonLines().format(record))["error"]
