"""`workflow report`, as a user meets it."""

import csv
import io

import pytest

pytestmark = pytest.mark.usefixtures("database")
LATER = ("--now", "2026-03-05T12:00+08:00")


def test_a_report_names_the_worst_clauses(run):
    code, out, _ = run("report", *LATER)
    assert code == 0
    assert "The worst clauses" in out
    assert "Submit the basic facts" in out


def test_json_says_how_each_rate_is_made(told):
    found = told("report", "--by", "plan", "--by", "month", *LATER)
    assert found["by"] == ["plan", "month"]
    assert found["lines"][0]["month"] == "2026-03"
    assert "on_time_rate" in found["definitions"]
    assert found["totals"]["overdue"] > 0


def test_csv_has_a_row_for_each_line(run):
    code, out, _ = run("report", "--by", "role", "--csv", *LATER)
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["role"] for row in rows} >= {"department"}


def test_what_started_outside_the_span_is_left_out(told):
    found = told("report", "--until", "2026-03-01T00:00+08:00", *LATER)
    assert found["lines"] == []


def test_a_page_is_written_in_the_language_asked_for(run, tmp_path):
    code, out, _ = run("report", "--html", "report.html", "--lang", "zh", *LATER)
    assert (code, out) == (0, "")
    assert "按时率" in (tmp_path / "report.html").read_text("utf-8")


def test_only_one_form_at_a_time(refused):
    assert "Give one of --json, --csv, --html." in refused("report", "--json", "--csv")


def test_what_is_open_or_overdue_now_is_listed(run, refused):
    code, out, _ = run("report", *LATER)
    assert code == 0
    assert "Open and overdue now" in out
    code, out, _ = run("report", "--waiting", "--csv", "--limit", "1", *LATER)
    (row,) = csv.DictReader(io.StringIO(out))
    assert (code, row["case"], row["overdue"]) == (0, "2026-0042", "true")
    assert "--waiting goes with --csv" in refused("report", "--waiting")


def test_a_span_in_which_nothing_started_says_so_instead_of_an_empty_table(run):
    early = ("--until", "2026-03-01T00:00+08:00", *LATER)
    code, out, _ = run("report", *early)
    assert code == 0
    assert "There is no duty to count." in out
    assert "Completion rate" not in out
    assert "Open and overdue now" in out  # whenever it started
    assert "没有可统计的义务。" in run("report", *early, "--lang", "zh")[1]


def test_the_list_of_what_is_open_says_how_many_there_are(run, told):
    count = told("report", *LATER)["waiting_count"]
    assert count > 1
    _, out, _ = run("report", "--limit", "1", *LATER)
    assert f"The first 1 of {count}; --limit shows more." in out
    assert "The first" not in run("report", "--limit", count, *LATER)[1]


@pytest.mark.parametrize("width", ["60", "80", "110", "200"])
def test_no_word_is_broken_in_the_table_however_wide_the_terminal(run, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    table = run("report", "--by", "role", *LATER)[1].partition("\n\n")[0]
    assert {"Department", "subsidiary", "Overdue", "Completion"} <= set(table.split())
    assert all(len(line) <= int(width) for line in table.splitlines())
    assert ("Not all columns fit here" in table) is (width == "60")
