"""Plans built in Python are held to the same rules as documents."""

import pytest

from workflow import plans
from workflow.calendars import WorkingCalendar
from workflow.cases import Case
from workflow.deadlines.elapsed import Elapsed
from workflow.deadlines.working_days import WorkingDays
from workflow.durations import Duration
from workflow.errors import PlanDocumentError, TimeError
from workflow.plans.model import EventType, Role
from workflow.plans.obligation import Due, Obligation
from workflow.plans.stages import Stage, StageKind, Transition

TWO_HOURS = Elapsed(amount=Duration.parse("2 h"))
ANSWER = Obligation(
    id="answer",
    who=("office",),
    anchors=("received",),
    due=Due(limit=TWO_HOURS),
    fulfilled_by=("answered",),
)


def built(**changes):
    return plans.build(
        **{
            "name": "complaints",
            "timezone": "Europe/Vienna",
            "roles": (Role(id="office"),),
            "stages": [
                Stage(id="assess", kind=StageKind.ASSESS),
                Stage(id="closed", kind=StageKind.CLOSED),
            ],
            "transitions": [Transition(event="ended", sources=("assess",), target="closed")],
            "opens": ["received"],
            "events": [EventType(id=name) for name in ("received", "answered", "ended")],
            "obligations": [ANSWER],
            **changes,
        }
    )


def said(**changes):
    with pytest.raises(PlanDocumentError) as caught:
        built(**changes)
    return [str(problem) for problem in caught.value.problems]


def test_a_built_plan_runs_a_case():
    case = Case.open(built(), "1", at="2026-03-02T09:00+01:00")

    status = case.status("2026-03-02T09:30+01:00")

    assert status["answer"].due.isoformat() == "2026-03-02T11:00:00+01:00"


def test_equal_parts_give_equal_digests_and_any_change_another():
    assert built() == built()
    assert built().digest != built(version="2").digest
    later = Obligation(id="answer", anchors=("received",), fulfilled_by=("answered",),
                       due=Due(limit=Elapsed(amount=Duration.parse("3 h"))))  # fmt: skip
    assert built().digest != built(obligations=[later]).digest


def test_the_standard_events_are_added():
    assert built().event("noted").id == "noted"


def test_faults_name_the_field_as_a_document_would():
    days = Due(limit=WorkingDays(amount=Duration.parse("3 working days")))
    bad = Obligation(id="a b", who=("offce",), due=days)

    assert said(obligations=[ANSWER, bad], name="Complaints") == [
        (
            'Complaints, name: "Complaints" is not a plan\'s name. Allowed: lower case letters a to z, '
            "digits, and hyphens between them."
        ),
        (
            'Complaints, obligations[1].id: "a b" is not an id. Allowed: letters, digits, hyphens, '
            "underscores and dots."
        ),
        (
            'Complaints, obligations[1].who[0]: The plan has no role "offce". Allowed: office. '
            'Did you mean "office"?'
        ),
        (
            'Complaints, obligations[1]: Nothing says from when "a b" is counted. Allowed: from, '
            "before or simultaneous_with."
        ),
        (
            'Complaints, obligations[1]: Nothing can fulfil "a b". Allowed: fulfilled_by: the events '
            "that fulfil it; or continuous: true."
        ),
        (
            'Complaints, obligations[1].within: "3 working days" is counted on a working calendar, and '
            'the plan names none. Add calendars: {office: {hours: {mon-fri: ["09:00-17:00"]}}} and '
            "calendar: office."
        ),
    ]


def test_ids_that_stand_twice_are_told():
    assert said(obligations=[ANSWER, ANSWER]) == [
        (
            'complaints, obligations[1].id: The id "answer" stands twice in obligations. '
            "Allowed: each id once."
        )
    ]


def test_an_event_that_is_legal_nowhere_fulfils_nothing():
    moves = [
        Transition(event="ended", sources=("assess",), target="closed"),
        Transition(event="answered", sources=(), target="closed"),
    ]

    assert said(transitions=moves) == [
        (
            "complaints, transitions[1].from: The transition starts in no stage. Allowed: at least one "
            "stage, or open."
        )
    ]


def test_an_unknown_zone_is_refused():
    with pytest.raises(TimeError, match="Europe/Viena"):
        built(timezone="Europe/Viena")


def test_a_plan_with_a_calendar_has_it_in_its_digest():
    office, shop = (
        {"office": WorkingCalendar("Europe/Vienna", {days: ["09:00-17:00"]})}
        for days in ("mon-fri", "mon-sat")
    )

    one, other = (
        built(calendars=office, calendar="office"),
        built(calendars=shop, calendar="office"),
    )

    assert one.digest != other.digest
