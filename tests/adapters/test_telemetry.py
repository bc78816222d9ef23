"""OpenTelemetry: the documented names, read back through its own SDK."""

import re
from pathlib import Path

import pytest

from workflow.adapters import telemetry
from workflow.adapters.telemetry import Telemetry
from workflow.engine import Backoff, Engine, SimulatedTime
from workflow.errors import MissingExtraError
from workflow.plans import loads

pytest.importorskip("opentelemetry.sdk")
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

PLAN = """
workflow: 1
name: small
version: "1"
timezone: Asia/Shanghai
roles: {duty: Duty officer}
stages: [{id: detect}, {id: closed}]
opens: [found]
events: {found: Found, reported: Reported, finished: Finished}
transitions: [{event: finished, from: open, to: closed}]
obligations:
  - {id: report, who: duty, from: found, within: 30 min, fulfilled_by: [reported], warn: ["50%"]}
"""
START = "2026-03-02T08:40+08:00"


@pytest.fixture
def watched():
    """An engine, what it measures, and what it traces."""
    reader, exporter = InMemoryMetricReader(), InMemorySpanExporter()
    meters, tracers = MeterProvider([reader]), TracerProvider()
    tracers.add_span_processor(SimpleSpanProcessor(exporter))
    listener = Telemetry(meters=meters, tracers=tracers)
    time = SimulatedTime(START)

    def pager(notice):
        if notice.kind.value == "warning":
            raise ConnectionError("no route for Mei Zhang: private")

    engine = Engine(
        "memory://",
        [loads(PLAN)],
        time_source=time,
        sinks=[pager],
        backoff=Backoff(tries=2),
        listeners=[listener],
    )
    listener.watch(engine)
    with engine:
        yield engine, time, lambda: measured(reader), exporter.get_finished_spans
    meters.shutdown()
    tracers.shutdown()


def measured(reader):
    """Each metric's points: attributes, and the value or the sum."""
    found = {}
    for resource in reader.get_metrics_data().resource_metrics:
        for scope in resource.scope_metrics:
            assert scope.scope.name == "workflow"
            for metric in scope.metrics:
                found[metric.name] = sorted(
                    (tuple(sorted(it.attributes.items())), getattr(it, "value", None) or it.sum)
                    if hasattr(it, "sum")
                    else (tuple(sorted(it.attributes.items())), it.value)
                    for it in metric.data.data_points
                )
    return found


def test_what_happens_is_counted_under_the_documented_names(watched):
    engine, time, read, _ = watched
    engine.open("small", "c-1", at=START, by="duty", person="Mei Zhang", key="k")
    engine.open("small", "c-1", at=START, by="duty", person="Mei Zhang", key="k")
    engine.open("small", "c-2", at=START)
    time.move_to("2026-03-02T09:20+08:00")
    engine.tick()
    engine.record("c-1", "reported", at="2026-03-02T09:20+08:00")
    found = read()
    assert found["workflow.events"] == [
        (said("open", "found", False), 2),
        (said("open", "found", True), 1),
        (said("record", "reported", False), 1),
    ]
    assert found["workflow.notices"] == [
        ((("kind", "breached"), ("plan", "small")), 2),
        ((("kind", "met_late"), ("plan", "small")), 1),
        ((("kind", "warning"), ("plan", "small")), 2),
    ]
    assert found["workflow.deliveries"] == [
        ((("outcome", "delivered"), ("sink", "pager")), 2),
        ((("outcome", "failed"), ("sink", "pager")), 2),
    ]
    assert found["workflow.tick.lag"] == [((), 25 * 60.0)]
    assert found["workflow.cases.open"] == [((), 2)]
    assert found["workflow.overdue"] == [((("obligation", "report"), ("plan", "small")), 1)]
    engine.record("c-2", "finished", at="2026-03-02T09:20+08:00")
    assert read()["workflow.cases.open"] == [((), 1)]


def said(action, event, duplicate):
    return (("action", action), ("duplicate", duplicate), ("event", event), ("plan", "small"))


def test_what_happens_is_traced_without_a_person(watched):
    engine, time, _, spans = watched
    engine.open("small", "c-1", at=START, by="duty", person="Mei Zhang", data={"text": "private"})
    time.move_to("2026-03-02T09:00+08:00")
    engine.tick()
    opened, ticked, delivered = spans()
    assert (opened.name, opened.attributes["workflow.case"]) == ("workflow.open", "c-1")
    assert ticked.name == "workflow.tick"
    assert (delivered.name, delivered.status.is_ok) == ("workflow.deliver", False)
    assert delivered.status.description == "ConnectionError"
    shown = " ".join(span.to_json() for span in spans())
    assert "Mei" not in shown
    assert "private" not in shown


def test_a_case_that_is_parked_is_counted_and_the_tick_is_marked(watched, monkeypatch):
    engine, time, read, spans = watched
    engine.open("small", "c-1", at=START)
    monkeypatch.setattr("workflow.engine.ticker.stepped", lambda *_: 1 / 0)
    time.move_to("2026-03-02T09:00+08:00")
    engine.tick()
    assert read()["workflow.cases.parked"] == [((), 1)]
    assert not spans()[-1].status.is_ok


def test_a_listener_that_fails_stops_nothing_and_is_named(caplog):
    heard = []

    def broken(_):
        raise ZeroDivisionError

    with Engine("memory://", [loads(PLAN)], listeners=[broken, heard.append]) as engine:
        engine.open("small", "c-1", at=START)
    assert len(heard) == 1
    assert "A listener failed" in caplog.text


def test_every_name_that_is_used_is_documented():
    documented = set(re.findall(r"`(workflow\.[a-z_.]+)`", telemetry.__doc__))
    source = Path(telemetry.__file__).read_text("utf-8")
    used = set(
        re.findall(r'"(workflow\.(?:events|notices|tick|cases|deliveries|overdue)[a-z.]*)"', source)
    )
    assert used - {"workflow.notices"} <= documented
    assert len(used) == 8


def test_without_the_api_the_command_that_installs_it_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "opentelemetry", None)
    with pytest.raises(MissingExtraError, match=r"workflow-sla\[telemetry\]"):
        Telemetry()
