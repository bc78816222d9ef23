"""Earliest of and latest of: over other rules, each with its own anchor.

"4 h after classification and at most 24 h after awareness" is the earliest of two. A part
whose anchor has not happened does not count yet, nor does one that has no due instant; with
no part left there is none. While a pause holds up a part that counts, the latest of all is not
known. A part with `unless_past` is dropped when its due instant is already
past at the start of the obligation (Delegated Regulation (EU) 2025/301: an initial report that
is classified as major only later).

Design: "How a due instant is computed", row "earliest of / latest of".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

import attrs

from workflow.calendars.spans import Spans
from workflow.deadlines.rule import Rule, Setting, nothing_to_take_off
from workflow.derivation import Language, Sentence, Trace
from workflow.errors import RuleError
from workflow.instants import Instant

_PART = Sentence("Part {n}: {rule}, counted from {at}.", "第{n}项：{rule}，自{at}起算。")
_PART_DUE = Sentence("Part {n} gives {due}.", "第{n}项：{due}。")
_PART_NONE = Sentence("Part {n} gives no due time yet.", "第{n}项：尚无到期时间。")
_NOT_YET = Sentence(
    "Part {n}, {rule}, does not count yet: {event} has not happened.",
    "第{n}项（{rule}）尚不计入：{event}尚未发生。",
)
_DROPPED = Sentence(
    "Part {n} is dropped: it was already past when the obligation started, {start}.",
    "第{n}项不计：义务产生时（{start}）已过期。",
)
_EARLIEST = Sentence("The earliest counts: part {n}, {at}.", "取最早者：第{n}项，{at}。")
_LATEST = Sentence("The latest counts: part {n}, {at}.", "取最晚者：第{n}项，{at}。")


@attrs.frozen(kw_only=True)
class Part:
    """One part of an earliest or latest of.

    Attributes:
        rule: The rule.
        anchor: The event it is counted from; empty: the obligation's own anchor.
        unless_past: Whether it is dropped when it is past as the obligation starts.
    """

    rule: Rule
    anchor: str = ""
    unless_past: bool = False

    def words(self, lang: Language = "en") -> str:
        """The rule and the event it is counted from."""
        text = self.rule.words(lang)
        if self.anchor:
            text = f"自{self.anchor}起{text}" if lang == "zh" else f"{text} from {self.anchor}"
        if self.unless_past:
            text += "（已过期则不计）" if lang == "zh" else " unless already past"
        return text


def _parts(parts: Iterable[Part]) -> tuple[Part, ...]:
    parts = tuple(parts)
    if not parts:
        raise RuleError("A choice between rules has no parts.", allowed="at least one part")
    return parts


@attrs.frozen(kw_only=True)
class EarliestOf:
    """Due when the first of its parts is.

    Attributes:
        parts: The parts.
    """

    name: ClassVar[str] = "earliest_of"

    parts: tuple[Part, ...] = attrs.field(converter=_parts)

    @property
    def needs_calendar(self) -> bool:
        """Whether any part does."""
        return any(part.rule.needs_calendar for part in self.parts)

    def due(self, anchor: Instant, setting: Setting, trace: Trace | None = None) -> Instant | None:
        """The earliest due instant of the parts that count."""
        return _choose(self.name, self.parts, _EARLIEST, min, anchor, setting, trace)

    def words(self, lang: Language = "en") -> str:
        """Every part, joined."""
        said = [part.words(lang) for part in self.parts]
        return (
            "、".join(said) + "，取最早者" if lang == "zh" else "earliest of " + " and ".join(said)
        )

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> Rule:  # noqa: ARG002 - the protocol's parameters
        """Nothing can be taken off: it raises `RuleError`."""
        raise nothing_to_take_off(self)


@attrs.frozen(kw_only=True)
class LatestOf:
    """Due when the last of its parts is.

    Attributes:
        parts: The parts.
    """

    name: ClassVar[str] = "latest_of"

    parts: tuple[Part, ...] = attrs.field(converter=_parts)

    @property
    def needs_calendar(self) -> bool:
        """Whether any part does."""
        return any(part.rule.needs_calendar for part in self.parts)

    def due(self, anchor: Instant, setting: Setting, trace: Trace | None = None) -> Instant | None:
        """The latest due instant of the parts that count."""
        return _choose(self.name, self.parts, _LATEST, max, anchor, setting, trace)

    def words(self, lang: Language = "en") -> str:
        """Every part, joined."""
        said = [part.words(lang) for part in self.parts]
        return "、".join(said) + "，取最晚者" if lang == "zh" else "latest of " + " and ".join(said)

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> Rule:  # noqa: ARG002 - the protocol's parameters
        """Nothing can be taken off: it raises `RuleError`."""
        raise nothing_to_take_off(self)


def _choose(
    name: str,
    parts: tuple[Part, ...],
    says: Sentence,
    choose: Callable[[Iterable[tuple[Instant, int]]], tuple[Instant, int]],
    anchor: Instant,
    setting: Setting,
    trace: Trace | None,
) -> Instant | None:
    found: list[tuple[Instant, int]] = []
    held_up = False
    for n, part in enumerate(parts, 1):
        due = _part_due(n, part, anchor, setting, trace)
        if due is not None:
            found.append((due, n))
        elif setting.counting.pauses:
            held_up = held_up or _held_up(part, anchor, setting)
    if not found or (held_up and choose is max):
        return None
    at, n = choose(found)
    if trace is not None:
        trace.note(name, says, n=n, at=at)
    return at


def _held_up(part: Part, anchor: Instant, setting: Setting) -> bool:
    """Whether only a pause that lasts keeps a part from being due: it will be, after the others."""
    counting = attrs.evolve(setting.counting, pauses=Spans())
    return _part_due(0, part, anchor, attrs.evolve(setting, counting=counting), None) is not None


def _part_due(
    n: int, part: Part, anchor: Instant, setting: Setting, trace: Trace | None
) -> Instant | None:
    start = setting.anchors.get(part.anchor) if part.anchor else anchor
    said = Sentence(part.rule.words("en"), part.rule.words("zh"))
    if start is None:
        if trace is not None:
            trace.note("part_not_yet", _NOT_YET, n=n, rule=said, event=part.anchor)
        return None
    if trace is not None:
        trace.note("part", _PART, n=n, rule=said, at=start)
    due = part.rule.due(start, setting, trace)
    if trace is not None:
        trace.note("part_due", _PART_NONE if due is None else _PART_DUE, n=n, due=due)
    started = anchor if setting.started is None else setting.started
    if part.unless_past and due is not None and due < started:
        if trace is not None:
            trace.note("part_dropped", _DROPPED, n=n, start=started)
        return None
    return due
