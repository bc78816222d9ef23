"""The legend of a timeline: the signs and parts that it uses, and what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from workflow.cases.life import State
from workflow.cases.notice import Notice
from workflow.cases.wakeups import NoticeKind
from workflow.pictures.axis import Axis
from workflow.pictures.lanes import MARGIN, Row
from workflow.pictures.lettering import width_of
from workflow.pictures.signs import notice_sign, state_sign
from workflow.pictures.svg import Svg, tag, text
from workflow.pictures.words import NOTICES, STATES, say
from workflow.plans.text import Language

LINE = 20.0

LIMIT = tag("path", d="M0 -8V8", class_="wf-due")
"""The sign of a limit."""

TARGET = tag("path", d="M-3.5 -7h7l-3.5 5zM-.8 -6h1.6V7h-1.6z", class_="wf-p-aim")
"""The sign of a target."""


def legend(
    rows: Sequence[Row], marks: Sequence[Notice], axis: Axis, y: float, lang: Language
) -> tuple[list[Svg], float]:
    """The legend, on as many lines as it needs, and where it ends."""
    return laid_out(_entries(rows, marks, axis, lang), axis.right, y)


def laid_out(entries: Iterable[tuple[Svg, str]], right: float, y: float) -> tuple[list[Svg], float]:
    """Signs and what they mean, on as many lines as they need, and where these end."""
    parts: list[Svg] = []
    x = MARGIN
    for sign, said in entries:
        wide = 36 + width_of(said, 11)
        if x > MARGIN and x + wide - 18 > right:
            x, y = MARGIN, y + LINE
        parts.append(tag("g", sign, transform=f"translate({x + 7:.2f} {y + 8:.2f})"))
        parts.append(text(said, x + 19, y + 12, "wf-small"))
        x += wide
    return parts, y + LINE


def _entries(
    rows: Sequence[Row], marks: Sequence[Notice], axis: Axis, lang: Language
) -> Iterator[tuple[Svg, str]]:
    clocks = [pair for row in rows for lane in row.lanes for pair in lane]
    states = {clock.state for clock, _ in clocks}
    kinds = {it.kind for it in marks}
    for state in State:
        if state in states:
            yield state_sign(state, 0, 0), STATES[state].words(lang)
    if any(bar.target is not None for _, bar in clocks):
        yield TARGET, say("ticked_target", lang)
    if any(bar.due is not None for _, bar in clocks):
        yield LIMIT, say("ticked_due", lang)
    if states & {State.OVERDUE, State.MET_LATE}:
        yield _filled("late"), say("late_part", lang)
    if any(bar.paused for _, bar in clocks):
        yield _filled("paused"), say("paused_part", lang)
    for kind in NoticeKind:
        if kind in kinds:
            yield notice_sign(kind, 0, 0), NOTICES[kind].words(lang)
    yield from fold_entry(axis, lang)


def fold_entry(axis: Axis, lang: Language) -> Iterator[tuple[Svg, str]]:
    """What a folded stretch of the axis looks like, where it has any."""
    if axis.folds:
        yield tag("path", d="M-2.5 -7V7M2.5 -7V7", class_="wf-fold"), say("folded", lang)


def _filled(name: str) -> Svg:
    fill = f"fill:url(#%mark%-{name})"
    return tag("rect", class_=f"wf-s-{name}", style=fill, x=-7, y=-5, width=14, height=10, rx=2)
