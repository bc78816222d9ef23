"""The page on semantics lists what is said of clocks over a case, each sentence with its test."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "semantics.md").read_text("utf-8")
SENTENCES = {
    "Start": [
        "starts at its anchor event, if its conditions hold",
        "If they come to hold later",
        "counterpart has been answered does not run",
        "One clock never overrules another",
    ],
    "Pause": [
        "in a stage or condition that the duty lists",
        "stop counting for exactly that span; nothing is rounded",
        "The part of a pause outside working time",
        "do not count a local day that a pause touches",
        "begins to apply later, or whose time changes with the level",
        "A recurring duty that is counted in time goes on",
    ],
    "Fulfilment": [
        "The first event of a fulfilling type, at or after the start, by a role that may",
        "owed to several is met when all of them have it",
        "a partial report is accepted and shows what is missing",
        "Approvals come before it, in the order that the plan gives, or in any order",
        "A returned draft voids",
        "An oral report and the written one",
    ],
    "Reclassification": [
        "cannot be overdue at birth (`restart`)",
        "count it from its anchor instead (`from_anchor`)",
        "Or not at all (`ignore`)",
        "new time from the original anchor by default (`from_anchor`)",
        "the earlier of the two due instants stands (`stricter`)",
        "the new time runs from the change (`restart`)",
        "the new time less what has been used (`remaining`)",
        "Pauses count in all of them",
        "What no longer applies is withdrawn, unless it is done or overdue already",
        "The explanation names the choice",
    ],
    "Coming back": [
        "Going back to an earlier stage starts new rounds",
        "Earlier rounds keep their results",
    ],
    "Late knowledge": [
        "Outcomes follow when a thing happened",
        "Notices follow what was known",
        "`status(now, known_at=...)`",
        "a notice that withdraws the breach",
    ],
    "Stage order": [
        "is a legal path of the plan's state machine",
        "An event that is not legal is refused",
        "The error names the stage",
        "Facts, progress notes and approvals are legal in every open stage",
    ],
    "Next wake-up": [
        "nothing changes strictly between now and the next wake-up",
        "At the wake-up something changes",
    ],
}


def rows(heading):
    """The table below a heading: sentence and tests."""
    body = PAGE.split(f"### {heading}\n", 1)[1].split("\n#", 1)[0]
    return re.findall(r"^\| (?!---|sentence)(.+?) \| (.+?) \|$", body, re.MULTILINE)


@pytest.mark.parametrize("heading", SENTENCES)
def test_every_sentence_about_clocks_over_a_case_stands_on_the_page_with_its_test(heading):
    found = rows(heading)
    for sentence in SENTENCES[heading]:
        proofs = [tests for said, tests in found if sentence in said]
        assert proofs, f"{heading}: no row says: {sentence}"
        assert all("::test_" in tests for tests in proofs), sentence
