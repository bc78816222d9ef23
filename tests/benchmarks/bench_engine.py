"""What recording and ticking cost, next to floors written by hand, in the same run.

    python tests/benchmarks/bench_engine.py [--open N] [--markdown FILE]

The floor of recording writes the same four tables and the hash by hand, on the same kind of SQLite
file, at `synchronous=FULL`, and evaluates nothing. Interleaved rounds, medians; ratios are what to
quote, since machines differ.
"""

import argparse
import hashlib
import json
import resource
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from workflow.engine import Engine, SimulatedTime
from workflow.plans import loads

PLAN = """
workflow: 1
name: bench
version: "1"
timezone: Asia/Shanghai
roles: {office: Office}
stages: [{id: detect}, {id: closed}]
opens: [found]
events: {found: Found, asked: Asked, answered: Answered, finished: Finished}
transitions: [{event: finished, from: open, to: closed}]
obligations:
  - {id: report, who: office, from: found, within: 2 h, fulfilled_by: [answered], warn: ["50%"]}
  - {id: review, who: office, from: found, target: 3 h, limit: 5 h, fulfilled_by: [answered]}
  - {id: look, who: office, from: asked, within: 30 min, fulfilled_by: [answered]}
"""
START = "2026-03-02T08:00+08:00"
EVENTS = 60
BATCH = 100
ROUNDS = 7

FLOOR = (
    "CREATE TABLE cases (id TEXT PRIMARY KEY, version INT, head TEXT) WITHOUT ROWID",
    (
        "CREATE TABLE events (id TEXT, seq INT, body TEXT, hash TEXT, PRIMARY KEY (id, seq)) "
        "WITHOUT ROWID"
    ),
    "CREATE TABLE wakeups (id TEXT PRIMARY KEY, at INT) WITHOUT ROWID",
    "CREATE TABLE clocks (id TEXT, clock TEXT, due INT, PRIMARY KEY (id, clock)) WITHOUT ROWID",
)


def floor_of(path):
    """The same four tables and the hash, by hand."""
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = FULL")
    for statement in FLOOR:
        base.execute(statement)
    base.execute("INSERT INTO cases VALUES ('c', 0, '')")

    def record(number):
        base.execute("BEGIN IMMEDIATE")
        version, head = base.execute("SELECT version, head FROM cases WHERE id = 'c'").fetchone()
        body = json.dumps({"seq": number, "event": "noted", "at": START, "recorded_at": START})
        head = hashlib.sha256(f"{head}\n{body}".encode()).hexdigest()
        base.execute("INSERT INTO events VALUES ('c', ?, ?, ?)", [number, body, head])
        base.execute(
            "UPDATE cases SET version = version + 1, head = ? WHERE id = 'c' AND version = ?",
            [head, version],
        )
        base.execute("INSERT OR REPLACE INTO wakeups VALUES ('c', ?)", [number])
        base.execute("INSERT OR REPLACE INTO clocks VALUES ('c', 'report', ?)", [number])
        base.execute("COMMIT")

    return record, base.close


def engine_of(path, plan):
    """An engine with one case."""
    engine = Engine(f"sqlite:///{path}", [plan], time_source=SimulatedTime(START))
    engine.open("bench", "c", at=START)

    def record(number):
        engine.record("c", "noted", at=START, key=str(number))

    return record, engine.close


def evaluation_of(plan):
    """The same events in memory: what evaluation alone costs."""
    engine = Engine("memory://", [plan], time_source=SimulatedTime(START))
    engine.open("bench", "c", at=START)

    def record(number):
        engine.record("c", "noted", at=START, key=str(number))

    return record, engine.close


def many_of(path, plan):
    """An engine with a hundred cases; a hundred events, one of each case, in one transaction."""
    engine = Engine(f"sqlite:///{path}", [plan], time_source=SimulatedTime(START))
    for number in range(BATCH):
        engine.open("bench", f"c-{number}", at=START)

    def record(number):
        engine.record_many(
            [
                {"case_id": f"c-{it}", "event": "noted", "at": START, "key": str(number)}
                for it in range(BATCH)
            ]
        )

    return record, engine.close


def single_of(path, plan):
    """The same cases, one event at a time."""
    engine = Engine(f"sqlite:///{path}", [plan], time_source=SimulatedTime(START))
    for number in range(BATCH):
        engine.open("bench", f"c-{number}", at=START)

    def record(number):
        engine.record(f"c-{number % BATCH}", "noted", at=START, key=str(number))

    return record, engine.close


def settling_of(path, plan):
    """An engine with cases in each of which one event fulfils two duties and tells two notices."""
    engine = Engine(f"sqlite:///{path}", [plan], time_source=SimulatedTime(START))
    for number in range(EVENTS):
        engine.open("bench", f"c-{number}", at=START)

    def record(number):
        engine.record(f"c-{number}", "answered", at=START, key=str(number))

    return record, engine.close


def rate(make, *said):
    record, close = make(*said)
    begin = time.perf_counter()
    for number in range(EVENTS):
        record(number)
    spent = time.perf_counter() - begin
    close()
    return EVENTS / spent


def recording(folder, plan):
    """Events a second: the engine, the floor, the engine without a disk."""
    found = {"floor": [], "engine": [], "memory": [], "single": [], "many": [], "settling": []}
    for number in range(ROUNDS):
        found["floor"].append(rate(floor_of, folder / f"floor-{number}.db"))
        found["engine"].append(rate(engine_of, folder / f"engine-{number}.db", plan))
        found["memory"].append(rate(evaluation_of, plan))
        found["single"].append(rate(single_of, folder / f"single-{number}.db", plan))
        found["settling"].append(rate(settling_of, folder / f"settling-{number}.db", plan))
        found["many"].append(BATCH * rate(many_of, folder / f"many-{number}.db", plan))
    return {name: statistics.median(rates) for name, rates in found.items()}


def connected(path):
    """Seconds to connect and ask for an indexed minimum, by hand."""
    begin = time.perf_counter()
    base = sqlite3.connect(path)
    base.execute(
        "SELECT min(at) FROM workflow_wakeups WHERE at IS NOT NULL AND parked IS NULL"
    ).fetchone()
    spent = time.perf_counter() - begin
    base.close()
    return spent


def memory():
    """Bytes of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize()


def ticking(path, plan, count, due):
    """What so many open cases cost: opening the engine, a tick with so many due, memory, disk."""
    now = SimulatedTime(START)
    engine = Engine(f"sqlite:///{path}", [plan], time_source=now)
    engine.store._connection.execute("PRAGMA synchronous = OFF")  # only while it is filled
    fill(engine, count, due)
    engine.close()
    before = memory()
    opening, floor = [], []
    for _ in range(5):
        floor.append(connected(path))
        begin = time.perf_counter()
        engine = Engine(f"sqlite:///{path}", [plan], time_source=now)
        first = engine.next_wakeup()
        opening.append(time.perf_counter() - begin)
        engine.close()
    engine = Engine(f"sqlite:///{path}", [plan], time_source=now)
    now.move_to("2026-03-02T09:00+08:00")
    begin = time.perf_counter()
    told = engine.tick()
    spent = time.perf_counter() - begin
    grown = memory() - before
    engine.close()
    assert first is not None
    assert len(told) == due
    return {
        "open": statistics.median(opening),
        "floor": statistics.median(floor),
        "tick": spent,
        "memory": grown,
        "bytes": path.stat().st_size / count,
    }


def fill(engine, count, due):
    """Open cases: the first `due` early enough to be warned of at nine, by copying one row set."""
    from workflow.engine.keeping import plan_row, stepped

    plan = engine._shelf.named("bench")
    late = "2026-03-02T08:30+08:00"
    engine.open("bench", "early", at=START)
    with engine.store.writing() as unit:
        unit.keep_plan(plan_row(plan))
    made = {}
    for name, at in (("early", START), ("late", late)):
        now = SimulatedTime(late).now() if name == "late" else SimulatedTime(START).now()
        made[name] = stepped(None, open_case(plan, name, at), now)[0]
    from attrs import evolve

    done = 1
    while done < count:
        with engine.store.writing() as unit:
            for _ in range(min(10_000, count - done)):
                kind = "early" if done < due else "late"
                step = made[kind]
                unit.write(evolve(step, case=evolve(step.case, id=f"c-{done}")))
                done += 1


def open_case(plan, name, at):
    from workflow.cases import Case

    return Case.open(plan, name, at=at)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--open", type=int, default=100_000, help="open cases of the large store")
    parser.add_argument("--markdown", type=Path)
    said = parser.parse_args()
    plan = loads(PLAN)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rates = recording(folder, plan)
        small = ticking(folder / "small.db", plan, 10_000, 1_000)
        large = ticking(folder / "large.db", plan, said.open, 1_000)
    many, single = rates["many"], rates["single"]
    lines = [
        "| what | measured | next to it |",
        "| --- | --- | --- |",
        (
            f"| durable events a second on SQLite, evaluation included | {rates['engine']:.0f} | "
            f"floor by hand {rates['floor']:.0f}: {rates['engine'] / rates['floor']:.0%} |"
        ),
        (
            f"| the same of events that fulfil two duties and tell two notices | "
            f"{rates['settling']:.0f} | {rates['settling'] / rates['floor']:.0%} of the floor |"
        ),
        (
            f"| evaluation, without a disk | {1e6 / rates['memory']:.0f} µs an event | "
            f"a durable event of the floor: {1e6 / rates['floor']:.0f} µs |"
        ),
        (
            f"| `record_many`, 100 events of 100 cases in one transaction | {many:.0f} "
            f"events a second | one at a time {single:.0f}: {many / single:.1f} times |"
        ),
        (
            f"| a tick with 1,000 due among {said.open:,} open cases | {large['tick'] * 1e3:.0f} ms "
            f"| among 10,000: {small['tick'] * 1e3:.0f} ms, "
            f"{large['tick'] / small['tick']:.2f} times |"
        ),
        (
            f"| opening the engine on {said.open:,} open cases and finding the first wake-up | "
            f"{large['open'] * 1e3:.2f} ms | connect and indexed minimum by hand "
            f"{large['floor'] * 1e3:.2f} ms: {large['open'] / large['floor']:.1f} times |"
        ),
        (
            f"| memory that opening and the tick took | {large['memory'] / 2**20:.1f} MiB | "
            f"among 10,000: {small['memory'] / 2**20:.1f} MiB |"
        ),
        f"| bytes of the database for a case just opened (three duties) | {large['bytes']:.0f} | |",
    ]
    text = "\n".join(lines)
    print(text)
    if said.markdown:
        said.markdown.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
