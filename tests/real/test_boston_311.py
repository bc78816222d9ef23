"""Real due times: the City of Boston's own engine computed them, and the rules reproduce them.

Needs `boston_311.csv.gz` in the folder that WORKFLOW_DATA names; skipped, saying so, without.
"""

import collections
import csv
import datetime as dt
import gzip
import zoneinfo
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from workflow.calendars import Counting, WorkingCalendar
from workflow.deadlines.rule import Setting
from workflow.instants import to_instant
from workflow.plans.due_text import parse_rule

LEAST = 0.994
SECOND = 1_000_000


@pytest.fixture(scope="module")
def rules():
    return YAML(typ="safe").load(Path(__file__).with_name("boston_rules.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def setting(rules):
    calendar = WorkingCalendar(rules["timezone"], rules["hours"], holidays=rules["holidays"])
    return Setting(counting=Counting(zone=calendar.zone, calendar=calendar))


@pytest.fixture(scope="module")
def rows(real_data):
    path = real_data / "boston_311.csv.gz"
    if not path.exists():
        pytest.skip(f"no {path.name} in the folder that WORKFLOW_DATA names")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_type(rules):
    """Each request type with its rule."""
    return {
        kind: parse_rule({"rule": amount, "ends": rules["ends"]})
        for group in ("from_page", "from_rows")
        for amount, kinds in rules[group].items()
        for kind in kinds
    }


def seconds_off(row, rule, setting, zone):
    """The city's due time less ours, in seconds of the wall clock."""
    opened = dt.datetime.fromisoformat(row["opened"]).replace(tzinfo=zone)
    ours = rule.due(to_instant(opened), setting)
    wall = dt.datetime.fromtimestamp(ours // SECOND, zone).replace(tzinfo=None)
    return (dt.datetime.fromisoformat(row["due"]) - wall).total_seconds()


def cause(row, rule, setting, zone, within):
    """Why a row is missed, as far as the row itself tells."""
    if rule is None:
        return "a type with a single row: no rule"
    seconds = seconds_off(row, rule, setting, zone)
    if abs(seconds) <= 600:
        return "within ten minutes"
    if abs(abs(seconds) - 3600) <= 75:
        return "an hour off, at a change of the clocks"
    for other in range(1, 61):
        for unit in ("working days", "days"):
            given = parse_rule({"rule": f"{other} {unit}", "ends": "same_time"})
            if within[0] <= seconds_off(row, given, setting, zone) <= within[1]:
                return "another number of days than its type"
    return "another time of day: given by hand"


def test_the_rules_reproduce_the_due_times_of_the_citys_own_engine(rows, rules, setting, capsys):
    zone = zoneinfo.ZoneInfo(rules["timezone"])
    within = rules["within_seconds"]
    known = by_type(rules)
    misses = collections.Counter()
    hits = 0
    for row in rows:
        rule = known.get(row["type"])
        if rule and within[0] <= seconds_off(row, rule, setting, zone) <= within[1]:
            hits += 1
        else:
            misses[cause(row, rule, setting, zone, within)] += 1
    with capsys.disabled():
        print(f"\nBoston 311: {hits} of {len(rows)} due times ({hits / len(rows):.2%}); misses:")
        for why, n in misses.most_common():
            print(f"  {n:4} {why}")
    assert len(rows) == 16_157
    assert hits / len(rows) >= LEAST
    assert hits + sum(misses.values()) == len(rows)


def test_the_rules_that_the_page_names_reproduce_their_types(rows, rules, setting):
    zone = zoneinfo.ZoneInfo(rules["timezone"])
    within = rules["within_seconds"]
    named = {kind for kinds in rules["from_page"].values() for kind in kinds}
    known = by_type(rules)
    theirs = [row for row in rows if row["type"] in named]
    hits = sum(
        within[0] <= seconds_off(row, known[row["type"]], setting, zone) <= within[1]
        for row in theirs
    )
    assert hits / len(theirs) >= LEAST


def test_without_the_holidays_fewer_due_times_are_reproduced(rows, rules):
    """The holidays matter: the test above would notice if they were ignored."""
    calendar = WorkingCalendar(rules["timezone"], rules["hours"])
    setting = Setting(counting=Counting(zone=calendar.zone, calendar=calendar))
    zone = zoneinfo.ZoneInfo(rules["timezone"])
    within = rules["within_seconds"]
    known = by_type(rules)
    hits = sum(
        within[0] <= seconds_off(row, known[row["type"]], setting, zone) <= within[1]
        for row in rows
        if row["type"] in known
    )
    assert hits / len(rows) < 0.95
