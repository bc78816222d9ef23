"""Explanations: what is owed and why it is due then, as text in two languages and as data.

Nothing is computed here that was not computed for the clock: the derivation of a due instant is
the clock's own rule, asked again to note its steps. Of the six parts this file tells what is owed,
when it started, when it is due and what comes next; what moved the due instant is told in
`explain_changes.py`, what is missing in `explain_missing.py`. Design: "The nouns", derivation;
"Floor plan", how a question travels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from workflow.cases.explain_changes import changes
from workflow.cases.explain_missing import missing
from workflow.cases.life import State
from workflow.cases.moves import Course
from workflow.cases.speaking import Part, Speaker, just
from workflow.cases.wakeups import moments
from workflow.cases.words import listed, span_words
from workflow.deadlines.rule import derive
from workflow.derivation import Derivation
from workflow.plans.given import language_given
from workflow.plans.obligation import Newly
from workflow.plans.text import Language

if TYPE_CHECKING:
    from workflow.cases.clocks import Clock

__all__ = ["Explanation", "Part", "derivation_of", "explained"]


@attrs.frozen(kw_only=True)
class Explanation:
    """Why a clock stands as it does, in six parts.

    In order: `owed`, `start`, `due`, `changes`, `missing`, `next`.
    """

    clock_id: str
    lang: Language
    parts: tuple[Part, ...]

    @property
    def data(self) -> dict[str, Any]:
        """The parts as plain JSON values."""
        return {"clock": self.clock_id} | {part.about: dict(part.data) for part in self.parts}

    def __str__(self) -> str:
        """The sentences, one a line."""
        return "\n".join(line for part in self.parts for line in part.lines)


def explained(clock: Clock, lang: Language = "en") -> Explanation:
    """The explanation of a clock."""
    language_given(lang)
    it = Speaker(clock, lang)
    parts = (_owed(it), _start(it), _due(it), changes(it), missing(it), _next(it))
    return Explanation(clock_id=clock.id, lang=lang, parts=parts)


def derivation_of(course: Course, lang: Language = "en") -> Derivation | None:
    """The steps by which the due instant of a course was found, or None where no rule gives one."""
    if course.basis is None:
        return None
    basis = course.basis
    return derive(basis.rule, basis.anchor, basis.setting, lang).derivation


def _owed(it: Speaker) -> Part:
    """What is owed, by whom, to whom, and the clause that says so."""
    owed = it.clock.obligation
    title = owed.title.words(it.lang) or owed.id
    lines = [it.say("title", id=it.clock.id, title=title)]
    who = it.titles.roles(owed.who) or it.say("nobody_named")
    to = it.titles.roles(owed.to)
    lines.append(it.say("owes_to", who=who, to=to) if to else it.say("owes", who=who))
    if owed.states:
        lines.append(it.say("states", states=listed(owed.states, it.lang)))
    if owed.advice:
        lines.append(it.say("practice" if owed.practice else "advice"))
    origin = owed.origin
    if origin.clause:
        key = "clause" if origin.section else "clause_alone"
        lines.append(it.say(key, section=origin.section, clause=origin.clause))
    reading = origin.reading.words(it.lang)
    if reading:
        lines.append(it.say("reading", reading=reading))
    data = {
        "obligation": owed.id,
        "plan": it.clock.plan,
        "title": title,
        "who": list(owed.who),
        "to": list(owed.to),
        "states": list(owed.states),
        "section": origin.section,
        "clause": origin.clause,
        "reading": reading,
        "advice": owed.advice,
    }
    return Part(about="owed", lines=tuple(lines), data=data)


def _start(it: Speaker) -> Part:
    """When and why it started, or what it waits for."""
    clock, owed = it.clock, it.clock.obligation
    anchors = it.titles.events(owed.anchors or (owed.before,))
    applies = it.titles.applies(owed.applies)
    if clock.start_instant is None:
        key = "waits" if clock.begin is None else "not_applying"
        lines = [it.say(key, anchor=anchors, applies=applies)]
        if clock.begin is not None and owed.newly is Newly.IGNORE:
            lines.append(it.say("never_applies"))
        return Part(about="start", lines=tuple(lines), data={"waits_for": list(owed.anchors)})
    event = clock.anchor_event
    said = it.titles.event(event.type) if event is not None else anchors
    lines = [it.say("started", at=it.at(clock.start_instant), anchor=said)]
    if clock.anchor_instant is not None and clock.start_instant > clock.anchor_instant:
        choice = it.say(f"newly_{owed.newly.value}")
        lines.append(it.say("newly", at=it.at(clock.start_instant), choice=choice))
    elif not owed.applies.always:
        lines.append(it.say("applies", applies=applies))
    data = {
        "at": it.iso(clock.start_instant),
        "anchor": it.iso(clock.anchor_instant),
        "event": None if event is None else event.type,
        "event_seq": None if event is None else event.seq,
    }
    return Part(about="start", lines=tuple(lines), data=data)


def _due(it: Speaker) -> Part:
    """The due instant and every step to it."""
    clock = it.clock
    lines: list[str] = []
    data: dict[str, Any] = {}
    for name, course in (("target", clock.target_course), ("due", clock.limit_course)):
        derivation = derivation_of(course, it.lang)
        if course.due is not None:
            lines.append(it.say(name, at=it.at(course.due)))
            data[name] = it.iso(course.due)
        if derivation is not None:
            lines += [f"  {line}" for line in derivation.text(it.lang).splitlines()]
            data[f"{name}_steps"] = derivation.data()
    series = clock.obligation.recurring
    if series is not None and clock.start_instant is not None:
        lines.append(it.say("series", words=series.words(it.lang)))
        data["recurs"] = series.words("en")
    if not lines and clock.start_instant is not None:
        lines.append(_undated(it))
    return Part(about="due", lines=tuple(lines), data=data)


def _undated(it: Speaker) -> str:
    """Why something that is owed has no due time."""
    owed = it.clock.obligation
    if owed.due.parameter:
        return it.say("parameter", parameter=owed.due.parameter)
    if owed.continuous:
        return it.say("continuous", until=it.titles.events(owed.until) or "-")
    if owed.origin.word:
        return it.say("undated", word=owed.origin.word)
    return it.say("undated_silent")


def _next(it: Speaker) -> Part:
    """What happens next, and when."""
    clock = it.clock
    if clock.state is State.OVERDUE and clock.overdue_by is not None:
        line = it.say("overdue", by=span_words(clock.overdue_by, it.lang))
    elif clock.remaining is not None:
        line = it.say("remaining", by=span_words(clock.remaining, it.lang))
    elif clock.state is State.PAUSED:
        line = it.say("is_paused")
    else:
        line = ""
    coming = min(
        (moment for moment in moments(clock.life) if moment.instant > clock.now_instant),
        key=lambda moment: moment.instant,
        default=None,
    )
    lines = [line] if line else []
    data: dict[str, Any] = {}
    if coming is not None:
        at, to = it.at(just(coming)), it.titles.roles(coming.to) or it.say("nobody_named")
        lines.append(it.say(f"next_{coming.kind.value}", at=at, to=to))
        data = {"at": it.iso(coming.instant), "what": coming.kind.value}
    return Part(about="next", lines=tuple(lines), data=data)
