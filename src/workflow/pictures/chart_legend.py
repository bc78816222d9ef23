"""The legend of a timetable chart: the signs that it uses, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workflow.cases.timetable_row import Row, When
from workflow.pictures.axis import Axis
from workflow.pictures.legend import LIMIT, TARGET, fold_entry, laid_out
from workflow.pictures.svg import Svg, tag
from workflow.pictures.words import say
from workflow.plans.text import Language

SIGNS = {When.WAITING: "wf-s-notice", When.UNDATED: "wf-s-withdrawn wf-dashed"}
"""The class of the circle before a duty that has no time yet, or none at all."""


def chart_legend(
    rows: Sequence[Row], axis: Axis, y: float, lang: Language
) -> tuple[list[Svg], float]:
    """The legend, on as many lines as it needs, and where it ends."""
    return laid_out(_entries(rows, axis, lang), axis.right, y)


def _entries(rows: Sequence[Row], axis: Axis, lang: Language) -> Iterator[tuple[Svg, str]]:
    if any(row.limit_instant is not None for row in rows):
        yield LIMIT, say("ticked_due", lang)
    if any(row.target_instant is not None for row in rows):
        yield TARGET, say("ticked_target", lang)
    for when, key in ((When.WAITING, "waiting_sign"), (When.UNDATED, "undated_sign")):
        if any(row.when is when for row in rows):
            yield tag("circle", r=4, class_=f"wf-sign {SIGNS[when]}"), say(key, lang)
    yield from fold_entry(axis, lang)
