"""Deadline rules: from an anchor to a due instant, one file for each rule.

Each is an immutable value with one name, which is its key in a plan, its file, its anchor in the
documentation and its step in a derivation. `workflow.plans.due_text` reads and writes them.
"""

from workflow.deadlines.calendar_days import CalendarDays
from workflow.deadlines.combined import EarliestOf, LatestOf, Part
from workflow.deadlines.composite import Composite
from workflow.deadlines.elapsed import Elapsed
from workflow.deadlines.fixed import Fixed
from workflow.deadlines.months import Months
from workflow.deadlines.promised import Promised
from workflow.deadlines.promptly import Promptly
from workflow.deadlines.quota import Quota
from workflow.deadlines.recurring import Recurring
from workflow.deadlines.rule import Rule, Setting
from workflow.deadlines.same_day import SameDay
from workflow.deadlines.series import Occurrence
from workflow.deadlines.working_days import WorkingDays
from workflow.deadlines.working_time import WorkingTime

__all__ = [
    "CalendarDays",
    "Composite",
    "EarliestOf",
    "Elapsed",
    "Fixed",
    "LatestOf",
    "Months",
    "Occurrence",
    "Part",
    "Promised",
    "Promptly",
    "Quota",
    "Recurring",
    "Rule",
    "SameDay",
    "Setting",
    "WorkingDays",
    "WorkingTime",
]
