"""YAML as a plain tree that knows the line of each field.

Read as YAML 1.2: `on` and `no` are words, `1:30` is no number, dates and decimal fractions stay
text. Tags, anchors, aliases, duplicate keys and empty values are faults, and so is a second
document in one text. The tree is built from the parser's events, without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from workflow.errors import PlanDocumentError
from workflow.plans.faults import Fault, FieldPath, field_text, kind_of, unreadable

if TYPE_CHECKING:
    from ruamel.yaml.events import Event, ScalarEvent

DEEPEST = 20
"""How deep mappings and lists may stand in each other."""

_TRUE, _FALSE = frozenset({"true", "True", "TRUE"}), frozenset({"false", "False", "FALSE"})
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BARE_COLON = re.compile(r""":[ ]+[^\s"'\[{,][^,\]}"']*:[ ]""")
"""A value that is a bare text with a colon of its own in it."""
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}", re.ASCII)


@attrs.frozen(kw_only=True)
class Tree:
    """A text that was read.

    Attributes:
        content: Its plain content.
        lines: The line of each field, counted from 1.
        faults: What is wrong with it that leaves its structure readable.
    """

    content: dict[str, Any]
    lines: Mapping[FieldPath, int]
    faults: tuple[Fault, ...]


def read_yaml(text: str, name: str) -> Tree:
    """The tree of a YAML text.

    Raises:
        PlanDocumentError: It cannot be parsed, is empty, or is not one mapping.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    tree = _Builder(name)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            tree.take(event)
    except YAMLError as error:
        raise _syntax(error, text, name) from error
    except (ValueError, TypeError, AssertionError, LookupError, AttributeError) as error:
        # The parser answers some malformed directives and escapes with errors of its own code.
        raise unreadable(name, "It is not YAML: the parser cannot read it.") from error
    return tree.done()


class _Builder:
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
                raise unreadable(
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
            if len(self.open) >= DEEPEST:
                raise unreadable(f"{self.name}:{line}", f"It is nested more than {DEEPEST} deep.")
            self.open.append(_Open(value, path))

    def done(self) -> Tree:
        if self.root is None:
            raise unreadable(self.name, "It is empty.")
        if not isinstance(self.root, dict):
            raise unreadable(
                self.name,
                f"The document is {kind_of(self.root)}.",
                allowed="a mapping of the plan's keys",
            )
        return Tree(content=self.root, lines=self.lines, faults=tuple(self.faults))

    def _key(self, here: _Open, event: Event, line: int) -> None:
        from ruamel.yaml.events import ScalarEvent

        if not isinstance(event, ScalarEvent):
            raise unreadable(
                f"{self.name}:{line}, {field_text(here.path)}".removesuffix(", "),
                "A key is not text.",
                allowed="a word, such as name",
            )
        key = str(event.value)
        path = (*here.path, key)
        self._refuse_references(event, path)
        if key in here.seen:
            what = f"The key stands twice, the first time in line {self.lines[path]}."
            self.faults.append(Fault(path=path, what=what, line=line))
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


def _syntax(error: Any, text: str, name: str) -> PlanDocumentError:
    """The error of a text that cannot be parsed, with the line that the parser names."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        problem = getattr(error, "problem", None) or "it cannot be read"
        line = text.split("\n")[min(mark.line, text.count("\n"))]
        mend = 'Put a text that holds ": " in quotes.' if _BARE_COLON.search(line) else ""
        return unreadable(f"{name}:{mark.line + 1}", f"It is not YAML: {problem}.", mend=mend)
    character, position = getattr(error, "character", None), getattr(error, "position", 0)
    if isinstance(character, int):
        line = text.count("\n", 0, position) + 1
        return unreadable(f"{name}:{line}", f"The character U+{character:04X} may not stand here.")
    return unreadable(name, "It is not YAML: it cannot be read.")
