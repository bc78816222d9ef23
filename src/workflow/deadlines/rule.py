"""What a rule is: from an anchor and a setting to a due instant, with its steps.

A rule is an immutable value. It has one name, which is its key in a plan, its file, its anchor
in the docs and its step in a derivation. Rules do not import each other.

Design: "How a due instant is computed".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import ClassVar, Protocol

import attrs

from workflow.calendars.counting import Counting
from workflow.calendars.offsets import stretches
from workflow.calendars.spans import NEVER
from workflow.derivation import Derivation, Language, Sentence, Trace
from workflow.errors import RuleError
from workflow.instants import MINUTE, Instant


def _frozen(anchors: Mapping[str, Instant]) -> Mapping[str, Instant]:
    return MappingProxyType(dict(anchors))


@attrs.frozen(kw_only=True)
class Setting:
    """What a rule may look at beside its anchor.

    Attributes:
        counting: The zone, the calendar and the pauses.
        promise: The date or time that the event's data names, for `promised`.
        anchors: When named events happened, for the parts of `earliest_of` and `latest_of`.
        started: When the obligation started, for `unless_past`; the anchor if not given.
    """

    counting: Counting
    promise: str | dt.date | None = None
    anchors: Mapping[str, Instant] = attrs.field(factory=dict, converter=_frozen, hash=False)
    started: Instant | None = None


class Rule(Protocol):
    """A deadline rule.

    Attributes:
        name: Its one name, such as `working_days`.
    """

    name: ClassVar[str]

    def due(self, anchor: Instant, setting: Setting, trace: Trace | None = None) -> Instant | None:
        """The due instant counted from `anchor`; None when there is none, or none yet.

        With a `trace`, the same code notes its steps.

        Raises:
            RuleError: The rule needs a calendar and the setting has none.
        """
        ...

    @property
    def needs_calendar(self) -> bool:
        """Whether it cannot be computed without a working calendar."""
        ...

    def words(self, lang: Language = "en") -> str:
        """The rule as people say it: `3 working days`, `3个工作日`."""
        ...

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> Rule:
        """The rule less what has been counted from `since` to `at`, in its own unit.

        Never below zero. `used_rule` is the rule that counted before; what is taken off is
        counted by this one.

        Raises:
            RuleError: The rule counts neither time nor days.
        """
        ...


def nothing_to_take_off(rule: Rule) -> RuleError:
    """The error of a rule that counts neither time nor days, for `Rule.less`."""
    return RuleError(
        f'"{rule.words()}" counts neither time nor days, so nothing can be taken off it.',
        place=rule.name,
        allowed="elapsed, working_time, calendar_days, working_days",
        mend="Let a change of level count `from_anchor`, `restart` or `stricter` instead.",
    )


def settled(
    compute: Callable[[Counting, Trace | None], Instant | None],
    anchor: Instant,
    counting: Counting,
    trace: Trace | None = None,
) -> Instant | None:
    """The due instant that only the pauses that begin before it can move.

    A pause counts when it begins before the due instant as the pauses before it have made it;
    what comes at or after the due instant moves nothing. Design: "Clocks over a case", pause.
    """
    if not counting.pauses:
        return compute(counting, trace)
    known = counting.before(anchor)
    due = compute(known, None)
    # One by one: where an end moves back to a working day, a pause can make it earlier, and the
    # next pause then begins after it.
    for pause in counting.pauses.spans[len(known.pauses.spans) :]:
        if due is None or pause.start >= due:
            break
        known = counting.before(Instant(pause.start + 1))
        due = compute(known, None)
    return due if trace is None else compute(known, trace)


@attrs.frozen(kw_only=True)
class Derived:
    """A due instant and how it was found.

    Attributes:
        due: The due instant, or None when there is none, or none yet.
        derivation: The steps.
    """

    due: Instant | None
    derivation: Derivation


_ANCHOR = Sentence("Counted from {at} ({zone}).", "自{at}（{zone}）起算。")
_PAUSED = Sentence("Paused, so not counted: {spans}.", "暂停期间不计：{spans}。")
_WAITING = Sentence(
    "Paused since {start}: there is no due time until it goes on.",
    "自{start}起暂停：恢复之前没有到期时间。",
)
_SHIFTED = Sentence(
    "The clocks change at {change} by {minutes} min; local days and times follow them.",
    "{change}时钟调整{minutes}分钟，本地日期和时刻随之变化。",
)
_DUE = Sentence("Due {due}.", "到期时间：{due}。")
_NO_DUE = Sentence("No due time.", "没有到期时间。")


def derive(rule: Rule, anchor: Instant, setting: Setting, lang: Language = "en") -> Derived:
    """The due instant with its derivation: anchor, the rule's own steps, what was crossed, due."""
    zone, calendar = setting.counting.zone, setting.counting.calendar
    trace = Trace()
    trace.note("anchor", _ANCHOR, at=anchor, zone=zone.name)
    due = rule.due(anchor, setting, trace)
    if due is None:
        _note_waiting(anchor, setting.counting, trace)
        trace.note("no_due", _NO_DUE)
        return Derived(due=None, derivation=trace.derivation(zone, lang))
    crossed = setting.counting.pauses.clip(anchor, due) if due > anchor else ()
    if crossed:
        trace.note("paused", _PAUSED, spans=tuple((pause.start, pause.end) for pause in crossed))
    _note_shifts(anchor, due, setting.counting, trace)
    if calendar is not None and rule.needs_calendar:
        first, last = sorted((anchor, due))
        days = setting.counting.local_day(first), setting.counting.local_day(last)
        trace.warn(calendar.caveats_between(*days))
    trace.note("due", _DUE, due=due)
    return Derived(due=due, derivation=trace.derivation(zone, lang))


def _note_waiting(anchor: Instant, counting: Counting, trace: Trace) -> None:
    for pause in counting.pauses:
        if pause.end == NEVER:
            trace.note("waiting", _WAITING, start=max(pause.start, anchor))


def _note_shifts(anchor: Instant, due: Instant, counting: Counting, trace: Trace) -> None:
    """Each change of the zone's offset between the anchor and the due instant."""
    offset: int | None = None
    for start, _, after in stretches(counting.zone, anchor, due) if due > anchor else ():
        if offset is not None and after != offset:
            trace.note("clock_change", _SHIFTED, change=start, minutes=(after - offset) // MINUTE)
        offset = after
