"""The slow truth about clocks over a case, from the design's sentences.

It shares no code with the package. A case is a list of events (dicts) in the order in which they
happened; an obligation is a dict. Instants are microseconds since the epoch. Every question about
how the case stood is answered by going through the events again from the first.
"""

import naive_times

ORDER = ["detect", "assess", "respond", "closed"]
MOVES = {
    "assessed": ({"detect"}, "assess"),
    "published": ({"detect", "assess"}, "respond"),
    "worsened": ({"respond"}, "assess"),
    "finished": ({"respond"}, "closed"),
    "false-alarm": ({"detect", "assess", "respond"}, "closed"),
    "reopened": ({"closed"}, "assess"),
}
NEVER = 10**18
COVERED = {}
"""How often each rule decided something; printed at the end of the model test."""


def covered(rule):
    COVERED[rule] = COVERED.get(rule, 0) + 1


# Stages, levels, conditions.


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


def standing(events, instant):
    """Level, stage and whether the case waits, after everything that happened by then."""
    level, stage, waiting = None, "detect", False
    for event in events:
        if event["at"] > instant:
            break
        level = event.get("level") or level
        stage = MOVES.get(event["type"], (None, stage))[1]
        waiting = {"asked": True, "got-answer": False}.get(event["type"], waiting)
    return level, stage, waiting


def instants(events):
    """The instants at which anything happened: only then does a case stand another way."""
    return sorted({event["at"] for event in events})


def rounds(events):
    """The places of the first event of each round: the opening, and each step back."""
    found, stage = [0], "detect"
    for place, event in enumerate(events):
        after = MOVES.get(event["type"], (None, stage))[1]
        if ORDER.index(after) < ORDER.index(stage):
            found.append(place)
        stage = after
    return found


def applies(owed, events, instant):
    level, stage, _ = standing(events, instant)
    return (not owed.get("level") or level in owed["level"]) and (
        not owed.get("stage") or stage in owed["stage"]
    )


def paused(owed, events, instant):
    _, stage, waiting = standing(events, instant)
    how = owed.get("paused")
    return (how == "waiting" and waiting) or (how == "assess" and stage == "assess")


def pauses(owed, events, ends):
    """The pauses that begin before the clock ends; one that begins later changes nothing."""
    found, since = [], None
    for instant in instants(events):
        if paused(owed, events, instant):
            since = instant if since is None else since
        elif since is not None:
            found.append((since, instant))
            since = None
    if since is not None:
        found.append((since, None))
    return tuple(pause for pause in found if pause[0] < ends)


# Fulfilment.


def concerns(owed, event):
    return owed["id"] in (event.get("of") or [owed["id"]])


def allowed(owed, event):
    return event.get("by") in {None, *owed["who"]} and concerns(owed, event)


def approved(owed, events, since, place):
    """Whether all approvals were given before that place and none was voided."""
    given = []
    for event in events[since:place]:
        if event["type"] == "returned" and concerns(owed, event):
            covered("returned draft" if given else "returned before approval")
            given = []
        elif event["type"] == "approved" and concerns(owed, event):
            given.append(event.get("by"))
    wanted = list(owed.get("approvals", []))
    for role in given:
        if wanted and role in {None, wanted[0]}:
            wanted.pop(0)
    rest = [it for it in owed.get("any_order", []) if it not in given and None not in given]
    return not wanted and not rest


def progress(owed, events, start, anchor_place, since):
    """The place of the event that fulfils, and the recipients and facts still missing."""
    told, stated, begun = set(), set(), False
    to, facts = owed.get("to", []), owed.get("states", [])
    for place, event in enumerate(events):
        if event["at"] < start or place == anchor_place or not allowed(owed, event):
            continue
        supplement = event["type"] == "supplemented" and begun and bool(to or facts)
        if event["type"] not in owed["fulfilled_by"] and not supplement:
            continue
        if not approved(owed, events, since, place):
            covered("approval missing")
            continue
        if not all(any(e["type"] == n for e in events[:place]) for n in owed.get("requires", [])):
            covered("what must come first is missing")
            continue
        begun = True
        told |= set(to if event.get("to") is None else event["to"])
        stated |= set(event.get("states", []))
        if told >= set(to) and stated >= set(facts):
            if supplement:
                covered("completed by a supplement")
            if owed.get("approvals") or owed.get("any_order"):
                covered("fulfilled with its approvals")
            return place, [], []
        covered("partial report")
    return None, [it for it in to if it not in told], [it for it in facts if it not in stated]


# How a due instant came to be.


def allowance(owed, events, instant, which):
    """The rule that the level at that instant allows."""
    level = standing(events, instant)[0]
    return owed.get("by_level", {}).get(level, {}).get(which, owed.get(which))


def course(owed, events, which, start, anchor, anchor_place, ends):
    """The due instant as pauses and moves left it when the clock ended."""
    stops = pauses(owed, events, ends)
    promise = events[anchor_place].get("promise")
    for event in events[anchor_place + 1 :]:
        if event["type"] == "promise-changed" and concerns(owed, event) and event["at"] <= start:
            promise = event.get("promise", promise)
    if promise is not None and promise <= anchor:
        promise = None  # it had passed before anybody owed anything

    def counted(rule, since):
        if rule == ("promised",):
            covered("promised" if promise else "nothing promised yet")
            return promise
        found = naive_times.due(rule, since, stops)
        if any(begin < (found or NEVER) and (end or NEVER) > since for begin, end in stops):
            covered(f"pause: {rule[0]}")
        return found

    allow = allowance(owed, events, start, which)
    if allow is None:
        return None
    covered(f"rule: {' '.join(str(it) for it in allow if isinstance(it, str))}")
    origin, due = anchor, counted(allow, anchor)
    for instant in instants(events):
        if instant <= start:
            continue
        if instant >= ends or (due is not None and due < instant):
            break  # what has ended or is late is moved by nothing
        # "One that applied before and whose time differs by level."
        other = allowance(owed, events, instant, which)
        if other != allow:
            allow = other
            fresh = counted(allow, origin)
            choice = owed.get("changed", "from_anchor")
            covered(f"level changed: {choice}")
            if choice == "restart":
                fresh = counted(allow, instant)
            elif choice == "stricter" and due is not None:
                fresh = due if fresh is None else min(due, fresh)
            elif choice == "remaining":
                gone = naive_times.used(allow, origin, instant, stops)
                fresh = counted(naive_times.less(allow, gone), instant)
            due = fresh
        for place, event in enumerate(events):
            if event["at"] != instant or place == anchor_place or not concerns(owed, event):
                continue
            if due is not None and due < instant:
                break
            if event["type"] in owed.get("extended_by", []) and which == "limit":
                if "until" in event:
                    if due is None or event["until"] > due:
                        covered("extended to an instant")
                        due = event["until"]
                elif due is not None:
                    covered("extended by an amount")
                    later = counted(("elapsed", event["more"]), due)
                    due = due if later is not None and later <= due else later
            elif event["type"] in owed.get("restarted_by", []):
                covered("restarted")
                allow = allowance(owed, events, instant, which)
                origin, due = instant, counted(allow, instant)
            elif event["type"] == "promise-changed" and allow == ("promised",):
                covered("promise changed")
                promise = event.get("promise", promise)
                due = promise
    return due


# One clock.


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
    result = {"state": "pending"}
    for start, applied, ends, how in spans(owed, events, anchor_place, now):
        place, *missing = progress(owed, events, start, anchor_place, since)
        done = None if place is None else events[place]["at"]
        over = ends if done is None else min(done, ends)
        due = course(owed, events, "limit", applied, start, anchor_place, over)
        target = course(owed, events, "target", applied, start, anchor_place, over)
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
        result = {"state": state, "due": due, "target": target, "missing": missing}
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
    if done and (not asked or done[0] < asked[0]):
        return {"state": "met"}
    return {"state": "met_late" if done else "overdue"}


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
            if owed.get("recurring"):
                found += occurrences(owed, events, place, now)
            else:
                found.append(clock(owed, events, place, first, now))
    return found or [{"state": "pending"}]


# Series.


def occurrences(owed, events, anchor_place, now):
    """Every occurrence that has opened: it is owed again whenever the time before it is up."""
    for start, _, ends, _ in spans(owed, events, anchor_place, now):
        stops = pauses(owed, events, ends)
        number, opens = 0, start
        while True:
            number += 1
            due = naive_times.due(("elapsed", owed["recurring"] * number), start, stops)
            # While it is paused no occurrence opens: it opens when the pause is over.
            for begin, end in stops:
                if begin <= opens < (end or NEVER):
                    covered("opened after a pause")
                    opens = end or NEVER
            if opens >= min(ends, now + 1):
                break
            closes = NEVER if due is None else due
            done = [
                event["at"]
                for event in events
                if event["type"] in owed["fulfilled_by"]
                and allowed(owed, event)
                and opens <= event["at"] < closes
            ]
            yield occurrence(owed, events, due, done[owed["quota"] - 1 :], ends, now)
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
    return {"state": state, "due": due, "target": None, "missing": [[], []]}
