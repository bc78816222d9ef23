"""Notices: what a clock tells the people concerned, in order, each with a deterministic id.

Some notices fall by the passing of time (`wakeups.py`): warnings, missed targets, breaches,
escalations. The others follow from an event: the clocks just before it are compared with the
clocks just after it. An event counts from its arrival, when it has both happened and been
recorded: outcomes follow `at`, notices follow what was known.

`between` gives every notice in a span of time, its start excluded and its end included. It
depends on nothing but the log and the span, so that splitting the span anywhere gives the same
notices. Design: "Late knowledge"; "The nouns", notice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from workflow.cases.clocks import Clock
from workflow.cases.event import Event
from workflow.cases.life import State
from workflow.cases.log import Log
from workflow.cases.notice import Notice
from workflow.cases.wakeups import Moment, NoticeKind, moments
from workflow.instants import Instant, iso

ClocksAt = Callable[[Sequence[Event], Instant], Sequence[Clock]]
"""Gives the clocks of a case from what is known of it, at an instant."""


def between(
    case_id: str,
    log: Log,
    clocks_at: ClocksAt,
    since: Instant | None,
    until: Instant,
) -> Iterator[Notice]:
    """Every notice in (since, until], in order; from the beginning if `since` is None.

    Args:
        case_id: The case.
        log: Its log.
        clocks_at: Evaluates what is known.
        since: The start, excluded.
        until: The end, included.
    """
    arrived, later = log.arrivals(since)
    known = [*arrived]
    told = since  # every moment up to here, itself included, has been told
    for event in later:
        at = event.arrival
        if at > until:
            break
        before: Sequence[Clock] = ()
        past: set[tuple[str, Moment]] = set()
        if known:
            before = clocks_at(known, at)
            passed = [pair for pair in _moments(before) if pair[1].instant < at]
            if told is not None and told == at:
                passed = [pair for pair in _moments(before) if pair[1].instant <= at]
            past = {(clock.id, moment) for clock, moment in passed}
            yield from _told(case_id, passed, told)
        known.append(event)
        after = clocks_at(known, at)
        fresh = [
            (clock, moment)
            for clock, moment in _moments(after)
            if moment.instant <= at and (clock.id, moment) not in past
        ]
        yield from _ordered(
            [*_changes(case_id, before, after, at, event), *_fallen(case_id, fresh, at, event)]
        )
        told = at
    if known and (told is None or told < until):
        yield from _told(case_id, list(_moments(clocks_at(known, until))), told, until)


def _moments(clocks: Iterable[Clock]) -> Iterator[tuple[Clock, Moment]]:
    for clock in clocks:
        for moment in moments(clock.life):
            yield clock, moment


def _told(
    case_id: str,
    passed: Iterable[tuple[Clock, Moment]],
    since: Instant | None,
    until: Instant | None = None,
) -> Iterable[Notice]:
    """The notices of moments in (since, until], in order."""
    return _ordered(
        [
            _notice(case_id, clock, moment.kind, moment.instant, "time", moment.to, _said(moment))
            for clock, moment in passed
            if (since is None or moment.instant > since)
            and (until is None or moment.instant <= until)
        ]
    )


def _fallen(
    case_id: str, fresh: Iterable[tuple[Clock, Moment]], at: Instant, event: Event
) -> Iterator[Notice]:
    """Moments that had already passed when an event made them known."""
    for clock, moment in fresh:
        data = _said(moment)
        if moment.instant < at:
            data["since"] = iso(moment.instant)
        yield _notice(case_id, clock, moment.kind, at, _cause(event), moment.to, data)


def _changes(
    case_id: str, before: Sequence[Clock], after: Sequence[Clock], at: Instant, event: Event
) -> Iterator[Notice]:
    """What an event made of the clocks."""
    old = {clock.id: clock for clock in before}
    for clock in after:
        was = old.get(clock.id)
        if was is not None and was.life is clock.life:
            continue  # the event did not concern it
        state = State.PENDING if was is None else was.state
        for kind, data in _kinds(was, clock, state):
            yield _notice(case_id, clock, kind, at, _cause(event), clock.obligation.who, data)


def _kinds(
    was: Clock | None, clock: Clock, state: State
) -> Iterator[tuple[NoticeKind, dict[str, Any]]]:
    if was is not None and was.breached_instant is not None and clock.breached_instant is None:
        yield NoticeKind.BREACH_WITHDRAWN, _dues(was, clock)
    if clock.state is not state and clock.state.ended:
        data = _dues(None, clock)
        if clock.overdue_by is not None:
            data["late_by_seconds"] = clock.overdue_by.total_seconds()
        yield NoticeKind(clock.state.value), data
    elif was is not None and _moved(was, clock):
        yield NoticeKind.DUE_CHANGED, _dues(was, clock)


def _moved(was: Clock, clock: Clock) -> bool:
    if clock.state.ended or State.PENDING in {was.state, clock.state}:
        return False
    if clock.state is State.PAUSED:
        return False  # it has no due instant for now; the new one is told when it goes on
    return (was.due_instant, was.target_instant) != (clock.due_instant, clock.target_instant)


def _dues(was: Clock | None, clock: Clock) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, instant in (("due", clock.due_instant), ("target", clock.target_instant)):
        if instant is not None:
            found[name] = iso(instant)
    if was is not None:
        for name, instant in (
            ("previous_due", was.due_instant),
            ("previous_target", was.target_instant),
        ):
            if instant is not None:
                found[name] = iso(instant)
    return found


def _said(moment: Moment) -> dict[str, Any]:
    found: dict[str, Any] = {"due": iso(moment.due), **dict(moment.said)}
    if moment.number:
        found["number"] = moment.number
    return found


def _notice(
    case_id: str,
    clock: Clock,
    kind: NoticeKind,
    at: Instant,
    cause: str,
    to: tuple[str, ...],
    data: dict[str, Any],
) -> Notice:
    due = data.get("due", "")
    number = data.get("number", 0)
    parts = (case_id, clock.plan, clock.id, kind.value, str(due), str(number), cause)
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return Notice(
        id=digest[:32],
        kind=kind,
        case_id=case_id,
        plan=clock.plan,
        clock_id=clock.id,
        obligation=clock.obligation.id,
        instant=at,
        zone=clock.history.plan.timezone,
        to=to,
        data=data,
    )


def _cause(event: Event) -> str:
    return f"event {event.seq}"


def _ordered(notices: list[Notice]) -> list[Notice]:
    return sorted(notices, key=lambda it: (it.instant, _ORDER[it.kind], it.clock_id, it.id))


_ORDER = {kind: place for place, kind in enumerate(NoticeKind)}
