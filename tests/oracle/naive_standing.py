"""How a case stood at every instant: the slow truth about stages, levels, rounds and pauses.

It shares no code with the package. A case is a list of events (dicts) in the order in which they
happened; an obligation is a dict. Instants are microseconds since the epoch. Every question is
answered by going through the events again from the first.
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
NEVER = 10**18
ENDED = {"met", "met_late", "withdrawn"}
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
