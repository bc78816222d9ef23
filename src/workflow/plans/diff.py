"""Differences: what another version of a plan adds, drops, tightens, loosens or changes.

A time is tightened or loosened only where both versions count the same thing with the same
options, so that the answer does not depend on the day; any other change of a time is a change.
Design: "The nouns", the words "plan" and "obligation".
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from workflow.deadlines.rule import Rule
from workflow.plans.check_obligations import later
from workflow.plans.model import Plan
from workflow.plans.obligation import Due, Obligation
from workflow.plans.text import Language, Text


class ChangeKind(enum.Enum):
    """What became of a part of a plan."""

    ADDED = "added"
    DROPPED = "dropped"
    TIGHTENED = "tightened"
    """Less time than before, or a limit where there was none, or advice that is now a duty."""
    LOOSENED = "loosened"
    CHANGED = "changed"


@attrs.frozen(kw_only=True)
class Change:
    """One difference.

    Attributes:
        kind: What became of it.
        part: Which part of a plan: `obligation`, `stage`, `transition`, `level`, ...
        id: Its id; for a transition `event from stage`, for the plan's own fields empty.
        field: The field, in the words of a plan document; empty when all of it came or went.
        before: What it was, in words, where words are short.
        after: What it is now.
    """

    kind: ChangeKind
    part: str
    id: str = ""
    field: str = ""
    before: str = ""
    after: str = ""

    def text(self, lang: Language = "en") -> str:
        """One line: `tightened: obligation notify-city, within: 30 min -> 20 min`."""
        words = _WORDS[self.kind].words(lang)
        where = f"{_PARTS[self.part].words(lang)} {self.id}".strip()
        colon, comma = ("：", "，") if lang == "zh" else (": ", ", ")
        line = f"{words}{colon}{where}"
        if self.field:
            line += f"{comma}{self.field}"
        if self.before or self.after:
            line += f"{colon}{self.before or '-'} -> {self.after or '-'}"
        return line


@attrs.frozen(kw_only=True)
class PlanDiff:
    """The differences between two plans, in the order of the parts of a plan.

    Attributes:
        old: The plan before.
        new: The plan after.
        changes: What is different; nothing for equal plans.
    """

    old: Plan
    new: Plan
    changes: tuple[Change, ...]

    def of(self, kind: ChangeKind, part: str = "obligation") -> tuple[str, ...]:
        """The ids of a part to which that happened, each once."""
        found = (it.id for it in self.changes if it.kind is kind and it.part == part)
        return tuple(dict.fromkeys(found))

    def text(self, lang: Language = "en") -> str:
        """All the differences, one a line, under a line that names both plans."""
        head = f"{self.old.name} {self.old.version} -> {self.new.name} {self.new.version}"
        lines = [change.text(lang) for change in self.changes]
        none = "没有差别。" if lang == "zh" else "No difference."
        return "\n".join([head, *(lines or [none])])

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.changes)

    def __str__(self) -> str:
        """The differences in English."""
        return self.text()


_WORDS: Mapping[ChangeKind, Text] = {
    ChangeKind.ADDED: Text("added", "新增"),
    ChangeKind.DROPPED: Text("dropped", "删除"),
    ChangeKind.TIGHTENED: Text("tightened", "收紧"),
    ChangeKind.LOOSENED: Text("loosened", "放宽"),
    ChangeKind.CHANGED: Text("changed", "变更"),
}
_PARTS: Mapping[str, Text] = {
    "plan": Text("plan", "预案"),
    "calendar": Text("calendar", "日历"),
    "source": Text("source", "来源"),
    "role": Text("role", "角色"),
    "level": Text("level", "级别"),
    "category": Text("category", "类别"),
    "condition": Text("condition", "情形"),
    "parameter": Text("parameter", "参数"),
    "stage": Text("stage", "阶段"),
    "transition": Text("transition", "转换"),
    "event": Text("event", "事件"),
    "obligation": Text("obligation", "任务"),
    "conflict": Text("conflict", "矛盾之处"),
}
_LISTS = {
    "source": "sources",
    "role": "roles",
    "level": "levels",
    "category": "categories",
    "condition": "conditions",
    "parameter": "parameters",
    "stage": "stages",
    "event": "events",
}
_OWN = ("name", "version", "title", "timezone", "calendar", "opens", "notes")
_KEYS = {"together_with": "with", "anchors": "from", "applies": "level, category, stage, when"}


def diff(old: Plan, new: Plan) -> PlanDiff:
    """What `new` adds to `old`, drops from it, tightens, loosens or changes."""
    return PlanDiff(old=old, new=new, changes=tuple(_changes(old, new)))


def _changes(old: Plan, new: Plan) -> Iterator[Change]:
    for field in _OWN:
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            yield _changed("plan", "", field, was, now)
    yield from _parts("calendar", old.calendars, new.calendars)
    for part, name in _LISTS.items():
        yield from _parts(part, _by_id(getattr(old, name)), _by_id(getattr(new, name)))
    yield from _order(old, new)
    yield from _parts("transition", _moves(old), _moves(new))
    befores, afters = _by_id(old.obligations), _by_id(new.obligations)
    yield from _came_and_went("obligation", befores, afters)
    for name, before in befores.items():
        if name in afters:
            yield from _obligation(before, afters[name])
    conflicts = [{it.about: it for it in plan.conflicts} for plan in (old, new)]
    yield from _parts("conflict", *conflicts)


def _came_and_went(part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in old:
        if name not in new:
            yield Change(kind=ChangeKind.DROPPED, part=part, id=name)
    for name in new:
        if name not in old:
            yield Change(kind=ChangeKind.ADDED, part=part, id=name)


def _parts(part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    yield from _came_and_went(part, old, new)
    for name, before in old.items():
        if name in new and before != new[name]:
            yield from _fields(part, name, before, new[name])


def _fields(part: str, name: str, before: Any, after: Any) -> Iterator[Change]:
    if not attrs.has(type(before)) or part == "calendar":
        yield _changed(part, name, "", before, after)
        return
    for field in attrs.fields(type(before)):
        was, now = getattr(before, field.name), getattr(after, field.name)
        if was != now:
            if part == "parameter" and field.name == "value":
                yield from _rule(part, name, "value", was, now)
            else:
                yield _changed(part, name, field.name, was, now)


def _order(old: Plan, new: Plan) -> Iterator[Change]:
    """Stages and levels stand in an order that means something."""
    for part, name in (("stage", "stages"), ("level", "levels")):
        was = [it.id for it in getattr(old, name) if it.id in _by_id(getattr(new, name))]
        now = [it.id for it in getattr(new, name) if it.id in _by_id(getattr(old, name))]
        if was != now:
            yield Change(
                kind=ChangeKind.CHANGED,
                part=part,
                field="order",
                before=", ".join(was),
                after=", ".join(now),
            )


def _moves(plan: Plan) -> dict[str, Any]:
    return {
        f"{move.event} {source}": attrs.evolve(move, sources=(source,))
        for move in plan.transitions
        for source in move.sources
    }


def _obligation(old: Obligation, new: Obligation) -> Iterator[Change]:
    name = old.id
    yield from _due(name, "", old.due, new.due)
    for level in dict.fromkeys([*old.by_level, *new.by_level]):
        # At a level without a time of its own the general one holds.
        was, now = old.by_level.get(level, old.due), new.by_level.get(level, new.due)
        if level not in old.by_level or level not in new.by_level or was != now:
            yield from _due(name, f"by_level.{level}.", was, now)
    if old.advice != new.advice:
        kind = ChangeKind.LOOSENED if new.advice else ChangeKind.TIGHTENED
        words = ("advice", "duty") if old.advice else ("duty", "advice")
        yield Change(kind=kind, part="obligation", id=name, before=words[0], after=words[1])
    for field in attrs.fields(Obligation):
        if field.name in {"id", "due", "by_level"}:
            continue
        was_, now_ = getattr(old, field.name), getattr(new, field.name)
        if was_ != now_ and not (field.name in {"soft", "practice"} and old.advice != new.advice):
            yield _changed("obligation", name, _KEYS.get(field.name, field.name), was_, now_)


def _due(name: str, at: str, old: Due, new: Due) -> Iterator[Change]:
    yield from _rule("obligation", name, f"{at}target", old.target, new.target)
    yield from _rule("obligation", name, f"{at}within", old.limit, new.limit)
    if old.parameter != new.parameter:
        yield _changed("obligation", name, f"{at}parameter", old.parameter, new.parameter)


def _rule(part: str, name: str, field: str, old: Rule | None, new: Rule | None) -> Iterator[Change]:
    if old == new:
        return
    kind = ChangeKind.CHANGED
    if old is None or new is None:
        kind = ChangeKind.TIGHTENED if old is None else ChangeKind.LOOSENED
    elif _comparable(old, new):
        kind = ChangeKind.TIGHTENED if later(old, new) else ChangeKind.LOOSENED
    yield Change(
        kind=kind,
        part=part,
        id=name,
        field=field,
        before="" if old is None else old.words(),
        after="" if new is None else new.words(),
    )


def _comparable(old: Rule, new: Rule) -> bool:
    """Whether one allows more time than the other on every day: only the amounts differ."""
    if later(old, new) is None:
        return False
    amounts: list[Any] = [getattr(rule, "amount", None) for rule in (old, new)]
    if amounts[0] is None or amounts[1] is None:
        return True  # two fixed dates
    same: bool = attrs.evolve(old, amount=amounts[1]) == new  # type: ignore[misc]  # every rule is an attrs class
    return same


def _by_id(items: Any) -> dict[str, Any]:
    return {item.id: item for item in items}


def _changed(part: str, name: str, field: str, before: Any, after: Any) -> Change:
    """A change, with the values where they are words."""
    said = [_said(value) for value in (before, after)]
    return Change(
        kind=ChangeKind.CHANGED, part=part, id=name, field=field, before=said[0], after=said[1]
    )


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, str | Text | int):
        return str(value)
    words = getattr(value, "words", None)
    return str(words()) if words is not None else ""
