"""Assertions about cases. One that fails prints the explanation: rule, steps, clause."""

from __future__ import annotations

import datetime as dt

from workflow.cases.case import Case
from workflow.cases.clocks import Clock
from workflow.cases.life import State
from workflow.deadlines.promised import promised_instant
from workflow.instants import Instant, Moment, show, to_instant, to_moment
from workflow.plans.stages import StageKind


def assert_due(
    case: Case, obligation: str, expected: Moment | dt.date | None, *, now: Moment | None = None
) -> None:
    """The newest clock of an obligation is due then.

    Args:
        case: The case.
        obligation: The id of the obligation, or of one of its clocks.
        expected: An aware datetime or ISO 8601 text with an offset; a date is the end of that
            local day; None: no due time.
        now: When it is looked at; by default once all that was recorded has arrived.

    Raises:
        AssertionError: It is due at another time; the explanation is printed.
        UnknownNameError: The plan has no such obligation.
    """
    clock = case.status_at(_now(case, now)).obligation(obligation)
    wanted = None if expected is None else promised_instant(expected, case.plan.zone)
    if clock.due_instant != wanted:
        raise AssertionError(
            f"{clock.id} is due {_shown(case, clock.due_instant)}, "
            f"and was expected {_shown(case, wanted)}{_apart(clock.due_instant, wanted)}.\n"
            f"{_explained(case, clock, now)}"
        )


def assert_on_time(case: Case, *, now: Moment | None = None) -> None:
    """No clock is overdue, and none was met late. Advice that is late is not counted.

    Raises:
        AssertionError: Some are; each is printed with its explanation.
    """
    status = case.status_at(_now(case, now))
    late = [
        clock
        for clock in status
        if clock.state in {State.OVERDUE, State.MET_LATE} and not clock.obligation.advice
    ]
    if late:
        told = "\n\n".join(_explained(case, clock, now) for clock in late)
        names = ", ".join(f"{clock.id} ({clock.state.value})" for clock in late)
        raise AssertionError(f"Late: {names}.\n{told}")


def assert_nobody_waits(case: Case, *, now: Moment | None = None) -> None:
    """Some clock is running, or the case is closed: nobody waits for what nobody owes.

    Raises:
        AssertionError: The case is open and no clock runs; its status is printed.
    """
    status = case.status_at(_now(case, now))
    closed = case.plan.stage(status.stage).kind is StageKind.CLOSED
    if not closed and not any(clock.state in {State.RUNNING, State.OVERDUE} for clock in status):
        raise AssertionError(f"The case is open and nobody owes anything.\n{status}")


def _now(case: Case, now: Moment | None) -> Instant:
    return max(event.arrival for event in case.events) if now is None else to_instant(now)


def _shown(case: Case, instant: Instant | None) -> str:
    return "at no time" if instant is None else show(instant, case.plan.zone)


def _apart(found: Instant | None, wanted: Instant | None) -> str:
    if found is None or wanted is None:
        return ""
    apart = dt.timedelta(microseconds=abs(found - wanted))
    return f" ({apart} {'later' if found > wanted else 'earlier'})"


def _explained(case: Case, clock: Clock, now: Moment | None) -> str:
    return str(case.explain(clock.id, to_moment(_now(case, now), case.plan.zone)))
