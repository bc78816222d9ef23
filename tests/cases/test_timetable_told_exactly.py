"""A timetable word for word: every kind of duty, in both languages and as data.

`timetable_told.yaml` holds the obligations and the rows, in order; detected at 08:00 UTC on Monday,
2 March 2026. The times were worked out by hand.
"""

from pathlib import Path

import pytest
import small_plan
from ruamel.yaml import YAML
from small_plan import at

from workflow.cases.timetable import rule_of, timetable

TABLE = YAML(typ="safe").load(
    Path(__file__).with_name("timetable_told.yaml").read_text(encoding="utf-8")
)
PLAN = small_plan.plan(TABLE["owed"], events=TABLE["events"].rstrip("\n"))
LANGUAGES = ("en", "zh")


def told(row):
    """All that a row says."""
    return {
        "rule": [row.rule_words(lang) for lang in LANGUAGES],
        "waits": [row.waits_words(lang) for lang in LANGUAGES],
        "anchor": [row.anchor_words(lang) for lang in LANGUAGES],
        "if": [row.condition_words(lang) for lang in LANGUAGES],
        "data": row.to_json(),
    }


@pytest.mark.parametrize("asked", TABLE["timetables"], ids=lambda it: str(it["level"]))
def test_a_timetable_is_told_word_for_word(asked):
    rows = timetable(PLAN, asked["level"], at(0), asked.get("category"))
    assert [row.obligation.id for row in rows] == asked["order"]
    for row in rows:
        if (said := asked["rows"].get(row.obligation.id)) is not None:
            assert told(row) == said
            assert row.rule_words() == said["rule"][0]
            assert row.waits_words() == said["waits"][0]
            assert row.anchor_words() == said["anchor"][0]
            assert row.condition_words() == said["if"][0]


@pytest.mark.parametrize("owed", PLAN.obligations, ids=lambda it: it.id)
def test_the_time_of_a_duty_is_said_without_a_level_too(owed):
    said = rule_of(PLAN, owed)
    assert [said.words(lang) for lang in LANGUAGES] == TABLE["without_a_level"][owed.id]
