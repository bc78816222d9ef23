"""Counting clocks in the store: what reports are made of."""

import random
from collections import Counter

import pytest

from workflow.stores.rows import CaseRow, ClockRow, Step

MINUTE = 60_000_000
NOW = 1_000 * MINUTE


def filed(store, clocks):
    row = CaseRow(id="a", plans=(), version=1, events=0, head="", notified=0)
    with store.writing() as unit:
        unit.write(Step(case=row, clocks=tuple(clocks)))


def clock(name, state="running", *, start=0, due=None, ended=None, **more):
    return ClockRow(
        clock=name, plan="p", obligation="o", state=state, start=start, target=None, due=due,
        ended=ended, **more,
    )  # fmt: skip


def tallied(store, since=0, until=NOW * 100, now=NOW):
    with store.reading() as unit:
        return unit.tally("p", since, until, now)


@pytest.mark.parametrize(
    ("row", "outcome", "minutes"),
    [
        (clock("a", due=NOW), "open", None),  # equality is never late
        (clock("a", due=NOW - 1), "overdue", None),  # its case was not woken since
        (clock("a", "paused", due=NOW - 1), "open", None),
        (clock("a"), "open", None),
        (clock("a", "overdue", due=1, ended=2), "overdue", None),
        (clock("a", "withdrawn", due=1, ended=2), "withdrawn", None),
        (clock("a", "met", ended=0), "unlimited", 0),
        (clock("a", "met", due=NOW, ended=1), "on_time", 1),
        (clock("a", "met", due=NOW, ended=120 * MINUTE), "on_time", 120),
        (clock("a", "met", due=NOW, ended=120 * MINUTE + 1), "on_time", 130),
        (clock("a", "met_late", due=1, ended=1_441 * MINUTE), "late", 1_500),
        (clock("a", "met_late", due=1, ended=10_081 * MINUTE), "late", 10_440),
    ],
)
def test_each_clock_has_one_outcome_and_a_time_rounded_up(store, row, outcome, minutes):
    filed(store, [row])
    (found,) = tallied(store)
    assert (found.outcome, found.minutes, found.count) == (outcome, minutes, 1)


def test_a_clock_counts_in_the_span_in_which_it_started(store):
    filed(store, [clock("a", start=5), clock("b", start=9)])
    assert [it.count for it in tallied(store, 5, 9)] == [1]
    with store.reading() as unit:
        assert unit.started() == (("p", 5, 9),)


@pytest.mark.parametrize("seed", range(3))
def test_every_clock_is_counted_once_under_its_own_kind(store, seed):
    dice = random.Random(seed)  # noqa: S311 - a test, no secret
    states = ("running", "paused", "overdue", "met", "met_late", "withdrawn")
    rows = []
    for number in range(80):
        state = dice.choice(states)
        ends = state in {"met", "met_late", "withdrawn"}
        rows.append(
            clock(
                str(number),
                state,
                start=dice.randrange(50),
                due=dice.choice([None, dice.randrange(2 * NOW)]),
                ended=50 + dice.randrange(2 * NOW) if ends else None,
                role=dice.choice(["", "office"]),
                level=dice.choice(["", "major"]),
                category=dice.choice(["", "fire"]),
            )
        )
    filed(store, rows)
    found = Counter()
    for it in tallied(store):
        found[it.role, it.level, it.category] += it.count
    assert found == Counter((row.role, row.level, row.category) for row in rows)
    withdrawn = sum(it.count for it in tallied(store) if it.outcome == "withdrawn")
    assert withdrawn == sum(row.state == "withdrawn" for row in rows)


@pytest.mark.parametrize(("state", "late"), [("paused", 0), ("running", 1), ("overdue", 1)])
def test_what_is_late_now_is_what_the_tally_calls_overdue(store, state, late):
    filed(store, [clock("a", state, due=NOW - 1)])
    with store.reading() as unit:
        found = unit.late(NOW)
    assert sum(it.count for it in found) == late
    assert sum(it.count for it in tallied(store) if it.outcome == "overdue") == late


@pytest.mark.parametrize(
    "by", [(), ("role",), ("level", "category"), ("role", "level", "category")]
)
def test_clocks_are_counted_by_the_kinds_asked_for_alone(store, by):
    rows = [
        clock(f"{role}{level}{category}", role=role, level=level, category=category)
        for role in ("", "r", "s")
        for level in ("", "l")
        for category in ("", "c", "d")
    ]
    filed(store, rows)
    with store.reading() as unit:
        found = unit.tally("p", 0, NOW, NOW, by)
    wanted = Counter(
        tuple(getattr(row, name) if name in by else "" for name in ("role", "level", "category"))
        for row in rows
    )
    assert {(it.role, it.level, it.category): it.count for it in found} == wanted
    assert [(it.role, it.level, it.category) for it in found] == sorted(wanted)
