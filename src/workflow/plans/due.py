"""One deadline, without a plan: a rule, an anchor, and what it is counted on.

    >>> due("30 min", "2026-03-02T08:40+08:00").at.isoformat()
    '2026-03-02T09:10:00+08:00'

Design: "How a due instant is computed" and "The public face".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import pendulum

from workflow.calendars import Counting, Span, Spans, WorkingCalendar
from workflow.deadlines.combined import EarliestOf, LatestOf
from workflow.deadlines.elapsed import Elapsed, Start
from workflow.deadlines.promptly import Promptly
from workflow.deadlines.rule import Rule, Setting, derive
from workflow.derivation import Caveat, Derivation, Language
from workflow.durations import Duration
from workflow.errors import RuleError, TimeError, TimeRangeError
from workflow.instants import LAST, LAST_YEAR, Moment, Zone, show, to_instant, to_moment, zone_of
from workflow.plans.due_text import Spelling, format_rule, parse_rule

_CALENDAR = (
    "Give one: calendar=WorkingCalendar("
    '"Asia/Shanghai", {"mon-fri": ["09:00-18:00"]}, holidays="CN").'
)


@attrs.frozen(kw_only=True)
class Deadline:
    """A due instant and how it was found.

    Attributes:
        at: The due instant in the zone it was counted in, or None when the rule gives none: the
            plan gives no number, nothing is promised yet, or a pause is open.
        rule: The rule that was counted.
        derivation: The steps, as data and in words.
    """

    at: pendulum.DateTime | None
    rule: Rule
    derivation: Derivation

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What makes it less certain, such as holidays that are not announced yet."""
        return self.derivation.caveats

    def __str__(self) -> str:
        """The due time as people read it: `2026-03-05 24:00 +08:00`."""
        if self.at is None:
            return "没有到期时间" if self.derivation.lang == "zh" else "no due time"
        return show(to_instant(self.at), self.derivation.zone)


def due(
    rule: Rule | Duration | Spelling,
    anchor: Moment,
    *,
    calendar: WorkingCalendar | None = None,
    timezone: str | dt.tzinfo | None = None,
    lang: Language = "en",
    promise: str | dt.date | None = None,
    anchors: Mapping[str, Moment] | None = None,
    pauses: Iterable[tuple[Moment, Moment | None]] = (),
    **options: Any,
) -> Deadline:
    """The deadline that a rule gives, counted from an anchor.

    Args:
        rule: A text such as `3 working days`, a mapping as in a plan, a `Duration` or a rule.
        anchor: When it counts from: an aware datetime or ISO 8601 text with an offset.
        calendar: The working calendar, for working time, working days, `ends: close`, rollover.
        timezone: The zone of local days. If not given: the calendar's, or the anchor's own. A
            bare offset is taken to hold all year; where days are counted, a caveat says so.
        lang: The language of the derivation, `en` or `zh`.
        promise: The date or time that was promised, for `promised`.
        anchors: When named events happened, for the parts of `earliest_of` and `latest_of`.
        pauses: Spans that do not count, as (start, end); an end of None is still open.
        options: The rule's options by name: `ends`, `rollover`, `rollover_at`,
            `min_working_days`, `count_anchor_day`, `anchor_off_day`, `start`, `assume`.

    Raises:
        RuleError: The rule or an option cannot be read, or a calendar is missing.
        DurationError: The amount of time cannot be read.
        TimeError: The anchor is naive, cannot be read, or lies outside the years 1900 to 2200; or
            the deadline does.
    """
    if lang not in {"en", "zh"}:
        raise RuleError(f'"{lang}" is not a language.', place="lang", allowed="en, zh")
    if "strict" in options:
        raise RuleError(
            '"strict" belongs to the calendar, not to the rule.',
            place="strict",
            mend='Give it there: WorkingCalendar(..., holidays="CN", strict=True).',
        )
    read = _read(rule, options)
    if calendar is not None and not isinstance(calendar, WorkingCalendar):
        raise RuleError(
            f"{calendar!r} is not a working calendar.",
            place="calendar",
            allowed="a WorkingCalendar",
            mend=_CALENDAR,
        )
    if read.needs_calendar and calendar is None:
        raise RuleError(
            f'"{read.words()}" asks which days and hours are worked, and no calendar is given.',
            place="calendar",
            allowed="a WorkingCalendar",
            mend=_CALENDAR,
        )
    instant = to_instant(anchor)
    zone, caveats = _zone(anchor, calendar, timezone)
    counting = Counting(zone=zone, calendar=calendar, pauses=_pauses(pauses))
    setting = Setting(
        counting=counting,
        promise=promise,
        anchors={name: to_instant(at) for name, at in (anchors or {}).items()},
        started=instant,
    )
    found = derive(read, instant, setting, lang)
    derivation = found.derivation
    if found.due is not None and not _exact(read):
        derivation = attrs.evolve(derivation, caveats=(*caveats, *derivation.caveats))
    if found.due is not None and found.due > LAST:
        raise TimeRangeError(
            f'"{read.words()}" from {show(instant, zone)} ends after the year {LAST_YEAR}.',
            allowed=f"deadlines up to {LAST_YEAR}-12-31",
        )
    at = None if found.due is None else to_moment(found.due, zone)
    return Deadline(at=at, rule=read, derivation=derivation)


def _read(rule: Rule | Duration | Spelling, options: Mapping[str, Any]) -> Rule:
    if isinstance(rule, Duration):
        rule = str(rule)
    if not isinstance(rule, str | Mapping):
        if not callable(getattr(rule, "due", None)):
            raise RuleError(
                f"{rule!r} is not a deadline rule.",
                place="rule",
                allowed="a text such as 3 days, a mapping, a Duration or a rule",
            )
        if not options:
            return rule
        rule = format_rule(rule)
    if isinstance(rule, str):
        return parse_rule({"rule": rule, **options}) if options else parse_rule(rule)
    return parse_rule({**rule, **options})


def _zone(
    anchor: Moment, calendar: WorkingCalendar | None, timezone: str | dt.tzinfo | None
) -> tuple[Zone, tuple[Caveat, ...]]:
    """The zone of local days, and a caveat when only an offset is known."""
    if timezone is not None:
        name = timezone if isinstance(timezone, str) else getattr(timezone, "key", str(timezone))
        return zone_of(name), ()
    if calendar is not None:
        return zone_of(calendar.timezone), ()
    given = dt.datetime.fromisoformat(anchor) if isinstance(anchor, str) else anchor
    key = getattr(given.tzinfo, "key", None)
    if key:
        return zone_of(key), ()
    offset = given.isoformat()[-6:]
    if offset[0] not in "+-" or offset[3] != ":":
        raise TimeError(
            f"{anchor} has an offset with seconds, which is no zone.",
            allowed="an offset of whole minutes, or a timezone",
        )
    return zone_of(offset), (
        Caveat(
            kind="offset_only",
            en=f"No time zone is stated; local days are counted at {offset} all year.",
            zh=f"未说明时区，本地日期全年按{offset}计算。",
        ),
    )


def _exact(rule: Rule) -> bool:
    """Whether local days and hours play no part in it."""
    if isinstance(rule, EarliestOf | LatestOf):
        return all(_exact(part.rule) for part in rule.parts)
    if isinstance(rule, Promptly):
        return rule.assume is not None and _exact(rule.assume)
    return isinstance(rule, Elapsed) and rule.start is Start.AT_ONCE and not rule.needs_calendar


def _pauses(pauses: Iterable[tuple[Moment, Moment | None]]) -> Spans:
    spans = []
    for start, end in pauses:
        since = to_instant(start)
        spans.append(Span(since) if end is None else Span(since, to_instant(end)))
    return Spans(tuple(spans))
