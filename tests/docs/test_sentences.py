"""Sentences of the page on semantics, each by an example worked out by hand.

The page names a test for every sentence. What the tests of the floors do not already hold by that
name stands here, in the order of the page.
"""

import ast
import datetime as dt
import functools
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workflow as wf
from workflow.cases import State
from workflow.errors import WorkflowError
from workflow.plans import loads

SOURCE = Path(__file__).parents[2] / "src" / "workflow"
OFFICE = wf.WorkingCalendar("Asia/Shanghai", {"mon-fri": ["09:00-12:00", "13:30-18:00"]})
SHANGHAI = {"timezone": "Asia/Shanghai"}

PLAN = """
workflow: 1
name: small
version: "{version}"
timezone: Asia/Shanghai
roles: {{duty: {{en: Duty officer}}, city: {{en: City}}, lead: {{en: Lead}}}}
levels: [{{id: high, title: High}}, {{id: low, title: Low}}]
conditions: {{waiting: {{en: Waiting for the other side}}}}
stages: [{{id: assess}}, {{id: respond}}, {{id: closed}}]
opens: [detected]
events:
  detected: {{en: Found}}
  told: {{en: Told}}
  asked: {{en: The other side was asked, sets: [waiting]}}
  got-answer: {{en: The other side answered, clears: [waiting]}}
  answered: {{en: Answered}}
  reopened: {{en: Opened again}}
  finished: {{en: Finished}}
transitions:
  - {{event: answered, from: [assess], to: respond}}
  - {{event: finished, from: [assess, respond], to: closed}}
  - {{event: reopened, from: [closed], to: assess}}
obligations:
{duties}
"""
VERSIONS = itertools.count(1)


@functools.cache
def plan(duties):
    lines = "\n".join(f"  {line}" for line in duties.strip("\n").splitlines())
    return loads(PLAN.format(version=next(VERSIONS), duties=lines))


def opened(duties, **said):
    return wf.Case.open(plan(duties), "c-1", at="2026-03-02T08:40+08:00", **said)


def at(time, day=2):
    return f"2026-03-{day:02}T{time}+08:00"


def due(rule, anchor, **options):
    return wf.due(rule, anchor, **options).at.isoformat()


# Time


def test_the_core_reads_no_clock():
    """No file but the engine's time source calls anything that tells the present."""
    telling = {"now", "utcnow", "today", "time", "time_ns", "monotonic"}
    clocks = {"datetime", "date", "pendulum", "time", "dt.datetime", "dt.date"}
    for path in SOURCE.rglob("*.py"):
        if path.name == "time_source.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                told = node.func.attr in telling and ast.unparse(node.func.value) in clocks
                assert not told, f"{path}:{node.lineno}: {ast.unparse(node)}"


def test_amounts_keep_their_unit():
    assert wf.Duration.parse("24 h") != wf.Duration.parse("1 day")
    assert wf.Duration.parse("30 days") != wf.Duration.parse("1 month")
    # The clocks of Berlin go forward in the night to 29 March 2026.
    night = {"anchor": "2026-03-28T10:00+01:00", "timezone": "Europe/Berlin"}
    assert due("24 h", **night) == "2026-03-29T11:00:00+02:00"
    assert due("1 day", ends="same_time", **night) == "2026-03-29T10:00:00+02:00"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("30 min", "PT30M"),
        ("2 h", "PT2H"),
        ("3 days", "P3D"),
        ("2 weeks", "P2W"),
        ("1 month", "P1M"),
        ("1 year", "P1Y"),
        ("5 working hours", None),
        ("3 working days", None),
    ],
)
def test_an_amount_that_is_written_can_be_read_back(text, iso):
    amount = wf.Duration.parse(text)
    assert wf.Duration.parse(str(amount)) == amount
    assert iso is None or wf.Duration.parse(iso) == amount


# How a due instant is computed


def test_elapsed_time_is_absolute():
    # 00:30+02:00 is 22:30 UTC; 12 h later is 10:30 UTC, 11:30 in Berlin after the clocks went back.
    assert (
        due("12 h", "2026-10-25T00:30+02:00", timezone="Europe/Berlin")
        == "2026-10-25T11:30:00+01:00"
    )


def test_calendar_days_do_not_count_the_anchors_day_and_end_with_the_last():
    # Monday the 2nd is not counted: the 3rd, 4th and 5th are.
    assert due("3 days", at("08:40"), **SHANGHAI) == "2026-03-05T23:59:59.999999+08:00"


def test_ends_close_is_the_end_of_that_days_work():
    assert due("3 days", at("08:40"), calendar=OFFICE, ends="close") == "2026-03-05T18:00:00+08:00"


def test_ends_same_time_keeps_the_wall_clock_across_a_change_of_the_clocks():
    berlin = {"timezone": "Europe/Berlin", "ends": "same_time"}
    assert due("2 days", "2026-03-28T10:00+01:00", **berlin) == "2026-03-30T10:00:00+02:00"


def test_rollover_moves_a_last_day_off_and_without_it_nothing_moves():
    # Thursday the 5th and two days: Saturday the 7th, or Monday the 9th.
    assert due("2 days", at("10:00", 5), calendar=OFFICE) == "2026-03-07T23:59:59.999999+08:00"
    moved = due("2 days", at("10:00", 5), calendar=OFFICE, rollover="next_working_day")
    assert moved == "2026-03-09T23:59:59.999999+08:00"


def test_working_days_are_the_days_on_which_the_calendar_opens():
    # Friday the 6th is not counted: Monday, Tuesday, Wednesday.
    assert due("3 working days", at("10:00", 6), calendar=OFFICE) == (
        "2026-03-11T23:59:59.999999+08:00"
    )


def test_with_same_time_an_anchor_outside_working_time_moves_to_the_next_opening():
    # Friday 19:00 becomes Monday 09:00, and one working day later is Tuesday 09:00.
    moved = due("1 working day", at("19:00", 6), calendar=OFFICE, ends="same_time")
    assert moved == "2026-03-10T09:00:00+08:00"


def test_a_month_ends_on_the_day_of_that_number_or_on_the_months_last():
    assert due("1 month", "2026-01-15T10:00+08:00", **SHANGHAI).startswith("2026-02-15T23:59")
    assert due("1 month", "2026-01-31T10:00+08:00", **SHANGHAI).startswith("2026-02-28T23:59")
    assert due("1 year", "2028-02-29T10:00+08:00", **SHANGHAI).startswith("2029-02-28T23:59")


def test_same_day_is_the_end_of_the_anchors_local_day():
    assert due("same day", at("08:40"), **SHANGHAI) == "2026-03-02T23:59:59.999999+08:00"


def test_same_day_at_closing_moves_what_came_after_closing_to_the_next_working_day():
    assert due("same day", at("17:59"), calendar=OFFICE, ends="close").startswith("2026-03-02T18")
    assert due("same day", at("18:30"), calendar=OFFICE, ends="close").startswith("2026-03-03T18")
    assert due("same day", at("10:00", 7), calendar=OFFICE, ends="close").startswith(
        "2026-03-09T18"
    )


def test_a_fixed_time_is_the_instant_or_the_end_of_the_date():
    date = wf.due({"fixed": "2026-03-05"}, at("08:40"), **SHANGHAI).at
    assert date.isoformat() == "2026-03-05T23:59:59.999999+08:00"
    instant = wf.due({"fixed": "2026-03-05T12:00+08:00"}, at("08:40"), **SHANGHAI).at
    assert instant.isoformat() == "2026-03-05T12:00:00+08:00"


def test_promptly_has_no_due_instant_and_an_assumption_is_called_one():
    assert wf.due("promptly", at("08:40"), **SHANGHAI).at is None
    assumed = wf.due({"promptly": "第一时间", "assume": "30 min"}, at("08:40"), **SHANGHAI)
    assert assumed.at.isoformat() == "2026-03-02T09:10:00+08:00"
    assert "assum" in str(assumed.derivation).lower()


def test_each_difference_between_laws_is_an_option_of_the_rule():
    # count_anchor_day: the 2nd is the first of three.
    counted = due("3 days", at("08:40"), count_anchor_day=True, **SHANGHAI)
    assert counted.startswith("2026-03-04T23:59")
    # anchor_off_day: Saturday the 7th; Monday, the first working day, is day 1.
    off = due(
        "2 working days",
        at("10:00", 7),
        calendar=OFFICE,
        anchor_off_day="first_working_day_is_day_1",
    )
    assert off.startswith("2026-03-10T23:59")
    # start: 08:40 counts from 09:00.
    hour = due("2 h", at("08:40"), start="next_full_hour", **SHANGHAI)
    assert hour == "2026-03-02T11:00:00+08:00"
    # min_working_days: Friday the 6th and two days hold no working day; they run on to Tuesday.
    two = due("2 days", at("10:00", 6), calendar=OFFICE, min_working_days=2)
    assert two.startswith("2026-03-10T23:59")
    # rollover_at: Saturday noon becomes noon of Monday.
    noon = due(
        "24 h", at("12:30", 6), calendar=OFFICE, rollover="next_working_day", rollover_at="12:00"
    )
    assert noon == "2026-03-09T12:00:00+08:00"


@given(
    st.sampled_from(["45 min", "5 working hours", "2 days", "1 working day", "1 month"]),
    st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2029, 12, 31)),
)
def test_with_forward_rollover_nothing_is_due_before_its_anchor(rule, wall):
    anchor = f"{wall:%Y-%m-%dT%H:%M}+08:00"
    options = {"rollover": "next_working_day"} if rule in {"2 days", "1 month"} else {}
    found = wf.due(rule, anchor, calendar=OFFICE, **options)
    assert found.at.isoformat() >= anchor


SHUFFLED = [
    ("told", "09:10", {"to": ["city"]}),
    ("asked", "09:20", {}),
    ("reclassified", "09:30", {"level": "high"}),
    ("got-answer", "09:50", {}),
    ("noted", "10:00", {}),
    ("told", "10:30", {"to": ["lead"]}),
    ("reclassified", "10:45", {"level": "low"}),
]
OWED = """
- {id: tell, who: duty, to: [city, lead], from: detected, within: 1 h, fulfilled_by: [told],
   paused_while: {when: [waiting]}}
- {id: alarm, who: duty, level: [high], from: detected, within: 30 min, fulfilled_by: [finished]}
"""


@given(st.permutations(SHUFFLED))
def test_the_order_of_recording_changes_no_outcome(order):
    def outcome(events):
        case = opened(OWED, level="low")
        for name, time, said in events:
            case = case.record(name, at=at(time), recorded_at=at("12:00"), **said)
        status = case.status(at("13:00"))
        return status.level, [
            (it.id, it.state, it.start_instant, it.due_instant, it.fulfilled_instant)
            for it in status
        ]

    assert outcome(order) == outcome(SHUFFLED)


# Clocks over a case


def test_what_has_been_answered_does_not_run():
    case = opened("- {id: tell, who: duty, from: detected, within: 1 h, fulfilled_by: [told]}")
    case = case.record("told", at=at("09:00"))
    status = case.status(at("12:00"))
    assert status["tell"].state is State.MET
    assert not status.running
    assert status.next_wakeup is None


def test_the_next_due_time_of_a_case_is_the_earliest_of_those_running():
    case = opened("""
- {id: late, who: duty, from: detected, within: 3 h, fulfilled_by: [told]}
- {id: soon, who: duty, from: detected, within: 1 h, fulfilled_by: [answered]}
""")
    status = case.status(at("08:50"))
    assert [it.id for it in status.running] == ["soon", "late"]
    # One microsecond after 09:40 the first is overdue, whatever the other does.
    assert status.next_wakeup.isoformat() == "2026-03-02T09:40:00.000001+08:00"


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("from_anchor", "2026-03-02T11:10:00+08:00"),  # 08:40 + 2 h + 30 min of pause
        ("stricter", "2026-03-02T11:10:00+08:00"),  # earlier than 08:40 + 4 h + 30 min
        ("restart", "2026-03-02T12:00:00+08:00"),  # 10:00 + 2 h
        ("remaining", "2026-03-02T11:10:00+08:00"),  # 10:00 + 2 h less the 50 min used
    ],
)
def test_a_pause_counts_in_every_choice_of_reclassification(choice, expected):
    case = opened(
        f"""
- id: fix
  who: duty
  from: detected
  within: 4 h
  by_level: {{high: {{within: 2 h}}}}
  fulfilled_by: [told]
  paused_while: {{when: [waiting]}}
  reclassified: {{changed: {choice}}}
""",
        level="low",
    )
    case = case.record("asked", at=at("09:00")).record("got-answer", at=at("09:30"))
    case = case.record("reclassified", at=at("10:00"), level="high")
    assert case.status(at("10:01"))["fix"].due.isoformat() == expected
    assert choice in str(case.explain("fix", at("10:01")))


def test_facts_notes_and_approvals_are_legal_in_every_open_stage():
    case = opened("""
- {id: tell, who: duty, from: detected, within: 1 h, fulfilled_by: [told],
   approvals: {in_order: [lead]}}
""")
    for time, move in (("09:00", None), ("09:30", "answered")):
        case = case if move is None else case.record(move, at=at(time))
        for name in ("noted", "supplemented", "approved"):
            case = case.record(name, at=at(time), by="lead")
    closed = case.record("finished", at=at("10:00"))
    for name in ("noted", "supplemented", "approved"):
        with pytest.raises(WorkflowError, match="not legal in stage closed"):
            closed.record(name, at=at("10:10"))


# Several plans, one case

LAW = """
workflow: 1
name: law
version: "1"
timezone: Asia/Shanghai
roles: {company: {en: The company}}
stages: [{id: assess}, {id: closed}]
opens: [aware]
events:
  aware: {en: Aware, same_as: ["small:detected"]}
  authority-notified: {en: The authority was notified, same_as: ["small:told"]}
  over: {en: Over}
transitions: [{event: over, from: [assess], to: closed}]
obligations:
  - {id: notify, who: company, from: aware, within: 72 h, fulfilled_by: [authority-notified]}
"""


def both_plans():
    own = plan("- {id: tell, who: duty, from: detected, within: 1 h, fulfilled_by: [told]}")
    return [own, loads(LAW)]


def test_a_case_may_follow_several_plans_and_ids_carry_their_name():
    case = wf.Case.open(both_plans(), "c-1", at=at("08:40"))
    assert [it.id for it in case.status(at("08:50"))] == ["small:tell", "law:notify"]


def test_one_event_starts_and_fulfils_duties_in_several_plans():
    case = wf.Case.open(both_plans(), "c-1", at=at("08:40"))
    # Three days after Monday 08:40.
    assert case.status(at("08:50"))["law:notify"].due.isoformat() == "2026-03-05T08:40:00+08:00"
    status = case.record("told", at=at("09:00")).status(at("09:10"))
    assert [it.state for it in status] == [State.MET, State.MET]


def test_a_case_keeps_its_version_and_what_has_ended_keeps_its_result():
    hour = "- {{id: {id}, who: duty, from: detected, within: {within}, fulfilled_by: [{by}]}}\n"
    old = plan(
        hour.format(id="tell", within="1 h", by="told")
        + hour.format(id="answer", within="6 h", by="answered")
    )
    new = plan(
        hour.format(id="tell", within="10 min", by="told")
        + hour.format(id="answer", within="4 h", by="answered")
    )
    case = wf.Case.open(old, "c-1", at=at("08:40")).record("told", at=at("09:10"))
    assert case.status(at("09:30"))["answer"].due.isoformat() == "2026-03-02T14:40:00+08:00"
    moved = case.change_plan(new, at=at("10:00")).status(at("10:10"))
    assert moved["tell"].state is State.MET  # 30 min was in time when it was done
    assert moved["answer"].due.isoformat() == "2026-03-02T12:40:00+08:00"
