"""Explanations and stories: in both languages, as text and as data; their steps recompute."""

import json

import pytest
import small_plan
from hypothesis import given
from hypothesis import strategies as st
from small_plan import at

import workflow as wf

OWED = """
- id: notify
  title: {en: Tell the city, zh: 告知市里}
  who: duty
  from: detected
  within: 60 min
  fulfilled_by: [told]
  states: [time, place]
  paused_while: {when: [waiting]}
  section: 3
  clause: "within an hour"
"""
PARTS = ["owed", "start", "due", "changes", "missing", "next"]


def paused_case():
    case = small_plan.opened(OWED, level="high").record("asked", at=at(10))
    return case.record("got-answer", at=at(25)).record("told", at=at(30), states=["time"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_explanation_answers_in_order_in_both_languages(lang):
    explained = paused_case().explain("notify", at(40), lang)
    assert [part.about for part in explained.parts] == PARTS
    assert {"en": "Tell the city", "zh": "告知市里"}[lang] in str(explained)
    assert "within an hour" in str(explained)
    assert "09:15" in str(explained)  # 09:00 and 15 minutes of pause
    assert "place" in str(explained)


def test_an_explanation_is_data_too_and_the_same_in_both_languages_but_for_its_words():
    english, chinese = (paused_case().explain("notify", at(40), lang).data for lang in ("en", "zh"))
    assert json.loads(json.dumps(english)) == english
    assert english["missing"]["missing"]["states"] == ["place"]
    assert english["due"]["due"].startswith("2026-03-02T09:15")
    [pause] = english["changes"]["changes"]
    assert (pause["at"][11:16], pause["until"][11:16]) == ("08:10", "08:25")
    for part in ("start", "changes", "missing", "next"):
        assert english[part] == chinese[part]


@given(minutes=st.integers(1, 5000), now=st.integers(0, 6000))
def test_the_steps_of_an_explained_due_time_end_with_it_and_can_be_counted_again(minutes, now):
    owed = f"- {{id: notify, from: detected, within: {minutes} min, fulfilled_by: [told]}}"
    data = small_plan.opened(owed).explain("notify", at(now)).data
    again = wf.due(f"{minutes} min", data["start"]["anchor"], timezone="UTC")
    assert data["due"]["due"] == again.at.isoformat()
    assert data["due"]["due_steps"] == again.derivation.data()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_story_tells_the_whole_case_in_order(lang):
    case = paused_case().record("told", at=at(90), states=["time", "place"])
    story = case.story(at(120), lang)
    instants = [entry.instant for entry in story.entries]
    assert instants == sorted(instants)
    assert story.data["case"] == "c-1"
    assert json.loads(json.dumps(story.data)) == story.data
    assert {"en": "Found", "zh": "发现"}[lang] in str(story)
    assert all(entry.text for entry in story.entries)


KINDS = """
- id: news
  title: {en: Tell the news, zh: 通报进展}
  from: detected
  recurring: {every: 60 min, at_least: 2}
  fulfilled_by: [told]
- {id: watch, title: {en: Watch, zh: 持续监测}, from: detected, continuous: true, until: [subsided]}
- {id: result, from: doubted, due: {promised: promise}, fulfilled_by: [told]}
- id: signed
  title: {en: The statement, zh: 声明}
  from: detected
  within: 2 h
  fulfilled_by: [told]
  approvals: {in_order: [duty, {by: duty, within: 1 h}]}
- {id: alarm, level: [high], from: detected, within: 1 h, fulfilled_by: [told],
   reclassified: {newly: ignore}}
"""
DOUBTED = "  doubted: {en: Doubted, zh: 提出质疑}\n"
SAID = {
    "news": {
        "en": ["It is owed again and again: at least 2 times every 60 min.", "Done 1 of 2 times."],
        "zh": ["周期性义务：每60分钟至少2次。", "已完成 1 次，应为 2 次。"],
    },
    "watch": {"en": ["It lasts until: Subsided."], "zh": ["持续至：Subsided。"]},
    "result": {
        "en": ["Promised for 2026-03-02 18:40", "the promise changed (Promised date changed)"],
        "zh": ["承诺时间：2026-03-02 18:40", "变更承诺（变更承诺日期）"],
    },
    "signed": {"en": ["Not yet approved by: Duty"], "zh": ["尚待审核：值班员"]},
    "signed/approval-2": {
        "en": ["Approval 2: The statement", "Started 2026-03-02 08:09 +00:00: Approved.", "09:09"],
        "zh": ["第2项审核：声明", "自 2026-03-02 08:09 +00:00 起算：审核通过。", "09:09"],
    },
    "alarm": {
        "en": [
            "does not apply (it applies to: High)",
            "what did not apply at its event never does",
        ],
        "zh": ["不适用（适用于：High）", "此后不再适用"],
    },
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", SAID)
def test_each_kind_of_duty_is_explained_in_both_languages(name, lang):
    promises = [{"promise": at(minute).isoformat()} for minute in (600, 640)]
    case = wf.Case.open(small_plan.plan(KINDS, events=DOUBTED), "c-1", at=at(0))
    case = case.record("doubted", at=at(5), data=promises[0])
    case = case.record("promise-changed", at=at(8), of=["result"], data=promises[1])
    case = case.record("approved", at=at(9), by="duty").record("told", at=at(12), of=["news"])
    case = case.record("reclassified", at=at(20), level="high")
    clock = case.status(at(30))[name]
    for words in SAID[name][lang]:
        assert words in str(clock.explain(lang)), str(clock.explain(lang))
    # A clock explains itself as the case explains it.
    assert clock.explain(lang).data == case.explain(name, at(30), lang).data
    json.dumps(clock.explain(lang).data)


LEVELLED = """
- id: statement
  from: detected
  within: 2 h
  by_level: {high: {within: 1 h}}
  reclassified: {changed: stricter}
  fulfilled_by: [told]
"""


def test_a_change_of_level_that_leaves_the_due_time_is_explained_with_the_choice():
    case = small_plan.opened(LEVELLED, level="high")
    explained = case.record("reclassified", at=at(10), level="low").explain("statement", at(20))
    assert "the level became Low (Level or category changed); due stays 2026-03-02 09:00" in str(
        explained
    )
    assert "stays" not in str(case.explain("statement", at(5)))
    [change] = explained.data["changes"]["changes"]
    assert (change["cause"], change["choice"]) == ("level", "stricter")
    assert change["before"] == change["after"]


def test_a_later_approval_waits_for_the_one_before_it():
    owed = "- {id: signed, who: press, from: detected, within: 2 h, fulfilled_by: [told],"
    owed += " approvals: {in_order: [{by: lead, within: 9 min}, {by: city, within: 9 min}]}}"
    case = small_plan.opened(owed)
    assert "waits for: Approved" in str(case.explain("signed/approval-2", at(1)))
    case = case.record("approved", at=at(5), by="lead")
    assert "Started 2026-03-02 08:05" in str(case.explain("signed/approval-2", at(6)))


def test_one_role_that_must_approve_is_not_called_any_of_them():
    owed = "- {id: signed, from: detected, within: 2 h, fulfilled_by: [told],"
    owed += " approvals: {in_order: [lead, [city, press]]}}"
    said = str(small_plan.opened(owed).explain("signed", at(1)))
    assert said.count("any one of them") == 1


def test_a_story_calls_roles_levels_and_stages_by_their_titles():
    plan = small_plan.plan(OWED)
    case = wf.Case.open(plan, "c-1", at=at(0), by="duty", level="high")
    case = case.record("told", at=at(5), by="duty", to=["city"], states=["time"])
    english, chinese = str(case.story(at(9))), str(case.story(at(9), "zh"))
    duty, city, stage = plan.role("duty").title, plan.role("city").title, plan.stages[0].title
    assert f"({duty.words('en')} to {city.words('en')}), stating time" in english
    assert f"（{duty.words('zh')}，对象：{city.words('zh')}），写明：time" in chinese
    assert stage.words("zh") in chinese.splitlines()[0]


def test_an_explanation_says_by_how_much_the_target_was_missed_though_the_limit_was_kept():
    owed = "- {id: a, from: detected, target: 20 min, limit: 60 min, fulfilled_by: [told]}"
    case = small_plan.opened(owed)
    assert "The target was missed by 5 min." in str(case.explain("a", at(25)))
    done = case.record("told", at=at(30)).explain("a", at(90))
    assert "On time.\nThe target was missed by 10 min." in str(done)
    assert "missed" not in str(case.record("told", at=at(20)).explain("a", at(90)))
