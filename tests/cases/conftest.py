"""A small plan for cases, written as a document, one obligation for each thing to try."""

import itertools

import pytest

from workflow.cases import Case
from workflow.plans import loads

HEAD = """
workflow: 1
name: incident
version: "{version}"
timezone: Asia/Shanghai
calendars:
  office: {{hours: {{mon-fri: ["09:00-12:00", "13:00-18:00"]}}}}
calendar: office
roles:
  duty: {{en: Duty officer}}
  office: {{en: Office}}
  city: {{en: City}}
  press: {{en: Press officer}}
  lead: {{en: Lead group}}
  deputy: {{en: Deputy head}}
levels:
  - {{id: high, title: High}}
  - {{id: low, title: Low}}
categories:
  - {{id: complaint, title: Complaint}}
conditions:
  waiting: {{en: Waiting for the other side}}
  secret: {{en: Confidential}}
stages:
  - {{id: detect}}
  - {{id: report}}
  - {{id: assess}}
  - {{id: respond}}
  - {{id: follow_up}}
  - {{id: review}}
  - {{id: closed}}
opens: [detected]
events:
  detected: {{en: Found}}
  arose: {{en: The thing itself began, may_precede: true}}
  reported: {{en: Reported}}
  assessed: {{en: Assessed}}
  published: {{en: Statement published}}
  replied: {{en: Replied}}
  worsened: {{en: It got worse}}
  doubted: {{en: A doubt was raised}}
  answered: {{en: The doubt was answered}}
  subsided: {{en: It subsided}}
  reviewed: {{en: Review handed in}}
  asked: {{en: The other side was asked, sets: [waiting]}}
  got-answer: {{en: The other side answered, clears: [waiting]}}
  told: {{en: Told}}
  granted: {{en: Extension granted}}
  began-anew: {{en: Began anew}}
  interview: {{en: Interview given}}
  cleared: {{en: Interview cleared}}
  progress: {{en: Progress reported}}
  archived: {{en: Archived, stages: [closed]}}
transitions:
  - {{event: reported, from: [detect], to: report}}
  - {{event: assessed, from: [detect, report], to: assess}}
  - {{event: published, from: [detect, report, assess], to: respond}}
  - {{event: worsened, from: [respond, follow_up], to: assess}}
  - {{event: doubted, from: [follow_up], to: respond}}
  - {{event: subsided, from: [respond, assess], to: follow_up}}
  - {{event: reviewed, from: [follow_up], to: review}}
  - {{event: finished, from: [review, follow_up], to: closed}}
  - {{event: false-alarm, from: open, to: closed, needs: [reason], withdraws: true}}
  - {{event: reopened, from: [closed], to: assess}}
obligations:
"""

EXTRA_EVENTS = """
  finished: {en: Finished}
  false-alarm: {en: False alarm}
  reopened: {en: Re-opened}
"""

VERSIONS = itertools.count(1)


def plan_with(obligations, version=None):
    """The small plan with these obligations, written as in a plan document."""
    head = HEAD.format(version=version or next(VERSIONS))
    head = head.replace("transitions:\n", EXTRA_EVENTS.lstrip("\n") + "transitions:\n", 1)
    body = "\n".join(f"  {line}" for line in obligations.strip("\n").splitlines())
    return loads(head + body + "\n")


@pytest.fixture(scope="session")
def make_plan():
    """Makes the small plan with the obligations given."""
    return plan_with


@pytest.fixture
def opened():
    """Opens a case at 08:40 on Monday 2 March 2026 under the small plan with these obligations."""

    def open_(obligations, *, at="2026-03-02T08:40+08:00", **said):
        return Case.open(plan_with(obligations), "c-1", at=at, **said)

    return open_
