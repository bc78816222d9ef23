"""The spelling of each rule, both ways: what a plan writes under `within`, `target`, `limit`.

A rule is a text (`30 min`, `3 working days`, `same day`, `P1M3DT12H`) or a mapping whose key is
the rule's name, with its options beside it (`{working_days: 3, ends: close}`); a text may carry
options too (`{rule: 3 days, ends: close}`). What `format_rule` writes, `parse_rule` reads back
as an equal rule. Design: "How a due instant is computed"; each rule has an anchor of its name
in `docs/reference/deadlines.md`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import attrs

from workflow.deadlines.calendar_days import CalendarDays
from workflow.deadlines.combined import EarliestOf, LatestOf, Part
from workflow.deadlines.composite import Composite
from workflow.deadlines.elapsed import Elapsed
from workflow.deadlines.fixed import Fixed
from workflow.deadlines.months import Months
from workflow.deadlines.options import DEFAULT_OPTIONS, DayOptions
from workflow.deadlines.promised import Promised
from workflow.deadlines.promptly import Promptly
from workflow.deadlines.recurring import Recurring
from workflow.deadlines.rule import Rule
from workflow.deadlines.same_day import SameDay
from workflow.deadlines.working_days import WorkingDays
from workflow.deadlines.working_time import WorkingTime
from workflow.durations import Counts, Duration
from workflow.errors import DurationError, RuleError, did_you_mean

Spelling: TypeAlias = str | Mapping[str, Any]
"""A rule as a plan writes it."""

_DAYS = tuple(field.name for field in attrs.fields(DayOptions))
_HOURS = ("start", "rollover", "rollover_at")
_SERIES = ("every", "rrule", "by", "of", "at_least", "between", "more_than", "count")

OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "elapsed": _HOURS,
    "working_time": (),
    "calendar_days": _DAYS,
    "working_days": _DAYS,
    "months": _DAYS,
    "composite": _DAYS,
    "same_day": ("ends",),
    "promised": ("ends",),
    "fixed": ("ends",),
    "promptly": ("assume",),
    "earliest_of": (),
    "latest_of": (),
    "recurring": (),
}
"""Each rule by its name, and the options that may stand beside it."""

_COUNTED: Mapping[Counts, Callable[[Duration, Mapping[str, Any]], Rule]] = {
    Counts.EXACT: lambda amount, options: Elapsed(amount=amount, **options),
    Counts.WORKING_TIME: lambda amount, _: WorkingTime(amount=amount),
    Counts.DAYS: lambda amount, options: CalendarDays(amount=amount, options=DayOptions(**options)),
    Counts.WORKING_DAYS: lambda amount, options: WorkingDays(
        amount=amount, options=DayOptions(**options)
    ),
    Counts.MONTHS: lambda amount, options: Months(amount=amount, options=DayOptions(**options)),
    Counts.COMPOSITE: lambda amount, options: Composite(
        amount=amount, options=DayOptions(**options)
    ),
}
_NAMES = {
    Counts.EXACT: "elapsed",
    Counts.WORKING_TIME: "working_time",
    Counts.DAYS: "calendar_days",
    Counts.WORKING_DAYS: "working_days",
    Counts.MONTHS: "months",
    Counts.COMPOSITE: "composite",
}
_BARE_UNITS = {"calendar_days": "days", "working_days": "working days", "months": "months"}
_PHRASES = ("same day", "promised", "promptly")


def parse_rule(value: Spelling) -> Rule:
    """The rule that a plan writes.

    Raises:
        RuleError: It is no rule, or an option is not known or not one of that rule's; what is
            allowed and the nearest are named, and the place is the option.
        DurationError: The amount of time cannot be read.

    >>> parse_rule("3 working days").name
    'working_days'
    >>> parse_rule({"working_days": 3, "ends": "close"}).words("zh")
    '3个工作日，至下班时'
    """
    if isinstance(value, str):
        return _from_text(value, {})
    if not isinstance(value, Mapping):
        raise RuleError(f"{value!r} is not a deadline rule.", allowed=_allowed())
    given = dict(value)
    names = [name for name in given if name in OPTIONS or name == "rule"]
    if len(names) != 1:
        found = ", ".join(map(str, given)) or "nothing"
        near = next(filter(None, (did_you_mean(str(key), OPTIONS) for key in given)), "")
        raise RuleError(
            f"A deadline rule names one rule; found: {found}.",
            allowed=f"one of {', '.join(OPTIONS)}, or rule",
            mend="" if names else near,
        )
    name = names[0]
    body = given.pop(name)
    if name == "rule":
        return _from_text(body, given)
    _check_options(name, given)
    return _READERS[name](body, given)


def format_rule(rule: Rule) -> str | dict[str, Any]:
    """The rule as a plan writes it: a text where one will do, else a mapping with its options.

    Raises:
        RuleError: The rule is not one of this package.
    """
    if isinstance(rule, Elapsed):
        return _with_options(rule.name, str(rule.amount), _changed(rule, _HOURS))
    if isinstance(rule, WorkingTime):
        return str(rule.amount)
    if isinstance(rule, CalendarDays | WorkingDays | Months | Composite):
        return _with_options(rule.name, str(rule.amount), _changed(rule.options, _DAYS))
    if isinstance(rule, SameDay):
        chosen = _changed(rule, ("ends",))
        return {rule.name: True, **chosen} if chosen else "same day"
    if isinstance(rule, Promised):
        chosen = _changed(rule, ("ends",))
        plain = rule.field == "promised" and not chosen
        return "promised" if plain else {rule.name: rule.field, **chosen}
    if isinstance(rule, Fixed):
        named = rule.written if rule.day is None else rule.day.isoformat()
        return {rule.name: named, **_changed(rule, ("ends",))}
    if isinstance(rule, Promptly):
        assumed = {} if rule.assume is None else {"assume": format_rule(rule.assume)}
        return {rule.name: rule.word, **assumed} if rule.word or assumed else "promptly"
    if isinstance(rule, EarliestOf | LatestOf):
        return {rule.name: [_format_part(part) for part in rule.parts]}
    if isinstance(rule, Recurring):
        return {rule.name: _changed(rule, _SERIES)}
    raise RuleError(f"{rule!r} is not a rule of this package.", allowed=", ".join(OPTIONS))


# Reading.


def _from_text(text: object, options: dict[str, Any]) -> Rule:
    if not isinstance(text, str):
        raise RuleError(f"{text!r} is not a deadline rule.", allowed=_allowed())
    phrase = " ".join(text.split())
    if phrase == "same day":
        return _read_named("same_day", True, options)
    if phrase == "promised":
        return _read_named("promised", "promised", options)
    if phrase == "promptly":
        return _read_named("promptly", "", options)
    try:
        amount = Duration.parse(phrase)
    except DurationError as error:
        near = did_you_mean(phrase.replace("_", " "), _PHRASES)
        raise DurationError(
            error.what,
            allowed=f"{error.allowed}; or {', '.join(_PHRASES)}",
            mend=near or error.mend,
        ) from error
    _check_options(_NAMES[amount.counts], options)
    return _COUNTED[amount.counts](amount, options)


def _read_named(name: str, body: object, options: dict[str, Any]) -> Rule:
    _check_options(name, options)
    return _READERS[name](body, options)


def _check_options(name: str, options: Mapping[str, Any]) -> None:
    allowed = OPTIONS[name]
    for option in options:
        if option not in allowed:
            raise RuleError(
                f'The rule {name} has no option "{option}".',
                place=str(option),
                allowed=", ".join(allowed) or "none",
                mend=did_you_mean(str(option), allowed),
            )


def _amount_of(name: str) -> Callable[[Any, Mapping[str, Any]], Rule]:
    """A reader of `name: amount`; a bare number counts in the rule's own unit."""

    def read(body: Any, options: Mapping[str, Any]) -> Rule:
        if isinstance(body, int) and not isinstance(body, bool) and name in _BARE_UNITS:
            body = f"{body} {_BARE_UNITS[name]}"
        if not isinstance(body, str):
            raise RuleError(
                f"{body!r} is not an amount of time.",
                place=name,
                allowed="a number and a unit, such as "
                + {"elapsed": "30 min", "working_time": "5 working hours"}.get(name, "3 days"),
            )
        amount = Duration.parse(body)
        if _NAMES[amount.counts] != name:
            raise RuleError(
                f'"{body}" counts {amount.counts.value}, which is the rule '
                f"{_NAMES[amount.counts]}, not {name}.",
                place=name,
                mend=f'Write "{_NAMES[amount.counts]}: {body}".',
            )
        return _COUNTED[amount.counts](amount, options)

    return read


def _same_day(body: Any, options: Mapping[str, Any]) -> Rule:
    if body is not True:
        raise RuleError(
            f"{body!r} says nothing about the same day.",
            place="same_day",
            allowed="same_day: true",
        )
    return SameDay(**options)


def _promised(body: Any, options: Mapping[str, Any]) -> Rule:
    if not isinstance(body, str) or not body:
        raise RuleError(
            f"{body!r} is not the name of a field.",
            place="promised",
            allowed="the field of the event's data that names the date",
        )
    return Promised(field=body, **options)


def _fixed(body: Any, options: Mapping[str, Any]) -> Rule:
    if not isinstance(body, str | dt.date):
        raise RuleError(f"{body!r} is not a date.", place="fixed", allowed="such as 2022-01-15")
    return Fixed.at(body, **options)


def _promptly(body: Any, options: Mapping[str, Any]) -> Rule:
    word = "" if body is None or body is True else body
    if not isinstance(word, str):
        raise RuleError(
            f"{body!r} is not a wording.", place="promptly", allowed="the plan's own word, or true"
        )
    assume = options.get("assume")
    return Promptly(word=word, assume=None if assume is None else parse_rule(assume))


def _combined(kind: type[EarliestOf | LatestOf]) -> Callable[[Any, Mapping[str, Any]], Rule]:
    def read(body: Any, _: Mapping[str, Any]) -> Rule:
        if not isinstance(body, list | tuple):
            raise RuleError(
                f"{body!r} is not a list of parts.",
                place=kind.name,
                allowed="a list such as [{rule: 4 h, from: classified}, {rule: 24 h, from: aware}]",
            )
        return kind(parts=tuple(_read_part(part) for part in body))

    return read


def _read_part(value: Any) -> Part:
    if isinstance(value, str):
        return Part(rule=parse_rule(value))
    if not isinstance(value, Mapping):
        raise RuleError(f"{value!r} is not a part.", allowed="a rule, with from and unless_past")
    given = dict(value)
    anchor, unless_past = given.pop("from", ""), given.pop("unless_past", False)
    if not isinstance(anchor, str) or not isinstance(unless_past, bool):
        raise RuleError(
            "A part is counted from one event, and unless_past is true or false.",
            place="from, unless_past",
            allowed="the id of an event; true or false",
        )
    return Part(rule=parse_rule(given), anchor=anchor, unless_past=unless_past)


def _recurring(body: Any, _: Mapping[str, Any]) -> Rule:
    if isinstance(body, str):
        return Recurring(every=body)
    if not isinstance(body, Mapping):
        raise RuleError(
            f"{body!r} is not a series.", place="recurring", allowed="a mapping with every or rrule"
        )
    for key in body:
        if key not in _SERIES:
            raise RuleError(
                f'A series has no option "{key}".',
                place=f"recurring.{key}",
                allowed=", ".join(_SERIES),
                mend=did_you_mean(str(key), _SERIES),
            )
    for key in ("every", "rrule", "by", "of"):
        if key in body and not isinstance(body[key], str):
            raise RuleError(
                f"{body[key]!r} is not a text.", place=f"recurring.{key}", allowed="a text"
            )
    return Recurring(**body)


_READERS: Mapping[str, Callable[[Any, Mapping[str, Any]], Rule]] = {
    **{name: _amount_of(name) for name in _NAMES.values()},
    "same_day": _same_day,
    "promised": _promised,
    "fixed": _fixed,
    "promptly": _promptly,
    "earliest_of": _combined(EarliestOf),
    "latest_of": _combined(LatestOf),
    "recurring": _recurring,
}


def _allowed() -> str:
    return (
        "a text such as 30 min, 3 days, same day, promised, promptly, or a mapping whose key is "
        + ", ".join(OPTIONS)
    )


# Writing.


def _with_options(name: str, amount: str, chosen: dict[str, Any]) -> str | dict[str, Any]:
    return {name: amount, **chosen} if chosen else amount


def _changed(value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields of those names that differ from their defaults, spelled as a plan spells them."""
    defaults = DEFAULT_OPTIONS if isinstance(value, DayOptions) else None
    chosen = {}
    for field in attrs.fields(type(value)):
        now = getattr(value, field.name)
        default = field.default if defaults is None else getattr(defaults, field.name)
        if field.name in names and now != default:
            chosen[field.name] = _spelled(now)
    return chosen


def _spelled(value: Any) -> Any:
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, tuple):
        return list(value)
    return getattr(value, "value", value)


def _format_part(part: Part) -> dict[str, Any]:
    rule = format_rule(part.rule)
    spelled: dict[str, Any] = {"rule": rule} if isinstance(rule, str) else dict(rule)
    if part.anchor:
        spelled["from"] = part.anchor
    if part.unless_past:
        spelled["unless_past"] = True
    return spelled
