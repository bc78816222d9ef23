"""Rounds in which SQLite runs out of disk, or finds its file locked, in the middle of work.

    python tests/faults/disk_rounds.py [--rounds N] [--seed N] [--minutes N] [--no-mount]

Where this process may mount one, the database lies on a small file system of its own, which a file
beside it fills up to the last byte; elsewhere the connection is told a greatest number of pages.
The lock is held by another process for longer than a worker's patience. A worker that is told that
the store cannot be used repeats the same call with the same key: what the error advises. Then the
trouble is taken away, the worker goes on and is killed, and what must hold after sudden death is
checked, as in `rounds.py`.
"""

import os
import random
import sqlite3
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path

from rounds import PLAN, Count, Ledger, kill_one, parser_of
from server_rounds import STEPS, work

from workflow.plans import loads
from workflow.stores.sqlite import SqliteStore

PATIENCE = 0.05  # seconds for which a worker waits for a lock
HELD = 0.4  # seconds for which another process holds it
SIZE = 8 * 1024 * 1024  # bytes of the small file system
ROOM = 24 * 1024  # bytes that are left to the worker at most


class Disk:
    """A small file system of our own, if one may be mounted."""

    def __init__(self, folder, *, mount=True):
        self.folder = Path(folder)
        self.mounted = mount and self._mount()

    def _mount(self):
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(self.folder)],
            capture_output=True,
            check=False,
        )
        return done.returncode == 0

    def fill(self, room):
        """Take all its space but so many bytes; the worker may take these at the same time."""
        with (self.folder / "ballast").open("wb", buffering=0) as ballast:
            try:
                while (left := self._free() - room) > 0:
                    ballast.write(bytes(min(left, 65_536)))
            except OSError:
                return  # there is nothing left at all

    def clear(self):
        """Give the space back."""
        (self.folder / "ballast").unlink(missing_ok=True)

    def end(self):
        """Unmount it."""
        if self.mounted:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def _free(self):
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize


def cramped(pages):
    """A worker whose connection may take no more than so many pages while a file lies there."""

    def task(url, plan, seed, minutes, pipe):
        path = url.removeprefix("sqlite:///")
        store = SqliteStore(path, patience=PATIENCE)
        if pages:
            _limit(store, Path(path).with_suffix(".cramped"), pages)
        work(store, plan, seed, minutes, pipe)

    return task


def _limit(store, sign, pages):
    """Have the connection look, before each transaction, whether it may grow."""
    writing = store.writing

    def looked():
        now = store._connection.execute("PRAGMA page_count").fetchone()[0]
        most = now + pages if sign.exists() else 1_000_000
        store._connection.execute(f"PRAGMA max_page_count = {most}")
        return writing()

    store.writing = looked


def run(folder, disk, count, seed):
    """So many rounds; what was survived."""
    plan = loads(PLAN)
    choose = random.Random(seed)  # noqa: S311 - it chooses, it keeps no secret
    faults, events, notices, felt = {"full": 0, "locked": 0}, 0, 0, 0

    def full(_, room):
        disk.fill(room)
        time.sleep(0.1)
        disk.clear()

    def locked(path, _):
        held = sqlite3.connect(path, isolation_level=None)
        held.execute("PRAGMA busy_timeout = 5000")
        held.execute("BEGIN IMMEDIATE")
        time.sleep(HELD)
        held.execute("ROLLBACK")
        held.close()

    def cramp(path, _):
        sign = Path(path).with_suffix(".cramped")
        sign.touch()
        time.sleep(0.1)
        sign.unlink()

    while not count.over:
        path = Path(folder) / f"{count.done}.db"
        url, ledger, minutes = f"sqlite:///{path}", Ledger(), 0
        for _ in count.on_one_database():
            minutes += choose.randrange(20)
            kind = choose.choice(["full", "locked"])
            faults[kind] += 1
            room = choose.randrange(ROOM)
            fault = locked if kind == "locked" else full if disk.mounted else cramp
            task = cramped(0 if disk.mounted else choose.randrange(1, 4))
            finish = kill_one(url, plan, choose.randrange(10**9), minutes, choose, task)
            killed, lines = finish(partial(fault, path, room))
            felt += any(line[0] == "away" for line in lines)
            ledger.hear(killed, lines)
            minutes += 7 * STEPS  # later than any worker has come
            ledger.check(url, plan, minutes)
        notices += ledger.finish(url, plan, minutes)
        events += len(ledger.recorded)
        for left in Path(folder).iterdir():
            left.unlink()
    how = "a small file system" if disk.mounted else "a greatest number of pages"
    return (
        f"{count.done} rounds, the disk full ({how}) {faults['full']} times, the file locked "
        f"{faults['locked']} times ({felt} workers were told so): {events} accepted events, none "
        f"lost, none half-written; {notices} notices, each once in the outbox and at the sink at "
        f"least once; seed {seed}"
    )


def main():
    parser = parser_of(__doc__, 200)
    parser.add_argument("--no-mount", action="store_true", help="limit the pages instead")
    said = parser.parse_args()
    print(f"seed {said.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        disk = Disk(folder, mount=not said.no_mount)
        try:
            print(
                "disk:", run(folder, disk, Count(said.rounds, said.minutes), said.seed), flush=True
            )
        finally:
            disk.end()


if __name__ == "__main__":
    main()
