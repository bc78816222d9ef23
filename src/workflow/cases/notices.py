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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import attrs
import pendulum

from workflow.cases.clocks import Clock
from workflow.cases.event import Event
from workflow.cases.life import State
from workflow.cases.wakeups import Moment, NoticeKind, moments
from workflow.instants import Instant, show, to_instant, to_moment, zone_of


def _frozen(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(value))


ClocksAt = Callable[[Sequence[Event], Instant], Sequence[Clock]]
"""Gives the clocks of a case from what is known of it, at an instant."""


@attrs.frozen(kw_only=True)
class Notice:
    """One notice.

    Attributes:
        id: Deterministic: the same happening has the same id, whoever computes it, whenever.
        kind: What happened.
        case_id: The case.
        plan: The name of the plan.
        clock_id: The clock.
        obligation: The id of the obligation.
        instant: When it fell due; `at` is the same as a datetime.
        zone: The plan's zone.
        to: The roles told.
        data: Plain values: `due`, `previous_due`, `fraction`, `lead`, `number`, `late_by_seconds`.
    """

    id: str
    kind: NoticeKind
    case_id: str
    plan: str
    clock_id: str
    obligation: str
    instant: Instant
    zone: str = "UTC"
    to: tuple[str, ...] = ()
    data: Mapping[str, Any] = attrs.field(factory=dict, converter=_frozen)

    @property
    def at(self) -> pendulum.DateTime:
        """When it fell due, in the plan's zone."""
        return to_moment(self.instant, zone_of(self.zone))

    def text(self, lang: str = "en") -> str:
        """The notice as a sentence, in English (`en`) or Chinese (`zh`)."""
        words = _WORDS["zh" if lang == "zh" else "en"][self.kind]
        due = self.data.get("due")
        shown = "" if due is None else show(to_instant(due), zone_of(self.zone))
        return words.format(
            case=self.case_id, clock=self.clock_id, due=shown or "-", to=", ".join(self.to) or "-"
        )

    def __str__(self) -> str:
        """The instant and the sentence in English."""
        return f"{show(self.instant, zone_of(self.zone))}  {self.text()}"

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, the instant as ISO 8601 text in UTC."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "case": self.case_id,
            "plan": self.plan,
            "clock": self.clock_id,
            "obligation": self.obligation,
            "at": _iso(self.instant),
            "zone": self.zone,
            "to": list(self.to),
            "data": dict(self.data),
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Notice:
        """The notice that `to_json` wrote; exactly the same one."""
        return cls(
            id=said["id"],
            kind=NoticeKind(said["kind"]),
            case_id=said["case"],
            plan=said["plan"],
            clock_id=said["clock"],
            obligation=said["obligation"],
            instant=to_instant(said["at"]),
            zone=said["zone"],
            to=tuple(said["to"]),
            data=said["data"],
        )


def between(
    case_id: str,
    recorded: Sequence[Event],
    clocks_at: ClocksAt,
    since: Instant | None,
    until: Instant,
) -> Iterator[Notice]:
    """Every notice in (since, until], in order; from the beginning if `since` is None.

    Args:
        case_id: The case.
        recorded: Its log, in the order of recording.
        clocks_at: Evaluates what is known.
        since: The start, excluded.
        until: The end, included.
    """
    arrivals = sorted(recorded, key=lambda event: (event.arrival, event.seq))
    known = [event for event in arrivals if since is not None and event.arrival <= since]
    told = since  # every moment up to here, itself included, has been told
    for event in arrivals[len(known) :]:
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
            data["since"] = _iso(moment.instant)
        yield _notice(case_id, clock, moment.kind, at, _cause(event), moment.to, data)


def _changes(
    case_id: str, before: Sequence[Clock], after: Sequence[Clock], at: Instant, event: Event
) -> Iterator[Notice]:
    """What an event made of the clocks."""
    old = {clock.id: clock for clock in before}
    for clock in after:
        was = old.get(clock.id)
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
    return (was.due_instant, was.target_instant) != (clock.due_instant, clock.target_instant)


def _dues(was: Clock | None, clock: Clock) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, instant in (("due", clock.due_instant), ("target", clock.target_instant)):
        if instant is not None:
            found[name] = _iso(instant)
    if was is not None:
        for name, instant in (
            ("previous_due", was.due_instant),
            ("previous_target", was.target_instant),
        ):
            if instant is not None:
                found[name] = _iso(instant)
    return found


def _said(moment: Moment) -> dict[str, Any]:
    found: dict[str, Any] = {"due": _iso(moment.due), **dict(moment.said)}
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


def _iso(instant: Instant) -> str:
    return to_moment(instant, zone_of("UTC")).isoformat()


_WORDS: dict[str, dict[NoticeKind, str]] = {
    "en": {
        NoticeKind.WARNING: "{case}: {clock} is due by {due}.",
        NoticeKind.TARGET_MISSED: "{case}: {clock} missed its target of {due}.",
        NoticeKind.BREACHED: "{case}: {clock} is overdue; it was due by {due}.",
        NoticeKind.ESCALATED: "{case}: {clock} is overdue since {due}; told to {to}.",
        NoticeKind.MET: "{case}: {clock} was done in time.",
        NoticeKind.MET_LATE: "{case}: {clock} was done late; it was due by {due}.",
        NoticeKind.WITHDRAWN: "{case}: {clock} is no longer owed.",
        NoticeKind.DUE_CHANGED: "{case}: {clock} is now due by {due}.",
        NoticeKind.BREACH_WITHDRAWN: "{case}: {clock} was not late after all.",
    },
    "zh": {
        NoticeKind.WARNING: "{case}:{clock} 须在 {due} 前完成。",
        NoticeKind.TARGET_MISSED: "{case}:{clock} 未达到目标时间 {due}。",
        NoticeKind.BREACHED: "{case}:{clock} 已逾期,期限为 {due}。",
        NoticeKind.ESCALATED: "{case}:{clock} 自 {due} 起逾期,现报告 {to}。",
        NoticeKind.MET: "{case}:{clock} 已按时完成。",
        NoticeKind.MET_LATE: "{case}:{clock} 逾期完成,期限为 {due}。",
        NoticeKind.WITHDRAWN: "{case}:{clock} 不再需要履行。",
        NoticeKind.DUE_CHANGED: "{case}:{clock} 的期限变更为 {due}。",
        NoticeKind.BREACH_WITHDRAWN: "{case}:{clock} 经补录确认并未逾期。",
    },
}
