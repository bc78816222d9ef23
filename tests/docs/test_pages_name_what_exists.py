"""What the pages name exists: tests, files, links."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if "_build" not in path.parts and path.parent.name != "plans"
)
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
SOURCE = re.compile(r"`((?:src|docs|examples|tests)/[\w./-]+)`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)")
SEMANTICS = ROOT / "docs" / "explanation" / "semantics.md"


@cache
def functions(path):
    tree = ast.parse(path.read_text("utf-8"))
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }


def ids(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_test_that_a_page_names_exists(page):
    for path, name in TEST.findall(page.read_text("utf-8")):
        assert (ROOT / path).is_file(), f"{ids(page)} names {path}"
        assert not name or name in functions(ROOT / path), f"{ids(page)} names {path}::{name}"


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_path_that_a_page_names_exists(page):
    for path in SOURCE.findall(page.read_text("utf-8")):
        if path.startswith("docs/_build"):
            continue  # what `make docs` makes
        assert (ROOT / path.rstrip("/")).exists(), f"{ids(page)} names {path}"


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_every_relative_link_leads_somewhere(page):
    for target in LINK.findall(page.read_text("utf-8")):
        path = (page.parent / target).resolve()
        written_at_build = path.parent == ROOT / "docs" / "plans"
        assert written_at_build or path.exists(), f"{ids(page)} links to {target}"


def test_every_sentence_of_the_semantics_names_its_proof():
    rows = [
        line
        for line in SEMANTICS.read_text("utf-8").splitlines()
        if line.startswith("| ") and not line.startswith(("| sentence", "| ---"))
    ]
    assert len(rows) > 60
    for row in rows:
        assert TEST.search(row), f"no test stands beside: {row}"


def test_no_page_leaves_something_to_be_written():
    for page in PAGES:
        text = page.read_text("utf-8")
        assert not re.search(r"\b(TODO|TBD|FIXME|XXX|to be written|coming soon)\b", text), ids(page)
