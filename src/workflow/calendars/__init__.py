"""Working calendars: which instants are working time, and counting on them.

`WorkingCalendar` is the face; `Counting` adds a zone and pauses; `Spans` is a set of instants.
"""

from workflow.calendars.counting import Counting
from workflow.calendars.spans import NEVER, Span, Spans
from workflow.calendars.working import WorkingCalendar

__all__ = ["NEVER", "Counting", "Span", "Spans", "WorkingCalendar"]
