"""A derivation's steps alone give the due instant: a tiny interpreter recomputes it here.

The interpreter sees only `derivation.data()`, plain values, and the zone.
"""

import datetime as dt
import zoneinfo
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from workflow.calendars import WorkingCalendar
from workflow.durations import Duration
from workflow.plans.due import due

TABLE = YAML(typ="safe").load(
    Path(__file__).with_name("hand_worked.yaml").read_text(encoding="utf-8")
)
CALENDARS = {
    name: WorkingCalendar(row["timezone"], row["hours"], holidays=row.get("holidays"))
    for name, row in TABLE["calendars"].items()
}
ONE_DAY = dt.timedelta(days=1)
DAYS = {"calendar_days": "days", "working_days": "working_days"}


def at(text):
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


def recompute(steps, zone):
    """The due instant from the steps; None when they end without one."""
    anchor = now = at(steps[0]["at"])
    pauses = [p for s in steps if s["step"] == "paused" for p in s["spans"]]
    not_counted = {d["day"] for s in steps if s["step"] == "not_counted" for d in s["days"]}
    day, count = None, 0
    for step in steps[1:]:
        match step["step"]:
            case "opening":
                now = at(step["moved_to"])
            case "full_hour":
                now = at(step["start"])
            case "elapsed":
                left = dt.timedelta(microseconds=Duration.parse(step["amount"]).micros)
                for start, end in pauses:
                    if at(start) <= now + left and at(end) > now:
                        left += at(end) - max(at(start), now)
                now += left
                day = now.astimezone(zone).date()
            case "working_time":
                amount = dt.timedelta(microseconds=Duration.parse(step["amount"]).working)
                worked = sum((at(e) - at(s) for s, e in step["spans"]), dt.timedelta())
                assert worked == amount
                now = at(step["spans"][-1][1]) if step["spans"] else at(step["end"])
            case "calendar_days" | "working_days":
                amount = getattr(Duration.parse(step["amount"]), DAYS[step["step"]])
                day = dt.date.fromisoformat(step["from_day"])
                count = amount
                if step["counted"] and day.isoformat() not in not_counted and count:
                    counts = step["step"] != "working_days" or day.weekday() < 5
                    count -= counts
                while count:
                    day += ONE_DAY
                    count -= day.isoformat() not in not_counted
                assert day == dt.date.fromisoformat(step["last_day"])
            case "months" | "composite" | "same_day" | "runs_on" | "fixed" | "promised":
                day = dt.date.fromisoformat(step["last_day"])
            case "rollover":
                assert day == dt.date.fromisoformat(step["from_day"])
                day = dt.date.fromisoformat(step["to_day"])
            case "day_end":
                assert day == dt.date.fromisoformat(step["day"])
                now = end_of_day(day, step, anchor if now == anchor else now, zone)
    return now


def end_of_day(day, step, anchor, zone):
    if step["ends"] == "midnight" or (step["ends"] == "close" and is_day_end(step["at"])):
        return dt.datetime.combine(day + ONE_DAY, dt.time(), zone).astimezone(
            dt.UTC
        ) - dt.timedelta(microseconds=1)
    if step["ends"] == "close":
        closing = dt.datetime.fromisoformat(step["at"])
        assert closing.astimezone(zone).date() == day
        return closing.astimezone(dt.UTC)
    time = (
        dt.time.fromisoformat(step["time"])
        if "time" in step
        else anchor.astimezone(zone).time().replace(fold=0)
    )
    wall = dt.datetime.combine(day, time, zone)
    return wall.astimezone(dt.UTC)  # a wall time in a gap moves forward by the gap


def is_day_end(text):
    return dt.datetime.fromisoformat(text).time() == dt.time.max


def name(row):
    return f"{row['on']}: {row['rule']} from {row['from']}"


@pytest.mark.parametrize("row", TABLE["rows"], ids=name)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_due_instant_follows_from_the_steps_alone(row, lang):
    zone = zoneinfo.ZoneInfo(TABLE["calendars"][row["on"]]["timezone"])

    def local(text):
        time = dt.datetime.fromisoformat(text)
        return time if time.tzinfo else time.replace(tzinfo=zone)

    pauses = [tuple(map(local, pause)) for pause in row.get("pauses", ())]
    found = due(
        row["rule"], local(row["from"]), calendar=CALENDARS[row["on"]], pauses=pauses, lang=lang
    )
    steps = found.derivation.data()
    assert steps[-1]["step"] == "due"
    assert recompute(steps, zone) == found.at.astimezone(dt.UTC)
    text = str(found.derivation)
    assert len(text.splitlines()) == len(steps) + len(found.caveats)
    assert "{" not in text


def test_a_derivation_names_days_off_make_up_days_and_the_closing():
    found = due(
        {"working_days": 3, "ends": "close"},
        "2026-02-13T10:00+08:00",
        calendar=CALENDARS["cn"],
    )
    assert str(found.derivation).splitlines() == [
        "Counted from 2026-02-13 10:00 +08:00 (Asia/Shanghai).",
        "3 working days, counted from the day after Fri 2026-02-13: the last is Wed 2026-02-25.",
        (
            "Not counted: Sun 2026-02-15 (weekend), Mon 2026-02-16 (Chinese New Year's Eve), "
            "Tue 2026-02-17 to Thu 2026-02-19 (Chinese New Year (Spring Festival)), "
            "Fri 2026-02-20 (day off, 2026-02-14 is worked instead), "
            "Sat 2026-02-21 to Sun 2026-02-22 (weekend), "
            "Mon 2026-02-23 (day off, 2026-02-28 is worked instead)."
        ),
        "Counted, since they are worked: Sat 2026-02-14 (make-up working day).",
        "It ends when work closes that day, 2026-02-25 18:00 +08:00.",
        "Due 2026-02-25 18:00 +08:00.",
    ]


def test_a_derivation_reads_in_chinese():
    found = due("3 days", "2026-03-02T08:40+08:00", timezone="Asia/Shanghai", lang="zh")
    assert str(found.derivation).splitlines() == [
        "自2026-03-02 08:40 +08:00（Asia/Shanghai）起算。",
        "3天，自2026-03-02（周一）的次日起算，末日为2026-03-05（周四）。",
        "至该日24时止，即2026-03-05 24:00 +08:00。",
        "到期时间：2026-03-05 24:00 +08:00。",
    ]


def test_a_derivation_names_the_change_of_the_clocks_that_it_crosses():
    found = due("24 h", "2026-03-28T12:00+01:00", timezone="Europe/Berlin")
    changes = [step for step in found.derivation.data() if step["step"] == "clock_change"]
    assert changes == [
        {"step": "clock_change", "change": "2026-03-29T03:00:00+02:00", "minutes": 60}
    ]


def test_an_assumption_is_named_as_an_assumption_and_not_as_the_plans_word():
    found = due({"promptly": "第一时间", "assume": "30 min"}, "2026-03-02T08:40+08:00")
    lines = str(found.derivation).splitlines()
    assert lines[1:3] == [
        "The plan gives no number: 第一时间.",
        "Assumed by the adopter, not said by the plan: 30 min.",
    ]


def test_holidays_that_are_not_announced_yet_are_a_caveat():
    found = due("10 working days", "2030-09-20T08:40+08:00", calendar=CALENDARS["cn"])
    assert [caveat.kind for caveat in found.caveats] == ["holiday_reach"]
