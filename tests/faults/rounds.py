"""Rounds of sudden death: workers are killed with SIGKILL at random points, and then all is checked.

    python tests/faults/rounds.py [--rounds N] [--seed N] [--minutes N] [--store sqlite|postgres]

In each round one or two processes record, tick and deliver on one database, and say over a pipe
what the engine has told them is done. After so many words, and a moment more, each is killed. Then:

- no event that was accepted is lost;
- no event is half-written: the chain of every log holds, and the clocks, the wake-up and the
  notices of every case are exactly those that its log gives when it is computed anew;
- no notice is there twice, and each one reaches the sink at least once.

The seed is printed: the choices of a run can be repeated, the moment of death only roughly.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

from workflow.engine import Backoff, Engine, SimulatedTime
from workflow.errors import EventError
from workflow.plans import loads

PLAN = """
workflow: 1
name: faults
version: "1"
timezone: Asia/Shanghai
roles: {duty: Duty officer, lead: Lead group}
stages: [{id: detect}, {id: report}, {id: closed}]
opens: [found]
events: {found: Found, reported: Reported, answered: Answered, asked: Asked, finished: Finished}
transitions:
  - {event: reported, from: [detect], to: report}
  - {event: finished, from: open, to: closed}
obligations:
  - {id: report, who: duty, from: found, within: 30 min, fulfilled_by: [reported], warn: ["50%"],
     escalate: [{to: [lead], after: 30 min, repeat: 1 h, times: 2}]}
  - {id: answer, each: true, who: duty, from: asked, target: 1 h, limit: 3 h,
     fulfilled_by: [answered]}
"""
START = "2026-03-02T08:40+08:00"
FRESH = 25  # rounds on one database, before it has grown so far that checking takes too long
STEPS = 60


class Told:
    """A sink that tells the other end of a pipe what it was given."""

    name = "told"

    def __init__(self, pipe):
        self.pipe = pipe

    def deliver(self, notice):
        say(self.pipe, "delivered", notice.id)


def say(pipe, *words):
    os.write(pipe, (" ".join(words) + "\n").encode())


def work(url, plan, seed, minutes, pipe):
    """What a worker does until it is killed."""
    choose = random.Random(seed)  # noqa: S311 - it chooses, it keeps no secret
    now = SimulatedTime(START)
    now.advance(f"{minutes} min")
    engine = Engine(url, [plan], time_source=now, sinks=[Told(pipe)], backoff=BACKOFF)
    for number in range(STEPS):
        key = f"{seed}-{number}"
        cases = list(engine.cases())
        what = choose.random()
        if not cases or what < 0.2:
            name = f"case-{choose.randrange(10**9)}"
            engine.open("faults", name, at=shown(now), key=key)
            say(pipe, "recorded", name, key)
        elif what < 0.8:
            name = choose.choice(cases)
            try:
                engine.record(name, choose.choice(EVENTS), at=shown(now), key=key)
            except EventError:
                continue  # not legal in this stage, or no more: the other worker was first
            say(pipe, "recorded", name, key)
        else:
            now.advance("7 min")
            engine.tick()
            say(pipe, "ticked")
    say(pipe, "finished")


EVENTS = ("reported", *("answered", "asked", "noted") * 4, "finished")
BACKOFF = Backoff(tries=1_000)


def shown(now):
    return str(now).replace(" ", "T", 1).replace(" ", "")


def kill_one(url, plan, seed, minutes, choose, task=None):
    """Start a worker; gives what kills it and reads what it said."""
    task = task or work
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(read)
            task(url, plan, seed, minutes, write)
            code = 0
        except BaseException:  # noqa: BLE001 - it is printed, and the run fails
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(write)
    words, extra = choose.randrange(1, 25), choose.random() * 0.004

    def listen(heard, words):
        while heard.count(b"\n") < words:
            part = os.read(read, 65536)
            if not part:
                break
            heard += part
        return heard

    def finish(fault=None):
        heard = listen(b"", words)
        if fault is not None:
            fault()
            heard = listen(heard, heard.count(b"\n") + words)
        end = time.perf_counter() + extra
        while time.perf_counter() < end:
            pass
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        while part := os.read(read, 65536):
            heard += part
        os.close(read)
        killed = os.WIFSIGNALED(status)
        if not killed and os.WEXITSTATUS(status):
            raise SystemExit("a worker failed by itself; its traceback stands above")
        return killed, [line.split() for line in heard.decode().splitlines()]

    return finish


class Ledger:
    """What the workers on one database have said."""

    def __init__(self):
        self.recorded, self.delivered, self.killed, self.repeated = set(), [], 0, 0

    def hear(self, killed, lines):
        self.killed += killed
        for line in lines:
            if line[0] == "recorded":
                self.recorded.add((line[1], line[2]))
            elif line[0] == "delivered":
                self.delivered.append(line[1])

    def check(self, url, plan, minutes):
        """Everything that must hold after sudden death."""
        now = SimulatedTime(START)
        now.advance(f"{minutes} min")
        with Engine(url, [plan], time_source=now) as engine:
            wrong = engine.verify()
            assert not wrong, [str(it) for it in wrong]
            assert not engine.parked(), engine.parked()
            kept = set()
            for name in engine.cases():
                keys = [event.key for event in engine.case(name).events]
                assert len(set(keys)) == len(keys), f"an event twice in {name}"
                kept.update((name, key) for key in keys)
            lost = self.recorded - kept
            assert not lost, f"accepted and lost: {sorted(lost)}"

    def finish(self, url, plan, minutes):
        """Whatever still waits is delivered; then every notice has reached the sink."""
        read, write = os.pipe()
        os.set_blocking(write, False)
        now = SimulatedTime(START)
        now.advance(f"{minutes + 600} min")
        late = []

        def told(notice):
            late.append(notice.id)

        with Engine(url, [plan], time_source=now, sinks=[told], backoff=BACKOFF) as engine:
            engine.deliver()
            ids = [it.id for name in engine.cases() for it in engine.notices(name)]
        os.close(read)
        os.close(write)
        assert len(set(ids)) == len(ids)
        missed = set(ids) - set(self.delivered) - set(late)
        assert not missed, f"never delivered: {sorted(missed)}"
        self.repeated = len(self.delivered) + len(late) - len(ids)
        return len(ids)


class Count:
    """So many rounds, or as many as there is time for; counts those that are done.

    A machine that flushes slowly, or is at work on something else, so ends in time as well, and
    says how far it came.
    """

    def __init__(self, rounds, minutes=None):
        self.rounds, self.done = rounds, 0
        self.end = time.monotonic() + 60 * minutes if minutes else float("inf")

    @property
    def over(self):
        return self.done >= self.rounds or (self.done > 0 and time.monotonic() > self.end)

    def on_one_database(self):
        """The rounds on one database; it is done when the body is."""
        for _ in range(FRESH):
            if self.over:
                return
            yield
            self.done += 1


def parser_of(doc, rounds):
    """The options that all rounds have."""
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--seed", type=int, default=20260302)
    parser.add_argument("--minutes", type=float, help="end after so long, and say how far it came")
    return parser


def run(url_of, count, seed):
    """So many rounds; what was survived."""
    plan = loads(PLAN)
    choose = random.Random(seed)  # noqa: S311 - likewise
    killed = events = notices = repeated = 0
    while not count.over:
        url, ledger, minutes = url_of(count.done), Ledger(), 0
        for _ in count.on_one_database():
            minutes += choose.randrange(20)
            workers = [
                kill_one(url, plan, choose.randrange(10**9), minutes, choose)
                for _ in range(choose.choice([1, 1, 2]))
            ]
            for finish in workers:
                ledger.hear(*finish())
            minutes += 7 * STEPS  # later than any worker has come
            ledger.check(url, plan, minutes)
        notices += ledger.finish(url, plan, minutes)
        killed, events = killed + ledger.killed, events + len(ledger.recorded)
        repeated += ledger.repeated
    return (
        f"{count.done} rounds, {killed} processes killed: {events} accepted events, none lost, none "
        f"half-written; {notices} notices, each once in the outbox and at the sink at least once "
        f"({repeated} deliveries repeated); seed {seed}"
    )


def main():
    parser = parser_of(__doc__, 1_000)
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    said = parser.parse_args()
    print(f"seed {said.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:

        def url_of(number):
            if said.store == "postgres":
                sys.path.insert(0, str(Path(__file__).parent.parent / "oracle"))
                import postgres_server

                return postgres_server.fresh()
            return f"sqlite:///{Path(folder) / f'{number}.db'}"

        print(f"{said.store}:", run(url_of, Count(said.rounds, said.minutes), said.seed))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
