"""The timetable of a plan as a swim-lane chart: a lane for those who owe, a bar for each duty.

A bar runs from the anchor to the limit, with the target on it. A duty whose anchor has not
happened, or for which the text gives no number, has its rule in words instead of a bar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from workflow.cases.timetable import timetable
from workflow.cases.timetable_row import Row, When
from workflow.instants import Moment, show, to_instant
from workflow.pictures.axis import Axis
from workflow.pictures.bars import HEIGHT
from workflow.pictures.chart_legend import SIGNS, chart_legend
from workflow.pictures.furniture import axis_of_time
from workflow.pictures.lanes import MARGIN
from workflow.pictures.lettering import HEAD, cut, width_of, wrap
from workflow.pictures.svg import Svg, Theme, hint, sheet, tag, text, words
from workflow.pictures.words import say, short
from workflow.plans.model import Plan
from workflow.plans.text import Language

WIDTH = 1180.0
NARROWEST = 760.0
WHO = 150.0
TITLE = 330.0
NARROW_TITLE = 220.0
GAP = 30.0
ROW = 40.0


def timetable_chart(
    plan: Plan,
    level: str | None,
    detected: Moment,
    *,
    category: str | None = None,
    event: str | None = None,
    lang: Language = "en",
    theme: Theme = "auto",
    width: float = WIDTH,
) -> str:
    """Every duty of a plan from one moment, in a lane for each of those who owe it, as an SVG.

    Args:
        plan: The plan.
        level: The level; None for a plan that has none.
        detected: When the opening event happened.
        category: The category, if it is known.
        event: The opening event; by default the plan's usual one.
        lang: The language of its words.
        theme: Its colours: as the reader's system asks, or always light or dark.
        width: Its width in pixels, at least 760.

    Raises:
        UnknownNameError: The plan has no such level, category or opening event, or has levels
            and none was given.
        NaiveTimeError: The moment has no offset.
    """
    rows = timetable(plan, level, detected, category, event=event)
    start = to_instant(detected)
    points = [start]
    for row in rows:
        points += [
            it
            for it in (row.anchor_instant, row.target_instant, row.limit_instant)
            if it is not None
        ]
    right = max(width, NARROWEST) - MARGIN
    axis = Axis.through(points, left=plot_of(width), right=right, zone=plan.zone)
    top = y = 116.0
    opening = plan.event(event or plan.opens[0]).title.words(lang) or plan.opens[0]
    said = [f"{opening} {show(start, plan.zone)}"]
    if level is not None:
        said.insert(0, plan.level(level).title.words(lang) or level)
    title = plan.title.words(lang) or plan.name
    body = [
        text(cut(title, HEAD, right - MARGIN), MARGIN, 34, "wf-head"),
        text(cut(" · ".join(said), 12, right - MARGIN), MARGIN, 56, "wf-soft"),
    ]
    for number, (who, owed) in enumerate(_lanes(plan, rows, lang)):
        body += _lane(who, owed, axis, y, lang, shaded=number % 2 == 0)
        y += ROW * len(owed)
    if not rows:
        none = "no_duties" if level is None else "none_at_level"
        body.append(text(say(none, lang), MARGIN, y + 16, "wf-soft"))
        y += ROW
    lines = list(axis_of_time(axis, top, y, lang))
    # The lanes' ground lies below the lines of the axis, and both below the words.
    grounds = [part for part in body if 'class="wf-ground"' in part]
    above = [part for part in body if 'class="wf-ground"' not in part]
    signs, y = chart_legend(rows, axis, y + 12, lang)
    return sheet(
        [*grounds, *lines, *above, *signs],
        width=right + MARGIN,
        height=y + 12,
        title=title,
        description=_about(rows, lang),
        lang=lang,
        theme=theme,
    )


def plot_of(width: float) -> float:
    """Where the bars begin in a chart of that width: a narrow one has narrower titles."""
    title = min(TITLE, max(NARROW_TITLE, TITLE - (WIDTH - width) / 3))
    return MARGIN + WHO + title + GAP


def _lanes(plan: Plan, rows: Sequence[Row], lang: Language) -> list[tuple[str, list[Row]]]:
    """Those who owe, with what they owe, in the order in which the plan names its roles."""
    order = {role.id: place for place, role in enumerate(plan.roles)}
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(row.obligation.who, []).append(row)
    lanes = sorted(found, key=lambda who: tuple(order[name] for name in who) or (len(order),))
    titles = {role.id: role.title.words(lang) or role.id for role in plan.roles}
    return [
        (say("or", lang).join(titles[name] for name in who) or say("nobody", lang), found[who])
        for who in lanes
    ]


def _lane(
    who: str, rows: Sequence[Row], axis: Axis, y: float, lang: Language, *, shaded: bool
) -> Iterator[Svg]:
    height = ROW * len(rows)
    if shaded:
        yield tag(
            "rect", class_="wf-ground", x=1, y=y, width=axis.right + MARGIN - 2, height=height
        )
    lines = wrap(who, 14.5, WHO - 12, max(1, int(height // 17)))
    yield tag(
        "g",
        hint(who),
        *(
            text(line, MARGIN, y + 18 + 17 * number, "wf-name wf-bold")
            for number, line in enumerate(lines)
        ),
        data_who=who,
    )
    for number, row in enumerate(rows):
        yield from _duty(row, axis, y + ROW * number, lang)


def _duty(row: Row, axis: Axis, y: float, lang: Language) -> Iterator[Svg]:
    owed = row.obligation
    title = owed.title.words(lang) or owed.id
    detail = [row.rule.words(lang)]
    condition = row.condition_words(lang)
    if condition:
        detail.append(say("if", lang, it=condition))
    if owed.advice:
        detail.append(say("advice", lang))
    under = " · ".join(detail)
    left = MARGIN + WHO
    room = axis.left - GAP - left
    yield tag(
        "text",
        hint(f"{title} [{owed.id}]"),
        words(cut(title, 13, room)),
        x=left,
        y=y + 17,
        class_="wf-name",
        data_obligation=owed.id,
    )
    yield tag(
        "text",
        hint(under),
        words(cut(under, 11, room)),
        x=left,
        y=y + 32,
        class_="wf-small wf-soft",
    )
    if row.when is When.DATED:
        yield _bar(row, axis, y + (ROW - HEIGHT) / 2, lang)
        return
    middle = y + ROW / 2
    key = "waits" if row.when is When.WAITING else "undated"
    said = say(key, lang, rule=row.rule_words(lang))
    yield tag("circle", cx=axis.left + 5, cy=middle, r=4, class_=f"wf-sign {SIGNS[row.when]}")
    yield tag(
        "text",
        hint(said),
        words(cut(said, 11, axis.right - axis.left - 16)),
        x=axis.left + 16,
        y=middle + 4,
        class_="wf-small wf-soft",
    )


def _bar(row: Row, axis: Axis, y: float, lang: Language) -> Svg:
    times = [it for it in (row.target_instant, row.limit_instant) if it is not None]
    last = max(times)
    start = last if row.anchor_instant is None else min(row.anchor_instant, last)
    x, end = axis.x(start), axis.x(last)
    zone = row.plan.zone
    said = [row.obligation.title.words(lang) or row.obligation.id]
    parts = []
    if row.target_instant is not None:
        said.append(say("target", lang, at=short(row.target_instant, zone)))
    if row.limit_instant is not None:
        said.append(say("due", lang, at=short(row.limit_instant, zone)))
    class_ = "wf-running" if row.limit_instant is not None else "wf-aim"
    parts.append(hint(" · ".join(said)))
    parts.append(
        tag(
            "rect",
            class_=f"wf-track {class_}",
            x=x,
            y=y,
            width=max(end - x, 1.5),
            height=HEIGHT,
            rx=2,
        )
    )
    for instant, name in ((row.target_instant, "target"), (row.limit_instant, "due")):
        if instant is not None:
            at = axis.x(instant)
            rise = 3 if name == "due" else 2
            d = f"M{at:.2f} {y - rise:.2f}v{HEIGHT + 2 * rise:.2f}"
            parts.append(tag("path", d=d, class_=f"wf-{name}"))
            if name == "target":
                d = f"M{at - 3.5:.2f} {y - 3:.2f}h7l-3.5 5z"
                parts.append(tag("path", d=d, class_="wf-p-aim"))
    when = short(last, zone)
    wide = width_of(when, 11) + 8
    if end + wide <= axis.right + MARGIN - 6:
        parts.append(text(when, end + 6, y + 11, "wf-small"))
    elif end - x > wide:
        parts.append(text(when, end - 6, y + 11, "wf-small", "end"))
    return tag("g", *parts, data_bar=row.obligation.id)


def _about(rows: Sequence[Row], lang: Language) -> str:
    counts = Counter(row.when for row in rows)
    return say("chart_about", lang, **{it.value: counts[it] for it in When})
