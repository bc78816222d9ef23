"""The demonstration: people in the usual offices, and cases that are under way.

Passwords are made anew at each start and printed, so that no password stands in the code.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from examples.desk.desk import Desk
from examples.desk.people import People, Person, hashed

import workflow as wf
from workflow.instants import MINUTE, Instant, to_moment, zone_of
from workflow.plans.text import Text

_ROLES: dict[str, tuple[Text, tuple[str, ...], bool]] = {
    "officer": (Text("Duty officer", "值班员"), ("department", "group-office", "controller"), True),
    "lead": (Text("Leading group", "领导组"), ("leading-group", "group-main-leader"), False),
    "press": (Text("Spokesperson", "新闻发言人"), ("spokesperson",), False),
    "city": (
        Text("City publicity department", "市委宣传部"),
        ("city-publicity-department",),
        False,
    ),
    "privacy": (Text("Data-protection officer", "数据保护专员"), ("controller",), False),
    "office": (Text("Bureau office", "局办公室"), ("office", "section"), False),
    "reader": (Text("Auditor", "审计员"), (), False),
}


def demo_people(*, cost: int = 14) -> tuple[People, dict[str, str]]:
    """The people of the demonstration, and their passwords by name."""
    passwords = {name: secrets.token_hex(4) for name in _ROLES}
    persons = [
        Person(
            name=name,
            title=title,
            roles=roles,
            clerk=clerk,
            password=hashed(passwords[name], cost=cost),
        )
        for name, (title, roles, clerk) in _ROLES.items()
    ]
    return People(persons), passwords


def demo_plans() -> list[wf.Plan]:
    """The plans of the demonstration: of a company group, of two European laws, of an office."""
    laws = Path(__file__).parents[1] / "plans" / "data-breach.yaml"
    return [
        wf.plans.load("municipal-investment-group"),
        wf.load_plan(laws),
        wf.plans.load("tourism-bureau"),
    ]


_CASES: list[tuple[str, str, str | None, int, list[dict[str, Any]]]] = [
    (
        "municipal-investment-group",
        "Scaffolding fell at the riverside site; videos online",
        "major",
        100,
        [
            {"event": "leading-group-informed", "ago": 92, "by": "department"},
            {"event": "city-notified", "ago": 71, "by": "group-office"},
            {"event": "office-informed", "ago": 60, "by": "department", "words": "By telephone."},
        ],
    ),
    (
        "municipal-investment-group",
        "水务子公司停水通知引发质疑",
        "serious",
        131,
        [
            {"event": "reported", "ago": 120, "by": "department"},
            {"event": "verified", "ago": 110, "by": "group-office"},
        ],
    ),
    (
        "municipal-investment-group",
        "Complaint about parking fees, answered in the forum",
        "general",
        4_400,
        [
            {"event": "reported", "ago": 4_380, "by": "department"},
            {"event": "replied", "ago": 4_200, "by": "department"},
            {"event": "subsided", "ago": 2_900, "by": "department"},
        ],
    ),
    (
        "data-breach",
        "Customer file sent to the wrong recipient",
        "high-risk",
        4_100,
        [
            {"event": "classified", "ago": 200, "by": "controller"},
        ],
    ),
    (
        "tourism-bureau",
        "Visitors turned away at the temple gate",
        None,
        300,
        [
            {"event": "reclassified", "ago": 290, "by": "office", "category": "complaint"},
        ],
    ),
]


def seed(desk: Desk) -> None:
    """Open the cases of the demonstration, unless matters have been opened already."""
    clerk = desk.people.get("officer")
    if clerk is None or desk.matters.newest(1):
        return
    now = desk.now  # read once: the cases stand in one present, to the minute
    whole = Instant(now - now % MINUTE)
    for plan, title, level, ago, events in _CASES:
        at = _ago(whole, ago)
        opening = {"at": at, "recorded_at": at, "level": level}
        name = desk.open(clerk, plan, title=title, **opening).case.id
        for event in events:
            said = dict(event)
            said["at"] = said["recorded_at"] = _ago(whole, said.pop("ago"))
            desk.record(clerk, name, said.pop("event"), **said)


def _ago(now: Instant, minutes: int) -> Any:
    return to_moment(Instant(now - minutes * MINUTE), zone_of("UTC"))
