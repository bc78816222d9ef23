"""What may enter the log: one clear error otherwise, and the case unchanged."""

import pytest

from workflow.cases import Case
from workflow.errors import (
    CaseError,
    ContradictionError,
    EventError,
    EventTimeError,
    IdempotencyError,
    IllegalEventError,
    NaiveTimeError,
    TimeError,
    UnknownNameError,
)


def day(clock_time):
    """An instant of Monday 2 March 2026, Shanghai."""
    return f"2026-03-02T{clock_time}+08:00"


PUBLISH = """
- id: publish
  who: press
  from: detected
  within: 5 h
  fulfilled_by: [told]
  approvals: {in_order: [lead, city]}
- {id: result, who: press, from: replied, due: {promised: result-date}, fulfilled_by: [answered]}
- {id: late-one, who: press, from: doubted, within: 1 h, fulfilled_by: [answered], extended_by: [granted]}
"""


@pytest.fixture
def case(opened):
    return opened(PUBLISH)


def test_a_naive_time_is_refused_and_says_how_to_mend_it(case):
    with pytest.raises(NaiveTimeError, match="no UTC offset") as caught:
        case.record("told", at="2026-03-02T09:00")
    assert "offset" in caught.value.mend


def test_a_time_that_cannot_be_read_is_refused(case):
    with pytest.raises(TimeError, match='"nine" is not a time'):
        case.record("told", at="nine")


def test_an_unknown_event_is_named_with_its_nearest(case):
    with pytest.raises(UnknownNameError, match='Did you mean "reported"'):
        case.record("reportd", at=day("09:00"))


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"by": "pres"}, "role"),
        ({"to": ["cty"]}, "role"),
        ({"level": "hi"}, "level"),
        ({"category": "x"}, "category"),
        ({"conditions": {"wait": True}}, "condition"),
        ({"of": ["publsh"]}, "obligation"),
    ],
)
def test_an_unknown_id_is_refused_with_what_is_known(case, said, what):
    with pytest.raises(UnknownNameError, match=f"is no {what} of the plan") as caught:
        case.record("noted", at=day("09:00"), **said)
    assert caught.value.place == "event noted"
    assert caught.value.allowed


def test_an_event_illegal_in_the_stage_names_the_stage_and_what_is_legal(case):
    with pytest.raises(IllegalEventError) as caught:
        case.record("reviewed", at=day("09:00"))
    assert caught.value.stage == "detect"
    assert "reported" in caught.value.legal
    assert "noted" in caught.value.legal


def test_a_back_dated_event_that_makes_a_later_one_illegal_names_that_one(case):
    case = case.record("reported", at=day("10:00"))
    with pytest.raises(IllegalEventError, match="reported") as caught:
        case.record("published", at=day("09:00"))
    assert "later event" in caught.value.what


def test_a_back_dated_event_that_fits_is_accepted(case):
    case = case.record("published", at=day("10:00")).record("reported", at=day("09:00"))
    assert [event.type for event in case.log.happened] == ["detected", "reported", "published"]


def test_an_event_before_the_case_began_is_refused(case):
    with pytest.raises(EventTimeError, match="before the case began") as caught:
        case.record("noted", at=day("08:00"))
    assert "arose" in caught.value.allowed


def test_an_event_that_may_precede_the_case_is_accepted_and_moves_no_stage(case):
    case = case.record("arose", at=day("06:00"))
    assert case.status(day("09:00")).stage == "detect"


def test_an_event_further_in_the_future_than_tolerated_is_refused(case):
    with pytest.raises(EventTimeError, match="after it was recorded"):
        case.record("noted", at=day("10:00"), recorded_at=day("09:00"))
    near = case.record("noted", at=day("09:04"), recorded_at=day("09:00"))
    assert near.events[-1].type == "noted"
    far = case.record("noted", at=day("10:00"), recorded_at=day("09:00"), tolerance="2 h")
    assert far.events[-1].type == "noted"


def test_a_recording_never_precedes_an_earlier_one(case):
    case = case.record("noted", at=day("09:00"), recorded_at=day("10:00"))
    with pytest.raises(EventTimeError, match="recorded last"):
        case.record("noted", at=day("09:30"), recorded_at=day("09:30"))


def test_a_transition_that_needs_a_reason_is_refused_without_one(case):
    with pytest.raises(EventError, match="lacks reason"):
        case.record("false-alarm", at=day("09:00"))


def test_an_approval_by_a_role_that_may_not_is_refused(case):
    with pytest.raises(ContradictionError, match="may not approve") as caught:
        case.record("approved", at=day("09:00"), by="duty", of=["publish"])
    assert caught.value.allowed == "lead, city"


def test_a_promise_in_the_past_is_refused(case):
    with pytest.raises(ContradictionError, match="not after the event"):
        case.record("replied", at=day("09:00"), data={"result-date": "2026-03-01"})
    with pytest.raises(ContradictionError, match="result-date"):
        case.record("replied", at=day("09:00"), data={"result-date": "soon"})


def test_an_event_said_to_fulfil_what_had_not_started_is_refused(case):
    with pytest.raises(ContradictionError, match="had not started"):
        case.record("answered", at=day("09:00"), of=["late-one"])


def test_an_extension_into_the_past_is_refused(case):
    with pytest.raises(ContradictionError, match="not after the event"):
        case.record("granted", at=day("09:00"), data={"until": "2026-03-01"})


@pytest.mark.parametrize(
    "amount", ["bananas", 3, "promptly", "0 min", "5 fortnights", {"every": 2}]
)
def test_an_extension_by_what_gives_no_later_time_is_refused_and_the_case_still_answers(
    case, amount
):
    with pytest.raises(ContradictionError, match="by"):
        case.record("granted", at=day("09:00"), data={"by": amount})
    assert case.record("granted", at=day("09:00"), data={"by": "2 h"}).status(day("09:30"))


def test_a_changed_promise_that_names_none_is_refused(case):
    with pytest.raises(ContradictionError, match="no new promise") as caught:
        case.record("promise-changed", at=day("09:00"), data={"promised": "2026-03-05"})
    assert caught.value.allowed == "data with result-date"


def test_a_change_of_level_that_names_neither_level_nor_category_is_refused(case):
    with pytest.raises(ContradictionError, match="names neither") as caught:
        case.record("reclassified", at=day("09:00"))
    assert caught.value.allowed == "a level: high, low; or a category"
    assert case.record("reclassified", at=day("09:00"), category="complaint")


@pytest.mark.parametrize("value", ["no", 0, None])
def test_a_condition_is_set_by_true_and_cleared_by_false_and_by_nothing_else(case, value):
    with pytest.raises(EventError, match="condition waiting"):
        case.record("noted", at=day("09:00"), conditions={"waiting": value})


@pytest.mark.parametrize("name", ["to", "states", "of"])
def test_one_text_is_not_taken_for_a_list_of_letters(case, name):
    with pytest.raises(EventError, match="is the text") as caught:
        case.record("told", at=day("09:00"), **{name: "city"})
    assert caught.value.mend == f'Write {name}=["city"].'


def test_the_same_event_twice_is_one_event(case):
    once = case.record("noted", at=day("09:00"), key="k1", data={"text": "a"})
    assert once.record("noted", at=day("09:00"), key="k1", data={"text": "a"}) is once


def test_the_same_key_with_other_content_is_an_error(case):
    once = case.record("noted", at=day("09:00"), key="k1", data={"text": "a"})
    with pytest.raises(IdempotencyError, match="k1"):
        once.record("noted", at=day("09:00"), key="k1", data={"text": "b"})


def test_data_that_is_no_json_is_refused(case):
    with pytest.raises(EventError, match="JSON"):
        case.record("noted", at=day("09:00"), data={"x": object()})


def test_nothing_is_half_written_by_a_refused_event(case):
    before = case.events
    with pytest.raises(IllegalEventError):
        case.record("reviewed", at=day("09:00"))
    assert case.events == before
    assert case.status(day("09:00")).stage == "detect"


def test_a_case_opens_only_with_an_event_that_opens_cases(case):
    with pytest.raises(UnknownNameError, match="does not open a case") as caught:
        Case.open(case.plan, "c", at=day("09:00"), event="reported")
    assert caught.value.allowed == "detected"


@pytest.mark.parametrize("reason", [["a", "list"], {"a": "mapping"}, 0])
def test_what_a_transition_needs_may_be_any_value_but_nothing(case, reason):
    case.record("false-alarm", at=day("09:00"), data={"reason": reason})


def test_a_case_needs_a_name_and_a_plan(case):
    with pytest.raises(CaseError, match="name"):
        Case.open(case.plan, "", at=day("09:00"))
    with pytest.raises(CaseError, match="at least one plan"):
        Case.open([], "c", at=day("09:00"))


def test_a_log_that_is_no_legal_path_is_refused_when_read(case):
    case = case.record("reported", at=day("09:00")).record("published", at=day("10:00"))
    opening, _, published = case.events
    skipped = Case.from_events(case.plan, "c", [opening, published])
    assert skipped.status(day("11:00")).stage == "respond"
    with pytest.raises(IllegalEventError):
        Case.from_events(case.plan, "c", [opening, published, published])
