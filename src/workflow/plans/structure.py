"""Structure: the plain content of a document as entries, with every fault of form at once.

cattrs does the dispatch over the classes of `entries.py`; the hooks below are strict. Nothing is
coerced: a number is no text, text is no list. A key that cannot be read is told and then left
out, so that the rest of its entry, and of the document, is read and checked too.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from types import UnionType
from typing import Any, get_args, get_origin

import attrs
import cattrs

from workflow.calendars.days import read_dated
from workflow.calendars.holidays import read_holidays
from workflow.calendars.hours import read_hours, read_week
from workflow.deadlines.recurring import Recurring
from workflow.deadlines.rule import Rule
from workflow.durations import Duration
from workflow.errors import PlanError, RuleError, WorkflowError, did_you_mean
from workflow.instants import zone_of
from workflow.plans import entries
from workflow.plans.document import Fault, FieldPath, kind_of, shown
from workflow.plans.due_text import parse_rule
from workflow.plans.obligation import Warn
from workflow.plans.text import Text

ID = re.compile(r"[^\W_][\w.-]{0,99}")
"""What a name within a plan looks like."""

PLAN_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What the name of a plan looks like."""

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,6})?) ?%", re.ASCII)


def structure(content: Mapping[str, Any]) -> tuple[entries.PlanEntry, list[Fault]]:
    """The entries of a plan document and all that is wrong with their form.

    An entry that is not what it should be stands there with its defaults, so that the places of
    the others in their list are those of the document.
    """
    reader = _Reader()
    entry: entries.PlanEntry = reader.entry(entries.PlanEntry, content, ())
    return entry, reader.faults


class _Reader:
    """Reads entries one by one, so that a fault in one does not hide those of the others."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def entry(self, cls: Any, given: Any, path: FieldPath) -> Any:
        """The entry, or as much of it as can be read."""
        if not isinstance(given, dict):
            short = cls is entries.EventEntry or _titled(cls)
            if short and isinstance(given, str):
                return cls(en=given)
            if cls is entries.ApprovalEntry:
                given = {"by": given}
            else:
                self.faults.append(Fault(path=path, what=_wrong(given), allowed="a mapping"))
                return cls()
        fields = _fields(cls)
        known: dict[str, Any] = {}
        for key, value in given.items():
            field = fields.get(key)
            if field is None:
                self._unknown(cls, key, path)
            else:
                self._field(known, field, value, (*path, key))
        for key, field in fields.items():
            if field.metadata.get("required") and key not in given:
                self.faults.append(Fault(path=(*path, key), what=f'The key "{key}" is missing.'))
        return cls(**known)

    def _field(
        self, known: dict[str, Any], field: attrs.Attribute[Any], value: Any, path: FieldPath
    ) -> None:
        """Read one key of an entry into `known`; one that cannot be read is left out."""
        declared: Any = field.type
        inner = _inner(declared)
        if attrs.has(inner) and inner in entries.ENTRIES:
            origin = get_origin(declared)
            if origin is tuple:
                known[field.name] = tuple(self._items(inner, value, path))
            elif origin is Mapping:
                known[field.name] = dict(self._values(inner, value, path))
            else:
                known[field.name] = self.entry(inner, value, path)
            return
        try:
            known[field.name] = _converter().structure(value, declared)
        except cattrs.BaseValidationError as group:
            for error, inside in _leaves(group):
                self._told(error, (*path, *inside))
        except WorkflowError as error:
            self._told(error, path)

    def _items(self, cls: Any, value: Any, path: FieldPath) -> Iterator[Any]:
        if not isinstance(value, list):
            self.faults.append(Fault(path=path, what=_wrong(value), allowed="a list"))
            return
        for number, item in enumerate(value):
            yield self.entry(cls, item, (*path, number))

    def _values(self, cls: Any, value: Any, path: FieldPath) -> Iterator[tuple[str, Any]]:
        if not isinstance(value, dict):
            self.faults.append(Fault(path=path, what=_wrong(value), allowed="a mapping of ids"))
            return
        for key, item in value.items():
            if not ID.fullmatch(key):
                self._told(_not_an_id(key), (*path, key))
            yield key, self.entry(cls, item, (*path, key))

    def _unknown(self, cls: type, key: str, path: FieldPath) -> None:
        self.faults.append(
            Fault(
                path=(*path, key),
                what=f'There is no key "{key}" here.',
                allowed=", ".join(_fields(cls)),
                mend=did_you_mean(key, _fields(cls)),
            )
        )

    def _told(self, error: BaseException, path: FieldPath) -> None:
        if not isinstance(error, WorkflowError):
            raise error
        # The field inside, if the error names one: `rollover`, `hours["mon-fri"]`.
        inside = re.findall(r'[^\[\]".]+', error.place)[-1:]
        self.faults.append(
            Fault(path=(*path, *inside), what=error.what, allowed=error.allowed, mend=error.mend)
        )


def _leaves(
    error: BaseException, path: FieldPath = ()
) -> Iterator[tuple[BaseException, FieldPath]]:
    """The faults inside a group of cattrs, each with its place in the list."""
    if not isinstance(error, BaseExceptionGroup):
        yield error, path
        return
    for inner in error.exceptions:
        notes = getattr(inner, "__notes__", ())
        at = tuple(note.index for note in notes if isinstance(note, cattrs.IterableValidationNote))
        yield from _leaves(inner, (*path, *at))


def _inner(declared: Any) -> Any:
    """The class inside a tuple, a mapping or an optional type."""
    origin = get_origin(declared)
    if origin is tuple:
        return get_args(declared)[0]
    if origin is Mapping:
        return get_args(declared)[1]
    if origin is UnionType:
        return get_args(declared)[0]
    return declared


@functools.cache
def _fields(cls: type) -> dict[str, attrs.Attribute[Any]]:
    """The fields of an entry by key, with their types resolved."""
    attrs.resolve_types(cls)
    return {entries.key_of(field): field for field in attrs.fields(cls)}


@functools.cache
def _titled(cls: type) -> bool:
    return {"en", "zh", "title"} <= set(_fields(cls))


@functools.cache
def _converter() -> cattrs.Converter:
    """The converter of leaves: lists and single values."""
    converter = cattrs.Converter(detailed_validation=True, forbid_extra_keys=True)
    hooks: dict[Any, Callable[[Any, Any], Any]] = {
        str: _text,
        bool: _flag,
        entries.Id: _id,
        entries.Ids: _ids,
        entries.Label: _label,
        entries.PlanName: _plan_name,
        entries.ZoneName: _zone,
        entries.Times: _times,
        entries.FormatVersion: _format_version,
        Text: _title,
        Warn: _warn,
        Duration: _duration,
        Recurring: _recurring,
        entries.ByWhen: _by_when,
        entries.WeekHours: lambda value, _: entries.WeekHours(read_week(value)),
        entries.PublicHolidays: lambda value, _: entries.PublicHolidays(read_holidays(value)),
        entries.HoursByDate: lambda value, _: entries.HoursByDate(read_dated(value, "")),
        entries.DayHours: lambda value, _: entries.DayHours(read_hours(value, "")),
    }
    for kind, hook in hooks.items():
        converter.register_structure_hook_func(functools.partial(_same, kind), hook)
    converter.register_structure_hook_func(lambda kind: kind is Rule, _rule)
    converter.register_structure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, enum.Enum), _choice
    )
    converter.register_structure_hook_factory(_is_list, functools.partial(_list_hook, converter))
    return converter


def _same(kind: Any, asked: Any) -> bool:
    return asked is kind


def _is_list(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is tuple


def _list_hook(converter: cattrs.Converter, kind: Any) -> Callable[[Any, Any], Any]:
    """A list of values; bare text is refused, or it would be taken apart into letters."""
    items: Any = list[get_args(kind)[0]]  # type: ignore[misc]  # a type known at run time

    def read(value: Any, _: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            mend = f"Write [{shown(value)}]." if isinstance(value, str) else ""
            raise PlanError(_wrong(value), allowed="a list", mend=mend)
        return tuple(converter.structure(value, items))

    return read


# Hooks: each takes a plain value and gives the typed one, or raises.


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        mend = f'Write "{value}".' if isinstance(value, int) else ""
        raise PlanError(_wrong(value), allowed="text", mend=mend)
    return value


def _label(value: Any, _: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise PlanError(_wrong(value), allowed="text or a number")
    return str(value)


def _flag(value: Any, _: Any) -> bool:
    if not isinstance(value, bool):
        near = {"yes": "true", "on": "true", "no": "false", "off": "false"}
        known = near.get(value.lower()) if isinstance(value, str) else None
        mend = f"Did you mean {known}?" if known else ""
        raise PlanError(_wrong(value), allowed="true, false", mend=mend)
    return value


def _times(value: Any, _: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise PlanError(_wrong(value), allowed="a whole number")
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
        raise PlanError(_wrong(value), allowed="one id", mend=mend)
    if not ID.fullmatch(value):
        raise _not_an_id(value)
    return value


def _ids(value: Any, _: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_id(value, None),)
    if not isinstance(value, list):
        raise PlanError(_wrong(value), allowed="an id or a list of ids")
    return tuple(_converter().structure(value, list[entries.Id]))


def _plan_name(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        raise PlanError(_wrong(value), allowed="text")
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
        raise PlanError(_wrong(value), allowed="text, or {en: ..., zh: ...}")
    for key, words in value.items():
        if key not in {"en", "zh"}:
            raise PlanError(f'There is no language "{key}" here.', allowed="en, zh")
        if not isinstance(words, str):
            raise PlanError(f"Under {key}: {_wrong(words)}", allowed="text")
    return Text(**value)


def _rule(value: Any, _: Any) -> Rule:
    if isinstance(value, int) and not isinstance(value, bool):
        raise RuleError(
            f"{value} has no unit.",
            allowed="a number and a unit, such as 30 min, 2 h, 3 days, 3 working days",
        )
    if not isinstance(value, str | dict):
        raise RuleError(_wrong(value), allowed="text, or a mapping with the name of a rule")
    return parse_rule(value)


def _by_when(value: Any, _: Any) -> entries.ByWhen:
    if isinstance(value, dict) and "parameter" in value:
        if len(value) > 1:
            raise PlanError("A parameter stands alone.", allowed="{parameter: id}")
        return entries.ByWhen(parameter=_id(value["parameter"], None))
    return entries.ByWhen(rule=_rule(value, None))


def _recurring(value: Any, _: Any) -> Recurring:
    if not isinstance(value, dict):
        raise PlanError(_wrong(value), allowed="a mapping such as {every: day}")
    rule = parse_rule({"recurring": value})
    assert isinstance(rule, Recurring)  # noqa: S101 - what that key gives
    return rule


def _duration(value: Any, _: Any) -> Duration:
    if isinstance(value, int) and not isinstance(value, bool):
        raise PlanError(f"{value} has no unit.", allowed="such as 30 min, 2 h, 1 day")
    if not isinstance(value, str):
        raise PlanError(_wrong(value), allowed="such as 30 min, 2 h, 1 day")
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


def _wrong(value: Any) -> str:
    if isinstance(value, dict | list):
        return f"This is {kind_of(value)}."
    return f"{shown(value)} is {kind_of(value)}."


def _not_an_id(value: str) -> PlanError:
    near = re.sub(r"[^\w.]+", "-", value).strip("-_.")[:100]
    return PlanError(
        f"{shown(value)} is not an id.",
        allowed="letters, digits, hyphens, underscores and dots, beginning with a letter or digit",
        mend=f'Did you mean "{near}"?' if near else "",
    )
