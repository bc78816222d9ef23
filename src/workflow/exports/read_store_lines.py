"""What `store_lines` wrote, written into a store: all of it, or nothing.

Every line is checked, and every log by its hashes, before anything is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from workflow.cases.event import canonical
from workflow.engine.keeping import fault
from workflow.errors import CaseExistsError, LogFormatError
from workflow.exports.store_rows import FORMAT, VERSION, plain, row_of, said_of, unnested
from workflow.stores.rows import (
    CaseCopy,
    CaseRow,
    ClockRow,
    DeliveryRow,
    EventRow,
    NoticeRow,
    PlanRow,
    RedactionRow,
    WakeupRow,
)
from workflow.stores.store import Store, Unit

_STATES = ("waiting", "delivered", "parked")


@attrs.frozen(kw_only=True)
class Carried:
    """How much was written into a store: plans, cases, events, notices."""

    plans: int
    cases: int
    events: int
    notices: int


def read_store_lines(store: Store, lines: Iterable[str], source: str = "export") -> Carried:
    """Write what `store_lines` gave into a store, in one transaction.

    Args:
        store: The store. It may hold other cases, and knows the sinks of both afterwards.
        lines: The lines.
        source: What they are called in errors, such as the path of the file.

    Raises:
        LogFormatError: A line cannot be read, does not fit the others, or is missing. The error
            names it, and nothing was written.
        CaseExistsError: A case of that name is in the store already; nothing was written.
    """
    reader = _Reader(source)
    with store.writing() as unit:
        for number, line in enumerate(lines, 1):
            reader.read(unit, number, line)
        reader.finish()
    return Carried(
        plans=reader.plans, cases=reader.cases, events=reader.events, notices=reader.notices
    )


@attrs.frozen
class _Sink:
    name: str


@attrs.frozen(kw_only=True)
class _Counts:
    cases: int
    lines: int


@attrs.define(kw_only=True)
class _Open:
    """A case whose lines are being read; `place` is where it began."""

    place: str
    row: CaseRow
    wakeup: WakeupRow
    events: list[EventRow] = attrs.field(factory=list)
    clocks: list[ClockRow] = attrs.field(factory=list)
    notices: dict[str, NoticeRow] = attrs.field(factory=dict)
    deliveries: list[DeliveryRow] = attrs.field(factory=list)
    redactions: list[RedactionRow] = attrs.field(factory=list)


@attrs.define
class _Reader:
    """Reads line after line, and writes a case when its last line has been read."""

    source: str
    place: str = ""
    number: int = 0
    plans: int = 0
    cases: int = 0
    events: int = 0
    notices: int = 0
    case: _Open | None = None
    ended: bool = False

    def read(self, unit: Unit, number: int, line: str) -> None:
        """Take one more line."""
        self.number, self.place = number, f"{self.source}:{number}"
        kind, said = said_of(line, self.place)
        if number == 1:
            _check_format(kind, said, self.place)
        elif not isinstance(said, Mapping):
            raise LogFormatError(f"{kind} is no mapping.", place=self.place)
        elif self.ended:
            raise LogFormatError("Something stands behind the end.", place=self.place)
        elif kind in {"plan", "sink", "case", "end"}:
            self._shut(unit)
            self._whole(unit, kind, said)
        elif self.case is None:
            raise LogFormatError(
                f'A line "{kind}" stands outside a case.',
                place=self.place,
                allowed="plan, sink, case, end",
            )
        else:
            self._part(self.case, kind, said)

    def finish(self) -> None:
        """All lines have been read."""
        if not self.ended:
            raise LogFormatError(
                "The file ends early: its last line is missing.",
                place=f"{self.source}:{self.number + 1}",
                mend="Export it anew, or copy the whole file.",
            )

    def _whole(self, unit: Unit, kind: str, said: Mapping[str, Any]) -> None:
        if kind == "plan":
            unit.keep_plan(row_of(PlanRow, unnested(said, "document", plain), self.place))
            self.plans += 1
        elif kind == "sink":
            unit.know_sink(row_of(_Sink, said, self.place).name)
        elif kind == "case":
            self.case = _opened(said, self.place)
        else:
            self.ended = True
            if row_of(_Counts, said, self.place) != _Counts(cases=self.cases, lines=self.number):
                raise LogFormatError(
                    f"The file holds {self.cases} cases on {self.number} lines, and its end says "
                    "otherwise: lines are missing, or too many.",
                    place=self.place,
                )

    def _part(self, case: _Open, kind: str, said: Mapping[str, Any]) -> None:
        name = case.row.id
        if kind == "event":
            case.events.append(row_of(EventRow, unnested(said, "body", canonical), self.place))
        elif kind == "forgotten":
            case.redactions.append(row_of(RedactionRow, said, self.place, case=name))
        elif kind == "clock":
            case.clocks.append(row_of(ClockRow, said, self.place))
        elif kind == "notice":
            body = unnested(said, "body", canonical)
            notice = row_of(NoticeRow, body, self.place, case=name)
            case.notices[notice.id] = notice
        elif kind == "delivery":
            case.deliveries.append(_delivery(case, said, self.place))
        else:
            raise LogFormatError(
                f'"{kind}" is nothing that an export holds.',
                place=self.place,
                allowed="plan, sink, case, event, forgotten, clock, notice, delivery, end",
            )

    def _shut(self, unit: Unit) -> None:
        """Write the case that has been read, once its log is known to be whole."""
        case, self.case = self.case, None
        if case is None:
            return
        broken = fault(case.row, case.events)
        if broken is not None:
            raise LogFormatError(
                f"The log of the case {case.row.id} was altered: {broken[1]}.", place=case.place
            )
        if unit.case(case.row.id) is not None:
            raise CaseExistsError(
                f'A case "{case.row.id}" is in the database already; nothing was written.',
                place=case.place,
                mend="Read the file into an empty database.",
            )
        if missing := [digest for digest in case.row.plans if unit.plan(digest) is None]:
            raise LogFormatError(
                f"The plan {missing[0][:12]} of the case {case.row.id} is missing.",
                place=case.place,
            )
        unit.restore(
            CaseCopy(
                case=case.row,
                events=tuple(case.events),
                clocks=tuple(case.clocks),
                wakeup=case.wakeup,
                notices=tuple(case.notices.values()),
                deliveries=tuple(case.deliveries),
                redactions=tuple(case.redactions),
            )
        )
        self.cases += 1
        self.events += len(case.events)
        self.notices += len(case.notices)


def _check_format(kind: str, version: object, place: str) -> None:
    if kind != FORMAT:
        raise LogFormatError(
            "It is no export of a database.",
            place=place,
            allowed=f'a first line {{"{FORMAT}": {VERSION}}}',
            mend="An event log is read by: workflow replay.",
        )
    if version != VERSION:
        raise LogFormatError(
            f"It is an export of version {version}, which this package does not read.",
            place=place,
            allowed=f"version {VERSION}",
            mend="Read it with the package that wrote it, or a newer one.",
        )


def _opened(said: Mapping[str, Any], place: str) -> _Open:
    rest = dict(said)
    waits = {"at": rest.pop("wakeup", None)}
    waits |= {name: rest.pop(name) for name in ("generation", "parked") if name in rest}
    row = row_of(CaseRow, rest, place)
    wakeup = row_of(WakeupRow, waits, place, case=row.id)
    return _Open(place=place, row=row, wakeup=wakeup)


def _delivery(case: _Open, said: Mapping[str, Any], place: str) -> DeliveryRow:
    notice = case.notices.get(str(said.get("notice")))
    if notice is None:
        raise LogFormatError("A delivery names a notice that its case has not.", place=place)
    rest = {name: value for name, value in said.items() if name != "notice"}
    row = row_of(DeliveryRow, rest, place, notice=notice)
    if row.state not in _STATES:
        raise LogFormatError(
            f'"{row.state}" is no state of a delivery.', place=place, allowed=", ".join(_STATES)
        )
    return row
