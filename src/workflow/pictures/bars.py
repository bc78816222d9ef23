"""One clock as a bar: from start to due, what of it was used, what was late, what was paused.

The track lies from the start to the limit. On it lies the part that was used: to the end, or to
now, but not beyond the limit. What lies beyond the limit is late and hatched; what was paused is
dotted. A strong line is the limit, a shorter one with a wedge the target.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from workflow.calendars.spans import Spans
from workflow.cases.clocks import Clock
from workflow.cases.life import State
from workflow.cases.words import span_words
from workflow.instants import Instant
from workflow.pictures.axis import Axis
from workflow.pictures.signs import colour_of
from workflow.pictures.svg import Svg, hint, tag
from workflow.pictures.words import STATES, say, short
from workflow.plans.text import Language

HEIGHT = 14.0
"""The height of a bar in pixels."""


@attrs.frozen
class Bar:
    """The instants between which the parts of a bar lie.

    Attributes:
        start: When it started to apply.
        end: When it ended, or now.
        due: Its limit, or None.
        target: Its target, or None.
        paused: When it did not count, within start and end.
        missed: Whether the whole of it is drawn as late, since there is no room beyond its limit.
    """

    start: Instant
    end: Instant
    due: Instant | None
    target: Instant | None
    paused: Spans
    missed: bool = False

    @property
    def points(self) -> Iterator[Instant]:
        """The instants that the axis must show."""
        yield self.start
        yield self.end
        if self.due is not None:
            yield self.due
        if self.target is not None:
            yield self.target
        for span in self.paused:
            yield span.start
            yield span.end

    @property
    def last(self) -> Instant:
        """Where it ends on the right."""
        return max(self.points)


def bar_of(clock: Clock) -> Bar | None:
    """The bar of a clock, or None while it has not started."""
    start = clock.start_instant
    if start is None or clock.state is State.PENDING:
        return None
    ended = clock.ended_instant
    end = clock.now_instant if ended is None else min(ended, clock.now_instant)
    end = max(start, end)
    condition = clock.obligation.paused_while
    paused = Spans() if condition is None else clock.history.pauses(condition).clip(start, end)
    due, target = clock.due_instant, clock.target_instant
    if clock.state is State.WITHDRAWN:
        due = target = None
    return Bar(start, end, due, target, paused)


def drawn(clock: Clock, bar: Bar, axis: Axis, y: float, lang: Language) -> Svg:
    """A bar, `y` being its top."""
    colour = colour_of(clock.state)
    inner = "running" if clock.state is State.OVERDUE else colour
    inner = "met" if clock.state is State.MET_LATE else inner
    inner = "running" if clock.state is State.PAUSED else inner
    limit = bar.due if bar.due is not None else bar.end
    parts = [hint(told(clock, lang))]
    if bar.due is not None and bar.due > bar.start:
        parts.append(_part("wf-track", f"wf-{inner}", axis, bar.start, bar.due, y))
    done = min(bar.end, max(limit, bar.start))
    if bar.due is None:
        parts.append(_part("wf-open", f"wf-{inner}", axis, bar.start, bar.end, y))
    elif done > bar.start and not bar.missed:
        parts.append(_part("wf-used", f"wf-{inner}", axis, bar.start, done, y))
    parts += [
        _filled("paused", axis, span.start, span.end, y)
        for span in bar.paused.clip(bar.start, max(done, bar.start))
    ]
    if bar.missed:
        parts.append(_filled("late", axis, bar.start, bar.end, y))
    elif bar.due is not None and bar.end > bar.due:
        parts.append(_filled("late", axis, max(bar.due, bar.start), bar.end, y))
    if bar.target is not None:
        x = axis.x(bar.target)
        parts.append(tag("path", d=f"M{x:.2f} {y - 2:.2f}v{HEIGHT + 4:.2f}", class_="wf-target"))
        wedge = f"M{x - 3.5:.2f} {y - 3:.2f}h7l-3.5 5z"
        parts.append(tag("path", d=wedge, class_="wf-p-aim"))
    if bar.due is not None:
        x = axis.x(bar.due)
        parts.append(tag("path", d=f"M{x:.2f} {y - 3:.2f}v{HEIGHT + 6:.2f}", class_="wf-due"))
    if clock.state.ended:
        x = axis.x(bar.end)
        parts.append(
            tag("circle", cx=x, cy=y + HEIGHT / 2, r=4.5, class_=f"wf-{colour}", stroke="none")
        )
        parts.append(tag("circle", cx=x, cy=y + HEIGHT / 2, r=1.8, class_="wf-p-paper"))
    return tag("g", *parts, data_clock=clock.id, data_state=clock.state.value)


def told(clock: Clock, lang: Language) -> str:
    """A clock in a line: its id, its state, its times."""
    zone = clock.history.plan.zone
    title = clock.obligation.title.words(lang) or clock.obligation.id
    said = [f"{title} [{clock.id}]", standing(clock, lang)]
    for key, instant in (("target", clock.target_instant), ("due", clock.due_instant)):
        if instant is not None:
            said.append(say(key, lang, at=short(instant, zone)))
    return " · ".join(said)


def standing(clock: Clock, lang: Language) -> str:
    """The state of a clock in words, and how late it is."""
    late = clock.overdue_by
    if late is None:
        return STATES[clock.state].words(lang)
    key = "overdue_by" if clock.state is State.OVERDUE else "late_by"
    return say(key, lang, by=span_words(late, lang))


def _part(class_: str, colour: str, axis: Axis, start: Instant, end: Instant, y: float) -> Svg:
    x = axis.x(start)
    wide = max(axis.x(end) - x, 1.5)
    return tag("rect", class_=f"{class_} {colour}", x=x, y=y, width=wide, height=HEIGHT, rx=2)


def _filled(name: str, axis: Axis, start: Instant, end: Instant, y: float) -> Svg:
    x = axis.x(start)
    wide = max(axis.x(end) - x, 1.5)
    return tag(
        "rect",
        class_=f"wf-s-{name} wf-part-{name}",
        style=f"fill:url(#%mark%-{name})",
        x=x,
        y=y,
        width=wide,
        height=HEIGHT,
        rx=2,
    )
