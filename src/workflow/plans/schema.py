"""The JSON Schema of plan documents, for editors, generated from the classes of `entries.py`.

An editor that knows it completes the keys and marks what is misspelt while a plan is written:
`# yaml-language-server: $schema=plan.schema.json` in the first line. It says what form each key
has; whether names fit together and units are right, the loader says. The file
`plan.schema.json` is written from here and a test compares them.
"""

from __future__ import annotations

import enum
import functools
import inspect
import json
import re
from collections.abc import Mapping
from types import UnionType
from typing import Any, get_args, get_origin

import attrs

from workflow.deadlines.recurring import Recurring
from workflow.deadlines.rule import Rule
from workflow.durations import Duration
from workflow.plans import entry_types as types
from workflow.plans.due_text import OPTIONS
from workflow.plans.entries import ENTRIES, EventEntry, PlanEntry, key_of
from workflow.plans.obligation import Warn
from workflow.plans.obligation_entries import ApprovalEntry
from workflow.plans.spellings import PLAN_NAME
from workflow.plans.text import Text

_ID = {"type": "string", "pattern": r"^[^\s:/\\\[\]{},]+$"}
_SPANS = {"type": "array", "items": {"type": "string", "pattern": r"^\s*\d{1,2}:\d\d"}}
_TITLE = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
            "additionalProperties": False,
        },
    ]
}
_RULE = {
    "description": "A rule as text (`30 min`, `3 working days`, `same day`, `promptly`), or a "
    "mapping with the rule's name and its options.",
    "anyOf": [
        {"type": "string"},
        *(
            {
                "type": "object",
                "required": [name],
                "properties": {name: True, **dict.fromkeys(options, True)},
                "additionalProperties": False,
            }
            for name, options in OPTIONS.items()
        ),
        {"type": "object", "required": ["rule"], "properties": {"rule": {"type": "string"}}},
    ],
}
_BY_WHEN = {
    "anyOf": [
        {"$ref": "#/$defs/Rule"},
        {
            "type": "object",
            "required": ["parameter"],
            "properties": {"parameter": _ID},
            "additionalProperties": False,
        },
    ]
}
_RECURRING = {
    "type": "object",
    "properties": {
        **{field.name: True for field in attrs.fields(Recurring) if field.init},
        **{key: {"type": "string"} for key in ("every", "rrule", "by", "of")},
    },
    "additionalProperties": False,
}
_LEAVES: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    types.Id: _ID,
    types.Ids: {"anyOf": [_ID, {"type": "array", "items": _ID}]},
    types.Label: {"type": ["string", "number"]},
    types.PlanName: {"type": "string", "pattern": f"^{PLAN_NAME.pattern}$"},
    types.ZoneName: {"type": "string"},
    types.Times: {"type": "integer", "minimum": 1},
    types.FormatVersion: {"const": 1},
    types.ByWhen: {"$ref": "#/$defs/ByWhen"},
    types.WeekHours: {"type": "object", "additionalProperties": _SPANS},
    types.HoursByDate: {"type": "object", "additionalProperties": _SPANS},
    types.DayHours: _SPANS,
    types.PublicHolidays: {
        "anyOf": [
            {"type": "string"},
            {"type": "array", "items": {"type": "string"}},
            {"type": "object", "additionalProperties": {"type": "string"}},
        ]
    },
    Text: {"$ref": "#/$defs/Title"},
    Rule: {"$ref": "#/$defs/Rule"},
    Recurring: {"$ref": "#/$defs/Recurring"},
    Warn: {"type": "string"},
    Duration: {"type": "string"},
}


def plan_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a plan document, as plain content."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A plan document of workflow-sla, format version 1",
        **_entry(PlanEntry),
        "$defs": {
            "Title": _TITLE,
            "Rule": _RULE,
            "ByWhen": _BY_WHEN,
            "Recurring": _RECURRING,
            **{cls.__name__: _with_short_form(cls) for cls in ENTRIES if cls is not PlanEntry},
        },
    }


def schema_text() -> str:
    """The schema as the file `plan.schema.json` holds it."""
    return json.dumps(plan_schema(), indent=2, ensure_ascii=False) + "\n"


@functools.cache
def meanings(cls: type) -> Mapping[str, str]:
    """What each key of an entry means, from the docstring of its class."""
    said: dict[str, str] = {}
    name = ""
    _, _, attributes = inspect.cleandoc(cls.__doc__ or "").partition("Attributes:\n")
    for line in attributes.splitlines():
        found = re.fullmatch(r"    (\w+): (.*)", line)
        if found:
            name = found[1].removesuffix("_")
            said[name] = found[2]
        elif name and line.strip():
            said[name] += f" {line.strip()}"
    return said


def _entry(cls: type) -> dict[str, Any]:
    attrs.resolve_types(cls)
    fields = attrs.fields(cls)
    schema: dict[str, Any] = {
        "description": inspect.cleandoc(cls.__doc__ or "").splitlines()[0],
        "type": "object",
        "properties": {
            key_of(field): {"description": meanings(cls)[key_of(field)], **_of(field.type)}
            for field in fields
        },
        "additionalProperties": False,
    }
    needed = [key_of(field) for field in fields if field.metadata.get("required")]
    return {**schema, "required": needed} if needed else schema


def _with_short_form(cls: type) -> dict[str, Any]:
    """An entry that may also be written as plain text, or as a list of roles."""
    if cls is ApprovalEntry:
        return {"anyOf": [_LEAVES[types.Ids], _entry(cls)]}
    if "en" in meanings(cls) or cls is EventEntry:
        return {"anyOf": [{"type": "string"}, _entry(cls)]}
    return _entry(cls)


def _of(kind: Any) -> dict[str, Any]:
    """The schema of what a key accepts."""
    if kind in _LEAVES:
        return _LEAVES[kind]
    if get_origin(kind) is UnionType:
        return _of(get_args(kind)[0])
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _of(get_args(kind)[0])}
    if get_origin(kind) is Mapping:
        return {
            "type": "object",
            "propertyNames": _ID,
            "additionalProperties": _of(get_args(kind)[1]),
        }
    if issubclass(kind, enum.Enum):
        return {"enum": [member.value for member in kind]}
    return {"$ref": f"#/$defs/{kind.__name__}"}


if __name__ == "__main__":
    import sys

    sys.stdout.write(schema_text())
