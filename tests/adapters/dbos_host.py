"""A host's own DBOS application: its workflow writes each notice it is given to a file.

Run as `python dbos_host.py DATABASE FILE COUNT`; ends once COUNT notices were written. With DIE in
the environment it kills itself after the first, in the middle of the workflow.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path

from dbos import DBOS, DBOSConfig

database, file, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
DBOS(
    config=DBOSConfig(
        name="host",
        system_database_url=database,
        run_admin_server=False,
        log_level="ERROR",
        application_version="1",
        executor_id="host",
    )
)
done = threading.Event()
written = []


@DBOS.step()
def write(notice):
    with Path(file).open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(notice, ensure_ascii=False) + "\n")


@DBOS.workflow()
def handle(notice):
    write(notice)
    if os.environ.get("DIE"):
        os.kill(os.getpid(), signal.SIGKILL)
    written.append(notice["id"])
    if len(written) >= count:
        done.set()


DBOS.launch()
DBOS.register_queue("notices", worker_concurrency=1, polling_interval_sec=0.1)
print("ready", flush=True)
finished = done.wait(60)
DBOS.destroy()
sys.exit(0 if finished else 1)
