"""Spellings: what each kind of value in a plan document looks like, as strict cattrs hooks.

Nothing is coerced: a number is no text, text is no list. Each hook takes a plain value and gives
the typed one, or raises an error that says what is allowed.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Callable
from typing import Any, get_args, get_origin

import cattrs

from workflow.calendars.days import read_dated
from workflow.calendars.holidays import read_holidays
from workflow.calendars.hours import read_hours, read_week
from workflow.deadlines.recurring import Recurring
from workflow.deadlines.rule import Rule
from workflow.durations import Duration
from workflow.errors import PlanError, RuleError, did_you_mean
from workflow.instants import zone_of
from workflow.plans import entry_types as types
from workflow.plans.due_text import parse_rule
from workflow.plans.faults import kind_of, shown
from workflow.plans.obligation import Warn
from workflow.plans.text import Text

ID = re.compile(r"[^\W_][\w.-]{0,99}")
"""What a name within a plan looks like."""

PLAN_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What the name of a plan looks like."""

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,6})?) ?%", re.ASCII)


@functools.cache
def converter() -> cattrs.Converter:
    """The converter of leaves: lists and single values."""
    made = cattrs.Converter(detailed_validation=True, forbid_extra_keys=True)
    # Classes that cattrs knows are answered before any predicate is asked.
    made.register_structure_hook(str, _text)
    made.register_structure_hook(bool, _flag)
    hooks: dict[Any, Callable[[Any, Any], Any]] = {
        types.Id: _id,
        types.Ids: _ids,
        types.Label: _label,
        types.PlanName: _plan_name,
        types.ZoneName: _zone,
        types.Times: _times,
        types.FormatVersion: _format_version,
        Text: _title,
        Warn: _warn,
        Duration: _duration,
        Recurring: _recurring,
        types.ByWhen: _by_when,
        types.WeekHours: lambda value, _: types.WeekHours(read_week(value)),
        types.PublicHolidays: lambda value, _: types.PublicHolidays(read_holidays(value)),
        types.HoursByDate: lambda value, _: types.HoursByDate(read_dated(value, "")),
        types.DayHours: lambda value, _: types.DayHours(read_hours(value, "")),
    }
    for kind, hook in hooks.items():
        made.register_structure_hook_func(functools.partial(_same, kind), hook)
    made.register_structure_hook_func(lambda kind: kind is Rule, _rule)
    made.register_structure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, enum.Enum), _choice
    )
    made.register_structure_hook_factory(_is_list, functools.partial(_list_hook, made))
    return made


def _same(kind: Any, asked: Any) -> bool:
    return asked is kind


def _is_list(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is tuple


def _list_hook(within: cattrs.Converter, kind: Any) -> Callable[[Any, Any], Any]:
    """A list of values; bare text is refused, or it would be taken apart into letters."""
    items: Any = list[get_args(kind)[0]]  # type: ignore[misc]  # a type known at run time

    def read(value: Any, _: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            mend = f"Write [{shown(value)}]." if isinstance(value, str) else ""
            raise PlanError(wrong(value), allowed="a list", mend=mend)
        return tuple(within.structure(value, items))

    return read


# Hooks: each takes a plain value and gives the typed one, or raises.


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        mend = f'Write "{value}".' if isinstance(value, int) else ""
        raise PlanError(wrong(value), allowed="text", mend=mend)
    return value


def _label(value: Any, _: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise PlanError(wrong(value), allowed="text or a number")
    return str(value)


def _flag(value: Any, _: Any) -> bool:
    if not isinstance(value, bool):
        near = {"yes": "true", "on": "true", "no": "false", "off": "false"}
        known = near.get(value.lower()) if isinstance(value, str) else None
        mend = f"Did you mean {known}?" if known else ""
        raise PlanError(wrong(value), allowed="true, false", mend=mend)
    return value


def _times(value: Any, _: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise PlanError(wrong(value), allowed="a whole number")
    if value < 1:
        raise PlanError(f"{value} is less than 1.", allowed="a whole number from 1 upwards")
    return value


def _format_version(value: Any, _: Any) -> int:
    if value != 1 or isinstance(value, bool):
        raise PlanError(f"{shown(value)} is not a version of the format.", allowed="1")
    return 1


def _id(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        mend = f'Write "{value}".' if isinstance(value, int) else ""
        raise PlanError(wrong(value), allowed="one id", mend=mend)
    if not ID.fullmatch(value):
        raise not_an_id(value)
    return value


def _ids(value: Any, _: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_id(value, None),)
    if not isinstance(value, list):
        raise PlanError(wrong(value), allowed="an id or a list of ids")
    return tuple(converter().structure(value, list[types.Id]))


def _plan_name(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        raise PlanError(wrong(value), allowed="text")
    if not PLAN_NAME.fullmatch(value) or len(value) > 100:
        near = "-".join(re.findall(r"[a-z0-9]+", value.lower()))
        raise PlanError(
            f"{shown(value)} is not a plan's name.",
            allowed="lower case letters a to z, digits, and hyphens between them",
            mend=f'Did you mean "{near}"?' if near and len(near) <= 100 else "",
        )
    return value


def _zone(value: Any, _: Any) -> str:
    name = _text(value, None)
    zone_of(name)
    return name


def _title(value: Any, _: Any) -> Text:
    if isinstance(value, str):
        return Text(en=value)
    if not isinstance(value, dict):
        raise PlanError(wrong(value), allowed="text, or {en: ..., zh: ...}")
    for key, words in value.items():
        if key not in {"en", "zh"}:
            raise PlanError(f'There is no language "{key}" here.', allowed="en, zh")
        if not isinstance(words, str):
            raise PlanError(f"Under {key}: {wrong(words)}", allowed="text")
    return Text(**value)


def _rule(value: Any, _: Any) -> Rule:
    if isinstance(value, int) and not isinstance(value, bool):
        raise RuleError(
            f"{value} has no unit.",
            allowed="a number and a unit, such as 30 min, 2 h, 3 days, 3 working days",
        )
    if not isinstance(value, str | dict):
        raise RuleError(wrong(value), allowed="text, or a mapping with the name of a rule")
    return parse_rule(value)


def _by_when(value: Any, _: Any) -> types.ByWhen:
    if isinstance(value, dict) and "parameter" in value:
        if len(value) > 1:
            raise PlanError("A parameter stands alone.", allowed="{parameter: id}")
        return types.ByWhen(parameter=_id(value["parameter"], None))
    return types.ByWhen(rule=_rule(value, None))


def _recurring(value: Any, _: Any) -> Recurring:
    if not isinstance(value, dict):
        raise PlanError(wrong(value), allowed="a mapping such as {every: day}")
    rule = parse_rule({"recurring": value})
    assert isinstance(rule, Recurring)  # noqa: S101 - what that key gives
    return rule


def _duration(value: Any, _: Any) -> Duration:
    if isinstance(value, int) and not isinstance(value, bool):
        raise PlanError(f"{value} has no unit.", allowed="such as 30 min, 2 h")
    if not isinstance(value, str):
        raise PlanError(wrong(value), allowed="such as 30 min, 2 h")
    return Duration.parse(value)


def _warn(value: Any, _: Any) -> Warn:
    found = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return Warn(lead=_duration(value, None))
    percent = float(found[1])
    if not 0 < percent <= 100:
        raise PlanError(f'"{value}" is no share of the time.', allowed="more than 0% up to 100%")
    return Warn(fraction=percent / 100)


def _choice(value: Any, kind: Any) -> enum.Enum:
    names = [member.value for member in kind]
    if value not in names:
        near = did_you_mean(value, names) if isinstance(value, str) else ""
        raise PlanError(
            f"{shown(value)} is none of the choices.", allowed=", ".join(names), mend=near
        )
    chosen: enum.Enum = kind(value)
    return chosen


def wrong(value: Any) -> str:
    """What was found where something else is wanted."""
    if isinstance(value, dict | list):
        return f"This is {kind_of(value)}."
    return f"{shown(value)} is {kind_of(value)}."


def not_an_id(value: str) -> PlanError:
    """The error of text that is no name within a plan."""
    near = re.sub(r"[^\w.]+", "-", value).strip("-_.")[:100]
    return PlanError(
        f"{shown(value)} is not an id.",
        allowed="letters, digits, hyphens, underscores and dots, beginning with a letter or digit",
        mend=f'Did you mean "{near}"?' if near else "",
    )
