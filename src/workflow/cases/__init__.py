"""Cases: one matter under one or more plans, its clocks, its notices and its explanations."""

from workflow.cases.case import Case
from workflow.cases.clocks import Clock
from workflow.cases.event import Event
from workflow.cases.explain import Explanation
from workflow.cases.fulfilment import Missing
from workflow.cases.life import State
from workflow.cases.notice import Notice
from workflow.cases.preview import DueChange, preview
from workflow.cases.status import Status
from workflow.cases.story import Story
from workflow.cases.wakeups import NoticeKind

__all__ = [
    "Case",
    "Clock",
    "DueChange",
    "Event",
    "Explanation",
    "Missing",
    "Notice",
    "NoticeKind",
    "State",
    "Status",
    "Story",
    "preview",
]
