"""A small plan for sentences about cases: minutes are counted from 08:00 UTC on 2 March 2026."""

import datetime as dt
import itertools

from workflow.cases import Case
from workflow.plans import loads

OPENED = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
VERSIONS = itertools.count(1)
HEAD = """
workflow: 1
name: {name}
version: "{version}"
timezone: UTC
roles:
  duty: {{en: Duty, zh: 值班员}}
  city: {{en: City office, zh: 市办公室}}
  press: {{en: Press, zh: 新闻办}}
  lead: {{en: Leading group, zh: 领导小组}}
levels: [{{id: high, title: High}}, {{id: low, title: Low}}]
conditions: {{waiting: {{en: Waiting}}}}
stages: [{{id: assess, title: {{en: Assessment, zh: 研判}}}}, {{id: closed}}]
opens: [detected]
events:
  detected: {{en: Found, zh: 发现}}
  told: {{en: Told, zh: 告知}}
  subsided: {{en: Subsided}}
  false-alarm: {{en: False alarm}}
  reopened: {{en: Reopened}}
  asked: {{en: Asked, sets: [waiting]}}
  got-answer: {{en: Answered, clears: [waiting]}}
{events}
transitions:
  - {{event: false-alarm, from: open, to: closed, withdraws: true}}
  - {{event: reopened, from: [closed], to: assess}}
obligations:
"""


def at(minute):
    return OPENED + dt.timedelta(minutes=minute)


def plan(owed, *, name="small", events=""):
    lines = "\n".join(f"  {line}" for line in owed.strip("\n").splitlines())
    return loads(HEAD.format(name=name, version=next(VERSIONS), events=events) + lines + "\n")


def opened(owed, **said):
    return Case.open(plan(owed), "c-1", at=at(0), **said)
