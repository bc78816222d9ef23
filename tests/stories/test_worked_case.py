"""The worked case of `workflow demo`, told in order and worked out by hand.

The municipal group's plan, level I, 3 to 8 March 2026, Asia/Shanghai (+08:00 all year):
found at 08:40; two hours for the report and the facts, target three and limit five hours for the
statement, thirty minutes for the city from the leading group's being told.
"""

import json

import pytest

from workflow import plans
from workflow.cases import NoticeKind, State
from workflow.cli.demo import event_file
from workflow.reports.read_log import read_log
from workflow.reports.replay import replay


def at(time, day=3):
    return f"2026-03-{day:02}T{time}+08:00"


@pytest.fixture(scope="module")
def told():
    return replay(plans.load("municipal-investment-group"), read_log(event_file()))


@pytest.fixture(scope="module")
def case(told):
    return told.cases["2026-0042"]


@pytest.fixture(scope="module")
def end(case, told):
    return case.status_at(told.now)


def test_the_event_file_is_the_one_in_examples(project):
    assert event_file() == project / "examples" / "demo" / "2026-0042.jsonl"


def test_no_event_is_refused(told):
    assert not told.refused


@pytest.mark.parametrize(
    ("when", "stage"),
    [
        (at("08:41"), "detect"),
        (at("08:46"), "report"),
        (at("10:30"), "assess"),
        (at("12:30"), "respond"),
        (at("15:15"), "assess"),  # it worsened
        (at("16:45"), "respond"),  # a reply
        (at("09:30", 4), "assess"),  # a doubt
        (at("10:45", 4), "respond"),  # the second reply
        (at("18:30", 4), "follow_up"),
        (at("10:30", 5), "review"),
        (at("17:00", 8), "closed"),
    ],
)
def test_the_case_goes_through_the_six_stages_and_back_when_it_worsens(case, when, stage):
    assert case.status(when).stage == stage


def test_the_report_is_late_by_twenty_five_minutes(end):
    clock = end["report-major"]  # 08:40 + 2 h = 10:40, done 11:05
    assert clock.state is State.MET_LATE
    assert clock.due.isoformat() == at("10:40:00")
    assert clock.overdue_by.total_seconds() == 25 * 60
    assert end["notify-departments"].state is State.MET_LATE


def test_the_facts_are_complete_in_time_because_they_were_supplemented(case, end):
    before = case.status(at("10:30"))["basic-facts"]
    assert before.state is State.RUNNING
    assert set(before.missing.states) == {"position-taken", "emergency-measures", "assessment"}
    clock = end["basic-facts"]
    assert (clock.state, clock.fulfilled_at.isoformat()) == (State.MET, at("10:35:00"))


def test_the_statement_misses_its_target_and_keeps_its_limit(end):
    clock = end["authoritative-statement"]  # target 11:40, limit 13:40, published 12:25
    assert (clock.state, clock.target_missed) == (State.MET, True)
    assert clock.target.isoformat() == at("11:40:00")
    assert clock.due.isoformat() == at("13:40:00")


def test_a_statement_is_not_out_before_both_approvals(case):
    missing = case.status(at("11:30"))["authoritative-statement"].missing
    assert missing.approvals == (("city-cyberspace-leading-group", "city-publicity-department"),)


def test_the_back_dated_phone_call_takes_the_breach_of_the_city_notice_back(case, end):
    # As known before 12:10 the leading group was told at 11:05, so the city by 11:35; nobody
    # had told it since. The call of 08:45 makes it due at 09:15, and it was told at 09:10.
    known = case.status(at("12:00"), known_at=at("12:00"))["notify-city"]
    assert (known.state, known.due.isoformat()) == (State.OVERDUE, at("11:35:00"))
    clock = end["notify-city"]
    assert (clock.state, clock.due.isoformat()) == (State.MET, at("09:15:00"))
    kinds = [
        (it.kind, it.at.isoformat())
        for it in case.notices(None, at("18:00"))
        if it.obligation == "notify-city"
        and it.kind in {NoticeKind.BREACHED, NoticeKind.BREACH_WITHDRAWN}
    ]
    assert kinds == [
        (NoticeKind.BREACHED, at("11:35:00.000001")),
        (NoticeKind.BREACH_WITHDRAWN, at("12:10:00")),
    ]


def test_each_reply_is_registered_for_itself(end):
    assert [clock.state for clock in end.of("record-replies")] == [State.MET, State.MET]


def test_the_review_is_in_within_three_days(end):
    clock = end["written-review"]  # subsided on the 5th: the 6th, 7th, 8th, to its end
    assert clock.state is State.MET
    assert clock.due.isoformat() == at("23:59:59.999999", 8)


def test_nothing_dated_is_left_open(end):
    assert not end.overdue
    assert all(clock.due_instant is None or clock.advice for clock in end.running)


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        (
            "en",
            [
                "What happened",
                "LATE by 25 min: Report a major matter",
                "recorded only 2026-03-03 12:10 +08:00",
                "was not late after all",
                "on time, target missed",
                "⇒ Summary and evaluation",
                "Dated duties: 4 on time, 2 late, 0 overdue; 2 targets missed.",
                "Why: Submit the written review",
            ],
        ),
        ("zh", ["事件经过", "补录", "经补录确认并未逾期", "⇒ 总结评估", "按时", "为什么"]),
    ],
)
def test_the_demo_tells_it_as_a_timeline_with_what_was_on_time_and_why(capsys, lang, says):
    from workflow.__main__ import main

    assert main(["demo", "--lang", lang]) == 0
    out = capsys.readouterr().out
    for words in says:
        assert words in out


def test_the_demo_as_data(capsys):
    from workflow.__main__ import main

    assert main(["demo", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["entries"][0]["at"] == "2026-03-03 08:40 +08:00"
    assert len(said["explanations"]) == 4
