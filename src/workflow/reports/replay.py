"""Replays: a log run through a plan, case by case, and what came of every duty.

Each case is built by the same code as any other (`Case`), event after event, and looked at once,
at `now`: by default the newest moment of the log. Where the log format says what the log's own
system found, the plan's answer is held against it (`comparison.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from workflow.cases import Case, Clock, State, Status
from workflow.errors import EventError, LogFormatError, UnknownNameError
from workflow.instants import MINUTE, Instant, Micros, to_moment
from workflow.plans.model import Plan
from workflow.reports.answers import Judged
from workflow.reports.comparison import Comparison, compared
from workflow.reports.event_log import EventLog, LoggedCase
from workflow.reports.log_format import LogFormat

_TOLERANCE = Micros(5 * MINUTE)


@attrs.frozen(kw_only=True)
class Refused:
    """An event of the log that the plan does not allow where it stands.

    Attributes:
        case: The case.
        event: Its type.
        place: Where it stands in the file.
        why: What the case said of it.
    """

    case: str
    event: str
    place: str
    why: str


@attrs.frozen(kw_only=True)
class Tally:
    """What became of one obligation over all cases: how many clocks ended or stand how.

    Attributes:
        obligation: The id of the obligation.
        states: How many clocks are in each state; those that never started are left out.
        target_missed: How many missed their target.
    """

    obligation: str
    states: Mapping[State, int]
    target_missed: int

    @property
    def started(self) -> int:
        """How many clocks started."""
        return sum(self.states.values())


@attrs.frozen(kw_only=True)
class Replay:
    """What came of a log.

    Attributes:
        plan: The plan.
        log: The log.
        now: The moment at which the cases were looked at.
        cases: The cases that could be opened, by their name in the log.
        refused: The events that were left out because the plan does not allow them.
        stages: How many cases stand in each stage.
        tallies: What became of each obligation, in the plan's order.
        comparisons: What the log's own system said against what the plan says.
    """

    plan: Plan
    log: EventLog
    now: Instant
    cases: Mapping[str, Case]
    refused: tuple[Refused, ...]
    stages: Mapping[str, int]
    tallies: tuple[Tally, ...]
    comparisons: tuple[Comparison, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; every disagreement and every refused event is in it."""
        return {
            "plan": self.plan.name,
            "version": self.plan.version,
            "log": self.log.source,
            "now": to_moment(self.now, self.plan.zone).isoformat(),
            "rows": self.log.rows,
            "rows_left_out": self.log.left_out,
            "unknown_values": dict(self.log.unknown),
            "cases": len(self.cases),
            "events": sum(len(case.events) for case in self.cases.values()),
            "refused": [attrs.asdict(it) for it in self.refused],
            "stages": dict(self.stages),
            "obligations": [
                {
                    "obligation": tally.obligation,
                    "started": tally.started,
                    **{state.value: count for state, count in tally.states.items()},
                    "target_missed": tally.target_missed,
                }
                for tally in self.tallies
            ],
            "comparisons": [it.to_json(self.plan) for it in self.comparisons],
        }


def replay(
    plan: Plan,
    log: EventLog,
    *,
    now: Instant | None = None,
    form: LogFormat | None = None,
    leave_out_refused: bool = False,
) -> Replay:
    """Run a log through a plan.

    Args:
        plan: The plan.
        log: The log.
        now: The moment at which the cases are looked at; by default the newest of the log.
        form: The format the log was read through, which says what the log's own system found.
        leave_out_refused: Whether an event that the plan does not allow where it stands is left
            out and listed; otherwise it ends the replay.

    Raises:
        UnknownNameError: The log or the log format uses an id that the plan does not know.
        LogFormatError: An event is not allowed where it stands; the error names its place.
    """
    verdicts = () if form is None else form.compare
    for verdict in verdicts:
        for name in verdict.obligations:
            plan.obligation(name)
    at = log.newest if now is None else now
    cases: dict[str, Case] = {}
    refused: list[Refused] = []
    stages: Counter[str] = Counter()
    states: dict[str, Counter[State]] = {it.id: Counter() for it in plan.obligations}
    missed: Counter[str] = Counter()
    judged: list[Judged] = []
    for logged in log.cases:
        case, left_out = _built(plan, logged, keep_going=leave_out_refused)
        refused += left_out
        if case is None:
            continue
        cases[logged.id] = case
        status = case.status_at(at)
        stages[status.stage] += 1
        for clock in _started(status):
            states[clock.obligation.id][clock.state] += 1
            missed[clock.obligation.id] += clock.target_missed
        if verdicts:
            judged.append(Judged(case=case, said=logged.said, status=status, faults=len(left_out)))
    return Replay(
        plan=plan,
        log=log,
        now=at,
        cases=cases,
        refused=tuple(refused),
        stages=stages,
        tallies=tuple(
            Tally(obligation=name, states=found, target_missed=missed[name])
            for name, found in states.items()
        ),
        comparisons=()
        if form is None
        else tuple(compared(verdict, judged, form.times) for verdict in verdicts),
    )


def _started(status: Status) -> Iterator[Clock]:
    return (clock for clock in status if clock.state is not State.PENDING)


def _built(
    plan: Plan, logged: LoggedCase, *, keep_going: bool
) -> tuple[Case | None, tuple[Refused, ...]]:
    """The case of a log, and the events that it refused."""
    case: Case | None = None
    refused: list[Refused] = []
    for event, place in zip(logged.events, logged.places, strict=True):
        try:
            if case is None:
                _check_opening(plan, event.type, place)
                case = Case.from_events(plan, logged.id, [attrs.evolve(event, seq=0)])
            else:
                numbered = attrs.evolve(event, seq=len(case.events))
                case = case.accept(numbered, _TOLERANCE)
        except UnknownNameError as error:
            raise UnknownNameError(
                error.what, place=place, allowed=error.allowed, mend=error.mend
            ) from error
        except EventError as error:
            if not keep_going:
                raise LogFormatError(
                    error.what, place=place, allowed=error.allowed, mend=error.mend
                ) from error
            refused.append(Refused(case=logged.id, event=event.type, place=place, why=error.what))
    return case, tuple(refused)


def _check_opening(plan: Plan, event: str, place: str) -> None:
    plan.event(event)
    if event not in plan.opens:
        raise EventError(
            f'The first event of a case is "{event}", which opens no case under {plan.name}.',
            place=place,
            allowed=", ".join(plan.opens),
        )
