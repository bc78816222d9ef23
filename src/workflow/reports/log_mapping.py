"""Mapping files: a log format written down in YAML, read with every fault named by its line.

Every key is described in `docs/how-to/replay-a-log.md`, and `examples/real/` has two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from workflow.durations import Duration
from workflow.errors import LogFormatError, WorkflowError, did_you_mean
from workflow.instants import Micros, zone_of
from workflow.reports.log_format import LogFormat, Named, Tells, Times, Verdict

ENCODINGS = ("utf-8", "gb18030", "big5", "shift_jis", "latin-1", "cp1252")
"""The encodings that a mapping file may name: those that can be read line by line."""

_LARGEST = 1_000_000
_T = TypeVar("_T")


def read_mapping(path: Path) -> LogFormat:
    """The log format that a mapping file describes.

    Raises:
        LogFormatError: The file cannot be read, is not YAML, or a key or value of it cannot be
            used; the error names the line and the key.
    """
    top = _Node(_yaml(path), str(path), "", 1)
    top.keys("log", "case", "order", "only", "times", "level", "category", "events", "data",
             "compare", "delimiter", "encoding")  # fmt: skip
    if top.value.get("log") != 1:
        raise top.wrong("log", "1, the version of the format")
    times = top.child("times")
    delimiter = top.text("delimiter", ",")
    if len(delimiter) != 1:
        raise top.wrong("delimiter", "one character")
    encoding = top.text("encoding", "utf-8").lower()
    if encoding not in ENCODINGS:
        raise top.wrong("encoding", ", ".join(ENCODINGS))
    events = tuple(_tells(node) for node in top.children("events"))
    if not events:
        raise top.wrong("events", "one event or more")
    return LogFormat(
        case=top.text("case"),
        order=top.text("order"),
        times=_times(times),
        events=events,
        only={key: top.child("only").texts(key) for key in top.child("only").value},
        level=_named(top, "level"),
        category=_named(top, "category"),
        data=top.child("data").all_texts(),
        compare=tuple(_verdict(node) for node in top.children("compare")),
        delimiter=delimiter,
        encoding=encoding,
    )


def _times(node: _Node) -> Times:
    node.keys("timezone", "pattern", "mistaken_for", "empty", needed=("timezone",))
    mistaken = node.text("mistaken_for")
    return Times(
        zone=node.read("timezone", zone_of),
        pattern=node.text("pattern"),
        mistaken_for=node.read("mistaken_for", zone_of) if mistaken else None,
        empty=frozenset(node.texts("empty")),
    )


def _named(top: _Node, key: str) -> Named | None:
    if key not in top.value:
        return None
    node = top.child(key)
    node.keys("column", "values", "changes", "at", needed=("column", "values"))
    if node.text("changes") and not node.text("at"):
        raise node.wrong("at", "the column with the time of a change, beside changes")
    return Named(
        column=node.text("column"),
        values=node.child("values").all_texts(),
        changes=node.text("changes"),
        at=node.text("at"),
    )


def _tells(node: _Node) -> Tells:
    node.keys("event", "at", "first", "column", "becomes", "after", "not_after", "by", "states",
              needed=("event", "at"))  # fmt: skip
    first = node.value.get("first", False)
    if not isinstance(first, bool):
        raise node.wrong("first", "true or false")
    if bool(node.text("column")) != bool(node.texts("becomes")):
        raise node.wrong("becomes", "column and becomes together, or neither")
    return Tells(
        event=node.text("event"),
        at=node.text("at"),
        first=first,
        column=node.text("column"),
        becomes=node.texts("becomes"),
        after=node.texts("after"),
        not_after=node.texts("not_after"),
        by=node.text("by"),
        states=node.texts("states"),
    )


def _verdict(node: _Node) -> Verdict:
    node.keys("name", "obligation", "column", "on_time", "late", "due", "earlier", "later", "per",
              needed=("name", "obligation"))  # fmt: skip
    if bool(node.text("column")) == bool(node.text("due")):
        raise node.wrong("column", "column (with on_time and late) or due, one of them")
    if node.text("column") and not (node.texts("on_time") and node.texts("late")):
        raise node.wrong("on_time", "the values that mean on time, and those that mean late")
    if node.text("per") not in {"", "level", "category"}:
        raise node.wrong("per", "level or category")
    return Verdict(
        name=node.text("name"),
        obligations=node.texts("obligation"),
        column=node.text("column"),
        on_time=node.texts("on_time"),
        late=node.texts("late"),
        due=node.text("due"),
        earlier=node.read("earlier", _exact, Micros(0)),
        later=node.read("later", _exact, Micros(0)),
        per=node.text("per"),
    )


def _exact(text: str) -> Micros:
    amount = Duration.parse(text)
    if amount != Duration(exact=amount.exact):
        raise LogFormatError(f'"{text}" is not exact time.', allowed="s, min or h")
    return amount.exact


class _Node:
    """A mapping of the document, which knows where it stands."""

    def __init__(self, value: object, file: str, field: str, line: int) -> None:
        self.file, self.field, self.line = file, field, line
        if not isinstance(value, Mapping):
            raise LogFormatError(
                f"{value!r} is not a mapping.", place=self.place(), allowed="keys and values"
            )
        self.value: Mapping[str, Any] = value

    def place(self, key: str = "") -> str:
        lines = getattr(getattr(self, "value", None), "lc", None)
        line = self.line
        if key and lines is not None and key in self.value:
            line = lines.key(key)[0] + 1
        field = ".".join(part for part in (self.field, key) if part)
        return f"{self.file}:{line}, {field}" if field else f"{self.file}:{line}"

    def wrong(self, key: str, allowed: str) -> LogFormatError:
        found = repr(self.value[key]) if key in self.value else "missing"
        return LogFormatError(f"{key} is {found}.", place=self.place(key), allowed=allowed)

    def keys(self, *known: str, needed: Iterable[str] = ()) -> None:
        for key in self.value:
            if key not in known:
                raise LogFormatError(
                    f'"{key}" is not a key here.',
                    place=self.place(key),
                    allowed=", ".join(known),
                    mend=did_you_mean(str(key), known),
                )
        for key in needed:
            if key not in self.value:
                raise self.wrong(key, "a value")

    def text(self, key: str, otherwise: str = "") -> str:
        value = self.value.get(key, otherwise)
        if not isinstance(value, str):
            raise self.wrong(key, 'a text; put it in quotes: "true"')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.value.get(key, [])
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise self.wrong(key, 'a text or a list of texts; put numbers and true in quotes: "true"')

    def all_texts(self) -> dict[str, str]:
        return {key: self.text(key) for key in self.value}

    def child(self, key: str) -> _Node:
        return self._node(self.value.get(key, {}), key, key)

    def children(self, key: str) -> list[_Node]:
        value = self.value.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, "a list")
        return [self._node(item, key, f"{key}[{place}]") for place, item in enumerate(value)]

    def read(self, key: str, read: Callable[[str], _T], otherwise: _T | None = None) -> _T:
        if key not in self.value and otherwise is not None:
            return otherwise
        try:
            return read(self.text(key))
        except WorkflowError as error:
            raise LogFormatError(
                error.what, place=self.place(key), allowed=error.allowed, mend=error.mend
            ) from error

    def _node(self, value: object, key: str, shown: str) -> _Node:
        field = ".".join(part for part in (self.field, shown) if part)
        lines = getattr(value, "lc", None)
        line = (
            lines.line + 1
            if lines is not None
            else int(self.place(key).split(":")[-1].split(",")[0])
        )
        return _Node(value, self.file, field, line)


def _yaml(path: Path) -> object:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        raw = path.read_bytes()
        if len(raw) > _LARGEST:
            raise LogFormatError("The mapping file is larger than 1 MB.", place=str(path))
        return YAML(typ="rt").load(raw.decode("utf-8"))
    except OSError as error:
        raise LogFormatError(
            f"The mapping file cannot be read: {(error.strerror or str(error)).lower()}.",
            place=str(path),
            allowed="a YAML file",
        ) from error
    except UnicodeDecodeError as error:
        raise LogFormatError("The mapping file is not UTF-8.", place=str(path)) from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = (error.problem or "it cannot be read").split("\n")[0]
        raise LogFormatError(f"The file is not YAML: {what}.", place=f"{path}:{line}") from error
    except (YAMLError, RecursionError, ValueError) as error:
        raise LogFormatError("The file is not YAML.", place=str(path)) from error
