"""Random plans and events for the model test of cases, each as the naive judge reads it and as a
plan document or `Case.record` is told. Instants are minutes after the opening of the case, a Friday
before the clocks of Berlin go forward; to the judge they are microseconds since the epoch.
"""

import datetime as dt
import itertools

from hypothesis import strategies as st

from workflow.plans import loads

OPENED = dt.datetime(2026, 3, 27, 12, 20, tzinfo=dt.UTC)  # 13:20 in Berlin
MINUTE = 60_000_000
VERSIONS = itertools.count(1)
HEAD = """
workflow: 1
name: model
version: "{version}"
timezone: Europe/Berlin
calendars:
  office: {{hours: {{mon-fri: ["09:00-12:00", "13:00-17:00"]}}}}
calendar: office
roles: {{duty: {{en: Duty}}, press: {{en: Press}}, city: {{en: City}}, lead: {{en: Lead}}}}
levels: [{{id: high, title: High}}, {{id: low, title: Low}}]
conditions: {{waiting: {{en: Waiting}}}}
stages: [{{id: detect}}, {{id: assess}}, {{id: respond}}, {{id: closed}}]
opens: [detected]
events:
  detected: {{en: Found}}
  told: {{en: Told}}
  doubted: {{en: Doubted}}
  granted: {{en: Extension granted}}
  began-anew: {{en: Began anew}}
  subsided: {{en: Subsided}}
  assessed: {{en: Assessed}}
  published: {{en: Published}}
  worsened: {{en: Worsened}}
  finished: {{en: Finished}}
  false-alarm: {{en: False alarm}}
  reopened: {{en: Reopened}}
  asked: {{en: Asked, sets: [waiting]}}
  got-answer: {{en: Answered, clears: [waiting]}}
transitions:
  - {{event: assessed, from: [detect], to: assess}}
  - {{event: published, from: [detect, assess], to: respond}}
  - {{event: worsened, from: [respond], to: assess}}
  - {{event: finished, from: [respond], to: closed}}
  - {{event: false-alarm, from: open, to: closed, withdraws: true}}
  - {{event: reopened, from: [closed], to: assess}}
obligations:
"""
LAW = """
workflow: 1
name: law
version: "1"
timezone: Europe/Berlin
roles: {office: {en: Office}}
stages: [{id: detect}, {id: closed}]
opens: [detected]
events:
  detected: {en: Found}
  told: {en: Told, same_as: ["model:published"]}
  breach-known: {en: Breach known, same_as: ["model:doubted", "model:detected"]}
  authority-told: {en: Authority told, same_as: ["model:told"]}
  put-aside: {en: Put aside}
transitions:
  - {event: put-aside, from: open, to: closed}
obligations:
  - {id: notify, who: office, from: breach-known, each: true, limit: 90 min,
     fulfilled_by: [authority-told]}
  - {id: inform, who: office, from: told, limit: 45 min, fulfilled_by: [breach-known]}
"""
LAW_PLAN = loads(LAW)
LAW_OWED = [
    {
        "id": "notify",
        "who": ["office"],
        "from": ["breach-known"],
        "each": True,
        "limit": ("elapsed", 90),
        "fulfilled_by": ["authority-told"],
    },
    {
        "id": "inform",
        "who": ["office"],
        "from": ["told"],
        "limit": ("elapsed", 45),
        "fulfilled_by": ["breach-known"],
    },
]
SAME = {
    "published": ["told"],
    "doubted": ["breach-known"],
    "detected": ["detected", "breach-known"],
    "told": ["told", "authority-told"],
}
"""What the law calls an event of the company's plan, one event perhaps two things."""
TYPES = [
    *["told"] * 3,
    *["supplemented", "approved", "approved", "reclassified", "reclassified"],
    *["asked", "asked", "got-answer", "got-answer"],
    *["doubted", "granted", "began-anew", "promise-changed", "returned", "subsided"],
    *["assessed", "published", "worsened", "finished", "false-alarm", "reopened", "reopened"],
]
MINUTES = st.sampled_from((7, 30, 60, 95, 200))
ENDS = st.sampled_from(("midnight", "close"))
NEWLY = ("restart", "from_anchor", "ignore")
CHANGED = ("restart", "from_anchor", "stricter", "remaining")
KINDS = ("plain", "plain", "plain", "plain", "each", "continuous", "recurring", "before")


def micros(minute):
    return int(OPENED.timestamp()) * 10**6 + minute * MINUTE


def at(minute):
    return OPENED + dt.timedelta(minutes=minute)


def rules(kind):
    """A rule of that kind."""
    if kind == "elapsed":
        return st.tuples(st.just(kind), MINUTES)
    if kind == "working_time":
        return st.tuples(st.just(kind), st.sampled_from((20, 60, 150, 500)))
    if kind == "same_day":
        return st.just((kind,))
    if kind == "calendar_days":
        return st.tuples(st.just(kind), st.integers(1, 4), ENDS, st.booleans())
    return st.tuples(st.just(kind), st.integers(1, 3), ENDS, st.just(False))


def combinations():
    """The earliest or latest of two parts, one of them or both from an event of its own."""
    parts = st.one_of(rules("elapsed"), rules("working_time"))
    event = st.sampled_from(("assessed", "published", "doubted", "told", "began-anew"))
    one = st.tuples(parts, st.one_of(st.none(), event))
    return st.tuples(
        st.sampled_from(("earliest_of", "latest_of")), st.tuples(one, st.tuples(parts, event))
    )


def step(to, after=None, repeat=None, times=1):
    return {"to": to, "after": after, "repeat": repeat, "times": times}


CHAINS = (
    [step("lead")],
    [step("lead", 20), step("city", 300)],
    [step("lead", None, 45, 3), step("city", 60, 400, 2)],
)


@st.composite
def duties(draw, name):
    """One random obligation, as the naive judge reads it."""
    owed = {"id": name, "who": draw(st.sampled_from((["duty"], ["duty", "press"])))}
    owed["fulfilled_by"] = ["told"]
    kind = draw(st.sampled_from(KINDS))
    if kind == "before":
        return owed | {"before": "published"}
    anchors = (["detected"], ["detected"], ["doubted"], ["assessed", "published"])
    owed["from"] = draw(st.sampled_from(anchors))
    some = st.booleans()
    if kind == "continuous":
        owed |= {"continuous": True, "until": ["subsided"], "fulfilled_by": []}
        return owed | ({"level": ["high"]} if draw(some) else {})
    if kind == "each":
        owed |= {"each": True, "from": ["doubted"]}
    if draw(some):
        owed["paused"] = draw(st.sampled_from(("waiting", "waiting", "assess")))
    if kind == "recurring":
        owed |= {"recurring": draw(st.sampled_from((60, 200, 700)))}
        owed |= {"quota": draw(st.sampled_from((1, 1, 2)))}
        return owed | draw(st.sampled_from(({}, {"until": ["subsided"]}, {"level": ["high"]})))
    counting = st.sampled_from(
        ("elapsed", "elapsed", "working_time", "working_days", "calendar_days", "same_day")
    )
    counts = draw(counting)
    owed["limit"] = draw(rules(counts))
    ways = ("level", "by_level", "by_level", "target", "promised", "combined", "combined")
    by = draw(st.sampled_from(ways))
    if draw(some):
        owed["warn"] = draw(st.sampled_from(([0.8], [30], [0.5, 10], [200, 0.25])))
    if draw(some):
        owed["escalate"] = draw(st.sampled_from(CHAINS))
    if by == "level":
        owed |= {"level": ["high"], "newly": draw(st.sampled_from(NEWLY))}
    elif by == "by_level":
        owed["changed"] = draw(st.sampled_from(CHANGED))
        if owed["changed"] == "remaining" and counts == "same_day":
            owed["changed"] = "restart"  # nothing can be taken off the same day
        other = counts if owed["changed"] == "remaining" else draw(counting)
        owed |= {"by_level": {"high": {"limit": draw(rules(other))}}}
        if owed["changed"] == "remaining" and counts.endswith("_days"):
            # What remains may be no day at all; its closing is a matter of the rule, not of cases.
            for times in (owed, owed["by_level"]["high"]):
                times["limit"] = (*times["limit"][:2], "midnight", False)
    elif by == "combined":
        owed["limit"] = draw(combinations())
        if draw(some):
            owed["changed"] = draw(st.sampled_from(("restart", "from_anchor", "stricter")))
            owed |= {
                "by_level": {"high": {"limit": draw(st.one_of(combinations(), rules(counts)))}}
            }
    elif by == "target":
        owed["target"] = ("elapsed", 7)
    else:
        owed |= {"limit": ("promised",), "from": ["doubted"]}
        if draw(some):
            owed |= {"level": ["high"], "newly": draw(st.sampled_from(NEWLY))}
    if draw(some):
        owed["extended_by"] = ["granted"]
    elif draw(some) and by != "promised":
        owed["restarted_by"] = ["began-anew"]
    if draw(some) and "level" not in owed:
        owed["until"] = ["subsided"]
    more = draw(st.sampled_from(("", "to", "states", "approvals", "any_order", "requires")))
    if more in {"to", "states"} and draw(some):
        owed |= {"to": ["city", "lead"], "states": ["time", "place"]}
    elif more:
        owed[more] = {
            "to": ["city", "lead"],
            "states": ["time", "place"],
            "approvals": ["lead", "city"],
            "any_order": ["city", "lead"],
            "requires": ["doubted"],
        }[more]
        if more in {"approvals", "any_order"}:
            timed = draw(st.sets(st.sampled_from((1, 2))))
            owed["within"] = {number: draw(MINUTES) for number in sorted(timed)}
    if more == "approvals" and draw(some):
        owed["any_order"] = ["press"]
        if draw(some):
            owed["within"][3] = draw(MINUTES)
    return owed


LISTS = ("from", "fulfilled_by", "level", "until", "to", "states", "requires")
LISTS += ("extended_by", "restarted_by")
UNITS = {"elapsed": "min", "working_time": "working min"}


def rule_text(rule):
    """The rule as a plan writes it."""
    name, *how = rule
    if name in UNITS:
        return f"{how[0]} {UNITS[name]}"
    if name == "same_day":
        return "same day"
    if name == "promised":
        return "{promised: promise}"
    if name in {"earliest_of", "latest_of"}:
        parts = [
            f"{{rule: {rule_text(part)}" + (f", from: {event}}}" if event else "}")
            for part, event in how[0]
        ]
        return f"{{{name}: [{', '.join(parts)}]}}"
    number, ends, rollover = how
    rolls = ", rollover: next_working_day" if rollover else ""
    return f"{{{name}: {number}, ends: {ends}{rolls}}}"


def written(owed):
    """The obligation as a plan writes it."""
    parts = [f"id: {owed['id']}", f"who: {_row(owed['who'])}"]
    parts += [f"{k}: {_row(owed[k])}" for k in LISTS if owed.get(k)]
    parts += [f"{k}: true" for k in ("each", "continuous") if owed.get(k)]
    parts += [f"{k}: {rule_text(owed[k])}" for k in ("limit", "target") if k in owed]
    if "before" in owed:
        parts.append(f"before: {owed['before']}")
    if "recurring" in owed:
        count = f", at_least: {owed['quota']}"
        parts.append(f"recurring: {{every: {owed['recurring']} min{count}}}")
    if "by_level" in owed:
        limit = rule_text(owed["by_level"]["high"]["limit"])
        parts.append(f"by_level: {{high: {{limit: {limit}}}}}")
    if "approvals" in owed or "any_order" in owed:
        asked, number = [], 0
        for key, how in (("approvals", "in_order"), ("any_order", "in_any_order")):
            roles = []
            for role in owed.get(key, []):
                number += 1
                within = owed.get("within", {}).get(number)
                roles.append(f"{{by: {role}, within: {within} min}}" if within else role)
            asked += [f"{how}: {_row(roles)}"] if roles else []
        parts.append(f"approvals: {{{', '.join(asked)}}}")
    if "warn" in owed:
        leads = [f"{it:.0%}" if isinstance(it, float) else f"{it} min" for it in owed["warn"]]
        parts.append(f"warn: {_row(leads)}")
    if "escalate" in owed:
        chain = []
        for it in owed["escalate"]:
            said = [f"to: [{it['to']}]", f"times: {it['times']}"]
            said += [f"{k}: {it[k]} min" for k in ("after", "repeat") if it[k]]
            chain.append(f"{{{', '.join(said)}}}")
        parts.append(f"escalate: {_row(chain)}")
    if "paused" in owed:
        how = {"waiting": "when: [waiting]", "assess": "stage: [assess]"}[owed["paused"]]
        parts.append(f"paused_while: {{{how}}}")
    choices = [f"{k}: {owed[k]}" for k in ("newly", "changed") if k in owed]
    if choices:
        parts.append(f"reclassified: {{{', '.join(choices)}}}")
    return f"  - {{{', '.join(parts)}}}\n"


def _row(names):
    return f"[{', '.join(names)}]"


def plan_of(owed):
    """The company's plan with these obligations."""
    return loads(HEAD.format(version=next(VERSIONS)) + "".join(written(it) for it in owed))


def said(happened):
    """What `Case.record` is told of an event of the judge."""
    keys = ("by", "to", "states", "of", "level")
    told = {key: happened[key] for key in keys if key in happened}
    data = {}
    if "more" in happened:
        data["by"] = f"{happened['more']} min"
    for key in ("until", "promise"):
        if key in happened:
            instant = dt.datetime.fromtimestamp(happened[key] // 10**6, dt.UTC)
            data[key] = instant.isoformat()
    return told | ({"data": data} if data else {})


@st.composite
def happenings(draw, present, *, types=TYPES):
    """A random event; its minute lies some way before or after the newest."""
    kind = draw(st.sampled_from(types))
    steps = st.one_of(st.integers(-15, 25), st.integers(-40, 200), st.sampled_from((700, 1600)))
    minute = max(present + draw(steps), 1)
    found = {"type": kind, "minute": minute, "at": micros(minute)}
    some = st.booleans()
    if draw(st.integers(0, 5)) == 0:
        found["of"] = draw(st.sampled_from((["one"], ["two", "three"])))
    if kind == "reclassified":
        found["level"] = draw(st.sampled_from(("high", "low")))
    elif kind == "granted":
        if draw(some):
            found["more"] = draw(MINUTES)
        else:
            found["until"] = micros(minute + draw(st.sampled_from((1, 90, 3000))))
    elif kind == "promise-changed" or (kind == "doubted" and draw(some)):
        found["promise"] = micros(minute + draw(st.sampled_from((1, 30, 500))))
    elif kind == "approved":
        found["by"] = draw(st.sampled_from(("lead", "city", "lead", "city", "press")))
    elif kind in {"told", "supplemented"}:
        by = draw(st.sampled_from((None, None, "duty", "press")))
        found |= {"by": by} if by else {}
        to = draw(st.sampled_from((None, ["city"], ["lead"], ["city", "lead"])))
        found |= {"to": to} if to else {}
        facts = ([], ["time"], ["place"], ["time", "place"], ["time", "place"])
        found["states"] = draw(st.sampled_from(facts))
    return found


def as_the_law_reads(events):
    """The same events in the law's words: its own, and those declared the same."""
    return [
        {**event, "type": name, "by": None}  # the company's roles are none of the law's
        for event in events
        for name in SAME.get(event["type"], [])
    ]
