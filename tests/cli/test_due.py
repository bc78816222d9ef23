"""`workflow due`: one due time with its derivation."""

import json

import pytest

from workflow.cli.due_options import hours_of
from workflow.errors import CalendarError

SHIFTS = "mon-fri 09:00-12:00,13:30-18:00"


def due(run, *arguments):
    return json.loads(run("due", *arguments, "--json")[1])["due"]


def test_three_days_are_due_at_the_end_of_the_third_following_day(run):
    code, out, _ = run(
        "due", "3 days", "--from", "2026-03-02T08:40+08:00", "--timezone", "Asia/Shanghai"
    )
    assert code == 0
    assert out.startswith("2026-03-05 24:00 +08:00")
    assert "the last is Thu 2026-03-05" in out


def test_the_same_in_chinese(run):
    out = run("due", "3 days", "--from", "2026-03-02T08:40+08:00", "--timezone", "Asia/Shanghai",
              "--lang", "zh")[1]  # fmt: skip
    assert "到期时间" in out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        # Fri 13 Feb 2026; Sat 14 is worked, 15 to 23 February are Spring Festival: 14, 24, 25.
        (["3 working days", "--from", "2026-02-13T10:00+08:00", "--timezone", "Asia/Shanghai",
          "--calendar", "CN", "--hours", SHIFTS, "--ends", "close"], "2026-02-25T18:00:00+08:00"),
        # 11:00 to 12:00 and 13:30 to 17:30 are five hours.
        (["5 working hours", "--from", "2026-03-02T11:00+08:00", "--timezone", "Asia/Shanghai",
          "--hours", SHIFTS], "2026-03-02T17:30:00+08:00"),
        # Sun 8 March 2026 is a day off; the next working day is Monday.
        (["6 days", "--from", "2026-03-02T08:40+08:00", "--timezone", "Asia/Shanghai",
          "--calendar", "CN", "--rollover", "next_working_day"], "2026-03-09T23:59:59.999999+08:00"),
        # The same at noon of that Monday.
        (["6 days", "--from", "2026-03-02T08:40+08:00", "--timezone", "Asia/Shanghai",
          "--calendar", "CN", "--rollover", "next_working_day", "--rollover-at", "12:00"],
         "2026-03-09T12:00:00+08:00"),
        # The anchor's own day is day 1.
        (["3 days", "--from", "2026-03-02T08:40+08:00", "--timezone", "Asia/Shanghai",
          "--count-anchor-day"], "2026-03-04T23:59:59.999999+08:00"),
        # The hour in which it falls is not counted: from 09:00.
        (["24 h", "--from", "2026-03-02T08:40+08:00", "--timezone", "Asia/Shanghai",
          "--start", "next_full_hour"], "2026-03-03T09:00:00+08:00"),
        (["promptly", "--from", "2026-03-02T08:40+08:00", "--assume", "30 min"],
         "2026-03-02T09:10:00+08:00"),
        (["promptly", "--from", "2026-03-02T08:40+08:00"], None),
        # Four hours after classification, at most 24 after awareness.
        (["{earliest_of: [{rule: 4 h, from: classified}, {rule: 24 h, from: aware}]}",
          "--from", "2026-03-02T08:00+01:00", "--event", "aware=2026-03-02T08:00+01:00",
          "--event", "classified=2026-03-03T07:00+01:00"], "2026-03-03T08:00:00+01:00"),
        # A pause of an hour does not count.
        (["2 h", "--from", "2026-03-02T08:00+08:00", "--pause",
          "2026-03-02T09:00+08:00/2026-03-02T10:00+08:00"], "2026-03-02T11:00:00+08:00"),
        (["promised", "--from", "2026-03-02T08:00+08:00", "--promise", "2026-03-06",
          "--timezone", "Asia/Shanghai"], "2026-03-06T23:59:59.999999+08:00"),
        (["P1M", "--from", "2026-01-31T08:00+08:00", "--timezone", "Asia/Shanghai"],
         "2026-02-28T23:59:59.999999+08:00"),
        (["{working_days: 1, ends: same_time}", "--from", "2024-05-03T17:55-04:00", "--timezone",
          "America/New_York", "--hours", "mon-fri 08:30-17:00"], "2024-05-07T08:30:00-04:00"),
    ],
)  # fmt: skip
def test_every_option_reaches_the_rule(run, arguments, expected):
    assert due(run, *arguments) == expected


def test_without_a_zone_the_offset_is_said_to_stand_in(run):
    out = run("due", "3 days", "--from", "2026-03-02T08:40+08:00")[1]
    assert "+08:00 all year" in out
    out = run("due", "3 working days", "--from", "2026-03-02T08:40+08:00", "--calendar", "CN")[1]
    assert "+08:00 all year" in out
    assert "Monday to Friday count" in out


def test_holidays_alone_do_not_say_which_hours_are_worked(refused):
    told = refused("due", "5 working hours", "--from", "2026-03-02T08:40+08:00", "--calendar", "CN")
    assert "--hours" in told


def test_a_missing_calendar_is_asked_for_in_the_words_of_the_command_line(refused):
    told = refused("due", "5 working hours", "--from", "2026-03-02T08:40+08:00")
    assert '--hours "mon-fri' in told
    assert "WorkingCalendar" not in told


def test_a_year_without_announced_holidays_is_said_or_refused(run, refused):
    asked = ("due", "3 working days", "--from", "2029-02-10T10:00+08:00", "--timezone",
             "Asia/Shanghai", "--calendar", "CN", "--hours", SHIFTS)  # fmt: skip
    assert "Caution" in run(*asked)[1]
    refused(*asked, "--strict")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["3 workdays", "--from", "2026-03-02T08:40+08:00"], 'Did you mean "3 working days"?'),
        (["3 days", "--from", "2026-03-02T08:40"], "no UTC offset"),
        (["3 days", "--from", "now"], '"now" is not a time'),
        (["3 days", "--from", "2026-03-02T08:40+08:00", "--timezone", "Asia/Shanghia"],
         'Did you mean "Asia/Shanghai"?'),
        (["3 days", "--from", "2026-03-02T08:40+08:00", "--calendar", "XX"], "XX"),
        (["3 days", "--from", "2026-03-02T08:40+08:00", "--ends", "noon"], "noon"),
        (["-3 days", "--from", "2026-03-02T08:40+08:00"], ""),
        (["3 days", "--from", "1492-10-12T08:40+00:00"], "1900"),
        (["3 days", "--from", "2026-03-02T08:40+08:00", "--hours", "09:00-18:00"], "--hours"),
        (["{days: ", "--from", "2026-03-02T08:40+08:00"], "mapping"),
        (["{dayz: 3}", "--from", "2026-03-02T08:40+08:00"], "dayz"),
        (["3 days", "--from", "2026-03-02T08:40+08:00", "--event", "aware"], "--event"),
    ],
)  # fmt: skip
def test_bad_input_is_one_clear_line(refused, arguments, says):
    assert says in refused("due", *arguments)


def test_hours_are_days_and_spans_with_semicolons_between():
    assert hours_of("mon-fri 09:00-12:00, 13:30-18:00; sat 09:00-12:00") == {
        "mon-fri": ["09:00-12:00", "13:30-18:00"],
        "sat": ["09:00-12:00"],
    }
    with pytest.raises(CalendarError):
        hours_of("mon-fri")


def test_the_steps_are_data(run):
    said = json.loads(run("due", "30 min", "--from", "2026-03-02T08:40+08:00", "--json")[1])
    assert [step["step"] for step in said["steps"]] == ["anchor", "elapsed", "due"]
    assert said["timezone"] == "+08:00"
    assert said["caveats"] == []


def test_years_that_the_holidays_do_not_reach_are_refused_with_what_to_type(refused):
    said = refused(
        "due", "3 working days", "--from", "2190-02-13T10:00+08:00", "--calendar", "CN", "--strict"
    )
    assert said.startswith("--calendar: The holidays and make-up working days of CN are known to ")
    assert said.endswith("or leave --strict out for an answer with a caution.")


def test_a_country_without_known_holidays_is_told_by_its_option(refused):
    said = refused("due", "3 days", "--from", "2026-02-13T10:00+08:00", "--calendar", "XX")
    assert said.startswith('--calendar: "XX" is not a country with known holidays.')
