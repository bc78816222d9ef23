"""Mutation: change one thing in the code, and see whether a test notices.

    python tests/strength/mutate.py [--floor calendars|deadlines|cases|all] [--sample N] [--seed S]

The code is copied to a temporary folder and changed there, one change at a time: a comparison, an
operator, a condition, a number. The quick tests of the floor are run against the copy. A change
that no test notices survives, and is printed. `--sample 0` tries every change, which takes hours;
otherwise so many are drawn for each floor from a seeded generator.
"""

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = {
    "calendars": ("tests/calendars", "tests/properties/test_calendar_algebra.py"),
    "deadlines": ("tests/deadlines", "tests/properties/test_deadline_sentences.py"),
    "cases": ("tests/cases",),
}
SWAPPED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Add, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def code_of(tree):
    """The nodes that do something: no annotations, and no texts, which are words for people."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for name, value in ast.iter_fields(node):
            if name not in {"annotation", "returns"}:
                nodes = value if isinstance(value, list) else [value]
                waiting.extend(it for it in nodes if isinstance(it, ast.AST))


def changes(node):
    """The ways in which one node can be changed, each as a function that changes it in place."""
    match node:
        case ast.Compare(ops=ops):
            for at, op in enumerate(ops):
                if type(op) in SWAPPED:
                    yield lambda it, at=at, op=op: it.ops.__setitem__(at, SWAPPED[type(op)]())
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op) if type(op) in SWAPPED:
            yield lambda it: setattr(it, "op", SWAPPED[type(it.op)]())
        case ast.If() | ast.IfExp() | ast.While():
            yield lambda it: setattr(it, "test", ast.UnaryOp(ast.Not(), it.test))
        case ast.Constant(value=bool()):
            yield lambda it: setattr(it, "value", not it.value)
        case ast.Constant(value=int()):
            yield lambda it: setattr(it, "value", it.value + 1)


def mutants(path):
    """Every changed text of a file, with the line and what stands there before and after."""
    tree = ast.parse(path.read_text("utf-8"))
    for at, node in enumerate(code_of(tree)):
        for number in range(len(list(changes(node)))):
            other = copy.deepcopy(tree)
            changed = next(it for here, it in enumerate(code_of(other)) if here == at)
            before = ast.unparse(changed).split("\n")[0]
            list(changes(changed))[number](changed)
            after = ast.unparse(changed).split("\n")[0]
            line = getattr(node, "lineno", 0)
            yield line, f"{before}  ->  {after}", ast.unparse(ast.fix_missing_locations(other))


def tested(source, tests, seconds, *, loud):
    """Whether the tests pass against this copy. One that hangs has noticed."""
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    command += ["--hypothesis-profile=quick", *tests]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    if loud and done.returncode:
        print(done.stdout.decode("utf-8", "replace")[-3000:], flush=True)
    return done.returncode == 0


def nearest_first(path, tests):
    """The tests of a floor, those of the file itself before the rest."""
    own = sorted(str(it) for it in (ROOT / tests[0]).glob(f"test_{path.stem}*.py"))
    return [*own, *tests]


def tried(floor, sample, seed):
    """Try the changes of one floor: how many were tried, and those that survived."""
    tests = FLOORS[floor]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        began = time.monotonic()
        if not tested(source, tests, 1800, loud=True):
            raise SystemExit(f"{floor}: its tests fail with nothing changed")
        limit = 60 + 4 * (time.monotonic() - began)
        files = sorted((source / "workflow" / floor).glob("*.py"))
        drawn = [(path, *mutant) for path in files for mutant in mutants(path)]
        total = len(drawn)
        if sample and sample < total:
            drawn = random.Random(seed).sample(drawn, sample)  # noqa: S311 - it keeps no secret
        survived = 0
        for count, (path, line, change, text) in enumerate(drawn, 1):
            original = path.read_text("utf-8")
            path.write_text(text, "utf-8")
            lives = tested(source, nearest_first(path, tests), limit, loud=False)
            path.write_text(original, "utf-8")
            survived += lives
            word = "SURVIVED" if lives else "killed"
            print(f"{word} {floor}/{path.name}:{line}: {change}", flush=True)
            if count == len(drawn) or count % 10 == 0:
                print(f"{floor}: {count} of {total} tried, {survived} survived", flush=True)
    return len(drawn), survived


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--floor", choices=(*FLOORS, "all"), default="all")
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=20260302)
    said = parser.parse_args()
    floors = FLOORS if said.floor == "all" else [said.floor]
    counted = [tried(floor, said.sample, said.seed) for floor in floors]
    tried_in_all, survived = (sum(it) for it in zip(*counted, strict=True))
    print(f"{tried_in_all} tried (seed {said.seed}), {tried_in_all - survived} killed")


if __name__ == "__main__":
    main()
