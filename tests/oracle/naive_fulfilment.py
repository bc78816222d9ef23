"""What fulfils an obligation, and which approvals stand: the slow truth, from the sentences."""

import itertools

import naive_times
from naive_standing import NEVER, covered


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
