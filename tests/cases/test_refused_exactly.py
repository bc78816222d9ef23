"""What a case refuses, word for word: what was found, where, what is allowed, how to mend it."""

import pytest
import small_plan

from workflow.cases import Case
from workflow.cases.lifecycle import follow, machine_of
from workflow.cases.timetable import timetable
from workflow.errors import IllegalEventError, WorkflowError

OWED = """
- id: publish
  who: press
  from: detected
  within: 5 h
  fulfilled_by: [told]
  approvals: {in_order: [lead, city]}
- {id: result, who: press, from: replied, due: {promised: result-date}, fulfilled_by: [answered]}
- {id: late-one, who: press, from: [doubted, asked], within: 1 h, fulfilled_by: [answered],
   extended_by: [granted]}
"""
OTHER = "- {id: a, from: detected, within: 1 h, fulfilled_by: [told]}"


def day(clock_time):
    """An instant of Monday 2 March 2026, Shanghai."""
    return f"2026-03-02T{clock_time}+08:00"


@pytest.fixture
def case(opened):
    return opened(OWED)


class Model:
    """A host's object that follows a case."""


def attached(plan, model):
    machine = machine_of(plan)
    machine.add_model(model)
    return machine


def followed(plan, events):
    model = Model()
    follow(plan, attached(plan, model), model, events)


def read(case):
    """A log in which a statement is out before it is reported."""
    reported = case.record("reported", at=day("11:00"))
    published = case.record("published", at=day("10:00"))
    return Case.from_events(
        case.plan, "c", [case.events[0], published.events[-1], reported.events[-1]]
    )


ANY_TIME = (
    "detected, arose, replied, answered, asked, got-answer, told, granted, began-anew, interview, "
    "cleared, progress, noted, reclassified, approved, returned, supplemented, promise-changed, plan-changed"
)
ALL_EVENTS = (
    "detected, arose, reported, assessed, published, replied, worsened, doubted, answered, subsided,"
    " reviewed, asked, got-answer, told, granted, began-anew, interview, cleared, progress, archived"
    ", finished, false-alarm, reopened, noted, reclassified, approved, returned, supplemented, promise-changed, plan-changed"
)
AFTER = "a date or instant after the event"
# The error's kind and text, its place, what is allowed, how to mend it; and what raises it.
REFUSED = [
    (
        "UnknownNameError",
        '"reportd" is no event of the plan.',
        "event reportd",
        ALL_EVENTS,
        'Did you mean "reported"?',
        lambda case: case.record("reportd", at=day("09:00")),
    ),
    (
        "UnknownNameError",
        '"pres" is no role of the plan.',
        "event noted",
        "duty, office, city, press, lead, deputy",
        'Did you mean "press"?',
        lambda case: case.record("noted", at=day("09:00"), by="pres"),
    ),
    (
        "UnknownNameError",
        '"cty" is no role of the plan.',
        "event noted",
        "duty, office, city, press, lead, deputy",
        'Did you mean "city"?',
        lambda case: case.record("noted", at=day("09:00"), to=["cty"]),
    ),
    (
        "UnknownNameError",
        '"x" is no role of the plan.',
        "event noted",
        "duty, office, city, press, lead, deputy",
        "",
        lambda case: case.record("noted", at=day("09:00"), by="duty", to=["duty", "x"]),
    ),
    (
        "UnknownNameError",
        '"hi" is no level of the plan.',
        "event noted",
        "high, low",
        'Did you mean "high"?',
        lambda case: case.record("noted", at=day("09:00"), level="hi"),
    ),
    (
        "UnknownNameError",
        '"x" is no category of the plan.',
        "event noted",
        "complaint",
        "",
        lambda case: case.record("noted", at=day("09:00"), category="x"),
    ),
    (
        "UnknownNameError",
        '"wait" is no condition of the plan.',
        "event noted",
        "waiting, secret",
        'Did you mean "waiting"?',
        lambda case: case.record("noted", at=day("09:00"), conditions={"wait": True}),
    ),
    (
        "EventError",
        "The condition waiting is given as 'no'.",
        "event noted",
        "true, which sets it, or false, which clears it",
        "",
        lambda case: case.record("noted", at=day("09:00"), conditions={"waiting": "no"}),
    ),
    (
        "UnknownNameError",
        '"publsh" is no obligation of the plan.',
        "event noted",
        "publish, result, late-one",
        'Did you mean "publish"?',
        lambda case: case.record("noted", at=day("09:00"), of=["publsh"]),
    ),
    (
        "EventError",
        'to is the text "city".',
        "event, to",
        "a list of ids",
        'Write to=["city"].',
        lambda case: case.record("noted", at=day("09:00"), to="city"),
    ),
    (
        "EventError",
        'states is the text "place".',
        "event, states",
        "a list of ids",
        'Write states=["place"].',
        lambda case: case.record("noted", at=day("09:00"), states="place"),
    ),
    (
        "EventError",
        'of is the text "publish".',
        "event, of",
        "a list of ids",
        'Write of=["publish"].',
        lambda case: case.record("noted", at=day("09:00"), of="publish"),
    ),
    (
        "IllegalEventError",
        "It is not legal in stage detect, where the case stood at 2026-03-02 09:00 +08:00.",
        "event reviewed",
        f"reported, assessed, published, false-alarm, {ANY_TIME}",
        "",
        lambda case: case.record("reviewed", at=day("09:00")),
    ),
    (
        "IllegalEventError",
        'With it at 2026-03-02 09:00 +08:00, a later event is no longer legal: "reported" at 2026-03-02 10:00 +08:00 is not legal in stage respond.',
        "event published",
        f"worsened, subsided, false-alarm, {ANY_TIME}",
        "",
        lambda case: case.record("reported", at=day("10:00")).record("published", at=day("09:00")),
    ),
    (
        "EventTimeError",
        "It happened at 2026-03-02 08:39:59 +08:00, before the case began at 2026-03-02 08:40 +08:00.",
        "event noted",
        "events before the opening: arose",
        "",
        lambda case: case.record("arose", at=day("08:00")).record("noted", at=day("08:39:59")),
    ),
    (
        "EventTimeError",
        "It is said to happen at 2026-03-02 10:00 +08:00, after it was recorded (2026-03-02 09:00 +08:00).",
        "event noted",
        "at most 5 min in the future",
        "Record it once it has happened.",
        lambda case: case.record("noted", at=day("10:00"), recorded_at=day("09:00")),
    ),
    (
        "EventTimeError",
        "It is said to happen at 2026-03-02 09:05:00.000001 +08:00, after it was recorded (2026-03-02 09:00 +08:00).",
        "event noted",
        "at most 5 min in the future",
        "Record it once it has happened.",
        lambda case: case.record("noted", at=day("09:05:00.000001"), recorded_at=day("09:00")),
    ),
    (
        "EventTimeError",
        "It is said to happen at 2026-03-02 10:00:01 +08:00, after it was recorded (2026-03-02 09:00 +08:00).",
        "event noted",
        "at most 60 min in the future",
        "Record it once it has happened.",
        lambda case: case.record(
            "noted", at=day("10:00:01"), recorded_at=day("09:00"), tolerance="1 h"
        ),
    ),
    (
        "EventTimeError",
        "It is said to be recorded at 2026-03-02 09:59 +08:00, before the event recorded last (2026-03-02 10:00 +08:00).",
        "event noted",
        "a recorded_at at or after that of the event recorded last",
        "",
        lambda case: case.record("noted", at=day("09:00"), recorded_at=day("10:00")).record(
            "noted", at=day("09:30"), recorded_at=day("09:59")
        ),
    ),
    (
        "EventError",
        "It lacks reason.",
        "event false-alarm",
        "data with reason",
        'Give data={"reason": "..."}.',
        lambda case: case.record("false-alarm", at=day("09:00")),
    ),
    (
        "EventError",
        "It lacks reason.",
        "event false-alarm",
        "data with reason",
        'Give data={"reason": "..."}.',
        lambda case: case.record("false-alarm", at=day("09:00"), data={"reason": ""}),
    ),
    (
        "ContradictionError",
        "The role duty may not approve publish.",
        "event approved",
        "lead, city",
        "",
        lambda case: case.record("approved", at=day("09:00"), by="duty", of=["publish"]),
    ),
    (
        "ContradictionError",
        "The role duty may not approve anything.",
        "event approved",
        "lead, city",
        "",
        lambda case: case.record("approved", at=day("09:00"), by="duty"),
    ),
    (
        "ContradictionError",
        "The role lead may not approve result.",
        "event approved",
        "nothing: no approval is asked for",
        "",
        lambda case: case.record("approved", at=day("09:00"), by="lead", of=["result"]),
    ),
    (
        "ContradictionError",
        "result-date is 2026-03-01, which is not after the event itself (2026-03-02 09:00 +08:00).",
        "event replied",
        AFTER,
        "",
        lambda case: case.record("replied", at=day("09:00"), data={"result-date": "2026-03-01"}),
    ),
    (
        "ContradictionError",
        "result-date is 2026-03-02T09:00+08:00, which is not after the event itself (2026-03-02 09:00 +08:00).",
        "event replied",
        AFTER,
        "",
        lambda case: case.record("replied", at=day("09:00"), data={"result-date": day("09:00")}),
    ),
    (
        "ContradictionError",
        'result-date: "soon" is not a promised date or time.',
        "event replied",
        "a date such as 2026-03-05, or a time with an offset, 2026-03-05T17:00+08:00",
        "",
        lambda case: case.record("replied", at=day("09:00"), data={"result-date": "soon"}),
    ),
    (
        "ContradictionError",
        "It is said to fulfil late-one, which had not started then.",
        "event answered",
        "an event after doubted or asked",
        "",
        lambda case: case.record("answered", at=day("09:00"), of=["late-one"]),
    ),
    (
        "ContradictionError",
        "until is 2026-03-01, which is not after the event itself (2026-03-02 09:00 +08:00).",
        "event granted",
        AFTER,
        "",
        lambda case: case.record("granted", at=day("09:00"), data={"until": "2026-03-01"}),
    ),
    (
        "ContradictionError",
        'by: "bananas" is not an amount of time.',
        "event granted",
        "a number and s, min, h, days, weeks, months, years, working min, working hours, working days; or same day, promised, promptly",
        "",
        lambda case: case.record("granted", at=day("09:00"), data={"by": "bananas"}),
    ),
    (
        "ContradictionError",
        "by is '0 min', which gives no later time.",
        "event granted",
        'an amount of time, such as "2 h" or "3 working days"',
        "",
        lambda case: case.record("granted", at=day("09:00"), data={"by": "0 min"}),
    ),
    (
        "ContradictionError",
        "It is said to change what was promised and names no new promise.",
        "event promise-changed",
        "data with result-date",
        'Give data={"result-date": "2026-03-05"}.',
        lambda case: case.record(
            "promise-changed", at=day("09:00"), data={"promised": "2026-03-05"}
        ),
    ),
    (
        "ContradictionError",
        "result-date is 2026-03-01, which is not after the event itself (2026-03-02 09:00 +08:00).",
        "event promise-changed",
        AFTER,
        "",
        lambda case: case.record(
            "promise-changed", at=day("09:00"), data={"result-date": "2026-03-01"}
        ),
    ),
    (
        "ContradictionError",
        "It is said to change the level or category and names neither.",
        "event reclassified",
        "a level: high, low; or a category",
        "",
        lambda case: case.record("reclassified", at=day("09:00")),
    ),
    (
        "IdempotencyError",
        'The key "k" belongs to the event noted at 2026-03-02T01:00:00+00:00, which says something else.',
        "event noted",
        "",
        "Give each event a key of its own, and repeat an event unchanged.",
        lambda case: case.record("noted", at=day("09:00"), key="k").record(
            "noted", at=day("09:01"), key="k"
        ),
    ),
    (
        "UnknownNameError",
        '"reported" does not open a case under the plan incident.',
        "Case.open, event",
        "detected",
        "",
        lambda case: Case.open(case.plan, "c", at=day("09:00"), event="reported"),
    ),
    (
        "CaseError",
        "A case needs a name and at least one plan.",
        "Case.open",
        "",
        "",
        lambda case: Case.open(case.plan, "", at=day("09:00")),
    ),
    (
        "CaseError",
        "A case needs a name and at least one plan.",
        "Case.open",
        "",
        "",
        lambda _: Case.open([], "c", at=day("09:00")),
    ),
    (
        "PlanError",
        "One case cannot follow the same plan twice: incident, incident.",
        "",
        "",
        "",
        lambda case: Case.open([case.plan, case.plan], "c", at=day("09:00")),
    ),
    (
        "IllegalEventError",
        '"reported" at 2026-03-02 11:00 +08:00 is not legal in stage respond.',
        "event reported",
        f"worsened, subsided, false-alarm, {ANY_TIME}",
        "",
        read,
    ),
    (
        "PlanError",
        "The case c-1 does not follow a plan other.",
        "",
        "incident",
        "",
        lambda case: case.change_plan(small_plan.plan(OTHER, name="other"), at=day("09:00")),
    ),
    (
        "UnknownNameError",
        'The plan incident has no obligation "publsh".',
        "",
        "publish, result, late-one",
        'Did you mean "publish"?',
        lambda case: case.status(day("09:00"))["publsh"],
    ),
    (
        "UnknownNameError",
        'The plan incident has no obligation "x".',
        "",
        "publish, result, late-one",
        "",
        lambda case: case.status(day("09:00"))["x"],
    ),
    (
        "UnknownNameError",
        'The plan incident has no obligation "nothing".',
        "",
        "publish, result, late-one",
        "",
        lambda case: case.explain("nothing", day("09:00")),
    ),
    (
        "UnknownNameError",
        '"reported" does not open a case under the plan incident.',
        "",
        "detected",
        "",
        lambda case: timetable(case.plan, "high", day("09:00"), event="reported"),
    ),
    (
        "UnknownNameError",
        "The plan incident has levels, so its duties depend on one.",
        "",
        "high, low",
        "Say which level.",
        lambda case: timetable(case.plan, None, day("09:00")),
    ),
    (
        "UnknownNameError",
        'The plan incident has no level "hig".',
        "",
        "high, low",
        'Did you mean "high"?',
        lambda case: timetable(case.plan, "hig", day("09:00")),
    ),
    (
        "UnknownNameError",
        'The plan incident has no category "complain".',
        "",
        "complaint",
        'Did you mean "complaint"?',
        lambda case: timetable(case.plan, "high", day("09:00"), "complain"),
    ),
    (
        "PlanError",
        "The model is not attached to the machine.",
        "",
        "",
        "Call machine.add_model(model) first.",
        lambda case: follow(case.plan, machine_of(case.plan), Model(), ["reported"]),
    ),
    (
        "IllegalEventError",
        '"reviewed" is not possible in stage report, or the host refuses it.',
        "",
        f"assessed, published, false-alarm, {ANY_TIME}",
        "",
        lambda case: followed(case.plan, ["reported", "reviewed"]),
    ),
    (
        "IllegalEventError",
        '"nothing-such" is not possible in stage detect, or the host refuses it.',
        "",
        f"reported, assessed, published, false-alarm, {ANY_TIME}",
        "",
        lambda case: followed(case.plan, ["nothing-such"]),
    ),
]


@pytest.mark.parametrize(("kind", "what", "place", "allowed", "mend", "act"), REFUSED)
def test_a_refusal_says_what_was_found_where_what_is_allowed_and_how_to_mend_it(
    case, kind, what, place, allowed, mend, act
):
    with pytest.raises(WorkflowError) as caught:
        act(case)
    error = caught.value
    assert type(error).__name__ == kind
    assert (error.what, error.place, error.allowed, error.mend) == (what, place, allowed, mend)


def test_an_illegal_event_tells_the_stage_what_is_legal_there_and_what_it_conflicts_with(case):
    with pytest.raises(IllegalEventError) as caught:
        case.record("reviewed", at=day("09:00"))
    error = caught.value
    assert (error.stage, error.conflict) == ("detect", "")
    assert error.legal == case.legal_events() == tuple(error.allowed.split(", "))
    with pytest.raises(IllegalEventError) as caught:
        case.record("reported", at=day("10:00")).record("published", at=day("09:00"))
    error = caught.value
    assert error.stage == "respond"
    assert error.conflict == (
        '"reported" at 2026-03-02 10:00 +08:00 is not legal in stage respond.'
    )
    assert error.legal == case.record("published", at=day("09:00")).legal_events()
    with pytest.raises(IllegalEventError) as caught:
        followed(case.plan, ["reviewed"])
    assert (caught.value.stage, caught.value.legal) == ("detect", case.legal_events())
    with pytest.raises(IllegalEventError) as caught:
        read(case)
    assert caught.value.stage == "respond"


def test_times_at_the_edge_of_what_is_tolerated_are_accepted(case):
    assert case.record("noted", at=day("09:05"), recorded_at=day("09:00"))
    assert case.record("noted", at=day("10:00"), recorded_at=day("09:00"), tolerance="1 h")
    twice = case.record("noted", at=day("09:00"), recorded_at=day("10:00"))
    assert twice.record("noted", at=day("09:30"), recorded_at=day("10:00"))
    assert case.record("noted", at=day("08:40"))
    assert case.record("replied", at=day("09:00"), data={"result-date": day("09:00:00.000001")})
