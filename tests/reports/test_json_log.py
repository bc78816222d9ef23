"""JSON Lines logs: one event a line."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.cases import Event
from workflow.errors import LogFormatError, WorkflowError
from workflow.instants import to_instant
from workflow.reports.json_log import read_json_lines

OPENED = '{"event": "detected", "at": "2026-03-02T08:40+08:00"}'


def read(*lines):
    return read_json_lines(lines, "log.jsonl")


def test_lines_become_events_in_their_order():
    log = read(OPENED, "", '{"event": "reported", "at": "2026-03-02T08:55+08:00", "to": "group"}')
    (case,) = log.cases
    assert case.id == "case"
    assert [event.type for event in case.events] == ["detected", "reported"]
    assert [event.seq for event in case.events] == [0, 1]
    assert case.events[1].to == ("group",)
    assert case.places == ("log.jsonl:1", "log.jsonl:3")


def test_cases_stand_in_the_order_of_their_first_line():
    log = read(
        '{"case": "b", "event": "detected", "at": "2026-03-02T08:40+08:00"}',
        '{"case": "a", "event": "detected", "at": "2026-03-02T08:00+08:00"}',
        '{"case": "b", "event": "noted", "at": "2026-03-02T09:40+08:00"}',
    )
    assert [(case.id, len(case.events)) for case in log.cases] == [("b", 2), ("a", 1)]


def test_an_event_was_recorded_when_it_happened_or_with_a_later_one_before_it():
    log = read(
        OPENED,
        '{"event": "noted", "at": "2026-03-02T10:00+08:00"}',
        '{"event": "noted", "at": "2026-03-02T09:00+08:00"}',
        '{"event": "noted", "at": "2026-03-02T09:30+08:00", "recorded_at": "2026-03-02T12:00+08:00"}',
    )
    recorded = [event.recorded for event in log.cases[0].events]
    at = [f"2026-03-02T{time}+08:00" for time in ("08:40", "10:00", "10:00", "12:00")]
    assert recorded == [to_instant(it) for it in at]


def test_what_an_event_writes_can_be_read():
    event = Event(
        type="reported",
        instant=to_instant("2026-03-02T08:55+08:00"),
        recorded=to_instant("2026-03-02T09:55+08:00"),
        seq=0,
        by="department",
        person="somebody",
        to=("group",),
        states=("time", "place"),
        of=("basic-facts",),
        level="major",
        category="fire",
        conditions={"orally": True},
        data={"n": 1},
        key="k",
    )
    assert read(json.dumps(event.to_json())).cases[0].events == (event,)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "log.jsonl:2: The line is not JSON"),
        ("[1]", "log.jsonl:2: The line is not a JSON object"),
        ('{"at": "2026-03-02T08:40+08:00"}', 'The event has no "event"'),
        ('{"event": "noted"}', 'The event has no "at"'),
        ('{"event": "noted", "at": "2026-03-02T08:40"}', "no UTC offset"),
        ('{"event": "noted", "at": "soon"}', '"soon" is not a time'),
        ('{"event": "noted", "at": 5}', "at is 5"),
        ('{"event": "noted", "at": "2026-03-02T08:40+08:00", "lvl": "x"}', 'Did you mean "level"?'),
        (
            '{"event": "noted", "at": "2026-03-02T08:40+08:00", "to": 5}',
            "a text or a list of texts",
        ),
        ('{"event": "noted", "at": "2026-03-02T08:40+08:00", "data": []}', "a JSON object"),
        (
            '{"event": "noted", "at": "2026-03-02T08:40+08:00", "conditions": {"a": 1}}',
            "true or false",
        ),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_fault_names_its_line(line, says):
    with pytest.raises(LogFormatError) as caught:
        read(OPENED, line)
    assert says in str(caught.value)
    assert "log.jsonl:2" in str(caught.value)


def test_a_log_of_empty_lines_holds_no_event():
    with pytest.raises(LogFormatError, match="no event"):
        read("", "\n")


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda it: st.lists(it, max_size=3) | st.dictionaries(st.sampled_from(["event", "at", "to", "data", "x", "case"]), it), max_leaves=8))  # fmt: skip
def test_no_json_value_raises_anything_but_an_error_of_ours(value):
    with contextlib.suppress(WorkflowError):
        read(json.dumps(value))
