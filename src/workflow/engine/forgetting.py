"""Forgetting: what a log holds of a person is dropped, and the log still proves itself.

Every event that names the person, as the one who did it or within its free text, loses its name
and its free text. That something was forgotten, when, and at whose word, stays on record; what it
was does not. No outcome changes: due times, states and notices do not depend on free text.
"""

from __future__ import annotations

import json

import attrs

from workflow.engine.memo import Memo
from workflow.engine.personal import names
from workflow.errors import EventError, UnknownCaseError
from workflow.instants import Instant
from workflow.stores.rows import EventRow, RedactionRow
from workflow.stores.store import Store, Unit


@attrs.frozen(kw_only=True)
class Forgotten:
    """What became of it.

    Attributes:
        events: How many events lost their personal data.
        cases: The cases of these events.
        kept: How many events name the person within the log itself, and cannot be redacted without
            breaking the chain: an earlier version of this package wrote them, or the name stands
            in a field that the plan reads as a date, a period or an amount.
    """

    events: int
    cases: tuple[str, ...]
    kept: int


def forget(
    store: Store, memo: Memo, person: str, case: str | None, by: str, now: Instant
) -> Forgotten:
    """Forget a person. See `Engine.forget`."""
    if not person.strip():
        raise EventError("There is no name to forget.", place="forget, person")
    with store.writing() as unit:
        if case is not None and unit.case(case) is None:
            raise UnknownCaseError(f'There is no case "{case}" in the store.')
        # In JSON text a name stands as JSON writes it.
        found = unit.mentions(json.dumps(person, ensure_ascii=False)[1:-1], case)
        rows, kept = [], 0
        for name, event in _events(unit, found):
            if event.personal and names(event.personal, person):
                rows.append(RedactionRow(case=name, seq=event.seq, at=now, by=by))
            if names(event.body, person):
                kept += 1
        unit.redact(rows)
    cases = tuple(dict.fromkeys(row.case for row in rows))
    if rows:
        store.scrub()
    for name in cases:
        memo.drop(name)
    return Forgotten(events=len(rows), cases=cases, kept=kept)


def _events(unit: Unit, found: tuple[tuple[str, int], ...]) -> list[tuple[str, EventRow]]:
    logs = {name: unit.events(name) for name in dict.fromkeys(name for name, _ in found)}
    return [(name, logs[name][seq]) for name, seq in found]
