"""Real requests: Boston's 311 log replayed under a plan with a duty for each rule.

The rules themselves are tested in `test_boston_311.py`; here they run as duties of cases.
"""

import collections
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from workflow.plans import load_plan
from workflow.reports.log_mapping import read_mapping
from workflow.reports.read_log import read_log
from workflow.reports.replay import replay

LEAST = 0.994


@pytest.fixture(scope="module")
def examples(project):
    return project / "examples" / "real"


@pytest.fixture(scope="module")
def told(examples, real_data):
    path = real_data / "boston_311.csv.gz"
    if not path.exists():
        pytest.skip(f"no {path.name} in the folder that WORKFLOW_DATA names")
    form = read_mapping(examples / "boston_311.yaml")
    plan = load_plan(examples / "boston-311.yaml")
    return replay(plan, read_log(path, form), form=form, leave_out_refused=True)


def test_the_plan_gives_the_due_times_of_the_citys_own_engine(told, capsys):
    due, flag = told.comparisons
    with capsys.disabled():
        for it in (due, flag):
            print(f"\nBoston 311, {it.name}: {it.agreed} of {it.total} ({it.share:.2%}); misses:")
            for cause, found in it.causes().items():
                print(f"  {len(found):4} {cause}")
    assert due.total == 16_157
    assert due.share >= LEAST
    assert flag.total == 16_157
    assert flag.share >= LEAST


def test_requests_closed_before_they_were_opened_are_listed(told):
    assert 0 < len(told.refused) < 20
    assert all("before the case began" in it.why for it in told.refused)


def test_the_plan_has_the_rules_and_holidays_that_the_due_times_were_tested_with(examples):
    known = YAML(typ="safe").load(
        (Path(__file__).parent / "boston_rules.yaml").read_text(encoding="utf-8")
    )
    document = YAML(typ="safe").load((examples / "boston-311.yaml").read_text(encoding="utf-8"))
    assert document["calendars"]["city"]["hours"] == known["hours"]
    assert document["calendars"]["city"]["holidays"] == known["holidays"]
    titles = {it["id"]: it["title"] for it in document["categories"]}
    rules = collections.defaultdict(set)
    for owed in document["obligations"]:
        (kind, amount) = next(iter(owed["within"].items()))
        unit = "working day" if kind == "working_days" else "day"
        name = f"{amount} {unit}{'' if amount == 1 else 's'}"
        rules[name] |= {titles[it] for it in owed["category"]}
    expected = collections.defaultdict(set)
    for group in ("from_page", "from_rows"):
        for amount, kinds in known[group].items():
            expected[amount] |= set(kinds)
    assert rules == expected


@pytest.mark.parametrize("name", ["boston_311.yaml", "boston_portal.yaml"])
def test_a_mapping_gives_every_category_of_the_plan_a_meaning(examples, name):
    plan = load_plan(examples / "boston-311.yaml")
    form = read_mapping(examples / name)
    assert set(form.category.values.values()) == {it.id for it in plan.categories}
