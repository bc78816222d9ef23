"""Every row of hand_worked.yaml: worked out by hand, recomputed here."""

import datetime as dt
import zoneinfo
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from workflow.calendars import WorkingCalendar
from workflow.plans.due import due

TABLE = YAML(typ="safe").load(Path(__file__).with_name("hand_worked.yaml").read_text("utf-8"))
CALENDARS = {
    name: WorkingCalendar(row["timezone"], row["hours"], holidays=row.get("holidays"))
    for name, row in TABLE["calendars"].items()
}


def local(text, zone):
    """The time that the table means: its own offset, or the wall of the zone."""
    time = dt.datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=zone)


def expected(text, zone):
    """The instant, or the last microsecond of the local date, in UTC."""
    if len(text) > 10:
        return dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    following = dt.date.fromisoformat(text) + dt.timedelta(days=1)
    midnight = dt.datetime.combine(following, dt.time(), zone)
    return midnight.astimezone(dt.UTC) - dt.timedelta(microseconds=1)


def name(row):
    return f"{row['on']}: {row['rule']} from {row['from']}"


@pytest.mark.parametrize("row", TABLE["rows"], ids=name)
def test_a_due_time_worked_out_by_hand(row):
    zone = zoneinfo.ZoneInfo(TABLE["calendars"][row["on"]]["timezone"])
    pauses = [tuple(local(end, zone) for end in pause) for pause in row.get("pauses", ())]
    found = due(row["rule"], local(row["from"], zone), calendar=CALENDARS[row["on"]], pauses=pauses)
    assert found.at.astimezone(dt.UTC) == expected(row["due"], zone), row["because"]


def test_the_table_holds_enough_of_the_hard_cases():
    assert len(TABLE["rows"]) >= 60
    assert all(row["because"] for row in TABLE["rows"])
