"""The timeline of a case: stages as bands, obligations as bars, notices as marks, a line for now.

What has not started is named at the foot. Where nothing happens for long the axis is folded, and
says so. `now` is an argument: a picture reads no clock. Design: "The nouns"; issue "For people".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from workflow.cases.case import Case
from workflow.cases.history import History
from workflow.cases.life import State
from workflow.cases.notice import Notice
from workflow.cases.status import Status
from workflow.instants import Instant, Moment, show, to_instant
from workflow.pictures.axis import Axis
from workflow.pictures.furniture import axis_of_time, band, event_marks, now_line
from workflow.pictures.lanes import LABELS, MARGIN, Row, row_drawn, rows_of
from workflow.pictures.legend import legend
from workflow.pictures.lettering import HEAD, cut, wrap
from workflow.pictures.signs import is_drawn
from workflow.pictures.svg import Svg, Theme, sheet, text
from workflow.pictures.words import say, short
from workflow.plans.text import Language

WIDTH = 1080.0
"""The width of a timeline in pixels, by default; it scales with the page."""

NARROWEST = 560.0
BAND = 26.0


def timeline(
    case: Case,
    now: Moment,
    *,
    lang: Language = "en",
    theme: Theme = "auto",
    width: float = WIDTH,
) -> str:
    """The timeline of a case, as a standalone SVG.

    Args:
        case: The case.
        now: The moment up to which it is drawn: an aware datetime, or ISO 8601 text.
        lang: The language of its words.
        theme: Its colours: as the reader's system asks, or always light or dark.
        width: Its width in pixels, at least 560.

    Raises:
        NaiveTimeError: `now` has no offset.
    """
    instant = to_instant(now)
    return timeline_of(
        case.status_at(instant),
        notices=case.notices_between(None, instant),
        lang=lang,
        theme=theme,
        width=width,
    )


def timeline_of(
    status: Status,
    *,
    notices: Iterable[Notice] = (),
    lang: Language = "en",
    theme: Theme = "auto",
    width: float = WIDTH,
) -> str:
    """The timeline that a status tells, as a standalone SVG.

    Args:
        status: Where the case stands.
        notices: The notices to mark; a status does not know those of its case.
        lang: The language of its words.
        theme: Its colours: as the reader's system asks, or always light or dark.
        width: Its width in pixels, at least 560.
    """
    now, zone = status.now_instant, status.plan.zone
    rows = tuple(rows_of(status))
    marks = [it for it in notices if is_drawn(it.kind)]
    history = status.clocks[0].history if status.clocks else None
    points = [now, *(it.instant for it in marks), *_points(history, rows, now)]
    axis = Axis.through(points, left=LABELS, right=max(width, NARROWEST) - MARGIN, zone=zone)
    top = y = 116.0
    body = list(_head(status, axis, lang))
    for parts in _bands(status, history, axis, top, lang):
        body += parts
        y += BAND
    y += 4
    for row in rows:
        body += row_drawn(row, axis, y, marks, lang)
        y += row.height
    lines = list(axis_of_time(axis, top, y, lang))
    body += now_line(axis, now, top - 4, y, say("now", lang, at=short(now, zone)))
    y += 34
    for said in _foot(status, rows, axis.right - MARGIN, lang):
        body.append(text(said, MARGIN, y, "wf-soft"))
        y += 17
    parts, y = legend(rows, marks, axis, y, lang)
    return sheet(
        [*lines, *body, *parts],
        width=axis.right + MARGIN,
        height=y + 10,
        title=say("timeline", lang, case=status.case_id),
        description=_about(status, lang),
        lang=lang,
        theme=theme,
    )


def _points(history: History | None, rows: Sequence[Row], now: Instant) -> Iterator[Instant]:
    if history is not None:
        yield from (it.instant for it in history.events if it.instant <= now)
    for row in rows:
        for lane in row.lanes:
            for _, bar in lane:
                yield from bar.points


def _head(status: Status, axis: Axis, lang: Language) -> Iterator[Svg]:
    plan = status.plan
    room = axis.right - MARGIN
    yield text(cut(status.case_id, HEAD, room), MARGIN, 34, "wf-head")
    said = [plan.title.words(lang) or plan.name]
    said.append(say("stage", lang, it=plan.stage(status.stage).title.words(lang) or status.stage))
    if status.level is not None:
        said.append(say("level", lang, it=_level(status, status.level, lang)))
    said.append(say("as_of", lang, now=show(status.now_instant, plan.zone)))
    yield text(cut(" · ".join(said), 12, room), MARGIN, 56, "wf-soft")


def _level(status: Status, level: str | None, lang: Language) -> str:
    if level is None:
        return say("no_level", lang)
    known = (it.title.words(lang) or it.id for it in status.plan.levels if it.id == level)
    return next(known, level)


def _bands(
    status: Status, history: History | None, axis: Axis, y: float, lang: Language
) -> Iterator[list[Svg]]:
    """The stages, the levels where they changed, the events: each stands below the one before."""
    if history is None:
        return
    titles = {it.id: it.title.words(lang) or it.id for it in status.plan.stages}
    at = [max(time, axis.points[0]) for time in history.times]
    held = list(zip(at, history.standings, strict=True))
    stages = [(time, titles.get(it.stage, it.stage)) for time, it in held]
    yield list(band(say("stages", lang), stages, status.now_instant, axis, y))
    if len({it.level for _, it in held} - {None}) > 1:
        y += BAND
        levels = [(time, _level(status, it.level, lang)) for time, it in held]
        yield list(band(say("levels", lang), levels, status.now_instant, axis, y))
    yield list(event_marks(history, axis, y + BAND, lang))


def _foot(status: Status, rows: Sequence[Row], room: float, lang: Language) -> Iterator[str]:
    """What has not started, by its titles."""
    started = {(it.plan, it.obligation.id) for row in rows for it in row.clocks}
    waiting = {
        (it.plan, it.obligation.id): it.obligation.title.words(lang) or it.obligation.id
        for it in status.clocks
        if (it.plan, it.obligation.id) not in started
    }
    if not status.clocks:
        yield say("empty", lang)
    elif not rows:
        yield say("nothing", lang)
    if waiting:
        between = "；" if lang == "zh" else "; "
        said = say("pending", lang, count=len(waiting), titles=between.join(waiting.values()))
        yield from wrap(said, 12, room, 60)


def _about(status: Status, lang: Language) -> str:
    counts = Counter(clock.state for clock in status.clocks)
    return say("timeline_about", lang, **{it.value: counts[it] for it in State})
