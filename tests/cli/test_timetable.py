"""`workflow timetable`: dated duties in order, waiting ones with what they wait for, the rest."""

import json

GROUP = ("timetable", "municipal-investment-group", "--detected", "2026-03-02T08:40+08:00")


def test_the_three_groups_come_in_order_with_local_times_and_clauses(run):
    code, out, _ = run(*GROUP, "--level", "major")
    assert code == 0
    places = [
        out.index(head)
        for head in ("Dated, in order (5)", "Waiting for something to happen", "Without a number")
    ]
    assert places == sorted(places)
    assert "2026-03-02 10:40 +08:00" in out
    assert "limit 2026-03-02 13:40 +08:00" in out
    assert "§3" in out


def test_the_same_in_chinese(run):
    code, out, _ = run(*GROUP, "--level", "major", "--lang", "zh")
    assert code == 0
    assert "有具体时间" in out
    assert "发布权威信息" in out


def test_as_json_every_duty_has_the_documented_keys(run):
    rows = json.loads(run(*GROUP, "--level", "major", "--json")[1])
    keys = {"obligation", "who", "to", "rule", "anchor", "target", "limit", "section", "clause"}
    assert all(keys <= set(row) for row in rows)
    found = {row["obligation"]: row for row in rows}
    assert found["basic-facts"]["limit"] == "2026-03-02T10:40:00+08:00"
    assert found["basic-facts"]["who"] == ["department"]
    assert found["basic-facts"]["anchor"].startswith("detected")
    assert found["notify-city"]["rule"] == "30 min"
    assert found["notify-city"]["limit"] is None
    dated = [row["target"] or row["limit"] for row in rows if row["when"] == "dated"]
    assert dated == sorted(dated)


def test_a_moment_given_elsewhere_is_shown_in_the_plans_local_time(run):
    asked = (*GROUP[:2], "--level", "major", "--detected", "2026-03-02T00:40Z", "--json")
    rows = json.loads(run(*asked)[1])
    found = {row["obligation"]: row for row in rows}
    assert found["basic-facts"]["limit"] == "2026-03-02T10:40:00+08:00"


def test_a_level_is_asked_for_where_the_plan_has_levels(refused):
    assert "major, serious, general" in refused(*GROUP)


def test_an_unknown_level_names_the_nearest(refused):
    assert 'Did you mean "major"?' in refused(*GROUP, "--level", "majr")


def test_a_naive_moment_is_refused(refused):
    told = refused("timetable", "township", "--detected", "2026-03-02T08:40", "--level", "x")
    assert "UTC offset" in told


def test_a_duty_without_a_title_is_named_once(run, tmp_path):
    (tmp_path / "small.yaml").write_text(
        """
workflow: 1
name: small
version: "1"
timezone: UTC
roles: {clerk: Clerk}
stages: [{id: detect}, {id: closed}]
opens: [found]
events: {found: Found, told: Told}
transitions: [{event: told, from: open, to: closed}]
obligations: [{id: untitled, who: clerk, from: found, within: 1 h, fulfilled_by: [told]}]
""",
        "utf-8",
    )
    plan = str(tmp_path / "small.yaml")
    code, out, _ = run("timetable", plan, "--detected", "2026-03-02T08:40Z")
    assert (code, out.count("untitled")) == (0, 1)
    code, out, _ = run("show", plan)
    assert (code, out.count("untitled")) == (0, 1)
