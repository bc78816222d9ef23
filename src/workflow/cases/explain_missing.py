"""What came of an obligation, told: how it was fulfilled, how it ended, or what it still lacks.

Design: "Clocks over a case", paragraph "Fulfilment".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from workflow.cases.life import State
from workflow.cases.speaking import Part, Speaker
from workflow.cases.words import listed, span_words


def missing(it: Speaker) -> Part:
    """How it was fulfilled or ended; while it is owed, what is missing for it."""
    clock = it.clock
    data: dict[str, Any] = {"state": clock.state.value}
    lines: list[str] = []
    if clock.fulfilled_instant is not None:
        lines += _fulfilled(it, data)
    elif clock.state is State.WITHDRAWN:
        lines.append(it.say("withdrawn", at=it.at(clock.ended_instant)))
        data["withdrawn_at"] = it.iso(clock.ended_instant)
    elif clock.state is State.MET:
        lines.append(it.say("ended", at=it.at(clock.ended_instant)))
    elif clock.state is not State.PENDING:
        lines += _lacks(it)
        lacks = clock.missing
        data["missing"] = {
            "recipients": list(lacks.recipients),
            "states": list(lacks.states),
            "approvals": [list(roles) for roles in lacks.approvals],
            "requires": list(lacks.requires),
        }
    return Part(about="missing", lines=tuple(lines), data=data)


def _fulfilled(it: Speaker, data: dict[str, Any]) -> Iterator[str]:
    clock = it.clock
    event = clock.fulfilled_by
    data["fulfilled_at"] = it.iso(clock.fulfilled_instant)
    data["fulfilled_by"] = None if event is None else event.type
    said = "-" if event is None else it.titles.event(event.type)
    yield it.say("fulfilled", at=it.at(clock.fulfilled_instant), event=said)
    late = clock.overdue_by
    if late is None:
        yield it.say("on_time")
        yield from _aim(it)
        return
    yield it.say("late", by=span_words(late, it.lang))
    if clock.obligation.reasons_if_late:
        reasons = clock.reasons
        yield it.say("reasons", reasons=reasons) if reasons else it.say("no_reasons")
        data["reasons"] = reasons


def _aim(it: Speaker) -> Iterator[str]:
    """That the target was missed, though the limit may still be kept."""
    clock = it.clock
    if clock.target_missed and clock.target_instant is not None:
        until = clock.fulfilled_instant or clock.now_instant
        past = dt.timedelta(microseconds=until - clock.target_instant)
        yield it.say("past_target", by=span_words(past, it.lang))


def _lacks(it: Speaker) -> Iterator[str]:
    clock, lacks = it.clock, it.clock.missing
    if clock.obligation.fulfilled_by:
        yield it.say("needs", events=it.titles.events(clock.obligation.fulfilled_by))
    if lacks.recipients:
        yield it.say("lacks_recipients", roles=it.titles.roles(lacks.recipients))
    if lacks.states:
        yield it.say("lacks_states", states=listed(lacks.states, it.lang))
    for roles in lacks.approvals:
        key = "lacks_approval_of_any" if len(roles) > 1 else "lacks_approval"
        yield it.say(key, roles=it.titles.roles(roles))
    if lacks.requires:
        yield it.say("lacks_events", events=it.titles.events(lacks.requires))
    if clock.state is not State.OVERDUE:
        yield from _aim(it)
    if clock.count is not None:
        yield it.say("count", done=clock.count[0], quota=clock.count[1])
