"""`workflow picture` and `workflow calendar`, called as commands."""

import shutil
import xml.etree.ElementTree as ET

import click
import pytest
from click.testing import CliRunner
from icalendar import Calendar

from workflow.cli.calendar import calendar
from workflow.cli.picture import picture
from workflow.errors import UnknownCaseError

START = "2026-03-02T08:40+08:00"
needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")


def call(command, *arguments):
    return CliRunner().invoke(command, list(arguments), catch_exceptions=False).output


def svg(text):
    return ET.fromstring(text)  # noqa: S314 - our own text


@needs_dot
def test_the_states_of_a_plan_are_drawn(tmp_path):
    file = tmp_path / "states.svg"
    assert call(picture, "states", "township", "-o", str(file), "--lang", "zh") == ""
    assert svg(file.read_text("utf-8")).get("lang") == "zh"


def test_states_are_written_as_text_where_asked_for():
    assert call(picture, "states", "township", "--as", "mermaid").startswith("---")
    assert call(picture, "states", "township", "--as", "dot").startswith("digraph")


def test_a_timetable_is_drawn_at_a_level():
    plan = "municipal-investment-group"
    drawn = call(picture, "timetable", plan, "--level", "major", "--detected", START)
    assert svg(drawn).get("viewBox")


@pytest.mark.usefixtures("database")
def test_the_timeline_of_a_case_is_drawn_as_of_now():
    drawn = call(picture, "timeline", "2026-0042", "--now", "2026-03-02T12:00+08:00")
    assert "now 03-02 12:00" in drawn
    assert 'data-notice="breached"' in drawn
    assert svg(drawn).get("lang") == "en"


@pytest.mark.usefixtures("database")
def test_the_theme_is_the_one_asked_for():
    drawn = call(picture, "timeline", "2026-0042", "--now", START, "--theme", "dark")
    assert "prefers-color-scheme" not in drawn


@pytest.mark.usefixtures("database")
def test_a_case_that_is_not_there_is_answered_with_the_nearest_name():
    for command, words in ((picture, ["timeline"]), (calendar, [])):
        with pytest.raises(UnknownCaseError, match="2026-0042"):
            call(command, *words, "2026-042", "--now", START)


def test_what_does_not_fit_together_is_refused():
    for words in (["timetable", "township"], ["timeline", "x", "--as", "dot"]):
        with pytest.raises(click.UsageError):
            picture.main(words, standalone_mode=False)


@pytest.mark.usefixtures("database")
def test_the_calendar_of_all_cases_is_written_with_its_line_ends(tmp_path):
    file = tmp_path / "deadlines.ics"
    assert call(calendar, "--now", START, "-o", str(file), "--remind", "10 min") == ""
    text = file.read_bytes()
    assert b"\r\n" in text
    assert b"\r\r\n" not in text
    todos = Calendar.from_ical(text).walk("VTODO")
    assert todos
    assert all(len(todo.walk("VALARM")) == 1 for todo in todos)


@pytest.mark.usefixtures("database")
def test_the_calendar_of_one_case_may_hold_events():
    text = call(calendar, "2026-0042", "--entries", "events", "--now", START, "--name", "Duty")
    assert "BEGIN:VEVENT" in text
    assert "NAME:Duty" in text
    assert "BEGIN:VTODO" not in text


@pytest.mark.parametrize("option", ["--level", "--category", "--detected"])
@pytest.mark.parametrize("what", ["states", "timeline"])
def test_what_only_a_timetable_needs_is_refused_elsewhere(refused, what, option):
    assert refused("picture", what, "township", option, "x").startswith(
        f"{option} is for a timetable."
    )


def test_a_file_in_a_folder_that_is_not_there_says_how_to_make_it(refused, tmp_path):
    path = tmp_path / "no folder" / "a.svg"
    said = refused(
        "picture", "timetable", "township", "--detected", "2026-03-02T08:40Z", "-o", path
    )
    assert said == (
        f"{path}: The file cannot be written: its folder is not there. "
        f"Make the folder first: mkdir -p '{path.parent}'"
    )


def test_without_graphviz_the_command_offers_its_own_ways(refused, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    said = refused("picture", "states", "township")
    assert said.startswith("This needs the program dot, which is not installed. Install Graphviz:")
    assert said.endswith("Without it: --as mermaid, or --as dot")
    assert "state_dot" not in said
