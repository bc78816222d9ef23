"""The pages of the documented plans: one a plan, complete, and the same every time."""

import importlib.util
from pathlib import Path

import pytest

from workflow import plans

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def plan_pages():
    spec = importlib.util.spec_from_file_location("plan_pages", ROOT / "docs" / "plan_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_documented_plan_has_a_page_and_nothing_else_has(plan_pages, tmp_path):
    (tmp_path / "a-plan-that-was-dropped.md").write_text("old", "utf-8")
    plan_pages.write(tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == {"index", *plans.names()}


@pytest.mark.parametrize("name", plans.names())
def test_a_page_shows_every_duty_with_its_clause_in_both_languages(plan_pages, name):
    plan = plans.load(name)
    text = plan_pages.page(plan)
    for owed in plan.obligations:
        assert f"({name}-{owed.id})=" in text
        assert plan_pages._escape(owed.origin.clause) in text
        assert plan_pages._escape(owed.title.words("en")) in text
        assert plan_pages._escape(owed.title.words("zh")) in text


def test_writing_the_pages_again_changes_nothing(plan_pages, tmp_path):
    plan_pages.write(tmp_path)
    before = {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()
    }
    plan_pages.write(tmp_path)
    after = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    assert after == before
