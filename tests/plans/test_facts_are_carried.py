"""Every duty and every time in `tests/data/plans_facts.yaml` stands in a documented plan.

The facts file is the judge: it says what each section of the source asks, clause by clause. What
the facts leave undated must stay undated. The walk itself is in `tests/oracle/plan_facts.py`.
"""

from __future__ import annotations

import collections
import re

import attrs
import pytest
from plan_facts import (
    NOT_STATED,
    SECTIONS,
    TIME_KEYS,
    Fact,
    as_list,
    as_written,
    fact_id,
    obligation_of,
    plan_of,
    time_faults,
)

from workflow.plans import Obligation
from workflow.plans.due_text import parse_rule
from workflow.plans.obligation import Due

DUTIES = [
    pytest.param(section, duty, id=f"{section['section']}-{section['name']}-{duty['id']}")
    for section in SECTIONS
    for duty in section["duties"]
]
BY_SECTION = [pytest.param(section, id=section["name"]) for section in SECTIONS]


@pytest.mark.parametrize(("section", "duty"), DUTIES)
def test_every_time_element_of_every_duty_is_carried(section: Fact, duty: Fact) -> None:
    assert list(time_faults(obligation_of(section, duty), as_written(section, duty))) == []


@pytest.mark.parametrize(("section", "duty"), DUTIES)
def test_every_duty_keeps_its_clause_and_its_word(section: Fact, duty: Fact) -> None:
    owed = obligation_of(section, duty)
    if "same_as" in section:
        notes = "".join(source.note for source in plan_of(section).sources)
        assert duty["clause"] in notes
        assert duty["word"] in notes
        return
    assert owed.origin.clause == duty["clause"]
    assert owed.origin.word == "、".join(as_list(duty.get("word")))
    if "clause_section" in duty:
        named = {source.id: source.section for source in plan_of(section).sources}
        assert named[owed.origin.source] == str(duty["clause_section"])


@pytest.mark.parametrize(("section", "duty"), DUTIES)
def test_every_duty_keeps_who_owes_what_to_whom(section: Fact, duty: Fact) -> None:
    owed = obligation_of(section, duty)
    assert list(owed.who) == as_list(duty["who"])
    assert list(owed.to) == as_list(duty.get("to"))
    assert list(owed.together_with) == [
        role for role in as_list(duty.get("with")) if role in section["roles"]
    ]
    assert list(owed.applies.level) == as_list(duty.get("level"))
    assert list(owed.applies.category) == as_list(duty.get("category"))
    if "states" in duty:
        assert list(owed.states) == [fact_id(fact) for fact in duty["states"]]
    in_order = [list(step.by) for step in owed.approvals.in_order]
    assert in_order == [step.split(" or ") for step in as_list(duty.get("approvals_in_order"))]
    parallel = duty.get("approvals_in_parallel")
    together = [step.by[0] for step in owed.approvals.in_any_order]
    assert together == (parallel["roles"] if parallel else [])
    assert bool(owed.approvals.when) == bool(parallel)


@pytest.mark.parametrize(("section", "duty"), DUTIES)
def test_advice_and_practice_are_never_made_into_rules_nor_rules_into_advice(
    section: Fact, duty: Fact
) -> None:
    owed = obligation_of(section, duty)
    soft = any(duty.get(key) for key in ("soft", "aim", "planned", "proposed"))
    assert owed.soft == soft
    assert owed.practice == bool(duty.get("reported_practice"))


@pytest.mark.parametrize(("section", "duty"), DUTIES)
def test_every_ambiguity_names_the_reading_chosen_in_both_languages(
    section: Fact, duty: Fact
) -> None:
    if any(key == "reading" or key.endswith("_reading") for key in duty):
        reading = obligation_of(section, duty).origin.reading
        assert reading.en
        assert reading.zh


@pytest.mark.parametrize(("section", "duty"), DUTIES)
def test_every_duty_has_a_title_in_both_languages_and_can_be_fulfilled(
    section: Fact, duty: Fact
) -> None:
    owed = obligation_of(section, duty)
    assert owed.title.en
    assert re.search(r"[\u4e00-\u9fff]", owed.title.zh)
    assert owed.fulfilled_by or owed.continuous


@pytest.mark.parametrize("section", BY_SECTION)
def test_no_plan_adds_a_duty_that_the_facts_do_not_hold(section: Fact) -> None:
    if "same_as" not in section:
        said = sorted(owed.id for owed in plan_of(section).obligations)
        assert said == sorted(duty["id"] for duty in section["duties"])


@pytest.mark.parametrize("section", BY_SECTION)
def test_every_section_is_a_source_of_its_plan(section: Fact) -> None:
    named = {source.section for source in plan_of(section).sources}
    wanted = {section["section"], *section.get("also_section", [])}
    assert {str(number) for number in wanted} <= named


@pytest.mark.parametrize("section", BY_SECTION)
def test_roles_and_whom_they_report_to_are_the_source_s(section: Fact) -> None:
    plan = plan_of(section)
    for name, words in section["roles"].items():
        if words not in NOT_STATED and "same_as" not in section:
            assert plan.role(name).title.zh == words
    for name, above in section.get("reports_to", {}).items():
        assert list(plan.role(name).reports_to) == as_list(above)


@pytest.mark.parametrize("section", BY_SECTION)
def test_levels_and_their_criteria_are_the_source_s(section: Fact) -> None:
    plan = plan_of(section)
    wanted = section.get("levels", [])
    assert [level.id for level in plan.levels] == [level["id"] for level in wanted]
    for fact, level in zip(wanted, plan.levels, strict=True):
        assert list(level.criteria) == fact["criteria"]
        assert level.all_criteria == (fact.get("criteria_join") == "all")
        assert (level.title.en, level.title.zh) == (fact["title"]["en"], fact["title"]["zh"])
        assert level.command == fact.get("command", "")
        assert level.clause == fact.get("command_clause", "")


@pytest.mark.parametrize("section", BY_SECTION)
def test_categories_are_the_source_s(section: Fact) -> None:
    said = [(kind.id, kind.title.zh, kind.clause) for kind in plan_of(section).categories]
    assert said == [
        (kind["id"], kind["title"]["zh"], kind["clause"]) for kind in section.get("categories", [])
    ]


@pytest.mark.parametrize("section", BY_SECTION)
def test_stages_stand_in_the_plan_with_their_kind_and_the_source_s_words(section: Fact) -> None:
    said = {(stage.kind.value, stage.title.zh) for stage in plan_of(section).stages}
    for stage in section.get("stages", []):
        assert (stage["stage"], stage["title"]["zh"]) in said


@pytest.mark.parametrize("section", BY_SECTION)
def test_what_the_source_contradicts_is_told_with_its_clauses(section: Fact) -> None:
    said = {conflict.about: conflict for conflict in plan_of(section).conflicts}
    for fact in section.get("conflicts", []):
        conflict = said[fact["about"]]
        assert conflict.follows
        assert set(fact.get("clauses", [])) <= set(conflict.clauses)


def _elements() -> collections.Counter[str]:
    return collections.Counter(
        key
        for section in SECTIONS
        for duty in section["duties"]
        for key in TIME_KEYS
        if key in duty
    )


def test_the_walk_meets_every_kind_of_time_element(capsys: pytest.CaptureFixture[str]) -> None:
    found = _elements()
    with capsys.disabled():
        print(f"\nfacts: {len(SECTIONS)} sections, {len(DUTIES)} duties,", dict(found))
    assert set(found) == set(TIME_KEYS)


_OTHER_VALUES: dict[str, object] = {
    "within": "7 h",
    "target": "7 h",
    "limit": "7 h",
    "due": "promised",
    "recurring": {"every": "week", "at_least": 7},
    "fixed": "2031-01-01",
    "undated": True,
    "continuous": True,
    "before": "another-event",
    "simultaneous_with": "another-duty",
    "from": "another-event",
    "until": "another-event",
    "during": "another period",
}


@pytest.mark.parametrize("key", TIME_KEYS)
def test_the_walk_fails_for_a_time_element_that_differs(key: str) -> None:
    section = next(s for s in SECTIONS if s["name"] == "municipal-investment-group")
    duty = next(d for d in section["duties"] if d["id"] == "notify-city")
    changed = {**duty, key: _OTHER_VALUES[key]}
    assert list(time_faults(obligation_of(section, duty), duty)) == []
    assert list(time_faults(obligation_of(section, duty), changed)) != []


def test_the_walk_fails_for_a_duty_that_no_plan_carries() -> None:
    section = SECTIONS[0]
    with pytest.raises(AssertionError, match="no plan carries another-duty of section 1"):
        obligation_of(section, {**section["duties"][0], "id": "another-duty"})


@pytest.mark.parametrize(
    "rule", ["30 min", {"promptly": "第一时间", "assume": "30 min"}, {"promptly": "及时"}]
)
def test_the_walk_fails_for_an_undated_duty_that_was_given_a_number(rule: object) -> None:
    section = next(s for s in SECTIONS if s["name"] == "municipal-investment-group")
    duty = next(d for d in section["duties"] if d["id"] == "report-found")
    owed: Obligation = obligation_of(section, duty)
    assert list(time_faults(owed, duty)) == []
    invented = attrs.evolve(owed, due=Due(limit=parse_rule(rule)))
    assert list(time_faults(invented, duty)) != []
