"""The figures of a report: lines, totals and worst clauses; as JSON and as CSV.

Rates are exact fractions; in JSON they are numbers, null over nothing, with what they were made
from beside them. Design: "Engine"; docs/reference/reports.md.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import attrs

from workflow.plans.text import Text
from workflow.reports.rates import Rates

DIMENSIONS = ("plan", "obligation", "level", "category", "role", "month")
"""What a report can count by."""

COUNTS = ("on_time", "late", "unlimited", "overdue", "open", "withdrawn")
"""The outcomes; each duty has exactly one."""

DEFINITIONS = {
    "completion_rate": "(on_time + late + unlimited) / (on_time + late + unlimited + overdue)",
    "on_time_rate": "on_time / (on_time + late + overdue)",
    "left_out": "withdrawn and open duties; in on_time_rate also those without a limit",
    "minutes": "start to fulfilment, nearest rank, rounded up as the reference says",
    "month": "the month in which a duty started to apply, in the zone of its plan",
}
"""How each figure is made."""


@attrs.frozen(kw_only=True)
class Line:
    """The figures of one group.

    Attributes:
        key: Its values, one for each dimension of the report: ids, names, months.
        titles: What each of them is called; empty for a month, and for an id that several plans
            call differently.
        rates: Its counts and rates.
    """

    key: tuple[str, ...]
    titles: tuple[Text, ...]
    rates: Rates


@attrs.frozen(kw_only=True)
class Clause:
    """A duty that was late or is overdue, and the words that it comes from.

    Attributes:
        plan: The name of its plan.
        plan_title: What that is called, or empty.
        obligation: Its id.
        title: What is owed.
        clause: The wording of the source, as the last kept version of the plan gives it.
        rates: Its counts and rates.
    """

    plan: str
    plan_title: Text
    obligation: str
    title: Text
    clause: str
    rates: Rates


@attrs.frozen(kw_only=True)
class Waiting:
    """A duty that has a limit and has not ended: open, or overdue.

    Attributes:
        due: Its limit, ISO 8601 in its plan's zone.
        zone: That zone.
        seconds_left: Seconds from the present to the limit; less than 0: the limit has passed.
        overdue: Whether it is late; one that is paused is not, since its limit moves.
        case: Its case.
        plan: The name of its plan.
        obligation: Its id.
        title: What is owed.
        role: The first role that owes it, or empty.
        role_title: What that is called, or empty.
    """

    due: str
    zone: str
    seconds_left: float
    overdue: bool
    case: str
    plan: str
    obligation: str
    title: Text
    role: str
    role_title: Text

    def to_json(self) -> dict[str, Any]:
        """The same as plain values."""
        titles = {"title": _both(self.title), "role_title": _both(self.role_title)}
        return attrs.asdict(self, recurse=False) | titles


@attrs.frozen(kw_only=True)
class Report:
    """A report on duties.

    Attributes:
        by: What it counts by.
        now: The present that it was made for, ISO 8601.
        zone: The zone of `now`, `since` and `until`: the plans', or UTC where they have several.
        since: Duties that started from then on; None: all.
        until: Duties that started before then; None: all.
        totals: Over all duties; `overdue` and `open` say what is owed now.
        lines: One for each group, in the order of their keys.
        worst: The duties with the lowest on-time rate.
        waiting: What is open or overdue now, the earliest limit first; the first so many.
        waiting_count: How many there are in all.
    """

    by: tuple[str, ...]
    now: str
    zone: str
    since: str | None
    until: str | None
    totals: Rates
    lines: tuple[Line, ...]
    worst: tuple[Clause, ...]
    waiting: tuple[Waiting, ...] = ()
    waiting_count: int = 0

    def to_json(self) -> dict[str, Any]:
        """The report as plain values, with the definitions of the rates."""
        return {
            "by": list(self.by),
            "now": self.now,
            "zone": self.zone,
            "since": self.since,
            "until": self.until,
            "definitions": dict(DEFINITIONS),
            "totals": plain(self.totals),
            "lines": [
                dict(zip(self.by, it.key, strict=True))
                | {"titles": {name: _both(said) for name, said in _said(self.by, it)}}
                | plain(it.rates)
                for it in self.lines
            ],
            "worst": [
                {
                    "plan": it.plan,
                    "plan_title": _both(it.plan_title),
                    "obligation": it.obligation,
                    "title": _both(it.title),
                    "clause": it.clause,
                    **plain(it.rates),
                }
                for it in self.worst
            ],
            "waiting": [it.to_json() for it in self.waiting],
            "waiting_count": self.waiting_count,
        }

    def csv(self) -> str:
        """The lines as CSV (RFC 4180); a rate over nothing is an empty field.

        A word that a spreadsheet would take for a formula is written with an apostrophe before it.
        """
        rows: list[list[Any]] = [[*self.by, *plain(Rates())]]
        for it in self.lines:
            values = ["" if value is None else value for value in plain(it.rates).values()]
            rows.append([*(_quiet(word) for word in it.key), *values])
        return _csv(rows)

    def waiting_csv(self) -> str:
        """What is open or overdue now as CSV, likewise."""
        rows: list[list[Any]] = [
            ["due", "seconds_left", "overdue", "case", "plan", "obligation", "role"]
        ]
        for it in self.waiting:
            words = [_quiet(word) for word in (it.case, it.plan, it.obligation, it.role)]
            rows.append([it.due, it.seconds_left, str(it.overdue).lower(), *words])
        return _csv(rows)


def plain(rates: Rates) -> dict[str, Any]:
    """Counts, rates (0 to 1, six digits) and minutes as plain values."""
    found: dict[str, Any] = {name: getattr(rates, name) for name in COUNTS}
    found["completion_rate"] = _share(rates.completion_rate)
    found["on_time_rate"] = _share(rates.on_time_rate)
    found["median_minutes"] = rates.minutes(50)
    found["p95_minutes"] = rates.minutes(95)
    return found


def _csv(rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _said(by: Sequence[str], line: Line) -> list[tuple[str, Text]]:
    """The titles of a line that say something, with their dimensions."""
    return [(name, it) for name, it in zip(by, line.titles, strict=True) if it.words("en")]


def _share(rate: Fraction | None) -> float | None:
    return None if rate is None else round(float(rate), 6)


def _both(text: Text) -> dict[str, str]:
    return {"en": text.words("en"), "zh": text.words("zh")}


def _quiet(word: str) -> str:
    return f"'{word}" if word[:1] in {"=", "+", "-", "@", "\t", "\r"} else word
