"""Every step of a due time in both languages and as data: each row of `told.yaml`, word for word.

The due times, days and numbers of the table were worked out by hand from the rules in
`docs/reference/deadlines.md`; its sentences were read one by one.
"""

import datetime as dt
import zoneinfo
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from workflow.calendars import WorkingCalendar
from workflow.plans.due import due

HERE = Path(__file__).parent
ROWS = YAML(typ="safe").load((HERE / "told.yaml").read_text("utf-8"))
CALENDARS = {
    name: WorkingCalendar(row["timezone"], row["hours"], holidays=row.get("holidays"))
    for name, row in YAML(typ="safe")
    .load((HERE / "hand_worked.yaml").read_text("utf-8"))["calendars"]
    .items()
}


def found(given):
    """The deadline that a row asks for; times without an offset are local to its zone."""
    calendar = CALENDARS[given["on"]]
    zone = zoneinfo.ZoneInfo(calendar.timezone)

    def local(text):
        time = dt.datetime.fromisoformat(text) if text else None
        return time if time is None or time.tzinfo else time.replace(tzinfo=zone)

    return due(
        given["rule"],
        local(given["from"]),
        calendar=calendar,
        promise=given.get("promise"),
        anchors={name: local(at) for name, at in given.get("anchors", {}).items()},
        pauses=[tuple(map(local, pause)) for pause in given.get("pauses", ())],
    )


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row['given']['rule']} from {row['given']['from']}"
)
def test_a_rule_says_itself_and_each_step_in_both_languages_and_as_data(row):
    it = found(row["given"])
    assert str(it) == row["due"]
    assert [it.rule.words("en"), it.rule.words("zh")] == row["words"]
    assert it.rule.words() == row["words"][0]
    steps, told = it.derivation, row["steps"]
    assert [step.text(steps.zone, "en") for step in steps] == [step["en"] for step in told]
    assert [step.text(steps.zone, "zh") for step in steps] == [step["zh"] for step in told]
    assert steps.data() == [step["data"] for step in told]
