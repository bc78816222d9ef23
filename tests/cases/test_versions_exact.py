"""Moving to another version of a plan, and two plans at once, told to the letter."""

import pytest
import small_plan
from small_plan import at

from workflow.cases import Case, State, preview
from workflow.cases.preview import DueChange
from workflow.errors import EventError, EventTimeError, UnknownNameError

OLD = """
- {id: notify, from: detected, within: 60 min, fulfilled_by: [told]}
- {id: dropped, from: detected, within: 30 min, fulfilled_by: [told]}
- {id: keeps, from: detected, within: 45 min, fulfilled_by: [told]}
- {id: done, from: detected, within: 45 min, fulfilled_by: [subsided]}
"""
NEW = """
- {id: notify, from: detected, target: 15 min, limit: 20 min, fulfilled_by: [told]}
- {id: keeps, from: detected, within: 45 min, fulfilled_by: [told]}
- {id: done, from: detected, within: 5 min, fulfilled_by: [subsided]}
- {id: fresh, from: detected, within: 90 min, fulfilled_by: [told]}
- {id: waits, from: asked, within: 90 min, fulfilled_by: [told]}
"""


def open_case():
    return Case.open(small_plan.plan(OLD), "c-1", at=at(0)).record("subsided", at=at(7))


def change(name, state, new_state, *, due=None, new_due=None, target=None, new_target=None):
    return DueChange(
        case_id="c-1",
        clock_id=name,
        state=state,
        new_state=new_state,
        due=due,
        new_due=new_due,
        target=target,
        new_target=new_target,
    )


def test_a_preview_lists_what_moves_what_is_dropped_and_what_is_new_and_nothing_else():
    running, pending = State.RUNNING, State.PENDING
    assert preview([open_case()], small_plan.plan(NEW), at(10)) == (
        change("notify", running, running, due=at(60), new_due=at(20), new_target=at(15)),
        change("dropped", running, None, due=at(30)),
        change("fresh", None, running, new_due=at(90)),
        change("waits", None, pending),
    )
    back = Case.open(small_plan.plan(NEW), "c-1", at=at(0))
    [moved, *_] = preview([back], small_plan.plan(OLD), at(10))
    assert moved == change("notify", running, running, due=at(20), new_due=at(60), target=at(15))
    assert preview([open_case()], small_plan.plan(OLD), at(10)) == ()


def test_a_move_is_recorded_with_the_version_and_told_once():
    new = small_plan.plan(NEW)
    before = open_case()
    case = before.change_plan(new, at=at(10), by="lead", key="k", recorded_at=at(11))
    event = case.events[-1]
    assert (event.type, event.at, event.recorded_at) == ("plan-changed", at(10), at(11))
    assert (event.by, event.key) == ("lead", "k")
    assert event.data == {"plan": "small", "version": new.version, "digest": new.digest}
    assert case.change_plan(new, at=at(10), by="lead", key="k", recorded_at=at(12)) is case
    assert repr(case) == "<Case c-1 under small, 3 events>"
    assert (case.plan, case.plans, before.plan.obligation("dropped").id) == (
        new,
        (new,),
        "dropped",
    )
    explained = case.explain("notify", at(12))
    assert (
        f"Counted by version {new.version} of the plan since 2026-03-02 08:10 +00:00, "
        "when the case moved to it." in str(explained).splitlines()
    )
    assert explained.data["changes"] == {
        "changes": [
            {
                "cause": "plan",
                "at": "2026-03-02T08:10:00+00:00",
                "event_seq": 2,
                "version": new.version,
            }
        ]
    }
    chinese = str(case.explain("notify", at(12), "zh"))
    assert f"2026-03-02 08:10 +00:00 起改按预案第 {new.version} 版计算。" in chinese.splitlines()
    assert [str(it) for it in case.notices(None, at(30))] == [
        "2026-03-02 08:07 +00:00  c-1: done was done in time.",
        "2026-03-02 08:11 +00:00  c-1: notify is now due by 2026-03-02 08:20 +00:00.",
        "2026-03-02 08:15:00.000001 +00:00  c-1: notify missed its target of 2026-03-02 08:15 +00:00.",
        "2026-03-02 08:20:00.000001 +00:00  c-1: notify is overdue; it was due by 2026-03-02 08:20 +00:00.",
    ]


OWN = "  seen: {en: Seen}\n  said: {en: Said}\n"
LAWS = '  known: {en: Known, same_as: ["company:seen"]}\n  declared: {en: Declared}\n'


def two_plans():
    company = small_plan.plan(
        "- {id: notify, who: press, from: seen, within: 30 min, fulfilled_by: [said]}",
        name="company",
        events=OWN,
    )
    law = small_plan.plan(
        "- {id: notify, who: lead, from: known, within: 2 h, fulfilled_by: [declared]}",
        name="law",
        events=LAWS,
    )
    return Case.open([company, law], "c-1", at=at(0)).record("seen", at=at(5), by="press")


def test_a_case_under_two_plans_names_each_clock_with_its_plan():
    case = two_plans()
    assert repr(case) == "<Case c-1 under company, law, 2 events>"
    assert str(case.status(at(10))).splitlines() == [
        "c-1 at 2026-03-02 08:10 +00:00: stage assess",
        "  company:notify: running, due 2026-03-02 08:35 +00:00",
        "  law:notify: running, due 2026-03-02 10:05 +00:00",
    ]
    status = case.status(at(40))
    assert [it.id for it in status.overdue] == ["company:notify"]
    assert [it.id for it in status.running] == ["law:notify"]
    assert [it.id for it in status.of("notify")] == ["company:notify", "law:notify"]
    assert [it.id for it in status.of("law:notify")] == ["law:notify"]
    assert (len(status), [it.plan for it in status]) == (2, ["company", "law"])
    assert status["law:notify"].anchor == at(5)
    told = [(it.clock_id, it.plan, it.obligation) for it in case.notices(None, at(200))]
    assert told == [
        ("company:notify", "company", "notify"),
        ("law:notify", "law", "notify"),
    ]


def test_an_event_of_one_plan_by_name_does_nothing_in_the_other():
    case = two_plans().record("law:declared", at=at(20))
    states = {it.id: it.state for it in case.status(at(25))}
    assert states == {"company:notify": State.RUNNING, "law:notify": State.MET}
    case = case.record("said", at=at(25), of=["company:notify"])
    assert case.status(at(26))["company:notify"].state is State.MET


def test_what_stands_first_among_the_running_is_due_first_and_what_has_no_time_is_last():
    owed = """
- {id: undated, from: detected, within: promptly, fulfilled_by: [told]}
- {id: later, from: detected, within: 60 min, fulfilled_by: [told]}
- {id: sooner, from: detected, within: 20 min, fulfilled_by: [told]}
"""
    status = small_plan.opened(owed, category=None).status(at(5))
    assert [it.id for it in status.running] == ["sooner", "later", "undated"]
    assert (status.now, status.level, status.category, status.conditions) == (
        at(5),
        None,
        None,
        frozenset(),
    )
    assert repr(status["later"]) == "<Clock later running>"
    assert status.next_wakeup == status["sooner"].due.add(microseconds=1)


def test_what_is_illegal_in_the_second_plan_is_left_out_there_and_counts_in_the_first():
    case = two_plans().record("law:false-alarm", at=at(10))
    case = case.record("law:declared", at=at(11)).record("told", at=at(12))
    case = case.record("said", at=at(15))
    states = {it.id: it.state for it in case.status(at(20))}
    assert states == {"company:notify": State.MET, "law:notify": State.WITHDRAWN}
    read = Case.from_events(case.plans, "c-1", case.events)
    assert {it.id: it.state for it in read.status(at(20))} == states


def test_an_obligation_answers_with_its_newest_clock_that_has_started():
    owed = """
- {id: each, from: asked, each: true, within: 20 min, fulfilled_by: [told]}
- {id: again, from: reopened, within: 20 min, fulfilled_by: [told]}
"""
    case = small_plan.opened(owed).record("asked", at=at(5)).record("asked", at=at(7))
    status = case.status(at(8))
    assert [it.id for it in status.of("each")] == ["each@20260302T080500Z", "each@20260302T080700Z"]
    assert status["each"].id == "each@20260302T080700Z"
    assert status["each@20260302T080500Z"].anchor == at(5)
    assert status["small:each"].id == "each@20260302T080700Z"
    assert status["again"].state is State.PENDING


def test_who_and_which_key_are_texts():
    case = small_plan.opened("- {id: a, from: detected, within: 1 h, fulfilled_by: [told]}")
    for said in ({"person": {1}}, {"key": {1}}, {"states": [{1}]}, {"data": {"x": {1}}}):
        with pytest.raises(EventError, match="cannot be written as JSON") as caught:
            case.record("noted", at=at(5), **said)
        assert caught.value.allowed == (
            "text, numbers, true, false, null, and lists and mappings of them"
        )
    assert case.record("noted", at=at(5), person="A", key="k", states=["s"], data={"x": [None]})


def test_a_plan_that_has_none_says_so():
    case = small_plan.opened("- {id: a, from: detected, within: 1 h, fulfilled_by: [told]}")
    with pytest.raises(UnknownNameError) as unknown:
        case.record("noted", at=at(5), category="complaint")
    assert unknown.value.allowed == "nothing: the plan has none"
    with pytest.raises(EventTimeError) as early:
        case.record("noted", at=at(-1))
    assert early.value.allowed == "events before the opening: none in this plan"


def test_a_category_of_the_second_plan_is_none_of_the_first():
    owed = "- {id: a, from: detected, within: 1 h, fulfilled_by: [told]}"
    kinds = "categories: [{id: complaint, title: Complaint}, {id: rumour, title: Rumour}]"
    plain = small_plan.plan(owed, name="plain")
    fancy = small_plan.plan(
        owed.replace("{id: a,", "{id: a, category: [complaint],"), name="fancy", events=kinds
    )
    for plans, category in (([plain, fancy], None), ([fancy, plain], "complaint")):
        case = Case.open(plans, "c-1", at=at(0)).record("noted", at=at(5), category="complaint")
        assert case.status(at(6)).category == category
        states = {it.id: it.state for it in case.status(at(6))}
        assert states == {"plain:a": State.RUNNING, "fancy:a": State.RUNNING}


def test_what_ended_under_the_first_of_three_versions_keeps_its_result():
    owed = "- {{id: notify, from: detected, within: {} min, fulfilled_by: [told]}}"
    case = small_plan.opened(owed.format(20)).record("told", at=at(15))
    case = case.change_plan(small_plan.plan(owed.format(10)), at=at(30))
    case = case.change_plan(small_plan.plan(owed.format(5)), at=at(40))
    clock = case.status(at(50))["notify"]
    assert (clock.state, clock.due) == (State.MET, at(20))
    late = small_plan.opened(owed.format(20))
    late = late.change_plan(small_plan.plan(owed.format(90)), at=at(30))
    late = late.change_plan(small_plan.plan(owed.format(120)), at=at(40))
    assert late.status(at(50))["notify"].state is State.OVERDUE


def test_the_parts_of_what_was_done_in_parts_are_remembered():
    owed = "- {id: a, to: [city, lead], from: detected, within: 1 h, fulfilled_by: [told]}"
    case = small_plan.opened(owed).record("told", at=at(5), to=["city"])
    assert case.status(at(6))["a"].life.partial == (1,)
    case = case.record("noted", at=at(7)).record("told", at=at(8), to=["lead"])
    life = case.status(at(9))["a"].life
    assert (life.partial, life.position, life.state(life.fulfilled)) == ((1,), 3, State.MET)
