"""Logs that are legal for a plan, and the same logs as they arrive in life.

A record is what a host says to `Case.record`, as a mapping. `records` gives them in the order in
which things happened; `disordered_records` has some recorded late, twice, or in another order.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from workflow.cases.case import Case
from workflow.cases.lifecycle import lifecycle_of
from workflow.errors import EventError
from workflow.instants import HOUR, MINUTE, Instant, to_instant
from workflow.plans.model import Plan
from workflow.testing.pasteable import case_of, opened_by, recorded
from workflow.testing.strategies.moments import instants, iso_in

_GAPS = (MINUTE, 30 * MINUTE, HOUR, 24 * HOUR, 72 * HOUR)
_NOT_DRAWN = frozenset({"plan-changed", "promise-changed"})


@st.composite
def records(draw: st.DrawFn, plan: Plan, *, most: int = 8) -> list[dict[str, Any]]:
    """Records that are legal for the plan, in the order of happening, no two at one instant.

    Some fall exactly when a clock is due, or a microsecond beside it. Shrinks towards the opening
    alone.
    """
    now = draw(instants(plan.timezone))
    said: list[dict[str, Any]] = [{"event": plan.opens[0], "at": iso_in(now, plan.timezone)}]
    if draw(st.booleans()) and plan.levels:
        said[0]["level"] = draw(st.sampled_from([level.id for level in plan.levels]))
    case = opened_by(plan, said[0])
    for _ in range(draw(st.integers(0, most))):
        now = draw(_next_instant(case, now))
        record = {**draw(sayings(case)), "at": iso_in(now, plan.timezone)}
        try:
            case = recorded(case, record)
        except EventError:  # what the plan does not allow to be said here is left out
            continue
        said.append(record)
    return said


@st.composite
def cases(draw: st.DrawFn, plan: Plan, *, most: int = 8) -> Case:
    """Cases with a legal log; they print as `case_of(plan_of({...}), [{...}])`."""
    return draw(st.builds(case_of, st.just(plan), records(plan, most=most)))


@st.composite
def disordered_records(draw: st.DrawFn, plan: Plan, *, most: int = 8) -> list[dict[str, Any]]:
    """A legal log as it arrives: late, twice and in another order; legal all the same.

    Every record has a key and says when it was recorded; a record that comes twice comes with
    the same key. Shrinks towards a log in order.
    """
    in_order = [
        {**record, "key": f"k{number}"}
        for number, record in enumerate(draw(records(plan, most=most)))
    ]
    first, *others = in_order
    arriving = [first]
    waiting = list(others)
    late = draw(st.lists(st.integers(0, 2), min_size=len(others), max_size=len(others)))
    for place in late:
        record = waiting.pop(min(place, len(waiting) - 1))
        arriving.append(record)
    arriving = _legal_order(plan, arriving, in_order)
    for number in draw(st.lists(st.integers(0, len(arriving) - 1), max_size=2)):
        arriving.append(arriving[number])
    return _stamped(plan, arriving)


def _legal_order(
    plan: Plan, arriving: list[dict[str, Any]], in_order: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The records as they arrive if every one is accepted then, otherwise in order."""
    try:
        case_of(plan, _stamped(plan, arriving))
    except EventError:
        return in_order
    return arriving


def _stamped(plan: Plan, arriving: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each record with the instant of its recording: none before the one that came before it."""
    newest, stamped = None, []
    for record in arriving:
        at = to_instant(record["at"])
        newest = at if newest is None else max(at, newest)
        stamped.append({**record, "recorded_at": iso_in(Instant(newest), plan.timezone)})
    return stamped


@st.composite
def _next_instant(draw: st.DrawFn, case: Case, now: Instant) -> Instant:
    wakeup = case.next_wakeup_instant(now)
    if wakeup is not None and draw(st.booleans()):
        return Instant(max(now + 1, wakeup + draw(st.sampled_from((-1, 0, -2, 1)))))
    return Instant(now + draw(st.sampled_from(_GAPS)) + draw(st.integers(0, 60)) * MINUTE)


@st.composite
def sayings(draw: st.DrawFn, case: Case) -> dict[str, Any]:
    """Records without their time: an event that is legal after the last one, and what it says."""
    plan = case.plan
    legal = [event for event in case.legal_events() if event not in _NOT_DRAWN]
    event = draw(st.sampled_from(legal or ["noted"]))
    record: dict[str, Any] = {"event": event}
    stage = case.status_at(case.log.happened[-1].instant).stage
    move = lifecycle_of(plan).move(stage, event)
    if move is not None and move.needs:
        record["data"] = dict.fromkeys(move.needs, "stated")
    if event == "reclassified" and plan.levels:
        record["level"] = draw(st.sampled_from([level.id for level in plan.levels]))
    roles = [role.id for role in plan.roles]
    if draw(st.booleans()) and roles:
        record["by"] = draw(st.sampled_from(roles))
    facts = sorted({fact for owed in plan.obligations for fact in owed.states})
    if draw(st.booleans()) and facts:
        record["states"] = draw(st.lists(st.sampled_from(facts), unique=True))
    if event in {name for owed in plan.obligations for name in owed.extended_by}:
        record["data"] = {
            "until": iso_in(Instant(case.log.happened[-1].instant + 240 * HOUR), plan.timezone)
        }
    return record
