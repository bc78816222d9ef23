"""What is given in the place of a plan, a language or a calendar is refused in words."""

import pytest

import workflow as wf
from workflow.plans import loads

PLAN = """
workflow: 1
name: small
version: "1"
timezone: Europe/Vienna
stages: [{id: assess}, {id: closed}]
opens: [received]
events: {received: Complaint received, answered: Answer sent, closed: Matter closed}
transitions: [{event: closed, from: open, to: closed}]
obligations:
  - {id: answer, title: Answer it, from: received, within: 1 h, fulfilled_by: answered}
"""
AT = "2026-03-02T09:00+01:00"
LOAD = (
    "Allowed: what load_plan, plans.load or plans.build gives. "
    'Load it first: load_plan("plan.yaml"), or plans.load("township").'
)


def refused(*args, by, **said):
    with pytest.raises(wf.WorkflowError) as caught:
        by(*args, **said)
    return str(caught.value)


@pytest.mark.parametrize("given", ["complaints", ["complaints"]])
def test_a_case_is_opened_under_a_plan_and_not_under_its_name(given):
    told = refused(given, "c-1", by=wf.Case.open, at=AT)
    assert told == f"Case.open, plan: 'complaints' is not a plan. {LOAD}"


@pytest.mark.parametrize("given", ["plan.yaml", ["plan.yaml"]])
def test_an_engine_takes_plans_and_not_their_files(given):
    told = refused(by=wf.Engine, plans=given)
    assert told == f"Engine, plans: 'plan.yaml' is not a plan. {LOAD}"


def test_what_is_no_plan_at_all_is_told():
    assert refused(7, "c-1", by=wf.Case.open, at=AT) == f"Case.open, plan: 7 is not a plan. {LOAD}"


def test_one_plan_alone_is_as_good_as_a_list_of_one():
    with wf.Engine(plans=loads(PLAN)) as engine:
        assert engine.open("small", "c-1", at=AT).case.id == "c-1"


def test_a_language_that_is_not_spoken_is_told():
    case = wf.Case.open(loads(PLAN), "c-1", at=AT)
    told = 'lang: "fr" is not a language. Allowed: en, zh.'
    assert refused("answer", AT, by=case.explain, lang="fr") == told
    assert refused(AT, by=case.story, lang="fr") == told
    assert refused(by=case.status(AT)["answer"].explain, lang="fr") == told


def test_the_name_of_a_country_is_no_calendar():
    told = refused("3 working days", AT, by=wf.due, calendar="CN")
    assert told.startswith("calendar: 'CN' is not a working calendar. Allowed: a WorkingCalendar.")


def test_the_word_open_is_allowed_where_a_transition_begins():
    told = refused(PLAN.replace("from: open", "from: opne"), by=loads)
    assert told.endswith(
        'transitions[0].from: The plan has no stage "opne". Allowed: assess, closed, open. '
        'Did you mean "open"?'
    )


@pytest.mark.parametrize(
    ("was", "typed", "mended"),
    [
        ("title: Answer it", "title: Answer: it", True),
        ("name: small", "name: very: small", True),
        ("title: Answer it", 'title: "Answer it" "', False),
    ],
)
def test_a_bare_colon_in_a_text_is_told_to_be_put_in_quotes(was, typed, mended):
    told = refused(PLAN.replace(was, typed), by=loads)
    assert "It is not YAML" in told
    assert ('Put a text that holds ": " in quotes.' in told) == mended


def test_hours_in_one_text_are_written_as_a_list():
    told = refused("UTC", {"mon-fri": "09:00-12:00,13:00-18:00"}, by=wf.WorkingCalendar)
    assert told.endswith("Write ['09:00-12:00', '13:00-18:00'].")
