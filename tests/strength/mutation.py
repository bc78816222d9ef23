"""Mutation: change one thing in the code, and see whether a test notices.

    python tests/strength/mutation.py [--sample N] [--seed S] [--floor F ...] [--minutes M] [--into FILE]

What git knows is copied to a temporary folder; mutmut writes the changes into the copy, and
`trying.py` tries them there, one floor after another, against the floor's own tests. A seeded
sample of N changes is drawn for each floor; without `--sample` every change is tried. What no test
noticed is printed with its difference, and the whole count is written as JSON with `--into`.
"""

import argparse
import ast
import contextlib
import difflib
import functools
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The tests by which the changes of each floor are judged. The properties of `tests/properties` are
# not among them: a change that nothing else notices would run them all, for minutes.
TESTS = {
    "calendars": ("tests/calendars",),
    "deadlines": ("tests/deadlines",),
    "cases": ("tests/cases", "tests/stories", "tests/properties/test_case_kept.py"),
}
# Tests that start an interpreter of their own or ask for the text of the source: they say nothing
# about a change that is chosen while the code runs. `trying.py` leaves out the slowest as well.
LEFT_OUT = (
    "test_one_word_five_places",
    "test_semantics_page",
    "test_importing_the_calendar",
    "test_the_names_of_holidays_do_not_follow",
)
# A change that makes the tests hang or crash is noticed too.
NOT_NOTICED = {"survived", "no test"}
SETTINGS = """\
[mutmut]
source_paths=src
only_mutate=
    src/workflow/{floor}/*.py
also_copy=
    docs
    examples
    README.md
    CHANGELOG.md
    Makefile
"""


def copied(folder, floor):
    """Put what git knows, as it stands, into a folder, with mutmut's settings beside it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / "setup.cfg").write_text(SETTINGS.format(floor=floor), "utf-8")


def generated(floor):
    """Let mutmut write all the changes of a floor, without trying one: their names."""
    from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants
    from mutmut.configuration import reset_config

    reset_config()  # the settings of the floor before
    with contextlib.redirect_stdout(io.StringIO()):
        copy_src_dir()
        copy_also_copy_files()
        create_mutants(1)
    names = []
    for path in sorted(Path(f"mutants/src/workflow/{floor}").glob("*.meta")):
        names += json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return names


def try_them(names, floor, seed, minutes):
    """Rows of `trying.py`: for each change its name, what became of it, tests, seconds."""
    Path("names.json").write_text(json.dumps(names), "utf-8")
    quiet = ["-q", "-p", "no:cacheprovider", "--capture=sys", "--tb=native", "--rootdir=."]
    same = ["--hypothesis-profile=quick", f"--hypothesis-seed={seed}"]
    chosen = ["-k", "not " + " and not ".join(LEFT_OUT)]
    trying = Path(__file__).with_name("trying.py")
    command = [sys.executable, str(trying), "../names.json", "../tried.jsonl"]
    with subprocess.Popen(
        [*command, *quiet, *same, *chosen, *TESTS[floor]],
        cwd="mutants",
        env={**os.environ, "PYTHONPATH": "src"},
    ) as running:
        try:
            running.wait(minutes * 60 if minutes else None)
        except subprocess.TimeoutExpired:
            running.terminate()
    return [json.loads(line) for line in Path("tried.jsonl").read_text("utf-8").splitlines()]


@functools.cache
def functions(path):
    """The lines of every function and method of a file, by name; mutmut's suffixes are taken off."""
    text = path.read_text("utf-8")
    lines = text.splitlines()
    return {
        it.name: [
            re.sub(r"x[ǁ_](?:\w*ǁ)?(\w+?)__mutmut_\w+", r"\1", line)
            for line in lines[it.lineno - 1 : it.end_lineno]
        ]
        for it in ast.walk(ast.parse(text))
        if isinstance(it, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def difference(name):
    """What the change is: the lines of the function that it takes away and puts in their place."""
    module, _, changed = name.rpartition(".")
    known = functions(Path("mutants/src", *module.split(".")).with_suffix(".py").resolve())
    original = known[changed.partition("__mutmut_")[0] + "__mutmut_orig"]
    changes = difflib.unified_diff(original, known[changed], lineterm="", n=0)
    shown = [it for it in changes if it[:2] != "@@" and it[:3] not in {"+++", "---"}]
    return "\n".join(f"{line[0]} {line[1:].strip()}" for line in shown)


def tried(floor, said):
    """Try a floor's changes, here: what can be made, what became of each, the survivors."""
    names = generated(floor)
    chance = random.Random(f"{said.seed} {floor}")  # noqa: S311 - it keeps no secret
    drawn = chance.sample(names, min(said.sample or len(names), len(names)))
    print(f"{floor}: {len(drawn)} of {len(names)} changes (seed {said.seed})", flush=True)
    found = try_them(drawn, floor, said.seed, said.minutes)
    return {
        "can be made": len(names),
        "drawn": len(drawn),
        "tried": Counter(it if it in NOT_NOTICED else "noticed" for _, it, _, _ in found),
        "not noticed": [
            (name, it, difference(name)) for name, it, _, _ in sorted(found) if it in NOT_NOTICED
        ],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--floor", choices=TESTS, nargs="+", default=list(TESTS))
    parser.add_argument("--sample", type=int, default=0, help="changes for each floor; 0: all")
    parser.add_argument("--seed", type=int, default=20260302)
    parser.add_argument("--minutes", type=float, default=0, help="for each floor; 0: no limit")
    parser.add_argument("--into", type=Path, help="a JSON file for the result")
    said = parser.parse_args()
    into = said.into and said.into.resolve()
    result = {}
    for floor in said.floor:
        with tempfile.TemporaryDirectory() as folder:
            copied(Path(folder), floor)
            with contextlib.chdir(folder):
                result[floor] = tried(floor, said)
        if into:
            into.write_text(json.dumps(result, indent=1, ensure_ascii=False), "utf-8")
    for floor in result.values():
        for name, word, shown in floor["not noticed"]:
            print(f"\n{name}: {word}\n{shown}")
    for floor, found in result.items():
        print(floor, dict(found["tried"]))


if __name__ == "__main__":
    main()
