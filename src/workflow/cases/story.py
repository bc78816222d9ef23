"""Stories: a whole case told in order, as text in two languages and as data.

Design: "The nouns", case; the same clocks as everywhere, put in the order in which people would
tell them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from workflow.cases.clocks import Clock
from workflow.cases.event import Event
from workflow.cases.history import History
from workflow.cases.life import State
from workflow.cases.speaking import just
from workflow.cases.status import Status
from workflow.cases.titles import Titles
from workflow.cases.wakeups import NoticeKind, moments
from workflow.cases.words import SAID, listed, span_words
from workflow.instants import MINUTE, Instant, show
from workflow.plans.given import language_given
from workflow.plans.text import Language


@attrs.frozen(kw_only=True)
class Entry:
    """A line of a story: when, what kind of thing, and the sentence."""

    instant: Instant
    at: str
    kind: str
    text: str


@attrs.frozen(kw_only=True)
class Story:
    """A case told in order: events, outcomes, what was missed."""

    case_id: str
    lang: Language
    title: str
    entries: tuple[Entry, ...]

    @property
    def data(self) -> dict[str, Any]:
        """The story as plain JSON values."""
        entries = [{"at": it.at, "kind": it.kind, "text": it.text} for it in self.entries]
        return {"case": self.case_id, "title": self.title, "entries": entries}

    def __str__(self) -> str:
        """The title, then one entry a line."""
        return "\n".join([self.title, *(f"{it.at}  {it.text}" for it in self.entries)])


def told(status: Status, history: History, lang: Language = "en") -> Story:
    """The story of a case up to the instant of its status."""
    language_given(lang)
    plan, titles = history.plan, Titles(history.plan, lang)
    entries: list[tuple[Instant, int, str, str]] = [
        (event.instant, 0, "event", _happened(event, titles)) for event in history.events
    ]
    for clock in status.clocks:
        entries += _outcomes(clock, lang)
    entries.sort(key=lambda it: (it[0], it[1]))
    title = (
        SAID["story"]
        .words(lang)
        .format(
            case=status.case_id,
            plan=plan.title.words(lang) or plan.name,
            stage=titles.stage(status.stage),
            now=show(status.now_instant, plan.zone),
        )
    )
    return Story(
        case_id=status.case_id,
        lang=lang,
        title=title,
        entries=tuple(
            Entry(instant=at, at=show(at, plan.zone), kind=kind, text=text)
            for at, _, kind, text in entries
        ),
    )


def _happened(event: Event, titles: Titles) -> str:
    """An event as a sentence: what, to what level, by whom, to whom, what was stated."""
    lang = titles.lang

    def say(key: str, **values: str) -> str:
        return SAID[key].words(lang).format(**values)

    what = [titles.level(event.level)] if event.level else []
    what += [titles.category(event.category)] if event.category else []
    text = titles.event(event.type)
    text += say("newly_at", what=listed(what, lang)) if what else ""
    by = titles.role(event.by) if event.by else ""
    to = titles.roles(event.to or ())
    if by or to:
        text += say("_".join(key for key, it in (("by", by), ("to", to)) if it), by=by, to=to)
    if event.states:
        text += say("stated", states=listed(event.states, lang))
    if event.recorded - event.instant >= MINUTE:  # sooner is as soon as people write it down
        text += say("recorded_later", at=show(event.recorded, titles.plan.zone))
    return text


def _outcomes(clock: Clock, lang: Language) -> Iterator[tuple[Instant, int, str, str]]:
    zone = clock.history.plan.zone
    title = clock.obligation.title.words(lang) or clock.obligation.id
    for moment in moments(clock.life):
        passed = moment.instant <= clock.now_instant
        if passed and moment.kind in {NoticeKind.TARGET_MISSED, NoticeKind.BREACHED}:
            text = SAID[f"told_{moment.kind.value}"].words(lang)
            text = text.format(title=title, due=show(moment.due, zone))
            yield just(moment), 2, moment.kind.value, text
    if clock.ended_instant is not None:
        late = clock.overdue_by
        by = span_words(late, lang) if late is not None else ""
        due = "-" if clock.due_instant is None else show(clock.due_instant, zone)
        dated = (
            "" if clock.due_instant is not None or clock.state is State.WITHDRAWN else "_undated"
        )
        text = SAID[f"told_{clock.state.value}{dated}"].words(lang)
        text = text.format(title=title, due=due, by=by)
        yield clock.ended_instant, 1, clock.state.value, text
