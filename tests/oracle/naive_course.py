"""How a due instant came to be, and what moved it: the slow truth, from the sentences."""

import naive_times
from naive_fulfilment import concerns
from naive_standing import NEVER, covered, instants, pauses, standing

COMBINED = {"earliest_of", "latest_of"}


def allowance(owed, events, instant, which):
    """The rule that the level at that instant allows."""
    level = standing(events, instant)[0]
    return owed.get("by_level", {}).get(level, {}).get(which, owed.get(which))


def combined(rule, origin, firsts, by, stops):
    """The earliest or the latest of the parts whose events have happened by then."""
    name, parts = rule
    found = []
    for part, event in parts:
        begin = origin if event is None else firsts.get(event, NEVER)
        if event is not None and begin > by:
            covered("a part whose event has not happened")
            continue
        due = naive_times.due(part, begin, stops)
        if due is not None:
            found.append(due)
        elif name == "latest_of":
            return None  # a pause holds it up, and the latest is not known before it
    covered(name)
    return (min if name == "earliest_of" else max)(found, default=None)


def course(owed, events, which, start, anchor, anchor_place, ends, first):
    """The due instant as pauses and moves left it when the clock ended, and since when it held."""
    stops = pauses(owed, events, ends)
    promise = events[anchor_place].get("promise")
    for event in events[anchor_place + 1 :]:
        if event["type"] == "promise-changed" and concerns(owed, event) and event["at"] <= start:
            promise = event.get("promise", promise)
    if promise is not None and promise <= anchor:
        promise = None  # it had passed before anybody owed anything

    firsts = {}
    for event in events[first:]:
        firsts.setdefault(event["type"], event["at"])

    def counted(rule, since, by):
        if rule[0] in COMBINED:
            return combined(rule, since, firsts, by, stops)
        if rule == ("promised",):
            covered("promised" if promise else "nothing promised yet")
            return promise
        found = naive_times.due(rule, since, stops)
        if any(begin < (found or NEVER) and (end or NEVER) > since for begin, end in stops):
            covered(f"pause: {rule[0]}")
        return found

    allow = allowance(owed, events, start, which)
    if allow is None:
        return None, start
    covered(f"rule: {' '.join(str(it) for it in allow if isinstance(it, str))}")
    origin, due, since = anchor, counted(allow, anchor, start), start
    counts = (allow, anchor)  # what gave the due instant; None: an extension did
    for instant in instants(events):
        if instant <= start:
            continue
        if instant >= ends or (due is not None and due < instant):
            break  # what has ended or is late is moved by nothing
        was = due
        # "One that applied before and whose time differs by level."
        other = allowance(owed, events, instant, which)
        if other != allow:
            allow = other
            fresh = counted(allow, origin, instant)
            previous, counts = counts, (allow, origin)
            choice = owed.get("changed", "from_anchor")
            covered(f"level changed: {choice}")
            if choice == "restart":
                fresh, counts = counted(allow, instant, instant), (allow, instant)
            elif choice == "stricter" and due is not None:
                if fresh is None or due <= fresh:
                    fresh, counts = due, previous
            elif choice == "remaining":
                gone = naive_times.used(allow, origin, instant, stops)
                fresh = counted(naive_times.less(allow, gone), instant, instant)
            due = fresh
        if due is not None and due < instant:
            since = since if due == was else instant
            break
        begun = [event for event, at in firsts.items() if at == instant]
        if counts and counts[0][0] in COMBINED and any(it in begun for _, it in counts[0][1]):
            covered("a part began to count")
            due = counted(*counts, instant)
        for place, event in enumerate(events):
            if event["at"] != instant or place == anchor_place or not concerns(owed, event):
                continue
            if due is not None and due < instant:
                break
            if event["type"] in owed.get("extended_by", []) and which == "limit":
                if "until" in event:
                    if due is None or event["until"] > due:
                        covered("extended to an instant")
                        due, counts = event["until"], None
                elif due is not None:
                    covered("extended by an amount")
                    later = counted(("elapsed", event["more"]), due, instant)
                    if later is None or later > due:
                        due, counts = later, None
            elif event["type"] in owed.get("restarted_by", []):
                covered("restarted")
                allow = allowance(owed, events, instant, which)
                origin, due = instant, counted(allow, instant, instant)
                counts = (allow, instant)
            elif event["type"] == "promise-changed" and allow == ("promised",):
                covered("promise changed")
                promise = event.get("promise", promise)
                due = promise
        if due != was:
            since = instant
    return due, since
