"""The slow truth about clocks over a case, from the design's sentences.

It shares no code with the package; see `naive_standing.py` for how a case is written down. Here
stand the life of one clock, series, and what a change of plan keeps.
"""

import datetime as dt

import naive_times
from naive_course import course
from naive_fulfilment import allowed, approvals, concerns, progress
from naive_standing import (
    COVERED,
    ENDED,
    NEVER,
    applies,
    covered,
    instants,
    legal,
    paused,
    pauses,
    rounds,
)

__all__ = ["COVERED", "clocks", "concerns", "covered", "judge", "legal", "openings"]


def ending(owed, events, start, anchor_place):
    """When something ends what is owed from `start` on, and how."""
    ends, how = NEVER, None
    for instant in sorted({start, *instants(events)}):
        if instant >= start and not applies(owed, events, instant):
            ends, how = instant, "no longer applies"
            break
    for place, event in enumerate(events):
        if event["at"] < start or place <= anchor_place or event["at"] > ends:
            continue
        if event["type"] in owed.get("until", []):
            return event["at"], "until"
        if event["type"] == "finished" and (owed.get("continuous") or owed.get("recurring")):
            return event["at"], "closed"
        if event["type"] == "false-alarm":
            return event["at"], "false alarm"
    return ends, how


def spans(owed, events, anchor_place, now):
    """The spans in which it is owed: start, from when it counts, since when, end, how it ends."""
    anchor = events[anchor_place]["at"]
    withdrawn = [e["at"] for e in events[anchor_place + 1 :] if e["type"] == "false-alarm"]
    after = anchor
    for instant in sorted({anchor, *instants(events)}):
        if instant < after or instant > now or not applies(owed, events, instant):
            continue
        if instant > anchor and withdrawn and instant >= withdrawn[0]:
            return  # a false alarm withdrew what its round owed
        start = instant
        if instant > anchor:
            newly = owed.get("newly", "restart")
            covered(f"newly applies: {newly}")
            if newly == "ignore":
                continue
            if newly == "from_anchor":
                start = anchor
        ends, how = ending(owed, events, instant, anchor_place)
        yield start, instant, ends, how
        if how != "no longer applies":
            return
        after = ends


def clock(owed, events, anchor_place, since, now):
    """The clock that one anchor event started, at `now`."""
    result = {"state": "pending", "round": since}
    for start, applied, ends, how in spans(owed, events, anchor_place, now):
        place, *missing = progress(owed, events, start, anchor_place, since)
        done = None if place is None else events[place]["at"]
        over = ends if done is None else min(done, ends)
        moves = (applied, start, anchor_place, over, since)
        due, due_since = course(owed, events, "limit", *moves)
        target, target_since = course(owed, events, "target", *moves)
        late_at_end = due is not None and due < ends
        if done is not None and (done <= ends or late_at_end):
            state = "met" if due is None or done <= due else "met_late"
        elif ends == NEVER:
            if due is not None and now > due:
                state = "overdue"
            else:
                state = "paused" if paused(owed, events, now) else "running"
        elif late_at_end:
            state = "overdue"
        elif owed.get("continuous") and how in {"until", "closed"}:
            state = "met"
        else:
            state = "withdrawn"
        covered(f"state: {state}")
        fulfilled = done is not None and (done <= ends or late_at_end)
        result = {"state": state, "due": due, "target": target, "missing": missing}
        result |= {"start": start, "due_since": due_since, "target_since": target_since}
        result |= {"ended": (done if fulfilled else ends) if state in ENDED else NEVER}
        result |= {"round": since}
        if state != "withdrawn" or how != "no longer applies":
            return result
        covered("ceased to apply")
    return result


def before(owed, events, first, end):
    """What must precede an event: late when the event comes first."""
    asked = [p for p in range(first, end) if events[p]["type"] == owed["before"]]
    done = [
        p
        for p in range(first, end)
        if events[p]["type"] in owed["fulfilled_by"] and allowed(owed, events[p])
    ]
    if not asked and not done:
        return None
    covered("before an event")
    ended = events[done[0]]["at"] if done else NEVER
    one = {"start": events[first]["at"], "ended": ended, "due_since": -NEVER}
    if done and (not asked or done[0] < asked[0]):
        return one | {"state": "met", "due": events[asked[0]]["at"] if asked else None}
    due = events[asked[0]]["at"] - 1
    return one | {"state": "met_late" if done else "overdue", "due": due}


def stamp(instant):
    return dt.datetime.fromtimestamp(instant // 10**6, dt.UTC).strftime("@%Y%m%dT%H%M%SZ")


def named(found):
    """The names with a number behind those that stand there again."""
    seen = {}
    for name in found:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}.{seen[name]}"


def judge(owed, events, now):
    """Every clock of an obligation at `now`, by id."""
    events = [event for event in events if event["at"] <= now]
    starts = rounds(events)
    names = ["", *named(stamp(events[first]["at"]) for first in starts[1:])]
    anchored = [p for p, event in enumerate(events) if event["type"] in owed.get("from", [])]
    each = named(stamp(events[place]["at"]) for place in anchored)
    each = dict(zip(anchored, each, strict=True))
    found = {}
    for number, first in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(events)
        name = owed["id"] + names[number]
        if number:
            covered("round")
        if "before" in owed:
            one = before(owed, events, first, end)
            found |= {name: one} if one else {}
            continue
        anchors = [p for p in anchored if first <= p < end]
        for place in anchors if owed.get("each") else anchors[:1]:
            if owed.get("each"):
                name = owed["id"] + each[place]
            if owed.get("recurring"):
                several = list(occurrences(owed, events, place, now))
                join = "/" if "@" in name else ""
                ids = named(name + (join + it["label"]).replace("/@", "/") for it in several)
                found |= dict(zip(ids, several, strict=True))
            else:
                found[name] = clock(owed, events, place, first, now)
    found = found or {owed["id"]: {"state": "pending", "round": 0}}
    for name, main in list(found.items()):
        found |= approvals(owed, events, name, main, now)
    return {name: {"owed": owed, **one} for name, one in found.items()}


def clocks(versions, events, now):
    """Every clock of the obligations by id; what was past when the plan changed keeps its result."""
    events = [event for event in events if event["at"] <= now]
    places = [p for p, event in enumerate(events) if event["type"] == "plan-changed"]
    found = {}
    for owed in versions[len(places)]:
        found |= judge(owed, events, now)
    if not places:
        return found
    covered("plan changed")
    moved = places[-1]
    then = clocks(versions, events[:moved], events[moved]["at"])
    later = {}
    for owed in versions[len(places) - 1]:
        later |= judge(owed, events, now)
    for name, one in then.items():
        if one["state"] in ENDED:
            covered("ended under the version before")
            found[name] = one
        elif one["state"] == "overdue":
            covered("overdue under the version before")
            found[name] = later[name]
    return found


# Series.


def openings(versions, events, now):
    """When the next occurrence of each series opens."""
    events = [event for event in events if event["at"] <= now]
    changed = sum(event["type"] == "plan-changed" for event in events)
    found, starts = [], rounds(events)
    for owed in versions[changed]:
        if owed.get("recurring"):
            for first, end in zip(starts, [*starts[1:], len(events)], strict=True):
                anchors = [p for p in range(first, end) if events[p]["type"] in owed["from"]]
                for place in anchors[:1]:
                    list(occurrences(owed, events, place, now, found))
    return found


def occurrences(owed, events, anchor_place, now, ahead=None):
    """Every occurrence that has opened: it is owed again whenever the time before it is up."""
    for start, _, ends, _ in spans(owed, events, anchor_place, now):
        stops = pauses(owed, events, ends)
        number, opens = 0, start
        while True:
            number += 1
            due = naive_times.due(("elapsed", owed["recurring"] * number), start, stops)
            planned = opens
            # While it is paused no occurrence opens: it opens when the pause is over.
            for begin, end in stops:
                if begin <= opens < (end or NEVER):
                    covered("opened after a pause")
                    opens = end or NEVER
            if opens >= min(ends, now + 1):
                if ahead is not None and now < opens < ends:
                    ahead.append(opens)
                break
            closes = NEVER if due is None else due
            done = [
                event["at"]
                for event in events
                if event["type"] in owed["fulfilled_by"]
                and allowed(owed, event)
                and opens <= event["at"] < closes
            ]
            one = occurrence(owed, events, due, done[owed["quota"] - 1 :], ends, now)
            yield one | {"label": stamp(planned), "start": opens, "due_since": opens}
            opens = closes


def occurrence(owed, events, due, done, ends, now):
    late_at_end = due is not None and due < ends
    if done and (done[0] <= ends or late_at_end):
        state = "met"
    elif ends == NEVER:
        if due is not None and now > due:
            state = "overdue"
        else:
            state = "paused" if paused(owed, events, now) else "running"
    else:
        state = "overdue" if late_at_end else "withdrawn"
    covered(f"occurrence: {state}")
    ended = done[0] if state in {"met", "met_late"} else ends
    ended = ended if state in ENDED else NEVER
    return {"state": state, "due": due, "target": None, "missing": [[], []], "ended": ended}
