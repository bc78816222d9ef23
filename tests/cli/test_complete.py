"""What a shell completes: commands, plans, and the cases and events of the database at hand."""

import pytest
from click.shell_completion import ShellComplete

from workflow.cli.app import cli


def completed(*words):
    found = ShellComplete(cli, {}, "workflow", "_WORKFLOW_COMPLETE")
    return [it.value for it in found.get_completions(list(words[:-1]), words[-1])]


def test_commands_and_plans_are_completed():
    assert sorted(completed("re")) == ["record", "replay", "report"]
    assert completed("timetable", "towns") == ["township"]
    assert completed("picture", "states", "towns") == ["township"]
    assert completed("open", "--plan", "towns") == ["township"]


@pytest.mark.usefixtures("database")
def test_cases_of_the_database_are_completed(run):
    run("open", "2026-0043", "--plan", "township")
    for words in (("status",), ("record",), ("calendar",), ("picture", "timeline")):
        assert completed(*words, "2026-") == ["2026-0042", "2026-0043"]
        assert completed(*words, "2026-0043") == ["2026-0043"]
        assert completed(*words, "x") == []


@pytest.mark.usefixtures("database")
def test_the_events_that_can_be_recorded_in_the_case_are_completed():
    assert "reported" in completed("record", "2026-0042", "re")
    assert "plan-changed" not in completed("record", "2026-0042", "")
    assert completed("record", "2026-0099", "re") == []


def test_a_database_named_on_the_line_is_asked(database, monkeypatch):
    monkeypatch.delenv("WORKFLOW_DB")
    assert completed("status", "") == []
    assert completed("status", "--db", database, "") == ["2026-0042"]


def test_a_database_that_is_not_there_offers_nothing_and_is_not_made(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKFLOW_DB", f"sqlite:///{tmp_path / 'none.db'}")
    assert completed("status", "") == []
    assert completed("record", "c-1", "") == []
    monkeypatch.setenv("WORKFLOW_DB", "nonsense")
    assert completed("status", "") == []
    assert list(tmp_path.iterdir()) == []
