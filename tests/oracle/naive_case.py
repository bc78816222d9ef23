"""The slow truth about clocks over a case, from the design's sentences.

It shares no code with the package. A case is a list of events (dicts) in the order in which they
happened; an obligation is a dict. Instants are microseconds since the epoch. Every question about
how the case stood is answered by going through the events again from the first.
"""

import datetime as dt
import itertools

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
ENDED = {"met", "met_late", "withdrawn"}
COMBINED = {"earliest_of", "latest_of"}
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


# Approvals that have a time of their own.


def approvals(owed, events, name, main, now):
    """A clock for each approval of one clock that the plan gives a time."""
    found, (own, _, label) = {}, name.partition("@")
    if "within" not in owed:
        return found
    given = []
    for event in events[main["round"] :]:
        if event["type"] == "returned" and concerns(owed, event):
            given = []
        elif event["type"] == "approved" and concerns(owed, event):
            given.append(event)
    in_order, any_order = owed.get("approvals", []), owed.get("any_order", [])
    begins, rest = [main.get("start")], list(given)
    for role in in_order:
        while rest and rest[0].get("by") not in {None, role}:
            rest.pop(0)
        begins.append(rest.pop(0)["at"] if rest else None)
    last = begins[max(len(in_order) - 1, 0)]
    asked = list(itertools.pairwise(begins)) if in_order else []
    for role in any_order:
        by_it = [it["at"] for it in given if it.get("by") in {None, role}]
        asked.append((last, by_it[0] if by_it else None))
    for number, (since, at) in enumerate(asked, 1):
        if number in owed["within"]:
            begin = None if main.get("start") is None else since
            one = approval(main, begin, at, owed["within"][number], now)
            found[f"{own}/approval-{number}" + (f"@{label}" if label else "")] = one
    return found


def approval(main, begin, at, minutes, now):
    """The clock of one approval: it counts from the one before it, or from the start."""
    if begin is None:
        return {"state": "pending"}
    due = begin + minutes * naive_times.MINUTE
    over = main.get("ended", NEVER)
    if at is not None:
        state, ended = ("met" if at <= due else "met_late"), at
    elif over < NEVER:
        state = "overdue" if due < over else "withdrawn"
        ended = over if state == "withdrawn" else NEVER
    else:
        state, ended = ("overdue" if now > due else "running"), NEVER
    covered(f"approval: {state}")
    return {"state": state, "due": due, "start": begin, "due_since": begin, "ended": ended}


# Several versions of a plan.


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
