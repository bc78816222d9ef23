"""`workflow replay`: a log through a plan."""

import json
import shutil

import pytest

GROUP = "municipal-investment-group"
LINES = (
    '{"case": "A", "event": "detected", "at": "2026-03-02T08:40+08:00", "level": "major"}',
    '{"case": "A", "event": "reported", "at": "2026-03-02T08:55+08:00"}',
    '{"case": "B", "event": "detected", "at": "2026-03-02T09:00+08:00", "level": "major"}',
)


@pytest.fixture
def log(tmp_path):
    def made(*lines, name="log.jsonl"):
        file = tmp_path / name
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return file

    return made


@pytest.fixture
def real(project):
    return project / "examples" / "real"


def test_one_case_is_told_as_a_story(run, project):
    code, out, _ = run("replay", GROUP, project / "examples" / "demo" / "2026-0042.jsonl")
    assert code == 0
    assert "What happened" in out
    assert "LATE by 25 min" in out


def test_several_cases_are_counted(run, log):
    code, out, _ = run("replay", GROUP, log(*LINES), "--now", "2026-03-02T11:30+08:00")
    assert code == 0
    assert "2 cases, 3 events from 3 rows, as of 2026-03-02 11:30 +08:00" in out
    assert "overdue" in out


def test_the_counts_are_told_in_chinese(run, log):
    now = ("--now", "2026-03-02T11:30+08:00", "--lang", "zh")
    out = run("replay", GROUP, log(*LINES), *now)[1]
    assert "共 2 个案件、3 个事件，读自 3 行，截至 2026-03-02 11:30 +08:00" in out
    assert "各项义务的结果" in out
    head = next(line for line in out.splitlines() if line.startswith("义务"))
    assert head.split() == ["义务", "已开始", "进行中", "按时", "逾期"]


def test_as_json_it_holds_every_count(run, log):
    out = run("replay", GROUP, log(*LINES), "--now", "2026-03-02T11:30+08:00", "--json")[1]
    said = json.loads(out)
    assert (said["cases"], said["events"], said["refused"]) == (2, 3, [])
    assert said["stages"] == {"report": 1, "detect": 1}
    counts = {it["obligation"]: it for it in said["obligations"]}
    assert counts["report-major"]["met"] == 1
    assert counts["report-major"]["overdue"] == 1
    assert counts["basic-facts"]["overdue"] == 2


def test_one_case_of_many_can_be_told(run, refused, log):
    assert (
        "B under Municipal investment group" in run("replay", GROUP, log(*LINES), "--case", "B")[1]
    )
    assert 'The log has no case "C"' in refused("replay", GROUP, log(*LINES), "--case", "C")


def test_without_now_the_newest_moment_of_the_log_counts(run, log):
    said = json.loads(run("replay", GROUP, log(*LINES), "--json")[1])
    assert said["now"] == "2026-03-02T09:00:00+08:00"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"case": "A", "event": "repotred", "at": "2026-03-02T09:55+08:00"}', 'Did you mean "reported"?'),
        ('{"case": "A", "event": "reopened", "at": "2026-03-02T09:55+08:00"}', "log.jsonl:4"),
        ('{"case": "A", "event": "noted", "at": "2026-03-01T09:55+08:00"}', "before the case began"),
        ('{"case": "C", "event": "reported", "at": "2026-03-02T09:55+08:00"}', "opens no case"),
        ('{"case": "C", "event": "detected", "at": "2026-03-02T09:55+08:00", "level": "x"}', "major"),
        ("{", "log.jsonl:4"),
    ],
)  # fmt: skip
def test_a_log_that_does_not_fit_the_plan_is_one_line_that_names_the_place(
    refused, log, line, says
):
    told = refused("replay", GROUP, log(*LINES, line))
    assert says in told
    assert "log.jsonl:4" in told


def test_refused_events_can_be_left_out_and_are_listed(run, log):
    line = '{"case": "A", "event": "reopened", "at": "2026-03-02T09:55+08:00"}'
    out = run("replay", GROUP, log(*LINES, line), "--leave-out-refused")[1]
    assert "Events that the plan does not allow (1)" in out
    assert "A reopened" in out
    said = json.loads(run("replay", GROUP, log(*LINES, line), "--leave-out-refused", "--json")[1])
    assert [it["event"] for it in said["refused"]] == ["reopened"]
    assert said["events"] == 3


def test_a_csv_log_is_read_through_a_mapping_file_and_compared(run, log, real):
    head = "case,type,subject,channel,opened,due,closed,on_time"
    file = log(
        head,
        # Friday 17:55, one working day: from Monday 08:30, so Tuesday 08:30.
        "b1,Missed Trash/Recycling/Yard Waste/Bulk Item,S,C,2024-05-03T17:55:00,2024-05-07T08:30:00,2024-05-06T10:00:00,ONTIME",
        # The same, but the log says a day less.
        "b2,Missed Trash/Recycling/Yard Waste/Bulk Item,S,C,2024-05-03T17:55:00,2024-05-06T08:30:00,2024-05-06T10:00:00,OVERDUE",
        # A type without a rule.
        "b3,Zoning,S,C,2024-05-03T17:55:00,2024-05-07T08:30:00,,OVERDUE",
        name="boston.csv",
    )
    asked = ("replay", real / "boston-311.yaml", file, "--format", real / "boston_311.yaml")
    code, out, _ = run(*asked)
    assert code == 0
    assert "1 of 3 agree: 33.33%" in out
    assert "the same time of day, but the log's is a day earlier" in out
    assert "no duty of the plan applies to the case" in out
    assert "type: Zoning" in out
    due, flag = json.loads(run(*asked, "--json")[1])["comparisons"]
    assert (due["agreed"], due["compared"]) == (1, 3)
    assert [it["case"] for it in due["disagreements"]] == ["b2", "b3"]
    assert [it["case"] for it in flag["disagreements"]] == ["b2", "b3"]


def test_long_lists_are_cut_unless_all_are_asked_for(run, log, real):
    head = "case,type,subject,channel,opened,due,closed,on_time"
    rows = [f"b{n},Zoning,S,C,2024-05-03T17:55:00,2024-05-07T08:30:00,,OVERDUE" for n in range(9)]
    file = log(head, *rows, name="boston.csv")
    asked = ("replay", real / "boston-311.yaml", file, "--format", real / "boston_311.yaml")
    assert "and 4 more (--all, --json)" in run(*asked)[1]
    assert "more (--all" not in run(*asked, "--all")[1]


def test_a_reopened_incident_keeps_the_verdict_of_its_first_closing(run, log, real):
    head = "number,incident_state,made_sla,opened_at,sys_updated_at,priority"
    opened = "29/2/2016 15:00"
    file = log(
        head,
        f"I1,New,true,{opened},29/2/2016 15:05,3 - Moderate",
        f"I1,Resolved,true,{opened},1/3/2016 15:05,3 - Moderate",
        f"I1,Closed,true,{opened},6/3/2016 16:00,3 - Moderate",
        f"I1,Active,true,{opened},8/3/2016 16:00,3 - Moderate",
        f"I1,Closed,true,{opened},8/6/2016 16:00,3 - Moderate",
        name="incident_event_log.csv",
    )
    out = run("replay", real / "service-desk.yaml", file, "--format", real / "uci_498.yaml")[1]
    assert "1 of 1 agree" in out


@pytest.mark.parametrize("place", [0, 1, 2])
def test_missing_files_and_folders_are_one_line(refused, log, real, tmp_path, place):
    names = [real / "service-desk.yaml", log("case", name="a.csv"), real / "it_incidents.yaml"]
    for wrong in (tmp_path, tmp_path / "nothing.csv"):
        given = [*names[:place], wrong, *names[place + 1 :]]
        assert str(wrong) in refused("replay", *given[:2], "--format", given[2])


def test_a_mapping_that_names_an_obligation_the_plan_has_not(refused, log, real, tmp_path):
    shutil.copy(real / "it_incidents.yaml", tmp_path / "m.yaml")
    text = (tmp_path / "m.yaml").read_text(encoding="utf-8").replace(": closing\n", ": clsing\n")
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    head = "case,seq,event_at,state,priority,contact,made_sla,opened_at"
    file = log(head, "a,0,2016-03-01T08:00,New,4 low,x,true,2016-03-01T08:00", name="a.csv")
    told = refused("replay", real / "service-desk.yaml", file, "--format", tmp_path / "m.yaml")
    assert 'Did you mean "closing"?' in told
