"""Whole small cases, told word for word: status, explanations, story and notices, as text and data.

Each row of `told.yaml` holds obligations, the events of a case in minutes after 08:00 UTC, and
everything that the case says at an instant, in both languages. The times were worked out by hand
from the minutes of the events; the sentences were read one by one.
"""

from pathlib import Path

import pytest
import small_plan
from ruamel.yaml import YAML
from small_plan import at

from workflow.cases import Case
from workflow.cases.evaluate import stamp
from workflow.instants import to_instant

HERE = Path(__file__).parent
TABLE = YAML(typ="safe").load((HERE / "told.yaml").read_text("utf-8"))


def case_of(row):
    """The case of a row; `recorded_at` is in minutes too."""
    plan = small_plan.plan(row["owed"], events=TABLE["events"].rstrip("\n"))
    case = Case.open(plan, "c-1", at=at(0), **row["open"])
    for minute, event, said in row["events"]:
        known = {"recorded_at": at(said["recorded_at"])} if "recorded_at" in said else {}
        case = case.record(event, at=at(minute), **{**said, **known})
    return case


def short(moment):
    """A time as the table writes it: without the date where that is the first day."""
    return None if moment is None else moment.isoformat().removeprefix("2026-03-02T")


def numbers(clock):
    """What a clock says of itself, without what is empty."""
    event, anchor = clock.fulfilled_by, clock.anchor_event
    said = {
        "state": clock.state.value,
        "anchor": short(clock.anchor),
        "anchor_event": anchor and anchor.type,
        "start": short(clock.start),
        "target": short(clock.target),
        "due": short(clock.due),
        "fulfilled": short(clock.fulfilled_at),
        "fulfilled_by": event and event.type,
        "ended": short(clock.ended_at),
        "count": clock.count and list(clock.count),
        "remaining": clock.remaining and clock.remaining.total_seconds(),
        "overdue_by": clock.overdue_by and clock.overdue_by.total_seconds(),
        "target_missed": clock.target_missed,
        "reasons": clock.reasons,
        "advice": clock.advice,
    }
    return {name: value for name, value in said.items() if value not in (None, "", False)}


def plain(data):
    """The data of an explanation; of the steps of a due time, which have a table of their own, how many."""
    due = {
        key: len(value) if key.endswith("_steps") else value for key, value in data["due"].items()
    }
    return {**data, "due": due}


def told(row):
    """Everything that the case of a row says, as the table holds it."""
    case, now = case_of(row), at(row["now"])
    status = case.status(now)
    explained = {lang: [clock.explain(lang) for clock in status] for lang in ("en", "zh")}
    return {
        "status": str(status).splitlines(),
        "next_wakeup": short(status.next_wakeup),
        "clocks": {clock.id: numbers(clock) for clock in status},
        "explained": {
            lang: [line for it in explained[lang] for line in str(it).splitlines()]
            for lang in explained
        },
        "explained_data": [plain(it.data) for it in explained["en"]],
        "story": {lang: str(case.story(now, lang)).splitlines() for lang in ("en", "zh")},
        "notices": [
            [it.id, str(it), it.text("zh"), list(it.to), dict(it.data)]
            for it in case.notices(None, now)
        ],
    }


@pytest.mark.parametrize("row", TABLE["cases"], ids=lambda row: row["name"])
def test_a_case_is_told_word_for_word(row):
    for what, said in told(row).items():
        assert said == row["told"][what], what


def test_a_moment_in_the_id_of_a_clock_is_in_utc_to_the_microsecond_where_there_are_any():
    moment = to_instant("2026-03-02T08:05:06+08:00")
    assert stamp(moment) == "20260302T000506Z"
    assert stamp(moment + 7) == "20260302T000506.000007Z"
    assert stamp(to_instant("1969-12-31T23:59:59Z")) == "19691231T235959Z"
