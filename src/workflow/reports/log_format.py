"""Log formats: how the columns of somebody else's CSV log become events of a plan.

A format says which column names the case, in which zone the wall times stand, which values mean
which level and category, and which events a row tells of. It may also name the columns in which
the log's own system wrote its verdict or its due time, so that a replay can be held against them.

`log_mapping.py` reads one from a mapping file. The keys: `docs/how-to/replay-a-log.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs

from workflow.instants import Micros, Zone

_NOTHING = Micros(0)


def _frozen(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(value))


@attrs.frozen(kw_only=True)
class Times:
    """How times are written.

    Attributes:
        zone: The zone of wall times that name no offset.
        pattern: A `strptime` pattern such as `%d/%m/%Y %H:%M`; empty: ISO 8601.
        mistaken_for: Some publishers take local wall times for times of this zone (mostly UTC)
            and show them converted to the log's own. The conversion is undone: what is shown is
            read in `zone`, and the wall time of this zone at that instant is what was meant.
        empty: Texts that mean "no time", beside the empty one (`?`).
    """

    zone: Zone
    pattern: str = ""
    mistaken_for: Zone | None = None
    empty: frozenset[str] = frozenset()


@attrs.frozen(kw_only=True)
class Named:
    """A column whose values mean the levels, or the categories, of the plan.

    Attributes:
        column: The column.
        values: What each value means. A value that is not listed means nothing and is counted.
        changes: The event that tells of a change within a case; empty: changes are ignored.
        at: The column with the time of a change.
    """

    column: str
    values: Mapping[str, str] = attrs.field(converter=_frozen)
    changes: str = ""
    at: str = ""


@attrs.frozen(kw_only=True)
class Tells:
    """An event that a row may tell of.

    Attributes:
        event: The event type of the plan.
        at: The column with its time; a row in which it is empty does not tell of the event.
        first: Whether only the first row of a case tells of it.
        column: A column to look at; empty: every row tells of it.
        becomes: The values; the event is told of where the column takes one of them, in the
            first row or after another value.
        after: Values one of which the column must have had in the row before; empty: any.
        not_after: Values none of which the column may have had in the row before.
        by: The role that did it, or empty.
        states: The facts stated.
    """

    event: str
    at: str
    first: bool = False
    column: str = ""
    becomes: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    by: str = ""
    states: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Verdict:
    """What the log's own system said of an obligation, to hold the plan's answer against.

    It said either on time or late (`column`), or by when (`due`); the last row of a case counts.

    Attributes:
        name: What the comparison is called.
        obligations: The obligations it speaks of; the first that applies in the case counts.
        column: The column with the verdict.
        on_time: Its values that mean "on time".
        late: Its values that mean "late".
        due: The column with the due time that the system computed.
        earlier: How much earlier than the plan's due time the system's may lie.
        later: How much later than the plan's due time the system's may lie.
        per: How the result is broken down: `level`, `category` or empty.
    """

    name: str
    obligations: tuple[str, ...]
    column: str = ""
    on_time: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    due: str = ""
    earlier: Micros = _NOTHING
    later: Micros = _NOTHING
    per: str = ""


@attrs.frozen(kw_only=True)
class LogFormat:
    """How a CSV log is read.

    Attributes:
        times: How times are written.
        events: The events that a row may tell of, in order.
        case: The column that names the case; empty: the file is the log of one case.
        order: A column of numbers that orders the rows of a case; empty: the file's order.
        only: For some columns, the values that are read; other rows are left out and counted.
        level: The column of levels, if there is one.
        category: The column of categories, if there is one.
        data: Columns that are kept in the opening event's data, by the name they get there.
        compare: What the log's own system said.
        delimiter: What separates the fields.
        encoding: The encoding of the file.
    """

    times: Times
    events: tuple[Tells, ...]
    case: str = ""
    order: str = ""
    only: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict, converter=_frozen)
    level: Named | None = None
    category: Named | None = None
    data: Mapping[str, str] = attrs.field(factory=dict, converter=_frozen)
    compare: tuple[Verdict, ...] = ()
    delimiter: str = ","
    encoding: str = "utf-8"

    def columns(self) -> frozenset[str]:
        """Every column that it speaks of."""
        named = {self.case, self.order, *self.only, *self.data.values()}
        named |= {told.at for told in self.events} | {told.column for told in self.events}
        for it in (self.level, self.category):
            named |= {it.column, it.at} if it is not None else set()
        for verdict in self.compare:
            named |= {verdict.column, verdict.due}
        return frozenset(named - {""})
