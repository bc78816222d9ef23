"""A wrong time on the command line: the option is named, and what to type instead is told."""

import pytest

START = "2026-03-02T08:40"
PLAN = ("--level", "major", "--plan", "municipal-investment-group")


@pytest.mark.parametrize(
    ("arguments", "option", "mend"),
    [
        (["due", "3 days", "--from", START], "--from", "Say which is meant: 2026-03-02T08:40+08:00,"),
        (["due", "3 days", "--from", START, "--timezone", "Europe/Berlin"], "--from",
         "In Europe/Berlin that is: 2026-03-02T08:40+01:00"),
        (["due", "3 days", "--from", f"{START}Z", "--pause", f"{START}:01/"], "--pause",
         "Say which is meant: 2026-03-02T08:40:01+08:00,"),
        (["due", "3 days", "--from", f"{START}Z", "--event", f"aware={START}"], "--event aware",
         "2026-03-02T08:40Z for UTC."),
        (["due", "--until", START, "--db", "sqlite:///none.db"], "--until", "Say which is meant:"),
        (["timetable", "township", "--detected", START], "--detected",
         "In Asia/Shanghai that is: 2026-03-02T08:40+08:00"),
        (["picture", "timetable", "township", "--detected", START], "--detected",
         "In Asia/Shanghai that is: 2026-03-02T08:40+08:00"),
        (["open", "x", *PLAN, "--at", START, "--db", "sqlite:///none.db"], "--at",
         "In Asia/Shanghai that is: 2026-03-02T08:40+08:00"),
        (["record", "x", "noted", "--at", START, "--db", "sqlite:///none.db"], "--at", "+08:00"),
        (["status", "--now", START, "--db", "sqlite:///none.db"], "--now", "Say which is meant:"),
        (["report", "--since", START, "--db", "sqlite:///none.db"], "--since", "Say which"),
        (["report", "--until", START, "--db", "sqlite:///none.db"], "--until", "Say which"),
    ],
)  # fmt: skip
def test_a_time_without_an_offset_names_its_option_and_what_to_type(
    refused, arguments, option, mend
):
    said = refused(*arguments)
    assert said.startswith(f"{option}: {START}")
    assert "has no UTC offset, so it names no instant." in said
    assert mend in said
    assert "pendulum" not in said


@pytest.mark.parametrize("wrong", ["yesterday", "2026-02-30T08:40+08:00", "1826-03-02T08:40+08:00"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["due", "3 days", "--from"],
        ["timetable", "township", "--detected"],
        ["overdue", "--db", "sqlite:///none.db", "--now"],
        ["report", "--db", "sqlite:///none.db", "--since"],
    ],
)
def test_what_is_no_time_or_too_far_away_names_its_option(refused, arguments, wrong):
    assert refused(*arguments, wrong).startswith(f"{arguments[-1]}: ")


def test_a_pause_that_ends_before_it_begins_is_told_in_the_words_that_were_typed(refused):
    begin, end = "2026-03-02T09:00+08:00", "2026-03-02T08:59+08:00"
    said = refused("due", "30 min", "--from", f"{START}+08:00", "--pause", f"{begin}/{end}")
    assert said.startswith(f"--pause: {end} lies before {begin}. Allowed:")


def test_a_pause_may_end_as_it_begins(run):
    begin = "2026-03-02T09:00+08:00"
    code, out, _ = run("due", "30 min", "--from", f"{START}+08:00", "--pause", f"{begin}/{begin}")
    assert code == 0
    assert out.startswith("2026-03-02 09:10 +08:00")


@pytest.mark.parametrize("offset", ["+08:00", "+08", "+0800"])
def test_an_offset_may_be_written_in_any_form_of_iso_8601(run, offset):
    hours = ("--hours", "mon-fri 09:00-12:00")
    code, out, err = run("due", "1 working hours", "--from", f"2026-03-02T08:40{offset}", *hours)
    assert code == 0, err
    assert out.startswith("2026-03-02 10:00 +08:00")


@pytest.mark.usefixtures("database")
def test_a_report_until_before_its_since_is_refused(refused):
    said = refused("report", "--since", "2026-03-02T08:40Z", "--until", "2026-03-02T08:40Z")
    assert said.startswith("--until: 2026-03-02T08:40Z does not lie after 2026-03-02T08:40Z.")
