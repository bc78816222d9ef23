"""`workflow open`, `record`, `status`, `due`, `overdue`, `tick`: a case kept from the shell."""

import pytest

START = "2026-03-02T08:40+08:00"
LATER = "2026-03-02T12:00+08:00"

pytestmark = pytest.mark.usefixtures("database")


def test_a_case_is_opened_once(run, refused):
    again = ("open", "2026-0042", "--plan", "township", "--now", START)
    assert refused(*again).startswith('A case "2026-0042" is open already')
    assert run("open", "c-2", "--plan", "township", "--now", START)[0] == 0


def test_a_case_may_follow_several_plans(told):
    told("open", "c-2", "--plan", "township", "--plan", "tourism-bureau", "--now", START)
    assert [it["name"] for it in told("status", "c-2")["plans"]] == ["township", "tourism-bureau"]


def test_a_plan_may_be_a_file(told, tmp_path):
    (tmp_path / "own.yaml").write_text(
        'workflow: 1\nname: own\nversion: "1"\ntitle: Own\ntimezone: UTC\n'
        "stages: [{id: new, is: detect, title: New}, {id: closed, title: Closed}]\n"
        "opens: [opened]\nevents: {opened: Opened, closed: Closed}\n"
        "transitions: [{event: closed, from: open, to: closed}]\n"
        "obligations: [{id: close, title: Close, from: opened, within: 2 h, fulfilled_by: closed}]\n",
        "utf-8",
    )
    made = told("open", "c-2", "--plan", "own.yaml", "--now", START)
    assert made["next_due"] == "2026-03-02T02:40:00+00:00"


def test_what_happened_is_written_down_and_told(told):
    made = told(
        *("record", "2026-0042", "reported", "--at", "2026-03-02T08:55+08:00"),
        *("--by", "department", "--to", "leading-group", "--person", "Li Si"),
        *("--data", "text=由电话报告", "--data", "count=3", "--key", "k-1", "--now", LATER),
    )
    assert made["event"] == {
        "seq": 1,
        "event": "reported",
        "at": "2026-03-02T00:55:00+00:00",
        "recorded_at": "2026-03-02T04:00:00+00:00",
        "to": ["leading-group"],
        "by": "department",
        "person": "Li Si",
        "key": "k-1",
        "data": {"text": "由电话报告", "count": 3},
    }
    assert (made["case"], made["stage"], made["duplicate"]) == ("2026-0042", "report", False)
    assert "met" in {it["kind"] for it in made["notices"]}


def test_what_was_recorded_is_told_in_words(run):
    said = ("--by", "department", "--to", "leading-group", "--now", "2026-03-02T08:55+08:00")
    shown = run("record", "2026-0042", "reported", *said)[1]
    assert shown.startswith(
        "Recorded in 2026-0042: Reported to the leading group, 2026-03-02 08:55"
    )
    assert "Level: Level I (major)." in shown
    assert "by 2026-03-02 09:25 +08:00." in shown
    assert "was done in time." in shown
    shown = run("record", "2026-0042", "noted", "--now", "2026-03-02T08:56+08:00", "--lang", "zh")[
        1
    ]
    assert shown.startswith("已记录：2026-0042，记录进展，")


def test_the_same_event_twice_with_one_key_is_one_event(run, told):
    said = ("record", "2026-0042", "noted", "--at", START, "--key", "k-1", "--now", LATER)
    assert told(*said)["duplicate"] is False
    assert told(*said)["duplicate"] is True
    assert run(*said)[1].startswith("It was recorded already")


def test_without_a_time_it_happened_now_to_the_second(told):
    made = told("record", "2026-0042", "noted", "--now", "2026-03-02T12:00:07.9+08:00")
    assert made["event"]["at"] == "2026-03-02T04:00:07+00:00"


def test_a_condition_or_a_datum_without_a_name_is_refused(refused):
    assert refused("record", "2026-0042", "noted", "--condition", "x=perhaps").startswith(
        '--condition: "x=perhaps" neither sets nor clears a condition.'
    )
    assert refused("record", "2026-0042", "noted", "--data", "x").startswith('--data: "x" has no')


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["record", "2026-0043", "noted"], 'Did you mean "2026-0042"?'),
        (["record", "xyz", "noted"], "workflow status lists the cases."),
        (["record", "2026-0042", "reportd"], 'Did you mean "reported"?'),
        (["record", "2026-0042", "noted", "--by", "departmnt"], 'Did you mean "department"?'),
        (["record", "2026-0042", "noted", "--to", "publc"], 'Did you mean "public"?'),
        (["record", "2026-0042", "reclassified", "--level", "majr"], 'Did you mean "major"?'),
        (["open", "c-2", "--plan", "townshp"], 'Did you mean "township"?'),
        (["open", "c-2", "--plan", "missing.yaml"], "missing.yaml: There is no such file."),
        (["status", "2026-0043"], 'Did you mean "2026-0042"?'),
        (["status", "2026-0042", "--why", "report-majr"], 'Did you mean "report-major"?'),
        (["record", "2026-0042", "noted", "--at", "2026-03-02T09:00"], "has no UTC offset"),
        (["record", "2026-0042", "noted", "--at", "9 am"], '"9 am" is not a time.'),
        (["due", "--until", "2026-03-02"], "has no UTC offset"),
        (["overdue", "--now", "tomorrow"], '"tomorrow" is not a time.'),
        (["status", "--story"], "--why and --story need the name of a case."),
    ],
)
def test_a_wrong_word_gets_one_line_with_the_nearest(refused, words, says):
    assert says in refused(*words)


def test_a_case_tells_where_it_stands_in_the_plans_zone(run, told, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    said = told("status", "2026-0042", "--now", LATER)
    assert said["now"] == "2026-03-02T12:00:00+08:00"
    assert (said["stage"], said["level"]) == ("detect", "major")
    clock = next(it for it in said["clocks"] if it["obligation"] == "report-major")
    assert clock["due"] == "2026-03-02T10:40:00+08:00"
    assert (clock["state"], clock["overdue_seconds"]) == ("overdue", 4_800.0)
    assert "reported" in said["legal_events"]
    shown = run("status", "2026-0042", "--now", LATER)[1]
    assert "2026-03-02 12:00 +08:00" in shown
    assert "OVERDUE by 1 h 20 min" in shown
    assert "1 h 40 min left" in shown
    assert "逾期，" not in shown
    assert "阶段" in run("status", "2026-0042", "--now", LATER, "--lang", "zh")[1]


def test_a_duty_is_explained_and_a_case_told(run, told):
    why = run("status", "2026-0042", "--why", "report-major", "--now", LATER)[1]
    assert "2026-03-02 10:40 +08:00" in why
    assert told("status", "2026-0042", "--why", "report-major", "--now", LATER)
    assert "What happened" in run("status", "2026-0042", "--story", "--now", LATER)[1]


def test_without_a_name_all_cases_are_listed(run, told):
    run("open", "c-2", "--plan", "township", "--now", START)
    rows = told("status", "--now", LATER)
    assert [it["case"] for it in rows] == ["2026-0042", "c-2"]
    assert rows[0] == {
        "case": "2026-0042",
        "plans": ["municipal-investment-group"],
        "stage": "detect",
        "level": "major",
        "next_due": "2026-03-02T13:40:00+08:00",
        "overdue": 3,
    }
    shown = run("status", "--now", LATER, "--limit", "1")[1]
    assert "2026-03-02 13:40 +08:00" in shown
    assert "… and more (--limit)" in shown


def test_what_is_due_is_listed_by_time(run, told):
    rows = told("due", "--now", LATER)
    assert [it["due"] for it in rows] == sorted(it["due"] for it in rows)
    assert rows[-1] == {
        "case": "2026-0042",
        "plan": "municipal-investment-group",
        "clock": "authoritative-statement",
        "obligation": "authoritative-statement",
        "title": rows[-1]["title"],
        "due": "2026-03-02T13:40:00+08:00",
        "late": False,
        "seconds_left": 6_000.0,
    }
    assert len(told("due", "--now", LATER, "--until", LATER)) == 3
    shown = run("due", "--now", LATER)[1]
    assert "in 1 h 40 min" in shown
    assert "1 h 20 min late" in shown
    assert "(--limit)" in run("due", "--now", LATER, "--limit", "2")[1]


def test_a_duty_that_is_due_now_is_not_overdue(run, told):
    assert told("overdue", "--now", "2026-03-02T10:40+08:00") == []
    assert run("overdue", "--now", START)[1] == "Nothing is overdue.\n"
    assert len(told("overdue", "--now", "2026-03-02T10:40:00.000001+08:00")) == 3


def test_a_tick_tells_what_fell_and_does_so_once(run, told):
    kinds = [it["kind"] for it in told("tick", "--now", LATER)]
    assert kinds.count("breached") == 3
    assert told("tick", "--now", LATER) == []
    assert run("tick", "--now", LATER)[1] == "Nothing fell due.\n"


def test_a_tick_is_told_in_words(run):
    shown = run("tick", "--now", LATER)[1]
    assert "2026-03-02 10:40 +08:00" in shown
    assert "is overdue" in shown


def test_a_case_that_was_moved_to_a_new_version_is_still_told(told, tmp_path):
    from workflow.engine import Engine, SimulatedTime
    from workflow.plans import load_plan

    for version, duty in (("1", "close"), ("2", "shut")):
        (tmp_path / "own.yaml").write_text(
            f'workflow: 1\nname: own\nversion: "{version}"\ntitle: Own\ntimezone: UTC\n'
            "stages: [{id: new, is: detect, title: New}, {id: closed, title: Closed}]\n"
            "opens: [opened]\nevents: {opened: Opened, closed: Closed}\n"
            "transitions: [{event: closed, from: open, to: closed}]\n"
            f"obligations: [{{id: {duty}, title: {duty}, from: opened, within: 2 h, "
            "fulfilled_by: closed}]\n",
            "utf-8",
        )
        if version == "1":
            told("open", "c-2", "--plan", "own.yaml", "--now", START)
    plan = load_plan(tmp_path / "own.yaml")
    soon = "2026-03-02T09:00+08:00"
    url, time = "sqlite:///cases.db", SimulatedTime(soon)
    with Engine(url, [plan], time_source=time) as engine:
        engine.change_plan("c-2", "own", at=soon)
    rows = told("due", "--now", soon)
    assert {it["obligation"] for it in rows if it["case"] == "c-2"} == {"shut"}
    assert next(it for it in rows if it["case"] == "c-2")["title"]["en"] == "shut"


def test_an_event_that_opens_nothing_is_told_by_its_option(refused):
    said = refused("open", "c-2", "--plan", "township", "--event", "closed")
    assert said.startswith('--event: "closed" does not open a case')


def test_a_paused_duty_is_told_to_have_no_limit_for_now(run, tmp_path):
    (tmp_path / "slow.yaml").write_text(
        """
workflow: 1
name: slow
version: "1"
timezone: Asia/Shanghai
stages: [{id: detect}, {id: closed}]
opens: [found]
conditions: {waiting: Waiting}
events: {found: Found, asked: {en: Asked, sets: [waiting]}, told: Told, finished: Finished}
transitions: [{event: finished, from: open, to: closed}]
obligations:
  - {id: tell, from: found, within: 1 h, fulfilled_by: told, paused_while: {when: [waiting]}}
""",
        "utf-8",
    )
    at = ("--now", "2026-03-02T08:40+08:00")
    run("open", "c-3", "--plan", "slow.yaml", *at)
    run("record", "c-3", "asked", *at)
    assert "none while paused" in run("status", "c-3", *at)[1]
    assert "Nothing is owed yet." in run("status", "c-3", "--now", "2026-03-01T00:00Z")[1]


def test_a_move_to_another_plan_is_not_offered_as_an_event_and_not_taken_as_one(told, refused):
    assert "plan-changed" not in told("status", "2026-0042", "--now", START)["legal_events"]
    said = refused("record", "2026-0042", "plan-changed", "--now", START)
    assert said.startswith("event plan-changed: A case moves to another version of its plan by")
    assert told("status", "2026-0042", "--now", START)["stage"] == "detect"
