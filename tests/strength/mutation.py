"""Mutation by mutmut: change one thing in the code, and see whether a test notices.

    python tests/strength/mutation.py [--sample N] [--seed S] [--floor F ...] [--children N] [--into FILE]

What git knows is copied to a temporary folder, and mutmut changes and tests the copy. A seeded
sample of N changes is tried for each floor; `--sample 0` tries all. What survives is printed with
its difference, and the whole count is written as JSON with `--into`.
"""

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("calendars", "deadlines", "cases")
# Tests that start an interpreter of their own, or that ask for the text of the source, or that
# take longer than a second: they say nothing about one change, and each would be run many times.
LEFT_OUT = (
    "test_one_word_five_places",
    "test_semantics_page",
    "test_importing_the_calendar",
    "test_the_names_of_holidays_do_not_follow",
    "test_an_answer_outside_1900_to_2200",
    "test_every_chinese_day_is_worked",
)
# A change that makes the tests hang or crash is noticed too; "not checked" is what a stop left over.
NOTICED = {"killed", "timeout", "segfault"}
SETTINGS = """\
[mutmut]
source_paths=src
only_mutate=
    {mutated}
also_copy=
    docs
    examples
    README.md
    CHANGELOG.md
    Makefile
pytest_add_cli_args_test_selection=
    {tests}
pytest_add_cli_args=
    -p
    no:cacheprovider
    --hypothesis-profile=quick
    --hypothesis-seed={seed}
    -k
    {chosen}
timeout_multiplier=5
timeout_constant=3
process_isolation=forkserver
use_git_change_detection=false
track_dependencies=false
"""


def copied(folder, floors, seed):
    """Put what git knows, as it stands, into a folder, with mutmut's settings beside it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    apart = "\n    "
    settings = SETTINGS.format(
        mutated=apart.join(f"src/workflow/{it}/*.py" for it in floors),
        tests=apart.join(f"tests/{it}" for it in floors),
        chosen="not " + " and not ".join(LEFT_OUT),
        seed=seed,
    )
    (folder / "setup.cfg").write_text(settings, "utf-8")


def run_mutmut(names, children, minutes):
    """Try these changes; after so many minutes ask mutmut to stop, which keeps what it has."""
    command = [str(Path(sys.executable).with_name("mutmut")), "run"]
    with subprocess.Popen([*command, "--max-children", str(children), *names]) as running:
        try:
            running.wait(minutes * 60 if minutes else None)
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGINT)


def results(floors):
    """What became of each change: its floor, its name and mutmut's word for it."""
    from mutmut.stats import status_by_exit_code

    for floor in floors:
        for path in sorted(Path(f"mutants/src/workflow/{floor}").glob("*.meta")):
            kept = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
            for name, code in kept.items():
                yield floor, name, status_by_exit_code[code]


def difference(name):
    """What the change is, as mutmut shows it, without the lines around it."""
    command = [str(Path(sys.executable).with_name("mutmut")), "show", name]
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    lines = [it for it in shown.splitlines() if it[:1] in "+-" and it[:3] not in {"+++", "---"}]
    return "\n".join(lines)


def generated(floors):
    """Make all the changes without trying one: their names, by floor."""
    from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants

    with contextlib.redirect_stdout(io.StringIO()):
        copy_src_dir()
        copy_also_copy_files()
        create_mutants(1)
    names = {floor: [] for floor in floors}
    for floor, name, _ in results(floors):
        names[floor].append(name)
    return names


def tried(said):
    """Draw the changes and try them, here: what can be made, what became of each, the survivors."""
    names = generated(said.floor)
    chance = random.Random(said.seed)  # noqa: S311 - it keeps no secret
    drawn = set()
    for of_floor in names.values():
        drawn.update(chance.sample(of_floor, min(said.sample or len(of_floor), len(of_floor))))
    print(f"{len(drawn)} of {sum(map(len, names.values()))} changes (seed {said.seed})", flush=True)
    run_mutmut(sorted(drawn), said.children, said.minutes)
    found = [it for it in results(said.floor) if it[1] in drawn]
    counted = {floor: Counter(it[2] for it in found if it[0] == floor) for floor in said.floor}
    alive = [(name, word, difference(name)) for _, name, word in found if word not in NOTICED]
    return {
        "can be made": {floor: len(of_floor) for floor, of_floor in names.items()},
        "tried": counted,
        "not noticed": alive,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--floor", choices=FLOORS, nargs="+", default=list(FLOORS))
    parser.add_argument("--sample", type=int, default=0, help="changes for each floor; 0: all")
    parser.add_argument("--seed", type=int, default=20260302)
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--minutes", type=float, default=0, help="stop after so many; 0: never")
    parser.add_argument("--into", type=Path, help="a JSON file for the result")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copied(Path(folder), said.floor, said.seed)
        with contextlib.chdir(folder):
            result = tried(said)
    for name, word, shown in result["not noticed"]:
        print(f"\n{name}: {word}\n{shown}")
    for floor, counted in result["tried"].items():
        print(floor, dict(counted))
    if said.into:
        said.into.write_text(json.dumps(result, indent=1), "utf-8")


if __name__ == "__main__":
    main()
