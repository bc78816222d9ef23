"""What a timeline has around its bars: the axis, bands, marks of events, the line for now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from workflow.cases.history import History
from workflow.cases.words import span_words
from workflow.instants import Instant
from workflow.pictures.axis import Axis
from workflow.pictures.lettering import cut, width_of
from workflow.pictures.svg import Svg, hint, tag, text
from workflow.pictures.words import say, short
from workflow.plans.text import Language

LEFT = 24.0


def axis_of_time(axis: Axis, top: float, bottom: float, lang: Language) -> Iterator[Svg]:
    """Dates, times, their lines down the picture, and the folded stretches."""
    for tick in axis.hours(64):
        yield tag("path", d=f"M{tick.x:.2f} {top - 8:.2f}V{bottom:.2f}", class_="wf-grid")
        yield text(tick.said, tick.x, top - 14, "wf-small wf-soft", "middle")
    days = axis.days(70)
    for number, tick in enumerate(days):
        if not number:
            yield text(tick.said, tick.x, top - 30, "wf-small wf-bold")
            continue
        yield tag("path", d=f"M{tick.x:.2f} {top - 32:.2f}V{bottom:.2f}", class_="wf-line")
        wide = width_of(tick.said, 12) + 8
        if tick.x + wide <= axis.right + LEFT:
            yield text(tick.said, tick.x + 4, top - 30, "wf-small wf-bold")
        elif tick.x - days[number - 1].x >= 2 * wide:
            yield text(tick.said, tick.x - 4, top - 30, "wf-small wf-bold", "end")
    for fold in axis.folds:
        middle = (fold.left + fold.right) / 2
        lasted = span_words(dt.timedelta(microseconds=fold.end - fold.start), lang)
        d = "".join(f"M{x:.2f} {top - 8:.2f}V{bottom:.2f}" for x in (middle - 3, middle + 3))
        yield tag("path", hint(lasted), d=d, class_="wf-fold")


def band(
    name: str, parts: Sequence[tuple[Instant, str]], now: Instant, axis: Axis, y: float
) -> Iterator[Svg]:
    """A band of what followed one another: stages, or levels."""
    yield text(name, LEFT, y + 15, "wf-small wf-soft")
    joined: list[tuple[Instant, str]] = []
    for time, title in parts:
        if joined and joined[-1][0] == time:
            joined[-1] = (time, title)
        elif not joined or joined[-1][1] != title:
            joined.append((time, title))
    merged = [it for place, it in enumerate(joined) if not place or joined[place - 1][1] != it[1]]
    for place, (time, title) in enumerate(merged):
        end = merged[place + 1][0] if place + 1 < len(merged) else now
        x = axis.x(time)
        wide = axis.x(end) - x
        shade = "wf-band" if place % 2 == 0 else "wf-band2"
        yield tag(
            "rect",
            hint(title),
            x=x,
            y=y,
            width=max(wide, 0.5),
            height=20,
            class_=shade,
            data_band=title,
        )
        said = cut(title, 11, wide - 8)
        if said:
            yield text(said, x + 4, y + 14, "wf-small")


def event_marks(history: History, axis: Axis, y: float, lang: Language) -> Iterator[Svg]:
    """A tick for each event, with its title for those who point at it."""
    yield text(say("events", lang), LEFT, y + 13, "wf-small wf-soft")
    titles = {it.id: it.title.words(lang) or it.id for it in history.plan.events}
    for event in history.events:
        x = axis.x(event.instant)
        said = f"{short(event.instant, history.plan.zone)} {titles.get(event.type, event.type)}"
        yield tag(
            "path",
            hint(said),
            d=f"M{x:.2f} {y + 3:.2f}v10",
            class_="wf-event",
            data_event=event.type,
        )


def now_line(axis: Axis, now: Instant, top: float, bottom: float, said: str) -> Iterator[Svg]:
    """The line for now."""
    x = axis.x(now)
    yield tag("path", d=f"M{x:.2f} {top:.2f}V{bottom:.2f}", class_="wf-now")
    wide = width_of(said, 11)
    anchor = "end" if x + wide / 2 > axis.right else "middle"
    yield text(said, x, bottom + 11, "wf-small wf-bold", anchor)
