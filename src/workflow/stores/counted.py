"""Clocks counted by kind, end and time taken: the query `tally`, in Python.

Design: "Engine"; docs/reference/reports.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from workflow.instants import Instant
from workflow.stores.rows import KINDS, ClockRow, Tally

_MINUTE = 60_000_000
_STEPS = ((120, 1), (1_440, 10), (10_080, 60))
_LAST_STEP = 360

_ENDS = {"withdrawn": "withdrawn", "overdue": "overdue", "met": "on_time", "met_late": "late"}


def counted(
    clocks: Iterable[ClockRow], now: Instant, by: Sequence[str] = KINDS
) -> tuple[Tally, ...]:
    """The clocks counted. See `Unit.tally`."""
    found = Counter(
        (
            row.obligation,
            row.role if "role" in by else "",
            row.level if "level" in by else "",
            row.category if "category" in by else "",
            _outcome(row, now),
            _minutes(row),
        )
        for row in clocks
    )
    return tuple(
        Tally(
            obligation=key[0],
            role=key[1],
            level=key[2],
            category=key[3],
            outcome=key[4],
            minutes=key[5],
            count=count,
        )
        for key, count in sorted(found.items(), key=_order)
    )


def _order(pair: tuple[tuple[str, str, str, str, str, int | None], int]) -> tuple[str | int, ...]:
    *words, minutes = pair[0]
    return (*words, -1 if minutes is None else minutes)


def _outcome(row: ClockRow, now: Instant) -> str:
    if row.state == "met" and row.due is None:
        return "unlimited"
    if row.state in _ENDS:
        return _ENDS[row.state]
    late = row.state != "paused" and row.due is not None and row.due < now
    return "overdue" if late else "open"


def _minutes(row: ClockRow) -> int | None:
    if row.state not in {"met", "met_late"} or row.ended is None:
        return None
    took = -(-(row.ended - row.start) // _MINUTE)
    step = next((step for limit, step in _STEPS if took <= limit), _LAST_STEP)
    return -(-took // step) * step
