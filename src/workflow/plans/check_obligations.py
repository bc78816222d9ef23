"""Check obligations: whether each can begin, can be fulfilled, and says by when."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.calendars import WorkingCalendar
from workflow.deadlines.calendar_days import CalendarDays
from workflow.deadlines.composite import Composite
from workflow.deadlines.elapsed import Elapsed
from workflow.deadlines.fixed import Fixed
from workflow.deadlines.months import Months
from workflow.deadlines.rule import Rule
from workflow.deadlines.working_days import WorkingDays
from workflow.deadlines.working_time import WorkingTime
from workflow.durations import Counts, Duration
from workflow.errors import DurationError
from workflow.plans.check_stages import reachable_stages, stages_of
from workflow.plans.faults import Fault, FieldPath
from workflow.plans.model import Plan
from workflow.plans.obligation import Changed, Due, Obligation

_COUNTED = (Elapsed, WorkingTime, CalendarDays, WorkingDays, Months, Composite)
_WHEN = (
    *("within", "target", "limit", "due", "by_level"),
    *("before", "simultaneous_with", "continuous", "recurring"),
)
_TAKEN_FROM = (Elapsed, WorkingTime, CalendarDays, WorkingDays)


def check_obligations(plan: Plan) -> Iterator[Fault]:
    """What is wrong with obligations."""
    reached = reachable_stages(plan)
    legal = {event.id: stages_of(plan, event) & reached for event in plan.events}
    for number, owed in enumerate(plan.obligations):
        path: FieldPath = ("obligations", number)
        yield from _beginning(owed, path)
        yield from _time(owed, path)
        yield from _end(owed, path, legal)
        yield from _levels(owed, path)
        yield from _calendar(plan, owed, path)
        yield from _repeats(owed, path)
        yield from _exact(owed, path)
    for parameter in plan.parameters:
        users = [it for it in plan.obligations if parameter.id in _parameters(it)]
        rule = parameter.value
        if rule is not None and rule.needs_calendar:
            yield from (
                _no_calendar(("parameters", parameter.id, "value"), rule)
                for owed in users[:1]
                if _lacks_calendar(plan, owed)
            )


def rules_of(owed: Obligation) -> Iterator[tuple[FieldPath, Rule]]:
    """Every rule of an obligation and its key; a parameter's rule is its parameter's."""
    for path, due in (
        ((), owed.due),
        *((("by_level", at), it) for at, it in owed.by_level.items()),
    ):
        if due.target is not None:
            yield (*path, "target"), due.target
        if due.limit is not None and not due.parameter:
            yield (*path, "within"), due.limit
    if owed.recurring is not None:
        yield ("recurring",), owed.recurring
    for key in ("in_order", "in_any_order"):
        for number, step in enumerate(getattr(owed.approvals, key)):
            if step.within is not None:
                yield ("approvals", key, number, "within"), step.within


def later(first: Rule, second: Rule) -> bool | None:
    """Whether the first rule allows more time than the second; None: that depends on the day."""
    if isinstance(first, Fixed) and isinstance(second, Fixed):
        if first.day is not None and second.day is not None:
            return first.day > second.day
        if first.instant is not None and second.instant is not None:
            return first.instant > second.instant
        return None
    if isinstance(first, _COUNTED) and type(first) is type(second):
        assert isinstance(second, _COUNTED)  # noqa: S101 - it is of the class of the first
        try:
            return first.amount > second.amount
        except DurationError:  # months, days and hours together: that depends on the day
            return None
    return None


def _beginning(owed: Obligation, path: FieldPath) -> Iterator[Fault]:
    other = owed.simultaneous_with
    if not (owed.anchors or owed.before or other):
        yield Fault(
            path=path,
            what=f"Nothing says from when {_called(owed)} is counted.",
            allowed="from, before or simultaneous_with",
            unless=_keys(path, "from", "before", "simultaneous_with"),
        )
    if other and not (owed.anchors or owed.before):
        yield Fault(
            path=(*path, "simultaneous_with"),
            what=f'It shares the time of "{other}", which has none of its own.',
            allowed="an obligation with an event and a time of its own",
            unless=_keys(path, "simultaneous_with"),
        )


def _time(owed: Obligation, path: FieldPath) -> Iterator[Fault]:
    timed = (
        owed.due != Due()
        or owed.by_level
        or owed.before
        or owed.simultaneous_with
        or owed.continuous
        or owed.recurring is not None
    )
    if not timed:
        yield Fault(
            path=path,
            what=f"Nothing says by when {_called(owed)} is due.",
            allowed="within, target, limit, due, by_level, before, simultaneous_with, continuous "
            "or recurring",
            mend="Where the text gives no number, write within: promptly.",
            unless=_keys(path, *_WHEN),
        )
    for at, due in (((), owed.due), *((("by_level", at), it) for at, it in owed.by_level.items())):
        if due.target is not None and due.limit is not None and later(due.target, due.limit):
            yield Fault(
                path=(*path, *at, "target"),
                what=f"The target, {due.target.words()}, is later than the limit, "
                f"{due.limit.words()}.",
                allowed="a target that is not later than its limit",
            )


def _end(owed: Obligation, path: FieldPath, legal: dict[str, frozenset[str]]) -> Iterator[Fault]:
    if not (owed.fulfilled_by or owed.continuous):
        yield Fault(
            path=path,
            what=f"Nothing can fulfil {_called(owed)}.",
            allowed="fulfilled_by: the events that fulfil it; or continuous: true",
            unless=_keys(path, "fulfilled_by", "continuous"),
        )
    for number, name in enumerate(owed.fulfilled_by):
        if name in legal and not legal[name]:
            yield Fault(
                path=(*path, "fulfilled_by", number),
                what=f'"{name}" is legal in no stage that a case can reach, so it can never '
                f"fulfil {_called(owed)}.",
                mend=f'Give the event "{name}" stages, or a transition from a stage.',
                unless=(("transitions",), ("stages",), ("events", name)),
            )


def _levels(owed: Obligation, path: FieldPath) -> Iterator[Fault]:
    applies = owed.applies.level
    for level in owed.by_level:
        if applies and level not in applies:
            yield Fault(
                path=(*path, "by_level", level),
                what=f'{_called(owed)} does not apply at level "{level}".',
                allowed=", ".join(applies),
                unless=_keys(path, "level"),
            )
    if owed.changed is not Changed.REMAINING:
        return
    for at, rule in rules_of(owed):
        if at[0] in {"within", "target", "by_level"} and not isinstance(rule, _TAKEN_FROM):
            yield Fault(
                path=(*path, *at),
                what=f'"{rule.words()}" counts neither time nor days, so after a change of level '
                "no remainder of it can be found.",
                allowed="elapsed, working_time, calendar_days, working_days",
                mend="Let reclassified.changed be from_anchor, stricter or restart.",
            )


def _calendar(plan: Plan, owed: Obligation, path: FieldPath) -> Iterator[Fault]:
    if owed.simultaneous_with or not _lacks_calendar(plan, owed):
        return
    for at, rule in rules_of(owed):
        if rule.needs_calendar:
            yield _no_calendar((*path, *at), rule)


def _repeats(owed: Obligation, path: FieldPath) -> Iterator[Fault]:
    for number, told in enumerate(owed.escalate):
        if told.times > 1 and told.repeat is None:
            yield Fault(
                path=(*path, "escalate", number),
                what=f"It is said {told.times} times, and nothing says how often.",
                allowed="repeat: a time such as 1 h",
                unless=_keys((*path, "escalate", number), "repeat"),
            )
        if told.times == 1 and told.repeat is not None:
            yield Fault(
                path=(*path, "escalate", number, "repeat"),
                what=f"It is said again every {told.repeat}, and nothing says how many times.",
                allowed="times: how many times in all, such as 3",
                unless=_keys((*path, "escalate", number), "times"),
            )


def _exact(owed: Obligation, path: FieldPath) -> Iterator[Fault]:
    """Notices fall at exact times before and after the due time."""
    spans: list[tuple[FieldPath, Duration | None]] = [
        (("warn", number), warn.lead) for number, warn in enumerate(owed.warn)
    ]
    for number, told in enumerate(owed.escalate):
        spans.append((("escalate", number, "after"), told.after))
        spans.append((("escalate", number, "repeat"), told.repeat))
    for at, span in spans:
        if span is not None and span.counts is not Counts.EXACT:
            yield Fault(
                path=(*path, *at),
                what=f"{span} is not exact time: how long it lasts depends on the date.",
                allowed="s, min and h, such as 24 h",
            )
        elif span is not None and at[-1] == "repeat" and not span:
            yield Fault(path=(*path, *at), what=f"{span} is no interval.", allowed="more than 0 s")


def _lacks_calendar(plan: Plan, owed: Obligation) -> bool:
    """Whether it has none; one that is named but not there is told as unknown."""
    none: WorkingCalendar | None = plan.calendar_of(owed)
    return none is None and not (owed.calendar or plan.calendar)


def _no_calendar(path: FieldPath, rule: Rule) -> Fault:
    return Fault(
        path=path,
        what=f'"{rule.words()}" is counted on a working calendar, and the plan names none.',
        mend='Add calendars: {office: {hours: {mon-fri: ["09:00-17:00"]}}} and calendar: office.',
    )


def _called(owed: Obligation) -> str:
    return f'"{owed.id}"' if owed.id else "this obligation"


def _keys(path: FieldPath, *keys: str) -> tuple[FieldPath, ...]:
    return tuple((*path, key) for key in keys)


def _parameters(owed: Obligation) -> set[str]:
    return {due.parameter for due in (owed.due, *owed.by_level.values())}
