"""A small plan to try things with: days, hours, working hours, a pause, a warning, an escalation.

Its zone changes its clocks twice a year, so a host that forgets that is found out.
"""

from __future__ import annotations

from workflow.plans.model import Plan
from workflow.testing.pasteable import plan_of


def sample_plan() -> Plan:
    """The sample plan, in Europe/Berlin; see its `document`."""
    return plan_of(
        {
            "workflow": 1,
            "name": "sample",
            "version": "1",
            "timezone": "Europe/Berlin",
            "calendars": {"office": {"hours": {"mon-fri": ["09:00-12:00", "13:00-17:00"]}}},
            "calendar": "office",
            "roles": {"desk": {"en": "Desk"}, "head": {"en": "Head"}},
            "conditions": {"waiting": {"en": "Waiting for the customer"}},
            "stages": [{"id": "respond"}, {"id": "closed"}],
            "opens": ["received"],
            "events": {
                "received": {"en": "Complaint received"},
                "called": {"en": "Customer called back"},
                "answered": {"en": "Answer sent"},
                "asked": {"en": "Customer asked for details", "sets": ["waiting"]},
                "heard": {"en": "Customer gave details", "clears": ["waiting"]},
                "closed": {"en": "Matter closed"},
                "reopened": {"en": "Matter taken up again"},
            },
            "transitions": [
                {"event": "closed", "from": "open", "to": "closed"},
                {"event": "reopened", "from": ["closed"], "to": "respond"},
            ],
            "obligations": [
                {
                    "id": "call-back",
                    "who": ["desk"],
                    "from": ["received", "reopened"],
                    "within": "24 h",
                    "fulfilled_by": ["called"],
                    "paused_while": {"when": ["waiting"]},
                    "warn": ["50%"],
                    "escalate": [{"to": ["head"], "after": "1 h"}],
                },
                {
                    "id": "answer",
                    "from": "received",
                    "within": "3 days",
                    "fulfilled_by": ["answered"],
                },
                {
                    "id": "receipt",
                    "from": "received",
                    "within": "4 working hours",
                    "fulfilled_by": ["called", "answered"],
                },
            ],
        }
    )
