"""What a case tells, and when: the slow truth about notices, from the design's sentences.

It shares no code with the package. Outcomes follow when a thing happened; notices follow what was
known: an event counts from its arrival, when it has both happened and been recorded. A notice is
told as (instant, kind, clock, number).
"""

from naive_standing import ENDED, NEVER
from naive_times import MINUTE


def moments(name, one):
    """What becomes true of a clock with no further event: (instant, kind, clock, number, due)."""
    if "start" not in one:
        return
    owed, end = one["owed"], one["ended"]
    due, target = one.get("due"), one.get("target")
    if target is not None and target < end and max(target + 1, one["target_since"]) <= end:
        yield max(target + 1, one["target_since"]), "target_missed", name, 0, target
    if due is not None and due < end:
        late = max(due + 1, one["due_since"])
        yield late, "breached", name, 0, due
        # "A chain of roles with delays and repeats and a stop."
        number = 0
        for step in owed.get("escalate", []) if "approval-" not in name else []:
            at = late if step["after"] is None else max(due + step["after"] * MINUTE, late)
            for _ in range(step["times"] if step["repeat"] else 1):
                number += 1
                if at < end:
                    yield at, "escalated", name, number, due
                at += (step["repeat"] or 0) * MINUTE
    if "approval-" in name:
        return
    aim, held = (due, "due_since") if due is not None else (target, "target_since")
    for number, warn in enumerate(owed.get("warn", []) if aim is not None else []):
        if isinstance(warn, float):
            at = one["start"] + round((aim - one["start"]) * warn)
        else:
            at = aim - warn * MINUTE
        at = max(at, one["start"], one[held])
        if at < end and at <= aim:
            yield at, "warning", name, number, aim


def coming(found):
    """Every moment of the clocks."""
    return {moment for name, one in found.items() for moment in moments(name, one)}


def told(clocks_of, events, until):
    """Every notice up to `until`, in order; `clocks_of` judges what is known at an instant."""
    found, known, last = [], [], -NEVER
    for event in sorted(events, key=lambda it: it["arrival"]):
        at = event["arrival"]
        if at > until:
            break
        was = clocks_of(known, at) if known else {}
        passed = {it for it in coming(was) if it[0] < at or (last == at and it[0] <= at)}
        found += [it[:4] for it in passed if it[0] > last]
        known.append(event)
        after = clocks_of(known, at)
        found += [(at, *it[1:4]) for it in coming(after) if it[0] <= at and it not in passed]
        found += [(at, kind, name, 0) for name, kind in changes(was, after)]
        last = at
    found += [it[:4] for it in coming(clocks_of(known, until)) if last < it[0] <= until]
    return sorted(found)


def changes(was, after):
    """What an event made of the clocks."""
    for name, one in after.items():
        old = was.get(name, {"state": "pending"})
        if breached(old) and not breached(one):
            yield name, "breach_withdrawn"
        if one["state"] != old["state"] and one["state"] in ENDED:
            yield name, one["state"]
        elif name in was and moved(old, one):
            yield name, "due_changed"


def breached(one):
    return one["state"] in {"overdue", "met_late"} and one.get("due") is not None


def moved(old, one):
    if one["state"] in {*ENDED, "pending", "paused"} or old["state"] == "pending":
        return False
    return any(old.get(which) != one.get(which) for which in ("due", "target"))
