"""The slow truth about clocks over a case, minute by minute, from the design's sentences.

It shares no code with the package. A case is a list of events (dicts) in the order in which they
happened; an obligation is a dict. Times are whole minutes since the case opened. Every question
about how the case stood is answered by going through the events again from the first.
"""

ORDER = ["detect", "assess", "respond", "closed"]
MOVES = {
    "assessed": ({"detect"}, "assess"),
    "published": ({"detect", "assess"}, "respond"),
    "worsened": ({"respond"}, "assess"),
    "finished": ({"respond"}, "closed"),
    "false-alarm": ({"detect", "assess", "respond"}, "closed"),
    "reopened": ({"closed"}, "assess"),
}
COVERED = {}
"""How often each rule decided something; printed at the end of the model test."""


def covered(rule):
    COVERED[rule] = COVERED.get(rule, 0) + 1


def legal(events):
    """Whether the events, in order, are a legal path of the stages."""
    stage = "detect"
    for event in events[1:]:
        if event["type"] in MOVES:
            sources, target = MOVES[event["type"]]
            if stage not in sources:
                return False
            stage = target
        elif stage == "closed":
            return False
    return True


def standing(events, minute):
    """Level, stage and whether the case waits, after everything that happened by that minute."""
    level, stage, waiting = None, "detect", False
    for event in events:
        if event["at"] > minute:
            break
        level = event.get("level") or level
        stage = MOVES.get(event["type"], (None, stage))[1]
        waiting = {"asked": True, "got-answer": False}.get(event["type"], waiting)
    return level, stage, waiting


def rounds(events):
    """The places of the first event of each round: the opening, and each step back."""
    found, stage = [0], "detect"
    for place, event in enumerate(events):
        after = MOVES.get(event["type"], (None, stage))[1]
        if ORDER.index(after) < ORDER.index(stage):
            found.append(place)
        stage = after
    return found


def applies(owed, events, minute):
    level, stage, _ = standing(events, minute)
    return (not owed.get("level") or level in owed["level"]) and (
        not owed.get("stage") or stage in owed["stage"]
    )


def paused(owed, events, minute):
    _, stage, waiting = standing(events, minute)
    how = owed.get("paused")
    return (how == "waiting" and waiting) or (how == "assess" and stage == "assess")


def counted(owed, events, anchor, minutes, ends):
    """The minute at which so many unpaused minutes have gone; None while a pause has no end."""
    last = events[-1]["at"]
    minute, inside = anchor, True
    while minutes > 0:
        stopped = paused(owed, events, minute)
        if stopped and (minute == anchor or not paused(owed, events, minute - 1)):
            # A pause that begins when nothing is owed any more changes nothing.
            inside = first_of_pause(owed, events, minute) < ends
        if stopped and inside:
            if minute > last:
                return None
            covered("pause")
        else:
            minutes -= 1
        minute += 1
    return minute


def first_of_pause(owed, events, minute):
    while minute > 0 and paused(owed, events, minute - 1):
        minute -= 1
    return minute


def allowed(owed, event):
    return event.get("by") in {None, *owed["who"]} and owed["id"] in event.get("of", [owed["id"]])


def approved(owed, events, since, place):
    """Whether all approvals were given in order before that place and none was voided."""
    asked = list(owed.get("approvals", []))
    wanted = list(asked)
    for event in events[since:place]:
        if event["type"] == "returned" and owed["id"] in event.get("of", [owed["id"]]):
            wanted = list(asked)
            covered("returned draft")
        elif (
            event["type"] == "approved"
            and owed["id"] in event.get("of", [owed["id"]])
            and wanted
            and event.get("by") in {None, wanted[0]}
        ):
            wanted.pop(0)
    return not wanted


def fulfilled(owed, events, start, anchor_place, since):
    """The first event that fulfils: type, role, recipients, facts, approvals, what must precede."""
    told, stated, begun = set(), set(), False
    for place, event in enumerate(events):
        if event["at"] < start or place == anchor_place or not allowed(owed, event):
            continue
        supplement = event["type"] == "supplemented" and begun
        supplement = supplement and bool(owed.get("to") or owed.get("states"))
        if event["type"] not in owed["fulfilled_by"] and not supplement:
            continue
        if not approved(owed, events, since, place):
            covered("approval missing")
            continue
        if not all(any(e["type"] == n for e in events[:place]) for n in owed.get("requires", [])):
            covered("what must come first is missing")
            continue
        begun = True
        told |= set(event.get("to", owed.get("to", [])))
        stated |= set(event.get("states", []))
        if told >= set(owed.get("to", [])) and stated >= set(owed.get("states", [])):
            return place
        covered("partial report")
    return None


def allowance(owed, events, minute, which):
    """The minutes that the level at that minute allows."""
    level = standing(events, minute)[0]
    return owed.get("by_level", {}).get(level, {}).get(which, owed.get(which))


def course(owed, events, which, start, anchor, anchor_place, ends):
    """The due minute as pauses and moves left it when the clock ended."""
    allow = allowance(owed, events, start, which)
    if allow is None:
        return None
    origin, due = anchor, counted(owed, events, anchor, allow, ends)
    for minute in range(start + 1, events[-1]["at"] + 1):
        if minute >= ends or (due is not None and due < minute):
            break  # what has ended or is late is moved by nothing
        level, before = standing(events, minute)[0], standing(events, minute - 1)[0]
        # "One that applied before and whose time differs by level."
        other = allowance(owed, events, minute, which)
        if level != before and other != allow:
            allow = other
            fresh = counted(owed, events, origin, allow, ends)
            choice = owed.get("changed", "from_anchor")
            covered(f"level changed: {choice}")
            if choice == "restart":
                fresh = counted(owed, events, minute, allow, ends)
            elif choice == "stricter" and due is not None:
                fresh = due if fresh is None else min(due, fresh)
            elif choice == "remaining":
                used = sum(not paused(owed, events, it) for it in range(origin, minute))
                fresh = counted(owed, events, minute, max(allow - used, 0), ends)
            due = fresh
        for place, event in enumerate(events):
            if event["at"] != minute or place == anchor_place:
                continue
            if owed["id"] not in event.get("of", [owed["id"]]):
                continue
            if due is not None and due < minute:
                break
            if event["type"] in owed.get("extended_by", []) and which == "limit":
                if due is not None:
                    covered("extended")
                    due = counted(owed, events, due, event["more"], ends)
            elif event["type"] in owed.get("restarted_by", []):
                covered("restarted")
                allow = allowance(owed, events, minute, which)
                origin, due = minute, counted(owed, events, minute, allow, ends)
    return due


NEVER = 10**9


def ending(owed, events, start, anchor_place):
    """When something ends what is owed from `start` on, and how."""
    ends, how = NEVER, None
    for minute in range(start, events[-1]["at"] + 1):
        if not applies(owed, events, minute):
            ends, how = minute, "no longer applies"
            break
    for place, event in enumerate(events):
        if event["at"] < start or place == anchor_place or event["at"] > ends:
            continue
        if event["type"] in owed.get("until", []):
            return event["at"], "until"
        if event["type"] == "finished" and owed.get("continuous"):
            return event["at"], "closed"
        if event["type"] == "false-alarm":
            return event["at"], "false alarm"
    return ends, how


def clock(owed, events, anchor_place, since, now):
    """State, due and target of the clock that one anchor event started, at `now`."""
    anchor = events[anchor_place]["at"]
    result = ("pending", None, None)
    minute = anchor
    withdrawn = [e["at"] for e in events[anchor_place + 1 :] if e["type"] == "false-alarm"]
    while minute <= now:
        if minute > anchor and withdrawn and minute >= withdrawn[0]:
            return result  # a false alarm withdrew what its round owed
        if not applies(owed, events, minute):
            minute += 1
            continue
        start = counts = minute
        if minute > anchor:
            newly = owed.get("newly", "restart")
            covered(f"newly applies: {newly}")
            if newly == "ignore":
                return result
            if newly == "from_anchor":
                start = counts = anchor
        ends, how = ending(owed, events, minute, anchor_place)
        place = fulfilled(owed, events, start, anchor_place, since)
        done = None if place is None else events[place]["at"]
        over = ends if done is None else min(done, ends)
        due = course(owed, events, "limit", minute, counts, anchor_place, over)
        target = course(owed, events, "target", minute, counts, anchor_place, over)
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
        covered(state)
        result = (state, due, target)
        if state != "withdrawn" or how != "no longer applies":
            return result
        minute = ends
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
    if done and (not asked or done[0] < asked[0]):
        return "met", None, None
    return ("met_late" if done else "overdue"), None, None


def judge(owed, events, now):
    """Every clock of an obligation at `now`, in order."""
    events = [event for event in events if event["at"] <= now]
    starts = rounds(events)
    found = []
    for number, first in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(events)
        if number:
            covered("round")
        if "before" in owed:
            one = before(owed, events, first, end)
            found += [one] if one else []
            continue
        anchors = [p for p in range(first, end) if events[p]["type"] in owed["from"]]
        for place in anchors if owed.get("each") else anchors[:1]:
            found.append(clock(owed, events, place, first, now))
    return found or [("pending", None, None)]
