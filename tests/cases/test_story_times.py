"""When an event was recorded, as a story tells it."""

import pytest

import workflow as wf

PLAN = """
workflow: 1
name: small
version: "1"
timezone: UTC
stages: [{id: assess}, {id: closed}]
opens: [detected]
events: {detected: Found, told: Told, ended: Ended}
transitions: [{event: ended, from: open, to: closed}]
obligations: [{id: tell, from: detected, within: 1 h, fulfilled_by: told}]
"""


@pytest.mark.parametrize(
    ("recorded", "told"),
    [
        ("2026-03-02T08:15:00.09Z", "Told"),
        ("2026-03-02T08:15:59.999999Z", "Told"),
        ("2026-03-02T08:16:00Z", "Told, recorded only at 2026-03-02 08:16 +00:00"),
    ],
)
def test_what_is_recorded_within_the_minute_is_not_called_late(recorded, told):
    case = wf.Case.open(wf.plans.loads(PLAN), "c-1", at="2026-03-02T08:00Z")
    case = case.record("told", at="2026-03-02T08:15Z", recorded_at=recorded)
    assert f"2026-03-02 08:15 +00:00  {told}\n" in str(case.story("2026-03-02T09:00Z"))
