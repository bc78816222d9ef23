"""Promptly: no number, unless the adopter assumes one."""

from workflow.plans.due import due

ANCHOR = "2026-03-02T10:00+08:00"


def test_no_number_is_no_due_instant():
    found = due({"promptly": "第一时间"}, ANCHOR)
    assert found.at is None
    assert [step.kind for step in found.derivation] == ["anchor", "promptly", "no_due"]


def test_an_assumption_gives_one_and_is_named_as_such():
    found = due({"promptly": "第一时间", "assume": "30 min"}, ANCHOR)
    assert str(found) == "2026-03-02 10:30 +08:00"
    assert "assumption" in [step.kind for step in found.derivation]
