"""The kinds of values in a plan document: ids, labels, names of zones, hours, times.

How each is written, and what is refused, is in `spellings.py`.
"""

from __future__ import annotations

from typing import NewType

import attrs

from workflow.calendars.days import DatedHours
from workflow.calendars.holidays import Holidays
from workflow.calendars.hours import Hours, Week
from workflow.deadlines.rule import Rule

Id = NewType("Id", str)
"""A name within the plan: letters, digits, hyphens, underscores and dots."""

Ids = NewType("Ids", tuple[str, ...])
"""Names within the plan: a list, or a single one."""

PlanName = NewType("PlanName", str)
"""The name of a plan: lower case letters, digits and hyphens."""

Label = NewType("Label", str)
"""Text that may also be written as a number: a version, a section."""

ZoneName = NewType("ZoneName", str)
"""An IANA time zone, or a fixed offset such as +08:00."""

Times = NewType("Times", int)
"""A whole number from 1 upwards."""


FormatVersion = NewType("FormatVersion", int)
"""The version of the format of plan documents: 1."""

NO_ID = Id("")
NO_IDS = Ids(())
NO_LABEL = Label("")
NO_ZONE = ZoneName("")
ONCE = Times(1)

REQUIRED = {"required": True}
"""Marks a field whose key must be there."""


@attrs.frozen
class ByWhen:
    """By when: a rule, or the id of a parameter that the adopter sets.

    Attributes:
        rule: The rule, or none.
        parameter: The id of the parameter, or empty.
    """

    rule: Rule | None = None
    parameter: str = ""


@attrs.frozen
class WeekHours:
    """Weekly hours that were read."""

    week: Week


@attrs.frozen
class PublicHolidays:
    """Holidays that were read."""

    holidays: Holidays


@attrs.frozen
class HoursByDate:
    """Hours of single dates that were read."""

    dated: DatedHours


@attrs.frozen
class DayHours:
    """Hours of one day that were read."""

    hours: Hours
