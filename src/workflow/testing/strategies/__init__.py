"""Hypothesis strategies: what is hard comes as readily as what is common.

Each says what it shrinks towards. What they make prints as Python that can be pasted into a test.
Needs the extra `testing`.
"""

from __future__ import annotations

from workflow.testing.strategies.amounts import durations
from workflow.testing.strategies.calendars import working_calendars
from workflow.testing.strategies.faulty import FaultyDocument, faulty_documents
from workflow.testing.strategies.logs import cases, disordered_records, records
from workflow.testing.strategies.moments import instants, moments
from workflow.testing.strategies.plans import plan_documents, plans
from workflow.testing.strategies.rules import rule_spellings, rules
from workflow.testing.strategies.zones import ODD_ZONES, zone_names

__all__ = [
    "ODD_ZONES",
    "FaultyDocument",
    "cases",
    "disordered_records",
    "durations",
    "faulty_documents",
    "instants",
    "moments",
    "plan_documents",
    "plans",
    "records",
    "rule_spellings",
    "rules",
    "working_calendars",
    "zone_names",
]
