"""What is worked out at once for plain obligations is what is worked out for any obligation."""

import attrs
import small_plan as words
from hypothesis import given
from hypothesis import strategies as st

from workflow.cases import Case
from workflow.cases.duties import duties_of
from workflow.cases.evaluate import lives_of
from workflow.cases.plain import plain
from workflow.cases.wakeups import moments, turns
from workflow.errors import WorkflowError

PLAN = words.plan(
    """
- {id: first, who: duty, from: detected, target: 20 min, limit: 60 min, fulfilled_by: [told]}
- {id: told-again, from: told, within: 10 min, fulfilled_by: [told, subsided]}
- {id: either, who: duty, from: [asked, subsided], within: same day, fulfilled_by: [told]}
- {id: undated, from: asked, within: promptly, fulfilled_by: [got-answer]}
- {id: warned, from: asked, within: 30 min, warn: ["50%"], fulfilled_by: [subsided]}
"""
)
NAMES = st.sampled_from(("told", "subsided", "asked", "got-answer", "false-alarm", "reopened"))
SAID = st.fixed_dictionaries({}, optional={"by": st.just("duty"), "of": st.just(["first"])})


@st.composite
def histories(draw):
    """What became of a case under that plan, after events in any order."""
    case = Case.open(PLAN, "c-1", at=words.at(0))
    for _ in range(draw(st.integers(0, 8))):
        name, minute = draw(NAMES), draw(st.integers(0, 90))
        newest = max(it.recorded_at for it in case.events)
        try:
            case = case.record(
                name, at=words.at(minute), recorded_at=max(newest, words.at(minute)), **draw(SAID)
            )
        except WorkflowError:
            continue  # not legal there: the case is unchanged
    return case.tracks[0].history(case.log.happened)


def said(life):
    return attrs.asdict(life, recurse=False, filter=lambda field, _: field.name != "history")


@given(histories())
def test_a_plain_life_is_the_life_that_any_obligation_would_have(history):
    for duty in duties_of(PLAN):
        found = plain(duty, history)
        if found is not None:
            assert [said(found)] == [said(life) for life in lives_of(duty, history, 0)]


@given(histories())
def test_the_turns_of_a_life_are_the_instants_of_its_moments(history):
    for duty in duties_of(PLAN):
        for life in lives_of(duty, history, 0):
            assert set(turns(life)) == {it.instant for it in moments(life)}
