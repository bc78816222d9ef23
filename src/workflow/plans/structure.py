"""Structure: the plain content of a document as entries, with every fault of form at once.

The classes of `entries.py` say which keys there are, the cattrs hooks of `spellings.py` what each
looks like. A key that cannot be read is told and then left out, so that the rest of its entry,
and of the document, is read and checked too.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, get_args, get_origin

import attrs
import cattrs

from workflow.errors import WorkflowError, did_you_mean
from workflow.plans import entries
from workflow.plans.faults import Fault, FieldPath
from workflow.plans.obligation_entries import ApprovalEntry
from workflow.plans.spellings import ID, converter, not_an_id, wrong


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
            if cls is ApprovalEntry:
                given = {"by": given}
            else:
                self.faults.append(Fault(path=path, what=wrong(given), allowed="a mapping"))
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
            known[field.name] = converter().structure(value, declared)
        except cattrs.BaseValidationError as group:
            for error, inside in _leaves(group):
                self._told(error, (*path, *inside))
        except WorkflowError as error:
            self._told(error, path)

    def _items(self, cls: Any, value: Any, path: FieldPath) -> Iterator[Any]:
        if not isinstance(value, list):
            self.faults.append(Fault(path=path, what=wrong(value), allowed="a list"))
            return
        for number, item in enumerate(value):
            yield self.entry(cls, item, (*path, number))

    def _values(self, cls: Any, value: Any, path: FieldPath) -> Iterator[tuple[str, Any]]:
        if not isinstance(value, dict):
            self.faults.append(Fault(path=path, what=wrong(value), allowed="a mapping of ids"))
            return
        for key, item in value.items():
            if not ID.fullmatch(key):
                self._told(not_an_id(key), (*path, key))
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
