"""The board: what is owed next in all cases, counting down.

It is one question to the library's index (`engine.owed`), whatever the number of cases.
"""

from __future__ import annotations

from typing import Any

import attrs
from examples.desk.asking import Ask
from starlette.responses import Response

from workflow import Plan
from workflow.instants import HOUR, Instant, to_moment, zone_of

AHEAD = 45 * 24 * HOUR
"""How far the board looks."""

MOST = 100
SOON = HOUR
"""What is due within this is shown as pressing."""


@attrs.frozen(kw_only=True)
class Line:
    """A line of the board."""

    case: str
    clock: str
    matter: str
    plan: Plan
    duty: str
    who: tuple[str, ...]
    due: Instant
    late: bool
    soon: bool


def board(ask: Ask) -> Response:
    """The board."""
    return ask.show("board.html", **_shown(ask))


def board_rows(ask: Ask) -> Response:
    """Its lines alone, for a page that is open."""
    return ask.show("board_rows.html", **_shown(ask))


def _shown(ask: Ask) -> dict[str, Any]:
    mine = "mine" in ask.request.query_params
    found = lines_of(ask)
    lines = [line for line in found if not mine or set(line.who) & set(ask.person.roles)]
    return {
        "lines": lines,
        "parked": ask.desk.engine.parked(),
        "most": MOST,
        "full": len(found) == MOST,
        "mine": mine,
        "late": sum(line.late for line in lines),
        "soon": sum(line.soon for line in lines),
    }


def lines_of(ask: Ask) -> list[Line]:
    """What is owed, the earliest first, so that what is overdue stands on top."""
    until = to_moment(Instant(ask.now + AHEAD), zone_of("UTC"))
    present = to_moment(ask.now, zone_of("UTC"))
    owed = ask.desk.engine.owed(until, now=present, limit=MOST)
    titles = ask.desk.matters.titles(sorted({it.case for it in owed}))
    lines = []
    for it in owed:
        plan = ask.desk.plans.get(it.plan) or ask.desk.engine.case(it.case).plan
        duties = {duty.id: duty for duty in plan.obligations}
        duty = duties.get(it.obligation)
        lines.append(
            Line(
                case=it.case,
                clock=it.clock,
                matter=titles.get(it.case, ""),
                plan=plan,
                duty=it.obligation if duty is None else duty.title.words(ask.lang) or duty.id,
                who=() if duty is None else duty.who,
                due=it.instant,
                late=it.late,
                soon=not it.late and it.instant - ask.now <= SOON,
            )
        )
    return lines
