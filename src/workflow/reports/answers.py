"""Answers: what a log says of one case beside what the plan says, and why they differ.

A cause is found from the case alone, the plainest first, so that a reader can tell a fault of the
plan from a peculiarity of the log.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

import attrs

from workflow.cases import Case, Clock, State, Status
from workflow.instants import HOUR, MINUTE, Instant, show, to_moment
from workflow.reports.log_format import Times, Verdict
from workflow.reports.wall_times import read_time

_NEAR = 2 * HOUR
_NO_RULE = "no duty of the plan applies to the case"


@attrs.frozen(kw_only=True)
class Judged:
    """A case as the plan sees it, beside the last row that the log has of it.

    Attributes:
        case: The case.
        said: The fields of its last row.
        status: Where it stands.
        faults: How many of its events were refused.
    """

    case: Case
    said: Mapping[str, str]
    status: Status
    faults: int


@attrs.frozen
class Answer:
    """What both say of a case.

    Attributes:
        log: What the log says.
        plan: What the plan says.
        cause: Why they differ, or empty: they do not.
    """

    log: str
    plan: str
    cause: str = ""


def answer_of(verdict: Verdict, it: Judged, times: Times) -> Answer | None:
    """What the log and the plan say of a case, or None where the log says nothing.

    Raises:
        LogFormatError: A due time of the log cannot be read.
    """
    return _due_answer(verdict, it, times) if verdict.due else _flag_answer(verdict, it)


def _flag_answer(verdict: Verdict, it: Judged) -> Answer | None:
    value = it.said[verdict.column]
    if value not in {*verdict.on_time, *verdict.late}:
        return None
    late = value in verdict.late
    log = "late" if late else "on time"
    clock = _clock(verdict, it.status)
    if clock is None:
        return Answer(log, "nothing owed", _unusual(verdict, it) or _NO_RULE)
    if clock.state is State.WITHDRAWN:
        return Answer(log, "no longer owed", _unusual(verdict, it) or "the duty was withdrawn")
    found = _late(clock)
    plan = f"{'late' if found else 'on time'}, {_margin(clock)}"
    if found == late:
        return Answer(log, plan)
    cause = (
        _unusual(verdict, it) or _nearness(clock) or f"the log says {log}, the case shows no cause"
    )
    return Answer(log, plan, cause)


def _due_answer(verdict: Verdict, it: Judged, times: Times) -> Answer | None:
    said = read_time(it.said[verdict.due], times, f"case {it.case.id}, {verdict.due}")
    if said is None:
        return None
    zone = it.case.plan.zone
    clock = _clock(verdict, it.status)
    due = None if clock is None else _aim(clock)
    if clock is None or due is None:
        return Answer(show(said, zone), "no due time", _NO_RULE)
    plan = show(due, zone)
    if -verdict.earlier <= said - due <= verdict.later:
        return Answer(show(said, zone), plan)
    cause = _unusual(verdict, it) or _apart(to_moment(said, zone), to_moment(due, zone))
    return Answer(show(said, zone), plan, cause)


def _apart(log: dt.datetime, plan: dt.datetime) -> str:
    """How two due times differ, in local days and time of day."""
    days = (log.date() - plan.date()).days
    seconds = abs((log.replace(tzinfo=None) - plan.replace(tzinfo=None)).total_seconds())
    if seconds <= 600:
        return "within ten minutes of each other"
    whole = abs(seconds - abs(days) * 86_400) <= 120
    if not whole:
        return "the log's time of day is another"
    size = "a day" if abs(days) == 1 else f"{abs(days)} days" if abs(days) <= 7 else "over a week"
    return f"the same time of day, but the log's is {size} {'later' if days > 0 else 'earlier'}"


def _clock(verdict: Verdict, status: Status) -> Clock | None:
    """The newest clock of the first obligation that started."""
    for name in verdict.obligations:
        clock = status[name]
        if clock.state is not State.PENDING:
            return clock
    return None


def _late(clock: Clock) -> bool:
    return clock.state in {State.MET_LATE, State.OVERDUE} or (clock.advice and clock.target_missed)


def _aim(clock: Clock) -> Instant | None:
    return clock.target_instant if clock.due_instant is None else clock.due_instant


def _margin(clock: Clock) -> str:
    """By how much it was in time or late, in elapsed hours."""
    due, done = _aim(clock), clock.fulfilled_instant
    if due is None or done is None:
        return "not done" if done is None else "no due time"
    gap = abs(due - done)
    size = f"{gap / HOUR:.1f} h" if gap >= HOUR else f"{gap // MINUTE} min"
    return f"{size} {'before' if done <= due else 'after'} the limit"


def _unusual(verdict: Verdict, it: Judged) -> str:
    """What is out of the ordinary in the case itself."""
    if it.faults:
        return "an event of the case was refused"
    levels = {event.level for event in it.case.events} - {None}
    kinds = Counter(event.type for event in it.case.events)
    ends = {end for name in verdict.obligations for end in it.status[name].obligation.fulfilled_by}
    if any(kinds[name] > 1 for name in ends):
        return "the case was ended more than once"
    if len(levels) > 1:
        return "the level changed within the case"
    return ""


def _nearness(clock: Clock) -> str:
    due, done = _aim(clock), clock.fulfilled_instant
    if due is not None and done is not None and abs(due - done) <= _NEAR:
        return "done within two hours of the limit"
    return ""
