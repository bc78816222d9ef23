"""Explanations: what is owed and why it is due then, as text in two languages and as data.

Nothing is computed here that was not computed for the clock: the derivation of a due instant is
the clock's own rule, asked again to note its steps. Design: "The nouns", derivation; "Floor
plan", how a question travels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from workflow.calendars.spans import NEVER
from workflow.cases.life import State
from workflow.cases.moves import Cause, Change, Course
from workflow.cases.wakeups import Moment, moments
from workflow.cases.words import SAID, listed, span_words
from workflow.deadlines.rule import derive
from workflow.derivation import Derivation
from workflow.instants import Instant, show, to_moment
from workflow.plans.obligation import Newly
from workflow.plans.text import Language

if TYPE_CHECKING:
    from workflow.cases.clocks import Clock


@attrs.frozen(kw_only=True)
class Part:
    """One part of an explanation: what it is about, its sentences and the same as data."""

    about: str
    lines: tuple[str, ...]
    data: Mapping[str, Any]


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
    speaker = _Speaker(clock, lang)
    return Explanation(
        clock_id=clock.id,
        lang=lang,
        parts=(
            speaker.owed(),
            speaker.start(),
            speaker.due(),
            speaker.changes(),
            speaker.missing(),
            speaker.next(),
        ),
    )


def derivation_of(course: Course, lang: Language = "en") -> Derivation | None:
    """The steps by which the due instant of a course was found, or None where no rule gives one."""
    if course.basis is None:
        return None
    basis = course.basis
    return derive(basis.rule, basis.anchor, basis.setting, lang).derivation


@attrs.frozen
class _Speaker:
    clock: Clock
    lang: Language

    def say(self, key: str, **values: Any) -> str:
        return SAID[key].words(self.lang).format(**values)

    def at(self, instant: Instant | None) -> str:
        return "-" if instant is None else show(instant, self.clock.history.plan.zone)

    def role(self, name: str) -> str:
        for role in self.clock.history.plan.roles:
            if role.id == name:
                return role.title.words(self.lang) or name
        return name

    def roles(self, names: tuple[str, ...]) -> str:
        return listed([self.role(name) for name in names], self.lang)

    def event(self, name: str) -> str:
        for event in self.clock.history.plan.events:
            if event.id == name:
                return event.title.words(self.lang) or name
        return name

    def owed(self) -> Part:
        owed = self.clock.obligation
        title = owed.title.words(self.lang) or owed.id
        lines = [self.say("title", id=self.clock.id, title=title)]
        who = self.roles(owed.who) or self.say("nobody_named")
        to = self.roles(owed.to)
        lines.append(self.say("owes_to", who=who, to=to) if to else self.say("owes", who=who))
        if owed.states:
            lines.append(self.say("states", states=listed(owed.states, self.lang)))
        if owed.advice:
            lines.append(self.say("practice" if owed.practice else "advice"))
        origin = owed.origin
        if origin.clause:
            key = "clause" if origin.section else "clause_alone"
            lines.append(self.say(key, section=origin.section, clause=origin.clause))
        reading = origin.reading.words(self.lang)
        if reading:
            lines.append(self.say("reading", reading=reading))
        data = {
            "obligation": owed.id,
            "plan": self.clock.plan,
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

    def start(self) -> Part:
        clock, owed = self.clock, self.clock.obligation
        anchors = listed([self.event(name) for name in owed.anchors or (owed.before,)], self.lang)
        if clock.start_instant is None:
            key = "waits" if clock.begin is None else "not_applying"
            lines = [self.say(key, anchor=anchors, applies=self.applies())]
            if clock.begin is not None and owed.newly is Newly.IGNORE:
                lines.append(self.say("never_applies"))
            return Part(about="start", lines=tuple(lines), data={"waits_for": list(owed.anchors)})
        event = clock.anchor_event
        said = self.event(event.type) if event is not None else anchors
        line = self.say("started", at=self.at(clock.start_instant), anchor=said)
        lines = [line]
        if clock.anchor_instant is not None and clock.start_instant > clock.anchor_instant:
            lines.append(
                self.say("newly", at=self.at(clock.start_instant), choice=owed.newly.value)
            )
        elif not owed.applies.always:
            lines.append(self.say("applies", applies=self.applies()))
        data = {
            "at": self.iso(clock.start_instant),
            "anchor": self.iso(clock.anchor_instant),
            "event": None if event is None else event.type,
            "event_seq": None if event is None else event.seq,
        }
        return Part(about="start", lines=tuple(lines), data=data)

    def due(self) -> Part:
        clock = self.clock
        lines: list[str] = []
        data: dict[str, Any] = {}
        for name, course in (("target", clock.target_course), ("due", clock.limit_course)):
            derivation = derivation_of(course, self.lang)
            if course.due is not None:
                lines.append(self.say(name, at=self.at(course.due)))
                data[name] = self.iso(course.due)
            if derivation is not None:
                lines += [f"  {line}" for line in derivation.text(self.lang).splitlines()]
                data[f"{name}_steps"] = derivation.data()
        series = clock.obligation.recurring
        if series is not None and clock.start_instant is not None:
            lines.append(self.say("series", words=series.words(self.lang)))
            data["recurs"] = series.words("en")
        if not lines and clock.start_instant is not None:
            parameter = clock.obligation.due.parameter
            if parameter:
                lines.append(self.say("parameter", parameter=parameter))
            elif clock.obligation.continuous:
                until = [self.event(name) for name in clock.obligation.until]
                lines.append(self.say("continuous", until=listed(until, self.lang) or "-"))
            else:
                lines.append(self.say("undated", word=clock.obligation.origin.word or "-"))
        return Part(about="due", lines=tuple(lines), data=data)

    def changes(self) -> Part:
        clock = self.clock
        lines: list[str] = []
        data: list[dict[str, Any]] = []
        for which, course in (("target", clock.target_course), ("due", clock.limit_course)):
            for change in course.changes:
                lines.append(self._change(change))
                data.append(self._change_data(which, change))
        paused = clock.obligation.paused_while
        if paused is not None and clock.start_instant is not None:
            ends = NEVER if clock.ended_instant is None else clock.ended_instant
            for since, to in clock.history.spans(paused):
                if to > clock.start_instant and since < ends:
                    lines.append(self._pause(since, to))
                    data.append(self._pause_data(since, to))
        return Part(about="changes", lines=tuple(lines), data={"changes": data})

    def missing(self) -> Part:
        clock, missing = self.clock, self.clock.missing
        event = clock.fulfilled_by
        data: dict[str, Any] = {"state": clock.state.value}
        lines: list[str] = []
        if clock.fulfilled_instant is not None:
            data["fulfilled_at"] = self.iso(clock.fulfilled_instant)
            data["fulfilled_by"] = None if event is None else event.type
            said = "-" if event is None else self.event(event.type)
            lines.append(self.say("fulfilled", at=self.at(clock.fulfilled_instant), event=said))
            late = clock.overdue_by
            lines.append(
                self.say("on_time")
                if late is None
                else self.say("late", by=span_words(late, self.lang))
            )
            if late is not None and clock.obligation.reasons_if_late:
                reasons = clock.reasons
                lines.append(
                    self.say("reasons", reasons=reasons) if reasons else self.say("no_reasons")
                )
                data["reasons"] = reasons
        elif clock.state is State.WITHDRAWN:
            lines.append(self.say("withdrawn", at=self.at(clock.ended_instant)))
            data["withdrawn_at"] = self.iso(clock.ended_instant)
        elif clock.state is State.MET:
            lines.append(self.say("ended", at=self.at(clock.ended_instant)))
        elif clock.state is not State.PENDING:
            by = [self.event(name) for name in clock.obligation.fulfilled_by]
            if by:
                lines.append(self.say("needs", events=listed(by, self.lang)))
            lines += self._missing_lines()
            if clock.count is not None:
                lines.append(self.say("count", done=clock.count[0], quota=clock.count[1]))
            data["missing"] = {
                "recipients": list(missing.recipients),
                "states": list(missing.states),
                "approvals": [list(roles) for roles in missing.approvals],
                "requires": list(missing.requires),
            }
        return Part(about="missing", lines=tuple(lines), data=data)

    def next(self) -> Part:
        clock = self.clock
        if clock.state is State.OVERDUE and clock.overdue_by is not None:
            line = self.say("overdue", by=span_words(clock.overdue_by, self.lang))
        elif clock.remaining is not None:
            line = self.say("remaining", by=span_words(clock.remaining, self.lang))
        elif clock.state is State.PAUSED:
            line = self.say("is_paused")
        else:
            line = ""
        coming = min(
            (it for it in moments(clock.life) if it.instant > clock.now_instant),
            key=lambda it: it.instant,
            default=None,
        )
        lines = [line] if line else []
        data: dict[str, Any] = {}
        if coming is not None:
            lines.append(self.say(f"next_{coming.kind.value}", at=self.at(just(coming))))
            data = {"at": self.iso(coming.instant), "what": coming.kind.value}
        return Part(about="next", lines=tuple(lines), data=data)

    def applies(self) -> str:
        applies = self.clock.obligation.applies
        plan = self.clock.history.plan
        said = [plan.level(name).title.words(self.lang) or name for name in applies.level] + [
            plan.category(name).title.words(self.lang) or name for name in applies.category
        ]
        said += [*applies.stage, *applies.when, *(f"not {name}" for name in applies.unless)]
        return listed(said, self.lang) or "-"

    def iso(self, instant: Instant | None) -> str | None:
        if instant is None:
            return None
        return to_moment(instant, self.clock.history.plan.zone).isoformat()

    def _missing_lines(self) -> Iterator[str]:
        missing = self.clock.missing
        if missing.recipients:
            yield self.say("lacks_recipients", roles=self.roles(missing.recipients))
        if missing.states:
            yield self.say("lacks_states", states=listed(missing.states, self.lang))
        for roles in missing.approvals:
            yield self.say("lacks_approval", roles=self.roles(roles))
        if missing.requires:
            events = [self.event(name) for name in missing.requires]
            yield self.say("lacks_events", events=listed(events, self.lang))

    def _change(self, change: Change) -> str:
        key = f"changed_{change.cause.value}"
        choice = self.clock.obligation.changed.value
        return self.say(
            key,
            at=self.at(change.instant),
            before=self.at(change.before),
            after=self.at(change.after),
            choice=choice,
            event=self._event_at(change.instant, change.position),
        )

    def _pause(self, since: Instant, to: Instant) -> str:
        event = self._event_at(since, None)
        if to == NEVER:
            return self.say("paused_since", since=self.at(since), event=event)
        resumed = self._event_at(to, None)
        return self.say(
            "paused", since=self.at(since), to=self.at(to), event=event, resumed=resumed
        )

    def _pause_data(self, since: Instant, to: Instant) -> dict[str, Any]:
        ended = None if to == NEVER else self.iso(to)
        return {"cause": "paused", "at": self.iso(since), "until": ended}

    def _event_at(self, instant: Instant, position: int | None) -> str:
        """The title of the event at a place, or of the last one that happened at an instant."""
        events = self.clock.history.events
        if position is not None:
            return self.event(events[position].type)
        found = [event.type for event in events if event.instant == instant]
        return self.event(found[-1]) if found else "-"

    def _change_data(self, which: str, change: Change) -> dict[str, Any]:
        said: dict[str, Any] = {
            "cause": change.cause.value,
            "of": which,
            "at": self.iso(change.instant),
            "before": self.iso(change.before),
            "after": self.iso(change.after),
        }
        if change.position is not None:
            said["event_seq"] = self.clock.history.events[change.position].seq
        if change.cause is Cause.LEVEL:
            said["choice"] = self.clock.obligation.changed.value
        return said


def just(moment: Moment) -> Instant:
    """The instant that people name: what is late from 09:25:00.000001 on is late after 09:25."""
    return moment.due if moment.instant == moment.due + 1 else moment.instant
