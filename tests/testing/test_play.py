"""A script and its transcript, and what is said of a script that cannot be played."""

import pytest

from workflow.errors import CaseError, EventError
from workflow.testing import play, sample_plan

CALLED_LATE = """
    2026-03-27 16:00 received by desk      # a Friday; the clocks change on Sunday
    next-wakeup; next-wakeup; next-wakeup
    +1h called by desk
""".replace("# a Friday; the clocks change on Sunday", "")


def test_a_script_gives_a_line_for_each_event_and_each_notice():
    assert str(play(sample_plan(), CALLED_LATE)).splitlines() == [
        "2026-03-27 16:00 +01:00  received by desk -> respond",
        "2026-03-28 04:00 +01:00  ! warning call-back",
        "2026-03-28 16:00:00.000001 +01:00  ! breached call-back",
        "2026-03-28 17:00 +01:00  ! escalated call-back",
        "2026-03-28 18:00 +01:00  called by desk",
        "2026-03-28 18:00 +01:00  ! met receipt",
        "2026-03-28 18:00 +01:00  ! met_late call-back",
    ]


def test_a_script_goes_on_where_the_case_stands():
    case = play(sample_plan(), "2026-03-02 09:00 received").case
    gone_on = play(case, "+2h called; 12:30 answered; 13:00 closed")
    assert gone_on.case.status_at(gone_on.now).stage == "closed"
    assert [event.type for event in gone_on.case.events] == [
        *("received", "called", "answered", "closed")
    ]


def test_an_event_that_happened_earlier_is_told_late():
    late = play(sample_plan(), "2026-03-02 09:00 received; 12:00 called by desk at 10:30")
    called = late.case.events[-1]
    assert (called.recorded - called.instant) == 90 * 60_000_000


def test_a_step_can_set_conditions_and_carry_data():
    script = (
        "2026-03-02 09:00 received; +1m noted set waiting channel=phone; +1m noted clear waiting"
    )
    events = play(sample_plan(), script).case.events
    assert dict(events[1].conditions) == {"waiting": True}
    assert dict(events[1].data) == {"channel": "phone"}
    assert dict(events[2].conditions) == {"waiting": False}


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("", "no steps"),
        ("09:00 received", "first step of a new case says the date"),
        ("2026-02-30 09:00 received", "is no time"),
        ("2026-03-02 09:00 received; 25:00 called", "is no time of day"),
        ("2026-03-02 09:00 received; 08:00 called", "goes back from 2026-03-02 09:00"),
        ("2026-03-02 09:00 received; +1m called whoever", '"whoever" says nothing'),
        ("2026-03-02 09:00 received; +1m called by", '"by" says nothing'),
        ("2026-03-02 09:00 received; +1m called; +1m answered; next-wakeup", "Nothing changes"),
    ],
)
def test_a_step_that_cannot_be_played_is_named(script, told):
    with pytest.raises(CaseError, match=told):
        play(sample_plan(), script)


def test_an_event_that_is_illegal_is_refused_as_ever():
    with pytest.raises(EventError):
        play(sample_plan(), "2026-03-02 09:00 received; +1m reopened")
