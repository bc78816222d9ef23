"""Run the public event logs in the folder WORKFLOW_DATA through the plans beside this file.

`make real` runs it. Without the variable, or without a file, it says so in one line.
"""

import os
import sys
from pathlib import Path

from workflow.cli.replay import report
from workflow.plans import load_plan
from workflow.reports.log_mapping import read_mapping
from workflow.reports.read_log import read_log
from workflow.reports.replay import Replay, replay

HERE = Path(__file__).parent
LOGS = (
    ("it_incidents.csv.gz", "service-desk.yaml", "it_incidents.yaml"),
    ("boston_311.csv.gz", "boston-311.yaml", "boston_311.yaml"),
)


def run(folder: Path, log: str, plan: str, mapping: str) -> Replay:
    """Run one log of the folder through its plan."""
    form = read_mapping(HERE / mapping)
    return replay(
        load_plan(HERE / plan), read_log(folder / log, form), form=form, leave_out_refused=True
    )


def main() -> int:
    named = os.environ.get("WORKFLOW_DATA", "")
    folder = Path(named)
    if not named or not folder.is_dir():
        print("The real event logs were not run: WORKFLOW_DATA names no folder that holds them.")
        return 0
    results = []
    for log, plan, mapping in LOGS:
        if not (folder / log).is_file():
            print(f"{log} was not run: it is not in {folder}.")
            continue
        results.append(run(folder, log, plan, mapping))
        report(results[-1], everything="--all" in sys.argv)
        print()
    for result in results:
        for it in result.comparisons:
            share = f"{it.agreed:,} of {it.total:,} ({it.share:.2%})"
            print(f"{Path(result.log.source).name}: {share} agree with {it.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
