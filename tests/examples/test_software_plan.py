"""The plan of a software team: it loads, fits the schema, and falls due when a person would say."""

import jsonschema
import pytest

import workflow as wf
from workflow.plans.document import read_file
from workflow.plans.schema import plan_schema

# Thursday, 14 May 2026, in the night; Dublin is an hour ahead of UTC.
ALERT = "2026-05-14T02:10+01:00"


@pytest.fixture(scope="module")
def path(request):
    return request.config.rootpath / "examples" / "plans" / "software-incidents.yaml"


@pytest.fixture(scope="module")
def plan(path):
    return wf.load_plan(path)


def at(clock, day="2026-05-14"):
    return f"{day}T{clock}+01:00"


def opened(plan, level):
    return wf.Case.open(plan, "i-1", at=ALERT, level=level)


def taken_up(plan, level):
    return opened(plan, level).record("acknowledged", at=at("02:13"), by="on-call")


def due(case, clock, now):
    return case.status(now)[clock].due.isoformat()


def updates(case, now):
    return [
        (clock.state.value, clock.due.strftime("%H:%M"))
        for clock in case.status(now).clocks
        if clock.obligation.id in {"status-sev1", "status-sev2"} and clock.due is not None
    ]


def test_the_plan_loads_without_a_fault_and_fits_the_schema(path, plan):
    assert len(plan.obligations) == 9
    jsonschema.Draft202012Validator(plan_schema()).validate(read_file(path).content)


def test_each_duty_has_its_clause_and_a_title_in_both_languages(plan):
    for duty in plan.obligations:
        assert duty.origin.clause, duty.id
        assert duty.title.en, duty.id
        assert duty.title.zh, duty.id


@pytest.mark.parametrize(
    ("level", "when"),
    [
        ("sev1", at("02:15")),  # 02:10 + 5 min
        ("sev2", at("02:25")),  # 02:10 + 15 min
        ("sev3", at("03:10")),  # 02:10 + 1 h, in the night
        ("sev4", at("13:30")),  # the office opens at 09:30; four hours of work later
    ],
)
def test_an_alert_is_acknowledged_in_the_time_of_its_level(plan, level, when):
    assert due(opened(plan, level), "acknowledge", ALERT) == when.replace("+01:00", ":00+01:00")


def test_nobody_acknowledges_so_the_second_on_call_is_told_at_once_and_then_the_manager(plan):
    told = [
        (notice.at.strftime("%H:%M"), role)
        for notice in opened(plan, "sev1").notices(None, at("02:45"))
        if notice.kind.value == "escalated" and notice.obligation == "acknowledge"
        for role in notice.to
    ]

    # Late after 02:15; ten minutes later the manager, then every quarter of an hour.
    assert told == [
        ("02:15", "second-on-call"),
        ("02:25", "engineering-manager"),
        ("02:40", "engineering-manager"),
    ]


def test_the_status_page_is_owed_every_half_hour_while_an_outage_is_worked_on(plan):
    case = taken_up(plan, "sev1").record("status-posted", at=at("02:40"), by="communications")

    # Taken up at 02:13: due at 02:43 and 03:13; a third opened at 03:13.
    assert updates(case, at("03:20")) == [
        ("met", "02:43"),
        ("overdue", "03:13"),
        ("running", "03:43"),
    ]


def test_the_status_page_is_owed_every_hour_in_a_serious_incident(plan):
    assert updates(taken_up(plan, "sev2"), at("02:20")) == [("running", "03:13")]


@pytest.mark.parametrize("level", ["sev3", "sev4"])
def test_the_status_page_is_not_owed_below(plan, level):
    assert updates(taken_up(plan, level), at("02:20")) == []


def test_no_status_update_is_owed_once_the_service_works_again(plan):
    over = taken_up(plan, "sev1").record("resolved", at=at("02:30"), by="incident-lead")

    assert updates(over, at("08:00")) == [("withdrawn", "02:43")]


def test_waiting_for_a_vendor_stops_the_repair_and_not_the_status_page(plan):
    case = taken_up(plan, "sev1").record("vendor-asked", at=at("03:00"), by="on-call")
    case = case.record("vendor-answered", at=at("05:00"), by="on-call")

    # 02:10 + 4 h = 06:10, and two hours of waiting: 08:10.
    assert due(case, "restore", at("05:00")) == "2026-05-14T08:10:00+01:00"
    assert len(updates(case, at("05:00"))) == 6  # due at 02:43, 03:13, ..., 05:13


def test_a_worse_level_counts_the_repair_from_the_alert(plan):
    case = taken_up(plan, "sev3").record("reclassified", at=at("02:40"), level="sev1")

    assert due(case, "restore", at("02:41")) == "2026-05-14T06:10:00+01:00"  # 02:10 + 4 h


def test_the_post_mortem_is_due_at_closing_of_the_fifth_working_day(plan):
    # Resolved on Thursday 30 April. Monday 4 May is Ireland's May holiday, so the days are
    # Friday 1, Tuesday 5, Wednesday 6, Thursday 7 and Friday 8 May.
    case = wf.Case.open(plan, "i-1", at="2026-04-30T10:00+01:00", level="sev2")
    case = case.record("resolved", at="2026-04-30T11:00+01:00", by="on-call")

    assert due(case, "post-mortem", "2026-04-30T12:00+01:00") == "2026-05-08T17:30:00+01:00"


def test_a_post_mortem_needs_the_managers_approval_and_its_three_facts(plan):
    case = taken_up(plan, "sev2").record("resolved", at=at("03:00"), by="incident-lead")
    facts = ["timeline", "causes", "actions"]
    published = {"at": at("11:00"), "by": "incident-lead"}
    alone = case.record("post-mortem-published", states=facts, **published)
    approval = {"at": at("10:00"), "by": "engineering-manager", "of": ["post-mortem"]}
    approved = case.record("approved", **approval)
    partial = approved.record("post-mortem-published", states=facts[:2], **published)
    whole = approved.record("post-mortem-published", states=facts, **published)

    assert alone.status(at("12:00"))["post-mortem"].missing.approvals == (("engineering-manager",),)
    assert partial.status(at("12:00"))["post-mortem"].missing.states == ("actions",)
    assert whole.status(at("12:00"))["post-mortem"].state.value == "met"


def test_a_fault_that_comes_back_is_owed_anew(plan):
    case = taken_up(plan, "sev1").record("resolved", at=at("03:00"), by="incident-lead")
    again = case.record("came-back", at=at("08:30")).status(at("08:31"))

    # 08:30 + 4 h = 12:30; the first repair keeps its result.
    assert [(clock.state.value, clock.due.strftime("%H:%M")) for clock in again.of("restore")] == [
        ("met", "06:10"),
        ("running", "12:30"),
    ]


def test_privacy_counsel_is_told_within_the_hour_once_data_is_suspected(plan):
    case = taken_up(plan, "sev2").record("data-suspected", at=at("04:00"), by="on-call")

    assert due(case, "tell-privacy", at("04:01")) == "2026-05-14T05:00:00+01:00"


def test_the_last_duty_done_leaves_nothing_to_wait_for(plan):
    day = "2026-05-15"
    case = taken_up(plan, "sev3").record("resolved", at=at("10:00", day), by="on-call")
    case = case.record("closed", at=at("11:00", day), by="on-call")

    assert case.status(at("12:00", day)).next_wakeup is None
