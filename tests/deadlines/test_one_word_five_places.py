"""One word, five places: a rule's name is its key, its file, its test, its docs, its step."""

import importlib
import inspect
import pkgutil

import pytest

import workflow.deadlines
from workflow.calendars import WorkingCalendar
from workflow.plans.due import due
from workflow.plans.due_text import OPTIONS

# Files that hold what rules have in common, and no rule.
SHARED = {"rule", "options", "day_end", "day_count", "day_notes", "periods", "quota", "series"}
FILES = {"earliest_of": "combined", "latest_of": "combined"}
SAMPLES = {
    "elapsed": {"elapsed": "30 min"},
    "working_time": {"working_time": "5 working hours"},
    "calendar_days": {"calendar_days": 3},
    "working_days": {"working_days": 3},
    "months": {"months": 1},
    "composite": {"composite": "P1M3DT12H"},
    "same_day": {"same_day": True},
    "promised": {"promised": "promised"},
    "fixed": {"fixed": "2026-03-05"},
    "promptly": {"promptly": "第一时间"},
    "earliest_of": {"earliest_of": ["30 min", "1 day"]},
    "latest_of": {"latest_of": ["30 min", "1 day"]},
    "recurring": {"recurring": {"every": "day"}},
}
CALENDAR = WorkingCalendar("Asia/Shanghai", {"mon-fri": ["09:00-18:00"]})


def rules_in_the_folder():
    """Every rule class by its name, and the file that holds it."""
    found = {}
    for info in pkgutil.iter_modules(workflow.deadlines.__path__):
        module = importlib.import_module(f"workflow.deadlines.{info.name}")
        for _, kind in inspect.getmembers(module, inspect.isclass):
            own = kind.__module__ == module.__name__
            if own and isinstance(getattr(kind, "name", None), str) and hasattr(kind, "due"):
                found[kind.name] = info.name
    return found


def test_every_file_of_the_folder_holds_a_rule_or_what_rules_share():
    files = {info.name for info in pkgutil.iter_modules(workflow.deadlines.__path__)}
    assert files == set(rules_in_the_folder().values()) | SHARED


def test_a_rules_file_has_its_name():
    for name, file in rules_in_the_folder().items():
        assert file == FILES.get(name, name)


def test_a_rules_name_is_its_key_in_a_plan():
    assert set(rules_in_the_folder()) == set(OPTIONS) == set(SAMPLES)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_rules_name_is_its_step_in_a_derivation(name):
    found = due(SAMPLES[name], "2026-03-02T08:40+08:00", calendar=CALENDAR, promise="2026-03-05")
    assert name in [step.kind for step in found.derivation]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_rules_name_is_its_anchor_in_the_docs(name, project):
    page = (project / "docs/reference/deadlines.md").read_text(encoding="utf-8")
    assert f"({name})=\n" in page


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_rule_has_a_test_file_of_its_name(name, project):
    assert (project / f"tests/deadlines/test_{FILES.get(name, name)}.py").exists()
