"""What a report over many duties costs on SQLite, next to a bare GROUP BY in the same run.

    python tests/benchmarks/bench_reports.py [--rows N] [--markdown FILE]

The clocks are made by SQL: four plans, 40 duties each, 36 months, one in three paused, overdue,
withdrawn, open or late. The report is `workflow.reports.report` by plan, duty and month. The floor
counts the same rows by plan and state, once.
"""

import argparse
import sqlite3
import tempfile
import time
from pathlib import Path

from workflow.instants import to_instant
from workflow.reports.duties import report
from workflow.stores.rows import KINDS
from workflow.stores.sql import migrations, queries
from workflow.stores.sqlite import SqliteStore

START = to_instant("2023-01-01T00:00+08:00")
SPAN = to_instant("2026-01-01T00:00+08:00") - START
PRESENT = "2026-01-01T00:00+08:00"
NOW = START + SPAN
PER_CASE = 10

FILL = """
WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < :rows),
dice AS (SELECT n, n * 2654435761 % 4294967296 AS d FROM number),
made AS (
    SELECT n, d, :start + n * :step AS start, 3600000000 * (1 + d % 90) AS allowed,
        CASE WHEN d / 7 % 30 < 20 THEN 'met' WHEN d / 7 % 30 < 23 THEN 'met_late'
            WHEN d / 7 % 30 < 25 THEN 'running' WHEN d / 7 % 30 < 27 THEN 'overdue'
            WHEN d / 7 % 30 < 28 THEN 'paused' ELSE 'withdrawn' END AS state
    FROM dice)
INSERT INTO workflow_clocks (case_id, clock_id, plan, obligation, state, start, target, due, ended,
    role, level, category)
SELECT printf('case-%09d', n / :per_case), printf('duty-%d/%d', n % 40, n % :per_case),
    printf('plan-%d', n / :per_case % 4), printf('duty-%d', n % 40), state, start, NULL,
    start + allowed,
    CASE state WHEN 'met' THEN start + allowed * (d % 100) / 100
        WHEN 'met_late' THEN start + allowed + d % 7200000000
        WHEN 'withdrawn' THEN start + allowed / 2 END,
    printf('role-%d', n % 5), printf('level-%d', d / 3 % 3), printf('category-%d', n / 40 % 4)
FROM made
"""


def fill(path, rows):
    """Rows of clocks, made by SQL; the index that reports use is built afterwards."""
    SqliteStore(path).close()
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    base.execute("PRAGMA cache_size = -200000")
    base.execute("DROP INDEX workflow_clocks_report")
    base.execute("BEGIN")
    said = {"rows": rows, "start": START, "step": SPAN // rows, "per_case": PER_CASE}
    base.execute(FILL, said)
    index = next(
        text
        for _, statements in migrations("sqlite")
        for text in statements
        if "INDEX workflow_clocks_report" in text
    )
    base.execute(index)
    base.execute("COMMIT")
    base.execute("PRAGMA journal_mode = WAL")
    base.close()


def timed(work):
    """How long it took, in seconds, and what it gave."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def main():
    said = argparse.ArgumentParser()
    said.add_argument("--rows", type=int, default=10_000_000)
    said.add_argument("--markdown", type=Path)
    said = said.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        filling, _ = timed(lambda: fill(path, said.rows))
        size = path.stat().st_size
        base = sqlite3.connect(path)
        floor_text = "SELECT plan, state, count(*) FROM workflow_clocks GROUP BY plan, state"
        kinds = {f"by_{name}": False for name in KINDS}
        asked = {"plan": "plan-0", "since": START, "until": NOW, "now": NOW, **kinds}
        steps = base.execute("EXPLAIN QUERY PLAN " + queries("sqlite")["tally"], asked).fetchall()
        ways = " / ".join(step[3] for step in steps)
        if "COVERING INDEX workflow_clocks_report" not in ways:
            raise SystemExit(f"The covering index is not used: {ways}")
        store = SqliteStore(path)
        first, found = timed(lambda: report(store, by=("plan", "obligation", "month"), now=PRESENT))
        assert found.totals.count == said.rows
        floor, _ = timed(lambda: base.execute(floor_text).fetchall())
        again, _ = timed(lambda: report(store, by=("plan", "obligation", "month"), now=PRESENT))
        store.close()
        base.close()
    lines = [
        "| what | figure | measure |",
        "| --- | --- | --- |",
        f"| duties | {said.rows:,} | {size / said.rows:.0f} bytes each, index included |",
        f"| filling the file | {filling:.0f} s | |",
        (
            f"| the report, first time | {first:.1f} s | bare GROUP BY {floor:.1f} s: "
            f"{first / floor:.1f} times |"
        ),
        f"| the report, again | {again:.1f} s | {again / floor:.1f} times |",
        f"| lines of the report | {len(found.lines):,} | |",
    ]
    text = "\n".join(lines)
    print(text)
    if said.markdown:
        kept = said.markdown.read_text("utf-8").partition("| what | figure")[0]
        said.markdown.write_text(f"{kept}{text}\n", "utf-8")


if __name__ == "__main__":
    main()
