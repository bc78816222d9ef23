"""A whole store as JSON Lines: plans, sinks, cases with their logs and hashes, notices.

`read_store_lines` reads it back, row by row: exporting that again gives the same bytes. The first
line names the format and its version; the last one counts, so that a file that was cut off is told
from a whole one. Each line between holds one thing, named by its only key, and what belongs to a
case follows the line of the case. Instants are microseconds since the epoch, UTC.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import attrs

from workflow.cases.event import canonical
from workflow.exports.store_rows import FORMAT, VERSION, nested, plain
from workflow.stores.store import Store, Unit

PAGE = 1_000
"""Names of cases that are read at a time."""


def store_lines(store: Store, *, chosen: Callable[[str], bool] | None = None) -> Iterator[str]:
    """All that a store keeps, each as one line of JSON without a line end.

    It is one state of the store, in an order that depends on nothing else: equal stores give equal
    lines. Personal data are in it, except those that were forgotten.

    Args:
        store: The store.
        chosen: Whether a case of that name is among them, as when a store is divided; by default
            all are. Plans and sinks are there in any case.
    """
    yield _line(FORMAT, VERSION)
    lines, cases = 1, 0
    with store.reading() as unit:
        for line in _shared(unit):
            yield line
            lines += 1
        after, full = "", True
        while full:
            names = unit.cases(after, PAGE)
            for name in names if chosen is None else filter(chosen, names):
                for line in _case(unit, name):
                    yield line
                    lines += 1
                cases += 1
            full = len(names) == PAGE
            after = names[-1] if names else ""
    yield _line("end", {"cases": cases, "lines": lines + 1})


def _line(kind: str, said: object) -> str:
    return json.dumps({kind: said}, ensure_ascii=False)


def _shared(unit: Unit) -> Iterator[str]:
    """Plans and sinks, which cases share."""
    for plan in unit.plans():
        document = nested(plan.document, plain)
        yield _line("plan", {**attrs.asdict(plan), "document": document})
    for sink in unit.sinks():
        yield _line("sink", {"name": sink})


def _case(unit: Unit, name: str) -> Iterator[str]:
    row, wakeup = unit.case(name), unit.wakeup(name)
    if row is None or wakeup is None:
        return
    waits = {"wakeup": wakeup.at, "generation": wakeup.generation, "parked": wakeup.parked}
    yield _line("case", {**attrs.asdict(row), **waits})
    for event in unit.events(name):
        yield _line("event", {**attrs.asdict(event), "body": nested(event.body, canonical)})
    for forgotten in unit.redactions(name):
        yield _line("forgotten", {"seq": forgotten.seq, "at": forgotten.at, "by": forgotten.by})
    for clock in unit.clocks(name):
        yield _line("clock", attrs.asdict(clock))
    places: dict[str, int] = {}
    for notice in unit.notices(name):
        places[notice.id] = len(places)
        body = nested(notice.body, canonical)
        yield _line("notice", {"id": notice.id, "at": notice.at, "told": notice.told, "body": body})
    # A database may sort the names of sinks as its own language does.
    for it in sorted(unit.deliveries(name), key=lambda it: (places[it.notice.id], it.sink)):
        said = {"notice": it.notice.id, "sink": it.sink, "state": it.state, "tries": it.tries}
        yield _line("delivery", {**said, "next_try": it.next_try, "error": it.error})
