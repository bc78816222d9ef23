"""Speaking: what every part of an explanation needs: the clock, the language, times and titles."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from workflow.cases.titles import Titles
from workflow.cases.wakeups import Moment
from workflow.cases.words import SAID
from workflow.instants import Instant, show, to_moment
from workflow.plans.text import Language

if TYPE_CHECKING:
    from workflow.cases.clocks import Clock


@attrs.frozen(kw_only=True)
class Part:
    """One part of an explanation: what it is about, its sentences and the same as data."""

    about: str
    lines: tuple[str, ...]
    data: Mapping[str, Any]


@attrs.frozen(slots=False)  # the titles are looked up once
class Speaker:
    """Speaks of one clock in one language."""

    clock: Clock
    lang: Language

    @cached_property
    def titles(self) -> Titles:
        """What people call things in the clock's plan."""
        return Titles(self.clock.history.plan, self.lang)

    def say(self, key: str, **values: Any) -> str:
        """The sentence of that key, with values put in."""
        return SAID[key].words(self.lang).format(**values)

    def at(self, instant: Instant | None) -> str:
        """An instant in the plan's zone; "-" where there is none."""
        return "-" if instant is None else show(instant, self.clock.history.plan.zone)

    def iso(self, instant: Instant | None) -> str | None:
        """An instant as ISO 8601 text in the plan's zone."""
        if instant is None:
            return None
        return to_moment(instant, self.clock.history.plan.zone).isoformat()

    def event_at(self, instant: Instant, position: int | None) -> str:
        """The title of the event at a place, or of the last one that happened at an instant."""
        events = self.clock.history.events
        if position is not None:
            return self.titles.event(events[position].type)
        found = [event.type for event in events if event.instant == instant]
        return self.titles.event(found[-1]) if found else "-"


def just(moment: Moment) -> Instant:
    """The instant that people name: what is late from 09:25:00.000001 on is late after 09:25."""
    return moment.due if moment.instant == moment.due + 1 else moment.instant
