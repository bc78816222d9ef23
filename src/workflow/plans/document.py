"""Documents: YAML or TOML text as a plain tree that knows the line of each field.

YAML is read as YAML 1.2: `on` and `no` are words, `1:30` is no number, dates and decimal
fractions stay text. Tags,
anchors, aliases, duplicate keys and empty values are faults, and so is a second document in one
file. TOML has no line numbers to give, so its faults name the field alone.

Nothing here knows what a plan is. Design: "The nouns", the word "plan".
"""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from workflow.errors import PlanDocumentError, PlanError, did_you_mean

if TYPE_CHECKING:
    from ruamel.yaml.events import Event, ScalarEvent

Format: TypeAlias = Literal["yaml", "toml"]
"""How a document is written."""

FieldPath: TypeAlias = tuple[str | int, ...]
"""Where a field is: keys of mappings and places in lists, from the top."""

LARGEST = 5_000_000
"""The most bytes that a document may hold. The largest documented plan holds about 60,000."""

_DEEPEST = 20
_FORMATS: Mapping[str, Format] = {".yaml": "yaml", ".yml": "yaml", ".toml": "toml"}
_TRUE, _FALSE = frozenset({"true", "True", "TRUE"}), frozenset({"false", "False", "FALSE"})
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}", re.ASCII)


@attrs.frozen(kw_only=True)
class Fault:
    """Something wrong in a document or a plan, at a field.

    Attributes:
        path: Where.
        what: What was found, in one sentence.
        allowed: What would have been accepted, or empty.
        mend: How to mend it, or empty.
        unless: Fields whose own faults explain this one, so that it need not be told.
    """

    path: FieldPath
    what: str
    allowed: str = ""
    mend: str = ""
    unless: tuple[FieldPath, ...] = ()


@attrs.frozen(kw_only=True)
class Document:
    """A document that was read.

    Attributes:
        name: What the text is called in error messages: the path as it was given.
        content: The plain content: mappings, lists, texts, numbers, truth values.
        lines: The line of each field, counted from 1; 0 where it is not known.
        faults: What is wrong with the document itself.
    """

    name: str
    content: dict[str, Any]
    lines: Mapping[FieldPath, int] = attrs.field(repr=False)
    faults: tuple[Fault, ...] = ()

    def has(self, path: FieldPath) -> bool:
        """Whether the document states that field."""
        return path in self.lines

    def place(self, path: FieldPath) -> str:
        """`file:line, field` of a field, or of the nearest one around it that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        line = self.lines.get(path, 0)
        where = f"{self.name}:{line}" if line else self.name
        return f"{where}, {field_text(path)}" if path else where

    def line(self, path: FieldPath) -> int:
        """The line of a field, or of the nearest one around it that exists; 0 if not known."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)


def field_text(path: FieldPath) -> str:
    """A path as people read it: `obligations[3].within`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def raise_faults(document: Document, faults: list[Fault]) -> None:
    """Raise all the faults as one error, in the order of the document; none: nothing happens.

    Raises:
        PlanDocumentError: There is at least one.
    """
    told = [fault for fault in dict.fromkeys(faults) if not _explained(fault, faults)]
    if not told:
        return
    order = {path: number for number, path in enumerate(document.lines)}

    def position(fault: Fault) -> tuple[int, int]:
        path = fault.path
        while path and path not in order:
            path = path[:-1]
        return document.line(fault.path), order.get(path, -1)

    raise PlanDocumentError(
        PlanError(
            fault.what, place=document.place(fault.path), allowed=fault.allowed, mend=fault.mend
        )
        for fault in sorted(told, key=position)
    )


def _explained(fault: Fault, faults: list[Fault]) -> bool:
    """Whether a fault of a field that it rests on explains it."""
    return any(
        other is not fault and other.path[: len(field)] == field
        for field in fault.unless
        for other in faults
    )


def read_file(path: str | os.PathLike[str]) -> Document:
    """Read a YAML or TOML file, chosen by its suffix.

    Raises:
        PlanDocumentError: There is no such file, it is a directory, too large, not UTF-8, of
            another format, or cannot be parsed.
    """
    name = os.fspath(path)
    format = _FORMATS.get(Path(name).suffix.lower())  # noqa: A001 - "format" is what it is
    try:
        directory = Path(name).is_dir()
        if format is None and not directory and Path(name).exists():
            raise _unreadable(name, "It is no plan document.", allowed=".yaml, .yml, .toml")
        if directory:
            raise _unreadable(
                name, "It is a directory, not a plan document.", mend="Name one file in it."
            )
        with Path(name).open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise _unreadable(name, "There is no such file.", mend=_near_file(Path(name))) from error
    except (OSError, ValueError) as error:  # a ValueError is a null byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise _unreadable(name, f"It cannot be read: {reason}.") from error
    if len(raw) > LARGEST:
        raise _too_large(name)
    return read_text(_decoded(raw, name), format=format or "yaml", name=name)


def read_text(text: str, *, format: Format = "yaml", name: str = "<text>") -> Document:  # noqa: A002 - "format" is what it is
    """Read YAML or TOML text; `name` is what error messages call it.

    Faults of the document that leave its structure readable are kept in `Document.faults`, so
    that they can be told together with those of its content.

    Raises:
        PlanDocumentError: It cannot be parsed, is empty, too large, or not a mapping.
    """
    if format not in ("yaml", "toml"):
        raise _unreadable(name, f'"{format}" is not a format.', allowed="yaml, toml")
    if not isinstance(text, str):
        raise _unreadable(name, f"{type(text).__name__} is not text.", allowed="text")
    if len(text) > LARGEST:
        raise _too_large(name)
    if not text.strip():
        raise _unreadable(name, "It is empty.", mend='A plan begins with "workflow: 1" and a name.')
    return _read_toml(text, name) if format == "toml" else _read_yaml(text, name)


def _decoded(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _unreadable(
            f"{name}:{line}",
            "It is not UTF-8 text.",
            allowed="UTF-8",
            mend="Save the file as UTF-8.",
        ) from error


# YAML.


def _read_yaml(text: str, name: str) -> Document:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    tree = _Tree(name)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            tree.take(event)
    except YAMLError as error:
        raise _syntax(error, name) from error
    except (ValueError, TypeError, AssertionError, LookupError, AttributeError) as error:
        # The parser answers some malformed directives and escapes with errors of its own code.
        raise _unreadable(name, "It is not YAML: the parser cannot read it.") from error
    return tree.document()


class _Tree:
    """A plain tree, built from the parser's events without recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.lines: dict[FieldPath, int] = {}
        self.root: Any = None
        self.open: list[_Open] = []
        self.documents = 0

    def take(self, event: Event) -> None:
        from ruamel.yaml import events as kinds

        line = event.start_mark.line + 1 if event.start_mark is not None else 0
        if isinstance(event, kinds.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _unreadable(
                    f"{self.name}:{line}",
                    "A second document begins here.",
                    allowed="one document in a file",
                )
            return
        if isinstance(event, kinds.MappingEndEvent | kinds.SequenceEndEvent):
            self.open.pop()
            return
        if not isinstance(
            event,
            kinds.ScalarEvent
            | kinds.MappingStartEvent
            | kinds.SequenceStartEvent
            | kinds.AliasEvent,
        ):
            return
        here = self.open[-1] if self.open else None
        if here is not None and here.awaits_key:
            self._key(here, event, line)
            return
        path = () if here is None else here.next_path()
        if path not in self.lines:
            self.lines[path] = line
        self._refuse_references(event, path)
        value: Any = None
        if isinstance(event, kinds.ScalarEvent):
            value = _scalar(event)
            if value is None:
                self._fault(
                    path,
                    "It has no value." if path else "It is empty.",
                    mend="Leave the key out, or give it a value.",
                )
        elif isinstance(event, kinds.MappingStartEvent):
            value = {}
        elif isinstance(event, kinds.SequenceStartEvent):
            value = []
        if here is None:
            self.root = value
        else:
            here.put(value)
        if isinstance(value, dict | list):
            if len(self.open) >= _DEEPEST:
                raise _unreadable(f"{self.name}:{line}", f"It is nested more than {_DEEPEST} deep.")
            self.open.append(_Open(value, path))

    def document(self) -> Document:
        if self.root is None:
            raise _unreadable(self.name, "It is empty.")
        if not isinstance(self.root, dict):
            raise _unreadable(
                self.name,
                f"The document is {kind_of(self.root)}.",
                allowed="a mapping of the plan's keys",
            )
        return Document(
            name=self.name, content=self.root, lines=self.lines, faults=tuple(self.faults)
        )

    def _key(self, here: _Open, event: Event, line: int) -> None:
        from ruamel.yaml.events import ScalarEvent

        if not isinstance(event, ScalarEvent):
            raise _unreadable(
                Document(name=f"{self.name}:{line}", content={}, lines={here.path: 0}).place(
                    here.path
                ),
                "A key is not text.",
                allowed="a word, such as name",
            )
        key = str(event.value)
        path = (*here.path, key)
        self._refuse_references(event, path)
        if key in here.seen:
            first = self.lines[path]
            self._fault(
                here.path or (key,), f'The key "{key}" stands twice, in lines {first} and {line}.'
            )
        else:
            self.lines[path] = line
        here.begin(key)

    def _refuse_references(self, event: Event, path: FieldPath) -> None:
        from ruamel.yaml.events import AliasEvent

        anchor = getattr(event, "anchor", None)
        if isinstance(event, AliasEvent):
            self._fault(path, f'"*{anchor}" is a YAML alias.', mend="Write the value out.")
        elif anchor is not None:
            self._fault(path, f'"&{anchor}" is a YAML anchor.', mend="Leave it out.")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._fault(path, f'"{tag}" is a YAML tag.', mend="Leave it out.")

    def _fault(self, path: FieldPath, what: str, *, mend: str = "") -> None:
        self.faults.append(Fault(path=path, what=what, mend=mend))


class _Open:
    """A mapping or list that is being filled."""

    def __init__(self, value: dict[str, Any] | list[Any], path: FieldPath) -> None:
        self.value = value
        self.path = path
        self.awaits_key = isinstance(value, dict)
        self.key = ""
        self.seen: set[str] = set()
        self.count = 0

    def begin(self, key: str) -> None:
        self.key = key
        self.awaits_key = False

    def next_path(self) -> FieldPath:
        return (*self.path, self.key if isinstance(self.value, dict) else self.count)

    def put(self, value: Any) -> None:
        """Put a value in its place; an empty one is left out, and the first of two keys stays."""
        if isinstance(self.value, list):
            self.value.append(value)
            self.count += 1
            return
        if self.key not in self.seen and value is not None:
            self.value[self.key] = value
        self.seen.add(self.key)
        self.awaits_key = True


def _scalar(event: ScalarEvent) -> Any:
    """The value of a scalar: YAML 1.2's words for truth, whole numbers, else text as written."""
    text = str(event.value)
    if event.style is not None:
        return text
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if _WHOLE.fullmatch(text):
        return int(text)
    return text


def _syntax(error: Any, name: str) -> PlanDocumentError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    if not getattr(error, "problem", None) and getattr(error, "reason", None):
        problem = error.reason
    where = f"{name}:{mark.line + 1}" if mark is not None else name
    return _unreadable(where, f"It is not YAML: {problem}.")


# TOML.


def _read_toml(text: str, name: str) -> Document:
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "it is nested too deep"
        raise _unreadable(name, f"It is not TOML: {reason}.") from error
    return read_plain(content, name=name)


def read_plain(content: Mapping[str, Any], *, name: str) -> Document:
    """A document from content that is plain already, such as that of TOML. It has no lines."""
    lines: dict[FieldPath, int] = {(): 0}
    plain = {key: _plain(value, (key,), lines, name) for key, value in content.items()}
    return Document(name=name, content=plain, lines=lines)


def _plain(value: Any, path: FieldPath, lines: dict[FieldPath, int], name: str) -> Any:
    """TOML's values as those of YAML: dates, times and decimal fractions become text."""
    lines[path] = 0
    if len(path) > _DEEPEST:
        raise _unreadable(name, f"It is nested more than {_DEEPEST} deep.")
    if isinstance(value, dict):
        return {key: _plain(item, (*path, key), lines, name) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, (*path, number), lines, name) for number, item in enumerate(value)]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**18:
        return str(value)
    return value


# Words.


def kind_of(value: object) -> str:
    """What a plain value is, in words."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a mapping"


def shown(value: object) -> str:
    """A plain value as an error names it, cut to a line's length."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 60 else f'"{value[:57]}..."'
    return str(value) if isinstance(value, int) else kind_of(value)


def _unreadable(place: str, what: str, *, allowed: str = "", mend: str = "") -> PlanDocumentError:
    return PlanDocumentError([PlanError(what, place=place, allowed=allowed, mend=mend)])


def _too_large(name: str) -> PlanDocumentError:
    return _unreadable(name, "It is too large.", allowed=f"at most {LARGEST:,} bytes")


def _near_file(path: Path) -> str:
    return did_you_mean(path.name, _names_in(path.parent))


def _names_in(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        for found in folder.iterdir():
            if found.suffix.lower() in _FORMATS:
                yield found.name
