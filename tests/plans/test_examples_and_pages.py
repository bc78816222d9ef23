"""The example plans load and do what they are there to show; the reference page has every key."""

import re

import attrs
import pytest

from workflow import load_plan
from workflow.cases import Case
from workflow.plans.document import read_file
from workflow.plans.entries import ENTRIES, key_of
from workflow.plans.schema import meanings, plan_schema

EXAMPLES = ["data-breach.yaml", "software-incidents.yaml", "ten-lines.yaml"]


def due(project, obligation, *, classified):
    plan = load_plan(project / "examples" / "plans" / "data-breach.yaml")
    case = Case.open(plan, "1", at="2026-03-06T10:00+01:00", level="risk")
    case = case.record("classified", at=classified)
    return case.status("2026-03-08T12:00+01:00")[obligation].due.isoformat()


def test_every_example_is_tried(project):
    found = sorted(path.name for path in (project / "examples" / "plans").glob("*.*ml"))

    assert set(EXAMPLES) == set(found)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_loads_and_fits_the_schema(project, name):
    import jsonschema

    path = project / "examples" / "plans" / name

    assert load_plan(path).obligations
    jsonschema.Draft202012Validator(plan_schema()).validate(read_file(path).content)


def test_the_shortest_example_has_ten_lines(project):
    text = (project / "examples" / "plans" / "ten-lines.yaml").read_text(encoding="utf-8")

    assert len(text.splitlines()) == 10


def test_a_breach_is_notified_within_72_hours_of_becoming_aware(project):
    # Friday 10:00 and three times 24 hours: Monday 10:00, weekend or not.
    assert due(project, "notify-authority", classified="2026-03-06T20:00+01:00") == (
        "2026-03-09T10:00:00+01:00"
    )


def test_the_initial_notification_is_due_four_hours_after_classification_when_that_is_earlier(
    project,
):
    # 20:00 + 4 h = 24:00, before Saturday 10:00, the 24 hours from awareness.
    assert due(project, "initial-notification", classified="2026-03-06T20:00+01:00") == (
        "2026-03-07T00:00:00+01:00"
    )


def test_the_initial_notification_is_due_24_hours_after_awareness_when_that_is_earlier(project):
    # Classified at 08:00 on Saturday: 08:00 + 4 h = 12:00; the 24 hours end at 10:00.
    assert due(project, "initial-notification", classified="2026-03-07T08:00+01:00") == (
        "2026-03-07T10:00:00+01:00"
    )


def test_the_24_hours_fall_away_when_it_is_classified_after_them(project):
    # Classified at 20:00 on Saturday, ten hours after the 24 hours ended: 20:00 + 4 h = 24:00.
    assert due(project, "initial-notification", classified="2026-03-07T20:00+01:00") == (
        "2026-03-08T00:00:00+01:00"
    )


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.__name__)
def test_the_reference_page_has_every_key_with_its_meaning(project, entry):
    page = (project / "docs" / "reference" / "plan-format.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)`( \(needed\))? \| .+ \| (.*) \|$", page, re.MULTILINE)

    for field in attrs.fields(entry):
        key = key_of(field)
        needed = " (needed)" if field.metadata.get("required") else ""
        assert (key, needed, meanings(entry)[key]) in rows
