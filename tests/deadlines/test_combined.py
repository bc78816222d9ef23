"""Earliest of and latest of: over other rules, each with its own anchor."""

import pytest

from workflow.plans.due import due

AWARE, LATER = "2026-03-02T10:00+01:00", "2026-03-04T10:00+01:00"
DORA = {
    "earliest_of": [
        {"rule": "4 h", "from": "classified"},
        {"rule": "24 h", "from": "aware", "unless_past": True},
    ]
}


def test_a_part_whose_event_has_not_happened_does_not_count_yet():
    found = due(DORA, AWARE, anchors={"aware": AWARE})
    assert str(found) == "2026-03-03 10:00 +01:00"


def test_the_earliest_part_counts():
    anchors = {"aware": AWARE, "classified": "2026-03-02T12:00+01:00"}
    assert str(due(DORA, AWARE, anchors=anchors)) == "2026-03-02 16:00 +01:00"


def test_a_part_that_is_past_when_the_obligation_starts_is_dropped():
    # Classified two days after awareness: the 24 h are past, so 4 h from classification.
    found = due(DORA, LATER, anchors={"aware": AWARE, "classified": LATER})
    assert str(found) == "2026-03-04 14:00 +01:00"


def test_with_no_part_that_counts_there_is_no_due_instant():
    assert due(DORA, AWARE).at is None


@pytest.mark.parametrize(
    ("name", "at"),
    [("earliest_of", "2026-03-02 10:30 +01:00"), ("latest_of", "2026-03-03 24:00 +01:00")],
)
def test_parts_without_an_event_count_from_the_obligations_anchor(name, at):
    assert str(due({name: ["30 min", "1 day"]}, AWARE)) == at
