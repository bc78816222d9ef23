"""Documents: a YAML or TOML file or text as a plain tree that knows the line of each field.

`yaml_tree.py` says how YAML is read. TOML has no line numbers to give, so its faults name the
field alone. Nothing here knows what a plan is. Design: "The nouns", the word "plan".
"""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

import attrs

from workflow.errors import PlanDocumentError, PlanError, did_you_mean
from workflow.plans.faults import Fault, FieldPath, field_text, is_explained, unreadable
from workflow.plans.yaml_tree import DEEPEST, read_yaml

Format: TypeAlias = Literal["yaml", "toml"]
"""How a document is written."""

LARGEST = 5_000_000
"""The most bytes that a document may hold. The largest documented plan holds about 60,000."""

_FORMATS: Mapping[str, Format] = {".yaml": "yaml", ".yml": "yaml", ".toml": "toml"}


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

    def place(self, path: FieldPath, line: int = 0) -> str:
        """`file:line, field` of a field, or of the nearest one around it that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        line = line or self.lines.get(path, 0)
        where = f"{self.name}:{line}" if line else self.name
        return f"{where}, {field_text(path)}" if path else where

    def raise_faults(self, faults: Iterable[Fault]) -> None:
        """Raise all the faults as one error, in the order of the document; none: do nothing.

        Raises:
            PlanDocumentError: There is at least one.
        """
        found = list(dict.fromkeys(faults))
        told = [fault for fault in found if not is_explained(fault, found)]
        if not told:
            return
        order = {path: number for number, path in enumerate(self.lines)}

        def position(fault: Fault) -> tuple[int, int]:
            path = fault.path
            while path and path not in order:
                path = path[:-1]
            return fault.line or self.line(fault.path), order.get(path, -1)

        raise PlanDocumentError(
            PlanError(
                fault.what,
                place=self.place(fault.path, fault.line),
                allowed=fault.allowed,
                mend=fault.mend,
            )
            for fault in sorted(told, key=position)
        )

    def line(self, path: FieldPath) -> int:
        """The line of a field, or of the nearest one around it that exists; 0 if not known."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)


def read_file(path: str | os.PathLike[str]) -> Document:
    """Read a YAML or TOML file, chosen by its suffix.

    Raises:
        PlanDocumentError: There is no such file, it is a directory, too large, not UTF-8, of
            another format, or cannot be parsed.
    """
    name = os.fspath(path).replace("\0", "\\0")
    format = _FORMATS.get(Path(name).suffix.lower())  # noqa: A001 - "format" is what it is
    try:
        directory = Path(name).is_dir()
        if format is None and not directory and Path(name).exists():
            raise unreadable(name, "It is no plan document.", allowed=".yaml, .yml, .toml")
        if directory:
            raise unreadable(
                name, "It is a directory, not a plan document.", mend="Name one file in it."
            )
        with Path(name).open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise unreadable(name, "There is no such file.", mend=_near_file(Path(name))) from error
    except (OSError, ValueError) as error:  # a ValueError is a null byte in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise unreadable(name, f"It cannot be read: {reason}.") from error
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
        raise unreadable(name, f'"{format}" is not a format.', allowed="yaml, toml")
    if not isinstance(text, str):
        raise unreadable(name, f"{type(text).__name__} is not text.", allowed="text")
    if len(text) > LARGEST:
        raise _too_large(name)
    if not text.strip():
        raise unreadable(name, "It is empty.", mend='A plan begins with "workflow: 1" and a name.')
    if format == "toml":
        return _read_toml(text, name)
    tree = read_yaml(text, name)
    return Document(name=name, content=tree.content, lines=tree.lines, faults=tree.faults)


def _decoded(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise unreadable(
            f"{name}:{line}",
            "It is not UTF-8 text.",
            allowed="UTF-8",
            mend="Save the file as UTF-8.",
        ) from error


def _read_toml(text: str, name: str) -> Document:
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "it is nested too deep"
        raise unreadable(name, f"It is not TOML: {reason}.") from error
    return read_plain(content, name=name)


def read_plain(content: Mapping[str, Any], *, name: str) -> Document:
    """A document from content that is plain already, such as that of TOML. It has no lines."""
    lines: dict[FieldPath, int] = {(): 0}
    plain = {key: _plain(value, (key,), lines, name) for key, value in content.items()}
    return Document(name=name, content=plain, lines=lines)


def _plain(value: Any, path: FieldPath, lines: dict[FieldPath, int], name: str) -> Any:
    """TOML's values as those of YAML: dates, times and decimal fractions become text."""
    lines[path] = 0
    if len(path) > DEEPEST:
        raise unreadable(name, f"It is nested more than {DEEPEST} deep.")
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


def _too_large(name: str) -> PlanDocumentError:
    return unreadable(name, "It is too large.", allowed=f"at most {LARGEST:,} bytes")


def _near_file(path: Path) -> str:
    return did_you_mean(path.name, _names_in(path.parent))


def _names_in(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        for found in folder.iterdir():
            if found.suffix.lower() in _FORMATS:
                yield found.name
