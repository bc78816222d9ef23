"""Rows of a timeline: one for each obligation, its clocks in lanes that do not overlap.

Rounds and occurrences of one obligation follow one another in one lane; those that overlap stand
below each other. Where that would take more than a few lanes (a daily duty that nobody has done for
a month) all stand in one, and each that is still late is hatched up to where the next one begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from workflow.cases.clocks import Clock
from workflow.cases.life import State
from workflow.cases.notice import Notice
from workflow.cases.status import Status
from workflow.pictures.axis import Axis
from workflow.pictures.bars import HEIGHT, Bar, bar_of, drawn, standing
from workflow.pictures.lettering import cut
from workflow.pictures.signs import notice_sign, state_sign
from workflow.pictures.svg import Svg, hint, tag, text, words
from workflow.pictures.words import joined, say, short
from workflow.plans.text import Language

MARGIN = 24.0
"""The empty edge of a picture, in pixels."""

LABELS = 320.0
"""Where the bars begin: to the left stand the titles."""

ROW = 40.0
LANE = 30.0

MOST = 4
"""Lanes of one row; where more would be needed all bars stand in one."""

APART = 9.0
"""How far apart marks stand; one that would hide the one before it is moved to the right."""


@attrs.frozen
class Row:
    """One obligation whose clocks have started.

    Attributes:
        clocks: Its clocks.
        lanes: The clocks with their bars, in lanes.
    """

    clocks: tuple[Clock, ...]
    lanes: tuple[tuple[tuple[Clock, Bar], ...], ...]

    @property
    def height(self) -> float:
        """Its height in pixels."""
        return ROW + LANE * (len(self.lanes) - 1)

    @property
    def newest(self) -> Clock:
        """The clock that started last, for which the row's sign stands."""
        return max(self.clocks, key=lambda it: (it.start_instant or 0, it.id))


def rows_of(status: Status) -> Iterator[Row]:
    """The rows, in the order of the plans."""
    found: dict[tuple[str, str], list[tuple[Clock, Bar]]] = {}
    for clock in status.clocks:
        bar = bar_of(clock)
        if bar is not None:
            found.setdefault((clock.plan, clock.obligation.id), []).append((clock, bar))
    for pairs in found.values():
        lanes: list[list[tuple[Clock, Bar]]] = []
        for clock, bar in sorted(pairs, key=lambda it: (it[1].start, it[0].id)):
            lane = next((it for it in lanes if it[-1][1].last <= bar.start), None)
            if lane is None:
                lanes.append([(clock, bar)])
            else:
                lane.append((clock, bar))
        if len(lanes) > MOST:
            lanes = [list(_in_one(pairs))]
        yield Row(tuple(clock for clock, _ in pairs), tuple(tuple(lane) for lane in lanes))


def _in_one(pairs: Sequence[tuple[Clock, Bar]]) -> Iterator[tuple[Clock, Bar]]:
    """All bars for one lane: what is still late gives way to what began after it."""
    ordered = sorted(pairs, key=lambda it: (it[1].start, it[0].id))
    for place, (clock, bar) in enumerate(ordered):
        after = ordered[place + 1][1].start if place + 1 < len(ordered) else bar.end
        if clock.state is State.OVERDUE and bar.start < after < bar.end:
            yield clock, attrs.evolve(bar, end=after, missed=True)
        else:
            yield clock, bar


def row_drawn(
    row: Row, axis: Axis, y: float, marks: Sequence[Notice], lang: Language
) -> Iterator[Svg]:
    """A row: sign, title and standing on the left, bars and notices on the right."""
    newest = row.newest
    owed, plan = newest.obligation, newest.history.plan
    title = owed.title.words(lang) or owed.id
    room = LABELS - MARGIN - 38
    yield tag("path", d=f"M{MARGIN} {y:.2f}H{axis.right:.2f}", class_="wf-grid")
    yield state_sign(newest.state, MARGIN + 8, y + 20)
    yield tag(
        "text",
        hint(f"{title} [{plan.name}: {owed.id}]"),
        words(cut(title, 13, room)),
        x=MARGIN + 24,
        y=y + 17,
        class_="wf-name",
        data_obligation=owed.id,
    )
    yield text(cut(_detail(row, lang), 11, room), MARGIN + 24, y + 32, "wf-small wf-soft")
    top = y + (ROW - HEIGHT) / 2 - 3
    places: dict[str, float] = {}
    for lane in row.lanes:
        for clock, bar in lane:
            yield drawn(clock, bar, axis, top, lang)
            places[clock.id] = top
        top += LANE
    taken: dict[float, float] = {}
    for notice in marks:
        if notice.plan == plan.name and notice.clock_id in places:
            under = places[notice.clock_id] + HEIGHT + 8
            x = max(axis.x(notice.instant), taken.get(under, 0.0) + APART)
            taken[under] = x
            yield notice_sign(notice.kind, x, under, notice.text(lang))


def _detail(row: Row, lang: Language) -> str:
    """How it stands, by when, and who owes it."""
    newest = row.newest
    plan = newest.history.plan
    said = [standing(newest, lang)]
    if len(row.clocks) > 1:
        late = sum(it.state in {State.OVERDUE, State.MET_LATE} for it in row.clocks)
        said = [say("times", lang, count=len(row.clocks))]
        if late:
            said.append(say("late_times", lang, count=late))
    if newest.due_instant is not None and newest.state is not State.WITHDRAWN:
        said.append(say("due", lang, at=short(newest.due_instant, plan.zone)))
    who = joined([plan.role(it).title.words(lang) or it for it in newest.obligation.who], lang)
    said.append(who or say("nobody", lang))
    return " · ".join(said)
