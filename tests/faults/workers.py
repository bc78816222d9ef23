"""Worker processes that share one PostgreSQL: no wake-up missed, none handled twice.

    python tests/faults/workers.py [--workers 1 2 4] [--cases N] [--markdown FILE]

For each number of workers a fresh schema is filled with open cases whose wake-ups are all due. The
workers, real processes that start together, tick until nothing is due. Then every notice must have
been told by exactly one of them, and be exactly those that the logs give when they are evaluated
anew. The time runs from the common start to the end of the last worker; evaluation, clocks, the
move of the wake-up and the notice are all in it.
"""

import argparse
import multiprocessing
import sys
import time
from pathlib import Path

import attrs

from workflow.cases import Case
from workflow.engine import Engine, SimulatedTime
from workflow.engine.keeping import plan_row, stepped
from workflow.instants import to_instant
from workflow.plans import loads

sys.path.insert(0, str(Path(__file__).parents[1] / "oracle"))
import postgres_server

PLAN = """
workflow: 1
name: shared
version: "1"
timezone: Asia/Shanghai
roles: {duty: Duty officer, lead: Lead group}
stages: [{id: detect}, {id: closed}]
opens: [found]
events: {found: Found, reported: Reported, finished: Finished}
transitions: [{event: finished, from: open, to: closed}]
obligations:
  - {id: report, who: duty, from: found, within: 30 min, fulfilled_by: [reported], warn: ["50%"]}
  - {id: finish, who: lead, from: found, within: 3 days, fulfilled_by: [finished]}
"""
START = "2026-03-02T08:40+08:00"
NOW = "2026-03-02T08:56+08:00"  # a minute after half of the time for the report
NOW_INSTANT = to_instant(NOW)


def fill(url, plan, count):
    """Open so many cases, by writing the rows of one under other names."""
    now = SimulatedTime(START)
    with Engine(url, [plan], time_source=now) as engine:
        first = Case.open(plan, "c-0", at=START, recorded_at=START)
        with engine.store.writing() as unit:
            unit.keep_plan(plan_row(plan))
            step = stepped(None, first, now.now())[0]
            for number in range(count):
                unit.write(attrs.evolve(step, case=attrs.evolve(step.case, id=f"c-{number}")))


def work(url, ready, go, told):
    """Tick until nothing is due; say what was told, and when."""
    with Engine(url, [loads(PLAN)], time_source=SimulatedTime(NOW)) as engine:
        engine.next_wakeup()  # connected, and the modules are loaded
        ready.wait()
        go.wait()
        found = []
        while (first := engine.next_wakeup()) is not None and to_instant(first) <= NOW_INSTANT:
            found += [notice.id for notice in engine.tick()]
        told.put((found, time.monotonic()))


def share(count, cases):
    """Cases a second of so many workers; it fails if one was missed or handled twice."""
    plan, url = loads(PLAN), postgres_server.fresh()
    fill(url, plan, cases)
    context = multiprocessing.get_context("spawn")
    ready, go, told = context.Barrier(count + 1), context.Event(), context.Queue()
    workers = [context.Process(target=work, args=(url, ready, go, told)) for _ in range(count)]
    for worker in workers:
        worker.start()
    ready.wait()
    begin = time.monotonic()
    go.set()
    heard = [told.get(timeout=600) for _ in workers]
    for worker in workers:
        worker.join()
    spent = max(end for _, end in heard) - begin
    check(url, plan, [it for found, _ in heard for it in found], cases)
    return cases / spent, sum(1 for found, _ in heard if found)


def check(url, plan, told, cases):
    """What was told is what is written, each once, and what the logs give."""
    assert len(told) == cases, f"{cases} wake-ups, {len(told)} notices told"
    assert len(set(told)) == len(told), "a notice was told twice"
    with Engine(url, [plan], time_source=SimulatedTime(NOW)) as engine:
        written = [it.id for name in engine.cases() for it in engine.notices(name)]
        assert sorted(written) == sorted(told)
        assert not engine.parked()
        wrong = engine.verify()
        assert not wrong, [str(it) for it in wrong]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--markdown", type=Path)
    said = parser.parse_args()
    lines = [
        "| worker processes | wake-ups a second, evaluation included | that had work |",
        "| --- | --- | --- |",
    ]
    for count in said.workers:
        rate, busy = share(count, said.cases)
        lines.append(f"| {count} | {rate:,.0f} | {busy} |")
        print(
            f"{count} workers: {said.cases} wake-ups, none missed, none handled twice; "
            f"{rate:,.0f} a second",
            flush=True,
        )
    if said.markdown:
        said.markdown.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
