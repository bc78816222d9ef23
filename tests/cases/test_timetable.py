"""Timetables: every duty of a plan from one moment, and nothing that a case would not show."""

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow import plans
from workflow.cases import Case, State
from workflow.cases.timetable import rule_of, timetable
from workflow.cases.timetable_row import When
from workflow.errors import TimeError, UnknownNameError
from workflow.instants import to_instant

GROUP = "municipal-investment-group"
FOUND = "2026-03-02T08:40+08:00"


@pytest.fixture(scope="module")
def group():
    return plans.load(GROUP)


@pytest.fixture(scope="module")
def major(group):
    return {row.obligation.id: row for row in timetable(group, "major", FOUND)}


def test_dated_duties_come_first_and_in_order(group):
    rows = timetable(group, "major", FOUND)
    whens = [row.when for row in rows]
    assert whens == sorted(whens, key=list(When).index)
    firsts = [row.first_instant for row in rows if row.when is When.DATED]
    assert firsts == sorted(firsts)


@pytest.mark.parametrize(
    ("duty", "target", "limit"),
    [
        # Found at 08:40; two hours for the facts and the report, at level I.
        ("basic-facts", None, "2026-03-02T10:40:00+08:00"),
        ("report-major", None, "2026-03-02T10:40:00+08:00"),
        ("notify-departments", None, "2026-03-02T10:40:00+08:00"),
        # Aim at three hours, at the latest five.
        ("authoritative-statement", "2026-03-02T11:40:00+08:00", "2026-03-02T13:40:00+08:00"),
        # Advice has a target only.
        ("golden-four-hours", "2026-03-02T12:40:00+08:00", None),
    ],
)
def test_the_duties_of_level_one_are_dated_as_worked_out_by_hand(major, duty, target, limit):
    said = major[duty].to_json()
    assert (said["target"], said["limit"], said["when"]) == (target, limit, "dated")
    assert said["anchor_at"] == "2026-03-02T08:40:00+08:00"


def test_a_duty_whose_anchor_has_not_happened_says_its_rule_and_what_it_waits_for(major):
    row = major["notify-city"]
    assert row.when is When.WAITING
    assert row.rule_words() == (
        "30 min after: the leading group has been told, or reported to the leading group"
    )
    said = row.to_json()
    assert said["rule"] == "30 min"
    assert said["anchor"] == "leading-group-informed or reported"
    assert said["limit"] is None
    assert said["anchor_at"] is None
    assert said["clause"].startswith("领导组办公室在30分钟内")
    assert said["section"] == "3"


def test_a_duty_without_a_number_is_undated_whether_or_not_its_anchor_has_happened(major):
    assert major["verify"].when is When.UNDATED
    assert "第一时间" in major["verify"].rule_words()
    assert major["file-with-city"].when is When.UNDATED
    assert major["file-with-city"].waits_words()


def test_a_duty_that_lasts_says_until_when(major):
    row = major["dynamic-tracking"]
    assert row.when is When.UNDATED
    assert row.rule_words("en").startswith("lasts until")
    assert row.rule_words("zh").startswith("持续至")


def test_a_duty_that_must_precede_an_event_waits_for_it(major):
    row = major["clear-media-contact"]
    assert row.when is When.WAITING
    assert row.rule_words() == "before: A media interview or disclosure"


def test_a_duty_that_needs_a_condition_names_it(major):
    said = major["written-after-oral"].condition_words("en")
    assert said == "It was an emergency and was reported orally"


def test_duties_of_other_levels_are_left_out(group, major):
    assert "facts-assessment-proposal" not in major
    serious = {row.obligation.id for row in timetable(group, "serious", FOUND)}
    assert "facts-assessment-proposal" in serious
    assert "report-major" not in serious


def test_a_plan_with_levels_asks_for_one(group):
    with pytest.raises(UnknownNameError, match="major, serious, general"):
        timetable(group, None, FOUND)


@pytest.mark.parametrize("wrong", [{"level": "mayor"}, {"event": "reported"}, {"category": "fire"}])
def test_an_unknown_level_category_or_opening_event_is_named(group, wrong):
    said = {"level": "major"} | wrong
    with pytest.raises(UnknownNameError):
        timetable(group, said.pop("level"), FOUND, **said)


def test_a_moment_without_an_offset_is_refused(group):
    with pytest.raises(TimeError):
        timetable(group, "major", "2026-03-02T08:40")


def test_another_opening_event_dates_what_is_counted_from_it(group):
    rows = timetable(group, "major", FOUND, event="plan-issued")
    dated = {row.obligation.id: row for row in rows if row.when is When.DATED}
    assert list(dated) == ["name-information-officer"]
    assert dated["name-information-officer"].limit.to_date_string() == "2022-01-15"


def test_the_first_day_of_a_recurring_duty_is_dated(group):
    rows = timetable(group, "major", FOUND, event="period-began")
    found = {row.obligation.id: row for row in rows}
    assert found["daily-monitoring"].limit.to_date_string() == "2026-03-02"


@pytest.mark.parametrize("name", plans.names())
def test_every_rule_can_be_said_in_both_languages(name):
    plan = plans.load(name)
    for owed in plan.obligations:
        words = rule_of(plan, owed)
        assert words.words("en")
        assert words.words("zh")


def all_levels():
    return [
        (name, level, event)
        for name in plans.names()
        for plan in [plans.load(name)]
        for level in ([it.id for it in plan.levels] or [None])
        for event in plan.opens
    ]


@settings(max_examples=60)
@given(st.deferred(lambda: st.sampled_from(all_levels())), st.integers(0, 400 * 24 * 60))
def test_a_timetable_dates_a_duty_exactly_as_a_case_opened_then_does(which, minutes):
    name, level, event = which
    plan = plans.load(name)
    at = pendulum.datetime(2025, 1, 1, tz=plan.timezone).add(minutes=minutes)
    rows = {row.obligation.id: row for row in timetable(plan, level, at, event=event)}
    status = Case.open(plan, "it", at=at, level=level, event=event).status(at)
    for clock in status:
        if clock.state is State.PENDING or clock.obligation.recurring is not None:
            continue
        row = rows[clock.obligation.id]
        assert row.target_instant == clock.target_instant
        assert row.limit_instant == clock.due_instant
        assert row.anchor_instant == to_instant(at)
    known = {
        owed.id
        for owed in plan.obligations
        if not owed.applies.level or level in owed.applies.level
    }
    assert set(rows) == known
