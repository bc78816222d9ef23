"""What asking a case costs, next to a hand-written integer floor and to a `transitions` trigger.

    python tests/benchmarks/bench_cases.py [--markdown FILE]

One process, interleaved rounds, medians; ratios are what to quote, since machines differ.
The floor does by hand, on plain integers, what twelve elapsed-time duties need: find each anchor,
add, find each fulfilment, compare.
"""

import argparse
import statistics
import time
from pathlib import Path

from workflow.cases import Case
from workflow.cases.lifecycle import machine_of
from workflow.instants import to_instant, to_moment, zone_of
from workflow.plans import loads

DUTIES = 12
ROUNDS = 15
DAY = "2026-03-02T08:00+08:00"


def plan_of(duties):
    """Duties counted from one of four events, each fulfilled by an event of its own."""
    events = "".join(f"  done-{n}: Done {n}\n" for n in range(duties))
    owed = "".join(
        f"  - {{id: duty-{n}, who: office, from: {['found', 'told', 'checked', 'noted'][n % 4]}, "
        f"target: {n + 1} h, limit: {n + 2} h, fulfilled_by: [done-{n}]}}\n"
        for n in range(duties)
    )
    return loads(f"""
workflow: 1
name: bench
version: "1"
timezone: Asia/Shanghai
roles: {{office: Office}}
stages: [{{id: detect}}, {{id: report}}, {{id: closed}}]
opens: [found]
events:
  found: Found
  told: Told
  checked: Checked
  finished: Finished
  back: Back
{events}transitions:
  - {{event: told, from: [detect], to: report}}
  - {{event: back, from: [report], to: detect}}
  - {{event: finished, from: open, to: closed}}
obligations:
{owed}""")


def case_of(plan, duties, events):
    """A case with so many events: the anchors, fulfilments and notes."""
    zone, start = zone_of("Asia/Shanghai"), to_instant(DAY)
    case = Case.open(plan, "bench", at=DAY)
    names = ["told", "checked"] + [f"done-{n}" for n in range(0, duties, 2)]
    for number in range(1, events):
        name = names[number - 1] if number <= len(names) else "noted"
        case = case.record(name, at=to_moment(start + number * 60_000_000, zone))
    return case


def floor_of(case, duties):
    """The same questions asked of plain integers."""
    log = [(event.instant, event.type) for event in case.log.happened]
    names = ["found", "told", "checked", "noted"]
    table = [
        (f"duty-{n}", names[n % 4], (n + 1) * 3_600_000_000, (n + 2) * 3_600_000_000, f"done-{n}")
        for n in range(duties)
    ]

    def status(now):
        first = {}
        for at, name in log:
            if at <= now and name not in first:
                first[name] = at
        found = []
        wake = None
        for name, anchor, target, limit, done in table:
            start = first.get(anchor)
            if start is None:
                found.append((name, "pending", None, None, None))
                continue
            aim, due, at = start + target, start + limit, first.get(done)
            if at is not None and at >= start:
                found.append((name, "met" if at <= due else "met_late", aim, due, at))
            else:
                found.append((name, "overdue" if now > due else "running", aim, due, None))
                for moment in (aim + 1, due + 1):
                    if moment > now and (wake is None or moment < wake):
                        wake = moment
        return found, wake

    return status


def read(case, now):
    """The status with every state, target and limit read."""
    status = case.status_at(now)
    return [(clock.state, clock.target_instant, clock.due_instant) for clock in status.clocks]


def seconds(call, number):
    """Seconds a call takes, over so many calls."""
    begin = time.perf_counter()
    for _ in range(number):
        call()
    return (time.perf_counter() - begin) / number


def race(calls, number):
    """The median seconds of each call, rounds interleaved."""
    found = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            found[name].append(seconds(call, number))
    return {name: statistics.median(times) for name, times in found.items()}


class Host:
    """A model for the machine to move."""

    state = "detect"


def rows():
    """Each measurement: what, microseconds, beside what, ratio."""
    plan = plan_of(DUTIES)
    case = case_of(plan, DUTIES, 20)
    now = to_instant("2026-03-02T10:30+08:00")
    floor = floor_of(case, DUTIES)
    timed = race(
        {
            "floor": lambda: floor(now),
            "status": lambda: read(case, now),
            "wakeup": lambda: case.next_wakeup_instant(now),
            "fresh": lambda: read(Case(case.id, case.tracks, case.log), now),
        },
        400,
    )
    yield "plain-integer floor, 12 duties and 20 events", timed["floor"], "", None
    yield "`status` of the same case", timed["status"], "floor", timed["status"] / timed["floor"]
    fresh = timed["fresh"] / timed["floor"]
    yield "`status`, the log folded anew each time", timed["fresh"], "floor", fresh
    ratio = timed["wakeup"] / timed["status"]
    yield "next wake-up alone", timed["wakeup"], "`status`", ratio

    machine, host = machine_of(plan, model_override=True), Host()
    machine.models.append(host)
    told, back = machine.events["told"], machine.events["back"]

    def trigger():
        told.trigger(host)
        back.trigger(host)

    def legal():
        case.is_legal("noted")
        case.is_legal("back")

    timed = race({"trigger": trigger, "legal": legal}, 2000)
    yield "a `transitions` trigger", timed["trigger"] / 2, "", None
    ratio = timed["trigger"] / timed["legal"]
    yield "legality of an event", timed["legal"] / 2, "times faster than a trigger", ratio

    small, large = case_of(plan, DUTIES, 20), case_of(plan, DUTIES, 2000)
    later = to_instant("2026-03-05T00:00+08:00")
    timed = race(
        {
            "20": lambda: Case("c", small.tracks, small.log).status_at(later),
            "2000": lambda: Case("c", large.tracks, large.log).status_at(later),
        },
        20,
    )
    yield "`status`, 20 events, folded anew", timed["20"], "", None
    ratio = timed["2000"] / timed["20"]
    yield "`status`, 2,000 events, folded anew", timed["2000"], "20 events", ratio

    many = case_of(plan_of(DUTIES * 100), DUTIES * 100, 20)
    timed = race({"12": lambda: small.status_at(now), "1200": lambda: many.status_at(now)}, 10)
    ratio = timed["1200"] / timed["12"]
    yield "`status`, 1,200 duties", timed["1200"], "12 duties", ratio


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markdown", type=Path, help="write the table into this file")
    lines = ["| what | median µs | ratio | to |", "| --- | ---: | ---: | --- |"]
    for what, took, beside, ratio in rows():
        shown = "" if ratio is None else f"{ratio:.1f}"
        lines.append(f"| {what} | {took * 1e6:,.1f} | {shown} | {beside} |")
    text = "\n".join(lines) + "\n"
    print(text)
    target = parser.parse_args().markdown
    if target is not None:
        head = "# Benchmarks: cases\n\nMade by `make bench`. Quote the ratios: machines differ.\n\n"
        target.write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    main()
