"""What moved a due instant, told: levels, extensions, new periods, promises, parts, pauses.

So is a move to another version of the plan. A change of level is told also where it left the due
instant as it was: who reads that the level now allows more time must see why the old time stands.
Design: "Reclassification", whose choice the explanation names.
"""

from __future__ import annotations

from typing import Any

from workflow.calendars.spans import NEVER
from workflow.cases.moves import Cause, Change
from workflow.cases.speaking import Part, Speaker
from workflow.instants import Instant


def changes(it: Speaker) -> Part:
    """What paused or changed it, and by which event."""
    clock = it.clock
    lines: list[str] = []
    data: list[dict[str, Any]] = []
    for which, course in (("target", clock.target_course), ("due", clock.limit_course)):
        for change in course.changes:
            lines.append(_change(it, which, change))
            data.append(_change_data(it, which, change))
    adopted = clock.history.adopted
    if adopted is not None and clock.start_instant is not None:
        moved = clock.history.events[adopted.position]
        if clock.start_instant <= moved.instant:
            version = clock.history.plan.version
            lines.append(it.say("counted_by", at=it.at(moved.instant), version=version))
            said = {"cause": "plan", "at": it.iso(moved.instant), "event_seq": moved.seq}
            data.append({**said, "version": version})
    paused = clock.obligation.paused_while
    if paused is not None and clock.start_instant is not None:
        ends = NEVER if clock.ended_instant is None else clock.ended_instant
        first = clock.history.events[0].instant  # what holds before it holds from always
        for always, to in clock.history.spans(paused):
            since = max(always, first)
            if to > clock.start_instant and since < ends:
                lines.append(_pause(it, since, to))
                data.append(_pause_data(it, since, to))
    return Part(about="changes", lines=tuple(lines), data={"changes": data})


def _change(it: Speaker, which: str, change: Change) -> str:
    key = f"changed_{change.cause.value}"
    if change.before == change.after:
        key = f"kept_{change.cause.value}"
    level = it.clock.history.standing(change.instant).level
    return it.say(
        key,
        which=it.say(f"word_{which}"),
        at=it.at(change.instant),
        before=it.at(change.before),
        after=it.at(change.after),
        choice=it.say(f"choice_{it.clock.obligation.changed.value}"),
        event=it.event_at(change.instant, change.position),
        level="-" if level is None else it.titles.level(level),
    )


def _change_data(it: Speaker, which: str, change: Change) -> dict[str, Any]:
    said: dict[str, Any] = {
        "cause": change.cause.value,
        "of": which,
        "at": it.iso(change.instant),
        "before": it.iso(change.before),
        "after": it.iso(change.after),
    }
    if change.position is not None:
        said["event_seq"] = it.clock.history.events[change.position].seq
    if change.cause is Cause.LEVEL:
        said["choice"] = it.clock.obligation.changed.value
    return said


def _pause(it: Speaker, since: Instant, to: Instant) -> str:
    event = it.event_at(since, None)
    if to == NEVER:
        return it.say("paused_since", since=it.at(since), event=event)
    resumed = it.event_at(to, None)
    return it.say("paused", since=it.at(since), to=it.at(to), event=event, resumed=resumed)


def _pause_data(it: Speaker, since: Instant, to: Instant) -> dict[str, Any]:
    return {
        "cause": "paused",
        "at": it.iso(since),
        "until": None if to == NEVER else it.iso(to),
    }
