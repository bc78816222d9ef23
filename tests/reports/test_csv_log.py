"""CSV logs: through a mapping file, and with the columns of an event."""

import textwrap

import pytest

from workflow.errors import LogFormatError
from workflow.instants import to_instant
from workflow.reports.csv_log import read_csv, read_plain_csv
from workflow.reports.log_mapping import read_mapping

MAPPING = """
log: 1
case: ticket
order: n
times: {timezone: Europe/Berlin, empty: ["?"]}
level:
  column: priority
  values: {"1": high, "2": low}
  changes: reclassified
  at: at
events:
  - {event: opened, at: opened, first: true}
  - {event: reopened, at: at, column: state, becomes: [Active], after: [Done]}
  - {event: started, at: at, column: state, becomes: [Active], not_after: [Done]}
  - {event: done, at: at, column: state, becomes: Done, by: desk, states: result}
data: {via: contact}
only: {kind: [incident]}
"""
HEAD = "ticket,n,kind,opened,at,state,priority,contact"


@pytest.fixture
def mapping(tmp_path):
    def made(text=MAPPING):
        file = tmp_path / "mapping.yaml"
        file.write_text(textwrap.dedent(text), encoding="utf-8")
        return read_mapping(file)

    return made


def rows(*lines, head=HEAD):
    return [f"{line}\n" for line in (head, *lines)]


def test_rows_become_the_events_they_tell_of(mapping):
    log = read_csv(
        rows(
            "T1,0,incident,2026-03-02T08:00,2026-03-02T08:05,New,2,Phone",
            "T1,1,incident,2026-03-02T08:00,2026-03-02T09:00,Active,2,Phone",
            "T1,2,incident,2026-03-02T08:00,2026-03-02T09:30,Active,1,Phone",
            "T1,3,incident,2026-03-02T08:00,2026-03-02T10:00,Done,1,Phone",
            "T1,4,incident,2026-03-02T08:00,2026-03-02T11:00,Active,1,Phone",
        ),
        "log.csv",
        mapping(),
    )
    (case,) = log.cases
    assert [event.type for event in case.events] == [
        "opened",
        "started",
        "reclassified",
        "done",
        "reopened",
    ]
    opened, _, changed, done, _ = case.events
    assert (opened.level, changed.level) == ("low", "high")
    assert opened.data == {"via": "Phone"}
    assert (done.by, done.states) == ("desk", ("result",))
    assert opened.instant == to_instant("2026-03-02T08:00+01:00")
    assert case.said["state"] == "Active"


def test_rows_of_a_case_need_not_stand_together_or_in_order(mapping):
    log = read_csv(
        rows(
            "T1,1,incident,2026-03-02T08:00,2026-03-02T10:00,Done,1,Phone",
            "T2,0,incident,2026-03-02T08:00,2026-03-02T08:05,New,1,Phone",
            "T1,0,incident,2026-03-02T08:00,2026-03-02T08:05,New,1,Phone",
        ),
        "log.csv",
        mapping(),
    )
    assert {case.id: [e.type for e in case.events] for case in log.cases} == {
        "T1": ["opened", "done"],
        "T2": ["opened"],
    }


def test_rows_that_are_not_asked_for_are_left_out_and_counted(mapping):
    log = read_csv(
        rows(
            "T1,0,incident,2026-03-02T08:00,2026-03-02T08:05,New,1,Phone",
            "T2,0,request,2026-03-02T08:00,2026-03-02T08:05,New,1,Phone",
        ),
        "log.csv",
        mapping(),
    )
    assert (len(log.cases), log.rows, log.left_out) == (1, 2, 1)


def test_a_value_without_a_meaning_is_counted_and_never_guessed(mapping):
    log = read_csv(
        rows(
            "T1,0,incident,2026-03-02T08:00,2026-03-02T08:05,New,7,Phone",
            "T2,0,incident,2026-03-02T08:00,2026-03-02T08:05,New,,Phone",
        ),
        "log.csv",
        mapping(),
    )
    assert [case.events[0].level for case in log.cases] == [None, None]
    assert log.unknown == {"priority: 7": 1, "priority: (empty)": 1}


@pytest.mark.parametrize("nothing", ["", " ", "?"])
def test_an_event_without_a_time_is_not_told_of(mapping, nothing):
    log = read_csv(
        rows(
            "T1,0,incident,2026-03-02T08:00,2026-03-02T08:05,New,1,Phone",
            f"T1,1,incident,2026-03-02T08:00,{nothing},Done,1,Phone",
        ),
        "log.csv",
        mapping(),
    )
    assert [event.type for event in log.cases[0].events] == ["opened"]


@pytest.mark.parametrize(
    ("wall", "instant"),
    [
        # Berlin's clocks go from 02:00 to 03:00 on 29 March 2026: 02:30 moves to 03:30.
        ("2026-03-29T02:30", "2026-03-29T03:30+02:00"),
        # 02:30 is there twice on 25 October 2026; the first is summer time.
        ("2026-10-25T02:30", "2026-10-25T02:30+02:00"),
        # A time with an offset names its own instant.
        ("2026-03-02T08:00+08:00", "2026-03-02T08:00+08:00"),
    ],
)
def test_wall_times_in_gaps_and_repeated_hours(mapping, wall, instant):
    log = read_csv(rows(f"T1,0,incident,{wall},2026-12-02T08:05,New,1,Phone"), "log.csv", mapping())
    assert log.cases[0].events[0].instant == to_instant(instant)


def test_other_ways_to_write_a_time_are_read_by_their_pattern(mapping):
    form = mapping(
        """
        log: 1
        times: {timezone: UTC, pattern: "%d/%m/%Y %H:%M"}
        events: [{event: opened, at: opened}]
        """
    )
    log = read_csv(["opened\n", "29/2/2016 01:16\n"], "log.csv", form)
    assert log.cases[0].events[0].instant == to_instant("2016-02-29T01:16Z")


def test_a_conversion_made_by_mistake_is_undone(mapping):
    # 17:09:16 in Boston was taken for UTC and shown in Eastern time as 12:09:16.
    form = mapping(
        """
        log: 1
        times: {timezone: America/New_York, mistaken_for: UTC}
        events: [{event: opened, at: opened}]
        """
    )
    log = read_csv(["opened\n", "2013-01-01T12:09:16\n"], "log.csv", form)
    assert log.cases[0].events[0].instant == to_instant("2013-01-01T17:09:16-05:00")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["a,b"], "log.csv:1: There is no column"),
        ([HEAD + ",n"], 'log.csv:1: The column "n" is there twice'),
        ([HEAD, "T1,0"], "log.csv, row 2: The row has 2 fields, the header 8"),
        ([HEAD, "T1,x,incident,2026-03-02T08:00,,New,1,Phone"], '"x" is not a whole number'),
        ([HEAD, "T1,0,incident,soon,,New,1,Phone"], 'row 2, opened: "soon" is not a time'),
        ([HEAD, "T1,0,incident,1492-10-12T08:00,,New,1,Phone"], "1900 to 2200"),
        ([HEAD, '"T1,0'], "not CSV"),
        ([HEAD], "The log holds no row"),
        ([HEAD, "T1,0,request,2026-03-02T08:00,,New,1,Phone"], "No row of the log is read"),
        ([""], "There is no column"),
    ],
)
def test_a_fault_of_a_log_names_its_row_and_column(mapping, lines, says):
    with pytest.raises(LogFormatError) as caught:
        read_csv([f"{line}\n" for line in lines], "log.csv", mapping())
    assert says in str(caught.value)


def test_a_csv_log_may_have_the_columns_of_an_event():
    log = read_plain_csv(
        [
            "case,event,at,by,to,states,level\n",
            "A,detected,2026-03-02T08:40+08:00,department,,,major\n",
            "A,reported,2026-03-02T08:55+08:00,,group; office,time;place,\n",
        ],
        "log.csv",
    )
    first, second = log.cases[0].events
    assert (first.level, first.to, first.by) == ("major", None, "department")
    assert second.to == ("group", "office")
    assert second.states == ("time", "place")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["ticket,opened"], "--format mapping.yaml"),
        (["event,at", "noted,now"], "log.csv:2"),
        (["event,at"], "The log holds no row"),
        (["event", "noted"], 'The event has no "at"'),
    ],
)
def test_other_columns_ask_for_a_mapping_file(lines, says):
    with pytest.raises(LogFormatError) as caught:
        read_plain_csv([f"{line}\n" for line in lines], "log.csv")
    assert says in str(caught.value)
