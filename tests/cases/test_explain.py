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
