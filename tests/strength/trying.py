"""Try changed code against tests that have been collected once: a fork for each change.

mutmut writes every change of a function beside the original, and an environment variable chooses
one of them at each call. So the tests are collected once, in a process that runs none of them, and
each change is tried in a fork of it: nothing that an earlier test or change kept can hide it. What
runs while the tests are collected is not changed; a change only noticed there counts as not
noticed.

    python tests/strength/trying.py NAMES INTO [argument of pytest ...]

Run in mutmut's `mutants` folder, with its `src` on the path. NAMES is a JSON list of changes; a
line of JSON is written to INTO for each: its name, what became of it, the tests run, the seconds.
"""

import gc
import json
import math
import os
import resource
import signal
import sys
import time
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

# A single test that takes more of the processor than this is left out: it would be run very often.
LONGEST = 0.8
CHOICE = "MUTANT_UNDER_TEST"  # how mutmut's code is told which change to run


def passes(item, following):
    """Whether a test passes, run once with its fixtures."""
    reports = runtestprotocol(item, nextitem=following, log=False)
    return not any(report.failed for report in reports)


def silent():
    """Let a fork print nothing."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def in_a_fork(work, seconds):
    """What `work` returns in a fork, as JSON; "timeout" after so many seconds of the processor.

    Time on the clock would make the answer depend on what else the machine does.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        silent()
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        try:
            with os.fdopen(writing, "w") as out:
                json.dump(work(), out)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        spent = os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL}
        return "timeout" if spent else "crash"
    return json.loads(said) if said else "crash"


class Trying:
    """A pytest plugin whose test loop tries each change instead of running the tests once."""

    def __init__(self, names, into):
        self.names = names
        self.into = into

    @staticmethod
    def reached(items):
        """For each test: whether it passes unchanged, its seconds, and the functions it reaches."""
        from mutmut.state import state

        os.environ[CHOICE] = "stats"
        found = []
        for item in items:
            state()._stats.clear()
            start = time.process_time()
            passed = passes(item, None)
            found.append([passed, time.process_time() - start, sorted(state()._stats)])
        return found

    def pytest_runtestloop(self, session):
        """Measure the tests, then try the changes one after another."""
        items = session.items
        measured = in_a_fork(lambda: self.reached(items), 3600)
        for item, (passed, took, _) in zip(items, measured, strict=True):
            if not passed or took > LONGEST:
                why = f"takes {took:.1f} s" if passed else "fails unchanged"
                print(f"left out, since it {why}: {item.nodeid}", flush=True)
        tests = {}
        quick = [it for it in zip(items, measured, strict=True) if it[1][0] and it[1][1] <= LONGEST]
        for item, (_, took, functions) in sorted(quick, key=lambda it: it[1][1]):
            for function in functions:
                tests.setdefault(function, []).append((item, took))
        gc.freeze()  # what stands is shared by the forks, not copied when it is looked over
        with self.into.open("w", encoding="utf-8") as out:
            for name in self.names:
                chosen = tests.get(name.partition("__mutmut_")[0], [])
                start = time.monotonic()
                became = self.tried(name, chosen) if chosen else "no test"
                row = [name, became, len(chosen), round(time.monotonic() - start, 2)]
                print(json.dumps(row), file=out, flush=True)
        return True

    @staticmethod
    def tried(name, chosen):
        """What became of one change: the test that noticed it, `survived`, `timeout`, `crash`."""

        def work():
            os.environ[CHOICE] = name
            for item, _ in chosen:
                if not passes(item, None):
                    return item.nodeid
            return "survived"

        return in_a_fork(work, math.ceil(2 + 4 * sum(took for _, took in chosen)))


def main():
    names, into = json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2])
    sys.exit(pytest.main(sys.argv[3:], plugins=[Trying(names, into)]))


if __name__ == "__main__":
    main()
