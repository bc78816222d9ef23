"""The report that the database counts equals a recount of the cases one by one, in plain Python."""

import csv
import io
import math
from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from workflow.engine import Engine, SimulatedTime
from workflow.instants import Instant, to_instant, to_moment, zone_of
from workflow.reports.duties import report
from workflow.testing import strategies as wst

HOUR = 3_600_000_000
DIMENSIONS = ("plan", "obligation", "level", "category", "role", "month")
COUNTS = ("on_time", "late", "unlimited", "overdue", "open", "withdrawn")
UTC = zone_of("UTC")


@st.composite
def houses(draw):
    """A plan, the logs of a few cases under it, and a present after all that happened."""
    plan = draw(wst.plans())
    logs = draw(st.lists(wst.records(plan, most=5), min_size=1, max_size=4))
    newest = max(to_instant(record["at"]) for log in logs for record in log)
    now = Instant(newest + draw(st.integers(0, 200)) * HOUR // 2)
    return plan, logs, now


def lived(url, plan, logs, now):
    """An engine to which all of it was told as it happened, and which was woken until `now`."""
    told = sorted(
        (to_instant(record["at"]), number, place)
        for number, log in enumerate(logs)
        for place, record in enumerate(log)
    )
    time = SimulatedTime(to_moment(told[0][0], UTC))
    engine = Engine(url, [plan], time_source=time)
    for at, number, place in told:
        time.move_to_instant(at)
        said = dict(logs[number][place])
        if place:
            engine.record(f"c-{number}", said.pop("event"), **said)
        else:
            engine.open(plan.name, f"c-{number}", **said)
    time.move_to_instant(now)
    engine.tick()
    return engine


def outcome(clock):
    """What became of a duty."""
    done, due = clock.fulfilled_instant, clock.due_instant
    if done is not None:
        if due is None:
            return "unlimited"
        return "on_time" if done <= due else "late"
    if clock.state.value == "met":
        return "unlimited"  # it lasted until something ended it
    if clock.state.value in {"withdrawn", "overdue"}:
        return clock.state.value
    return "open"


def rounded(took):
    """Minutes as the reference rounds them up."""
    minutes = math.ceil(took / 60_000_000)
    for limit, step in ((120, 1), (1_440, 10), (10_080, 60)):
        if minutes <= limit:
            return math.ceil(minutes / step) * step
    return math.ceil(minutes / 360) * 360


def figures(clocks):
    """The figures of a group, as the reference defines them."""
    outcomes = [outcome(clock) for clock in clocks]
    found = {name: outcomes.count(name) for name in COUNTS}
    done = found["on_time"] + found["late"] + found["unlimited"]
    found["completion_rate"] = share(done, done + found["overdue"])
    dated = found["on_time"] + found["late"] + found["overdue"]
    found["on_time_rate"] = share(found["on_time"], dated)
    took = sorted(
        rounded(clock.fulfilled_instant - clock.start_instant)
        for clock in clocks
        if clock.fulfilled_instant is not None
    )
    for name, percent in (("median_minutes", 50), ("p95_minutes", 95)):
        found[name] = took[math.ceil(len(took) * percent / 100) - 1] if took else None
    return found


def share(part, whole):
    return round(part / whole, 6) if whole else None


def key_of(by, plan, status, clock):
    month = to_moment(clock.start_instant, plan.zone)
    said = {
        "plan": plan.name,
        "obligation": clock.obligation.id if "plan" in by else f"{plan.name}:{clock.obligation.id}",
        "level": status.level or "",
        "category": status.category or "",
        "role": clock.obligation.who[0] if clock.obligation.who else "",
        "month": f"{month:%Y-%m}",
    }
    return tuple(said[name] for name in by)


@given(
    house=houses(),
    by=st.lists(st.sampled_from(DIMENSIONS), unique=True, max_size=3),
    span=st.tuples(st.integers(0, 60), st.integers(0, 60)),
    bounded=st.tuples(st.booleans(), st.booleans()),
    few=st.integers(0, 4),
    file=st.booleans(),
)
def test_a_report_equals_a_recount_of_the_cases_one_by_one(
    house, by, span, bounded, few, file, tmp_path_factory
):
    plan, logs, now = house
    url = f"sqlite:///{tmp_path_factory.mktemp('cases') / 'cases.db'}" if file else "memory://"
    with lived(url, plan, logs, now) as engine:
        statuses = {name: engine.status(name, to_moment(now, UTC)) for name in engine.cases()}
        clocks = [
            (status, clock)
            for status in statuses.values()
            for clock in status.clocks
            if clock.start_instant is not None
        ]
        first = min((clock.start_instant for _, clock in clocks), default=now)
        since = Instant(first + span[0] * HOUR) if bounded[0] else None
        until = Instant(first + sum(span) * HOUR) if bounded[1] else None
        made = report(
            engine,
            by=by,
            since=None if since is None else to_moment(since, UTC),
            until=None if until is None else to_moment(until, UTC),
            now=to_moment(now, UTC),
            waiting=few,
        )
    counted = [
        (status, clock)
        for status, clock in clocks
        if (since is None or clock.start_instant >= since)
        and (until is None or clock.start_instant < until)
    ]
    groups = defaultdict(list)
    for status, clock in counted:
        groups[key_of(by, plan, status, clock)].append(clock)
    said = made.to_json()
    assert {name: said["totals"][name] for name in said["totals"]} == figures(
        [clock for _, clock in counted]
    )
    assert {line.key for line in made.lines} == set(groups)
    for line, plain in zip(made.lines, said["lines"], strict=True):
        expected = figures(groups[line.key])
        assert {name: plain[name] for name in expected} == expected
    bad = {clock.obligation.id for _, clock in counted if outcome(clock) in {"late", "overdue"}}
    assert {it.obligation for it in made.worst} == bad
    owed = sorted(
        (clock.due_instant, status.case_id, clock.id)
        for status, clock in clocks
        if clock.ended_instant is None and clock.due_instant is not None
    )
    listed = [(to_instant(it.due), it.case) for it in made.waiting]
    assert listed == [it[:2] for it in owed[:few]]
    assert made.waiting_count == len(owed)
    late = {
        (clock.due_instant, status.case_id)
        for status, clock in clocks
        if clock.ended_instant is None and clock.state.value == "overdue"
    }
    assert all(it.overdue == (pair in late) for it, pair in zip(made.waiting, listed, strict=True))
    rows = list(csv.DictReader(io.StringIO(made.csv())))
    assert [tuple(row[name] for name in by) for row in rows] == [line.key for line in made.lines]
    assert sum(int(row[name]) for row in rows for name in COUNTS) == len(counted)
