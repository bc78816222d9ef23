"""`workflow.due`: one deadline, without a plan, with every option by its name."""

import datetime as dt
from zoneinfo import ZoneInfo

import pendulum
import pytest

import workflow as wf
from workflow.deadlines.elapsed import Elapsed
from workflow.durations import Duration
from workflow.errors import DurationError, RuleError, TimeError, TimeRangeError

OFFICE = wf.WorkingCalendar(
    "Asia/Shanghai", {"mon-fri": ["09:00-12:00", "13:30-18:00"]}, holidays="CN"
)
# Friday 13 February 2026. Saturday 14 is worked; 15 to 23 February are the Spring Festival.
FRIDAY = "2026-02-13T10:00+08:00"


@pytest.mark.parametrize(
    ("rule", "options", "expected"),
    [
        ("30 min", {}, "2026-02-13 10:30"),
        ("1 day", {}, "2026-02-14 24:00"),
        ("1 day", {"ends": "midnight"}, "2026-02-14 24:00"),
        ("1 day", {"ends": "close"}, "2026-02-14 18:00"),
        ("1 day", {"ends": "same_time"}, "2026-02-14 10:00"),
        ("2 days", {"rollover": "next_working_day"}, "2026-02-24 24:00"),
        ("2 days", {"rollover": "previous_working_day"}, "2026-02-14 24:00"),
        ("2 days", {"rollover": "next_working_day", "rollover_at": "12:00"}, "2026-02-24 12:00"),
        (
            "2 days",
            {"rollover": "next_working_day", "rollover_at": "same_time", "ends": "same_time"},
            "2026-02-24 10:00",
        ),
        # Saturday 14 is one working day; the second is Tuesday 24.
        ("2 days", {"min_working_days": 2}, "2026-02-24 24:00"),
        ("1 day", {"count_anchor_day": True}, "2026-02-13 24:00"),
        ("30 min", {"start": "next_full_hour"}, "2026-02-13 11:30"),
        ("promptly", {"assume": "30 min"}, "2026-02-13 10:30"),
    ],
)
def test_each_option_is_given_by_its_name(rule, options, expected):
    assert str(wf.due(rule, FRIDAY, calendar=OFFICE, **options)) == f"{expected} +08:00"


def test_a_day_off_may_make_the_first_working_day_day_1():
    # Sunday 15 February is off: Tuesday 24 is day 1, Wednesday 25 day 2.
    said = {"calendar": OFFICE, "anchor_off_day": "first_working_day_is_day_1"}
    assert str(wf.due("2 days", "2026-02-15T10:00+08:00", **said)) == "2026-02-25 24:00 +08:00"


@pytest.mark.parametrize(
    "rule",
    ["30 min", {"elapsed": "30 min"}, Duration.parse("30 min"), "PT30M"],
    ids=["text", "mapping", "duration", "iso"],
)
def test_a_rule_may_be_said_in_every_way(rule):
    assert wf.due(rule, FRIDAY).at == pendulum.parse("2026-02-13T10:30+08:00")  # noqa: TID251 - the test states an instant
    assert wf.due(Elapsed(amount=Duration.parse("30 min")), FRIDAY) == wf.due("30 min", FRIDAY)


def test_local_days_are_those_of_the_zone_that_is_given_else_of_the_calendar_else_of_the_anchor():
    evening = "2026-03-02T20:00+00:00"  # already the 3rd in Shanghai
    assert str(wf.due("1 day", evening)) == "2026-03-03 24:00 +00:00"
    assert str(wf.due("1 day", evening, calendar=OFFICE)) == "2026-03-04 24:00 +08:00"
    found = wf.due("1 day", evening, calendar=OFFICE, timezone="America/New_York")
    assert str(found) == "2026-03-03 24:00 -05:00"
    berlin = dt.datetime(2026, 3, 2, 20, tzinfo=ZoneInfo("Europe/Berlin"))
    assert wf.due("1 day", berlin).at.timezone_name == "Europe/Berlin"


def test_days_counted_at_a_bare_offset_say_so_and_exact_time_does_not():
    assert [it.kind for it in wf.due("1 day", FRIDAY).caveats] == ["offset_only"]
    assert wf.due("1 h", FRIDAY).caveats == ()
    assert wf.due("1 day", FRIDAY, timezone="Asia/Shanghai").caveats == ()


def test_pauses_do_not_count_and_an_open_one_leaves_nothing_due():
    pause = ("2026-02-13T10:10+08:00", "2026-02-13T10:20+08:00")
    assert str(wf.due("30 min", FRIDAY, pauses=[pause])) == "2026-02-13 10:40 +08:00"
    found = wf.due("30 min", FRIDAY, pauses=[(pause[0], None)])
    assert found.at is None
    assert str(found) == "no due time"


def test_a_promise_and_named_anchors_are_given_beside_the_rule():
    found = wf.due("promised", FRIDAY, timezone="Asia/Shanghai", promise="2026-02-20")
    assert str(found) == "2026-02-20 24:00 +08:00"
    either = {"earliest_of": ["1 h", {"rule": "30 min", "from": "aware"}]}
    found = wf.due(either, FRIDAY, anchors={"aware": "2026-02-13T10:10+08:00"})
    assert str(found) == "2026-02-13 10:40 +08:00"


def test_it_speaks_chinese():
    found = wf.due("3 working days", FRIDAY, calendar=OFFICE, lang="zh")
    assert "工作日" in str(found.derivation)
    assert str(wf.due("promptly", FRIDAY, lang="zh")) == "没有到期时间"


@pytest.mark.parametrize(
    ("rule", "said", "error", "match"),
    [
        ("3 workdays", {}, DurationError, "Did you mean .3 working days."),
        ("3 working days", {}, RuleError, "no calendar is given"),
        ("1 day", {"ends": "noon"}, RuleError, "noon"),
        ("1 day", {"end": "close"}, RuleError, "end"),
        ("1 day", {"lang": "fr"}, RuleError, '"fr" is not a language'),
        (3, {}, RuleError, "not a deadline rule"),
        ("-3 days", {}, (DurationError, RuleError), "-3 days"),
        ("1 day", {"timezone": "Asia/Shanghia"}, TimeError, "Asia/Shanghia"),
    ],
)
def test_bad_input_is_one_clear_error(rule, said, error, match):
    with pytest.raises(error, match=match):
        wf.due(rule, FRIDAY, **said)


@pytest.mark.parametrize("anchor", ["2026-02-13T10:00", dt.datetime(2026, 2, 13), "soon"])
def test_a_naive_or_unreadable_anchor_is_refused(anchor):
    with pytest.raises(TimeError):
        wf.due("1 day", anchor)


def test_an_offset_with_seconds_is_no_zone():
    odd = dt.datetime(2026, 2, 13, tzinfo=dt.timezone(dt.timedelta(hours=8, seconds=5)))
    with pytest.raises(TimeError, match="no zone"):
        wf.due("1 day", odd)


@pytest.mark.parametrize(
    ("rule", "anchor"), [("300 days", "2200-06-01T00:00Z"), ("10 h", "2200-12-31T20:00Z")]
)
def test_a_deadline_that_ends_after_the_year_2200_is_refused(rule, anchor):
    assert wf.due(rule, "2199-12-31T20:00Z").at is not None
    with pytest.raises(TimeRangeError, match="ends after the year 2200"):
        wf.due(rule, anchor)


def test_an_option_of_the_calendar_is_sent_there():
    with pytest.raises(RuleError, match="belongs to the calendar"):
        wf.due("3 days", "2026-03-02T08:00+08:00", strict=True)
