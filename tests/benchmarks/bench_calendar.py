"""What adding and measuring working time costs, beside a floor and two neighbours.

    python tests/benchmarks/bench_calendar.py              # print the table
    python tests/benchmarks/bench_calendar.py --markdown   # write docs/benchmarks-calendar.md

One process. Every contestant runs once in each round, in turn, on the same random moments,
and the medians over the rounds are compared, so a machine that slows down slows all of them.
Ratios travel between machines; nanoseconds do not. The exit code is 1 when a bound is missed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import platform
import random
import statistics
import sys
import time
import tracemalloc
import zoneinfo
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "oracle"))

import businesstimedelta  # noqa: E402  # the path above comes first
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import pytz  # noqa: E402
from prefix_floor import PrefixFloor  # noqa: E402

from workflow.calendars import WorkingCalendar  # noqa: E402
from workflow.calendars.batch import add_many, between_many  # noqa: E402
from workflow.instants import to_instant  # noqa: E402

ZONE = "Asia/Shanghai"
HOURS = {"mon-fri": ["09:00-12:00", "13:30-18:00"]}
FIRST, LAST = to_instant("2000-01-01T00:00Z"), to_instant("2030-01-01T00:00Z")
COMMAND = "python tests/benchmarks/bench_calendar.py --markdown"

Contest = dict[str, tuple[Callable[[], object], int]]
Row = tuple[str, str, str, str]


def race(contest: Contest, rounds: int) -> dict[str, float]:
    """The median cost of each contestant, in nanoseconds an operation."""
    times: dict[str, list[float]] = {name: [] for name in contest}
    for _ in range(rounds):
        for name, (run, operations) in contest.items():
            before = time.perf_counter_ns()
            run()
            times[name].append((time.perf_counter_ns() - before) / operations)
    return {name: statistics.median(found) for name, found in times.items()}


def each(function: Callable[..., object], *arguments: list[object]) -> Callable[[], object]:
    """A run that calls the function once for each set of arguments."""

    def run() -> None:
        for values in zip(*arguments, strict=True):
            function(*values)

    return run


class Bench:
    """The calendars, the moments and the table that grows."""

    def __init__(self, rounds: int, batch: int) -> None:
        self.rounds, self.batch = rounds, batch
        self.calendar = WorkingCalendar(ZONE, HOURS, holidays="CN")
        spans = [(span.start, span.end) for span in self.calendar.spans_at(FIRST, LAST)]
        self.zone = zoneinfo.ZoneInfo(ZONE)
        self.floor = PrefixFloor(spans, self.zone)
        # Moments in working time: CustomBusinessHour would move the others first.
        chance = random.Random(20260302)  # noqa: S311  # repeatable, not secret
        start = dt.datetime(2024, 1, 1, tzinfo=self.zone)
        drawn = (start + dt.timedelta(minutes=chance.randrange(525_600)) for _ in range(40_000))
        self.moments = [at for at in drawn if self.calendar.is_working(at)][:4_000]
        self.rows: list[Row] = []
        self.missed = 0

    def row(self, what: str, cost: str, ratio: float, sign: str, bound: float) -> None:
        """One line of the table, and whether the bound is kept."""
        kept = ratio <= bound if sign == "at most" else ratio >= bound
        self.missed += not kept
        verdict = f"{sign} {bound:g}: {'kept' if kept else 'MISSED'}"
        self.rows.append((what, cost, f"{ratio:.4g}", verdict))

    def against_the_floor(self) -> None:
        """`add` and `between` against prefix sums and bisect in plain Python."""
        count = len(self.moments)
        lengths = {
            "30 min": dt.timedelta(minutes=30),
            "12 h": dt.timedelta(hours=12),
            "90 days": dt.timedelta(hours=90 * 7.5),
        }
        contest: Contest = {}
        for name, length in lengths.items():
            amounts, ends = [length] * count, [at + length for at in self.moments]
            for who, judge in (("ours", self.calendar), ("floor", self.floor)):
                contest[f"add {name} {who}"] = each(judge.add, self.moments, amounts), count
                contest[f"between {name} {who}"] = each(judge.between, self.moments, ends), count
        cost = race(contest, self.rounds)
        for method in ("add", "between"):
            for name in lengths:
                ours, floor = cost[f"{method} {name} ours"], cost[f"{method} {name} floor"]
                shown = f"{ours:.0f} ns, floor {floor:.0f} ns"
                self.row(f"`{method}`, {name}, over the floor", shown, ours / floor, "at most", 2.5)
            long, short = cost[f"{method} 90 days ours"], cost[f"{method} 30 min ours"]
            shown = f"{long:.0f} ns, {short:.0f} ns"
            self.row(f"`{method}`, 90 days over 30 min", shown, long / short, "at most", 1.3)

    def against_neighbours(self) -> None:
        """`add` against businesstimedelta and pandas' CustomBusinessHour."""
        off = [
            day
            for day in (dt.date(2023, 12, 1) + dt.timedelta(days=n) for n in range(450))
            if self.calendar.day_kind(day).kind == "holiday"
        ]
        theirs = self._businesstimedelta(off)
        offset = pd.offsets.CustomBusinessHour(
            n=12,
            start=[dt.time(9), dt.time(13, 30)],
            end=[dt.time(12), dt.time(18)],
            holidays=off,
        )
        few = self.moments[:60]
        stamps = [pd.Timestamp(at) for at in few]
        half, twelve = dt.timedelta(minutes=30), dt.timedelta(hours=12)
        contest: Contest = {}
        for name, length in (("30 min", half), ("12 h", twelve)):
            amount = businesstimedelta.BusinessTimeDelta(theirs, timedelta=length)
            contest[f"businesstimedelta {name}"] = (each(amount.__radd__, few), len(few))
            ours = each(self.calendar.add, self.moments, [length] * len(self.moments))
            contest[f"ours {name}"] = (ours, len(self.moments))
        contest["pandas 12 h"] = (each(lambda at: at + offset, stamps), len(few))
        cost = race(contest, self.rounds)
        for who, name, bound in (
            ("businesstimedelta", "30 min", 30),
            ("businesstimedelta", "12 h", 100),
            ("pandas", "12 h", 20),
        ):
            other, ours = cost[f"{who} {name}"], cost[f"ours {name}"]
            full = "pandas `CustomBusinessHour`" if who == "pandas" else f"`{who}`"
            shown = f"{other / 1000:.0f} µs, ours {ours / 1000:.1f} µs"
            self.row(f"{full} over `add`, {name}", shown, other / ours, "at least", bound)

    def _businesstimedelta(self, off: list[dt.date]) -> businesstimedelta.Rules:
        zone = pytz.timezone(ZONE)
        spans = ((dt.time(9), dt.time(12)), (dt.time(13, 30), dt.time(18)))
        open_hours = [
            businesstimedelta.WorkDayRule(
                start_time=start, end_time=end, working_days=[0, 1, 2, 3, 4], tz=zone
            )
            for start, end in spans
        ]
        closed = businesstimedelta.HolidayRule(dict.fromkeys(off, "holiday"), tz=zone)
        return businesstimedelta.Rules([*open_hours, closed])

    def arrays(self) -> None:
        """`add_many` and `between_many` on unsorted instants of thirty years."""
        chance = np.random.default_rng(20260302)
        instants = chance.integers(FIRST, LAST, self.batch)
        amounts = chance.integers(0, 40 * 3_600_000_000, self.batch)
        later = instants + amounts
        starts = np.array(self.floor.starts)
        slices = [slice(first, first + 65_536) for first in range(0, self.batch, 65_536)]

        def in_parts(function: Callable[..., object], one: object, other: object) -> None:
            for part in slices:
                function(self.calendar, one[part], other[part])

        cost = race(
            {
                "add_many at once": (
                    lambda: add_many(self.calendar, instants, amounts),
                    self.batch,
                ),
                "between_many at once": (
                    lambda: between_many(self.calendar, instants, later),
                    self.batch,
                ),
                "add_many": (lambda: in_parts(add_many, instants, amounts), self.batch),
                "between_many": (lambda: in_parts(between_many, instants, later), self.batch),
                "search": (lambda: np.searchsorted(starts, instants), self.batch),
            },
            5,
        )
        shown = f"{self.batch:,} unsorted instants; a plain `searchsorted` {cost['search']:.0f} ns"
        for name in ("add_many", "between_many"):
            what = f"`{name}`, 64 k at a time, ns an operation"
            self.row(what, shown, cost[name], "at most", 40)
            what = f"`{name}`, all at once, ns an operation"
            self.row(what, shown, cost[f"{name} at once"], "at most", 40)

    def building(self) -> None:
        """What thirty years of a split day cost to build and to keep."""
        years = [year for year in range(2000, 2030) if self.calendar.holidays.year(year)]
        times = []
        for _ in range(5):
            calendar = WorkingCalendar(ZONE, HOURS, holidays="CN")
            before = time.perf_counter()
            calendar.between_micros(FIRST, LAST)
            times.append((time.perf_counter() - before) * 1000)
        shown = "the holidays known; nothing is built before the first question"
        what = f"{len(years)} years of a split day, ms to build"
        self.row(what, shown, statistics.median(times), "at most", 50)
        tracemalloc.start()
        calendar = WorkingCalendar(ZONE, HOURS, holidays="CN")
        calendar.between_micros(FIRST, LAST)
        kept = tracemalloc.get_traced_memory()[0] / 1e6
        tracemalloc.stop()
        spans = f"{len(calendar._timeline.table.starts):,} spans"
        self.row(f"{len(years)} years of a split day, MB kept", spans, kept, "at most", 5)

    def table(self) -> str:
        """The rows as Markdown."""
        lines = ["| what | cost here | figure | bound |", "| --- | --- | --- | --- |"]
        lines += [f"| {' | '.join(row)} |" for row in self.rows]
        return "\n".join(lines)


def page(bench: Bench) -> str:
    """The page of documentation that holds the table."""
    packages = f"businesstimedelta {metadata.version('businesstimedelta')}"
    return f"""# What counting working time costs

`add` and `between` are two binary searches each, so a length of 90 days costs what half an
hour costs. The floor is the same method in plain Python with standard-library datetimes in
and out and no checks (`tests/oracle/prefix_floor.py`).

{bench.table()}

One process, all contestants in turn in each of {bench.rounds} rounds, medians. Ratios travel
between machines; nanoseconds do not. Calendar: {ZONE}, Monday to Friday 09:00-12:00 and
13:30-18:00, Chinese holidays and make-up days; the neighbours get the same hours and holidays
(neither knows make-up days). Python {platform.python_version()}, NumPy {np.__version__},
pandas {pd.__version__}, {packages}.

This page is written by the command

    {COMMAND}
"""


def main() -> int:
    """Run the races, print or write the table, and say by exit code whether all bounds held."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--markdown", action="store_true", help="write docs/benchmarks-calendar.md"
    )
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--batch", type=int, default=10_000_000)
    chosen = options.parse_args()
    bench = Bench(chosen.rounds, chosen.batch)
    bench.against_the_floor()
    bench.against_neighbours()
    bench.arrays()
    bench.building()
    print(bench.table())
    if chosen.markdown:
        path = ROOT / "docs" / "benchmarks-calendar.md"
        path.write_text(page(bench), encoding="utf-8")
        print(f"written to {path.relative_to(ROOT)}")
    return 1 if bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
