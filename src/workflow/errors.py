"""The errors of this package: one base class, children that say what was wrong.

Every error names the place, what was found, what is allowed and how to mend it, both in
its text and as attributes. The tree::

    WorkflowError
    ├── TimeError                  an instant that cannot be used
    │   ├── NaiveTimeError         a time without an offset
    │   └── TimeRangeError         outside the years 1900 to 2200
    ├── DurationError              an amount of time that cannot be read, or units mixed
    ├── RuleError                  a deadline rule or one of its options that cannot be read
    ├── CalendarError              a working calendar that cannot be built or counted on
    │   └── HolidayReachError      holiday data that does not reach the year (strict calendars)
    ├── PlanError                  a plan that cannot be used
    │   ├── UnknownPlanError       no plan of that name
    │   └── PlanDocumentError      one or more faults in a plan document, all at once
    ├── UnknownNameError           an id that the plan does not know
    ├── CaseError                  a case that cannot be used
    │   ├── UnknownCaseError       no case of that name in the store
    │   └── CaseExistsError        a case of that name is already open
    ├── EventError                 an event that cannot be accepted; the case is unchanged
    │   ├── IllegalEventError      not legal in the stage
    │   ├── EventTimeError         before the case began, or further in the future than tolerated
    │   ├── ContradictionError     contradicts the log or the plan (a promise in the past)
    │   └── IdempotencyError       the same key with other content
    ├── LogFormatError             an event log file that cannot be read
    ├── StoreError                 a database that cannot be used
    │   ├── StoreUnavailableError  cannot be opened, is read-only, locked or full
    │   ├── StoreCorruptError      not a database of ours, or damaged
    │   └── ConcurrentChangeError  another writer changed the case first; safe to retry
    ├── SinkError                  a notice could not be delivered
    ├── NotAuthorisedError         the host does not allow it; nothing was written
    ├── MissingExtraError          an optional dependency is not installed
    └── MissingProgramError        a program that is not a Python package is not installed
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class WorkflowError(Exception):
    """The base of every error of this package.

    Attributes:
        what: What was found, in one sentence.
        place: Where (``file:line, field``, an argument, an event), or empty.
        allowed: What would have been accepted, or empty.
        mend: How to mend it, or empty.
    """

    def __init__(self, what: str, *, place: str = "", allowed: str = "", mend: str = "") -> None:
        self.what = what
        self.place = place
        self.allowed = allowed
        self.mend = mend
        super().__init__(what)

    def __str__(self) -> str:
        """One line: place, what was found, what is allowed, the mend."""
        text = f"{self.place}: {self.what}" if self.place else self.what
        if self.allowed:
            text += f" Allowed: {self.allowed}."
        if self.mend:
            text += f" {self.mend}"
        return text


class TimeError(WorkflowError):
    """An instant that cannot be used."""


class NaiveTimeError(TimeError):
    """A time without an offset: it names no instant."""


class TimeRangeError(TimeError):
    """A time outside the years 1900 to 2200."""


class DurationError(WorkflowError):
    """An amount of time that cannot be read, or whose units may not be mixed."""


class RuleError(WorkflowError):
    """A deadline rule, or one of its options, that cannot be read or applied."""


class CalendarError(WorkflowError):
    """A working calendar that cannot be built or counted on."""


class HolidayReachError(CalendarError):
    """The holiday data does not reach a year that a strict calendar was asked about."""


class PlanError(WorkflowError):
    """A plan that cannot be used."""


class UnknownPlanError(PlanError):
    """No plan of that name."""


class PlanDocumentError(PlanError):
    """The faults of a plan document, all at once; ``problems`` holds one error for each."""

    def __init__(self, problems: Iterable[WorkflowError]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(first.what, place=first.place, allowed=first.allowed, mend=first.mend)

    def __str__(self) -> str:
        """Each fault on a line of its own."""
        return "\n".join(str(problem) for problem in self.problems)


class UnknownNameError(WorkflowError):
    """An id that the plan does not know."""


class CaseError(WorkflowError):
    """A case that cannot be used."""


class UnknownCaseError(CaseError):
    """No case of that name in the store."""


class CaseExistsError(CaseError):
    """A case of that name is already open."""


class EventError(WorkflowError):
    """An event that cannot be accepted. The case is unchanged."""


class IllegalEventError(EventError):
    """An event that is not legal in the stage in which it would happen.

    Attributes:
        stage: The stage of the case at that instant.
        legal: The ids of the events legal there.
        conflict: For a back-dated event, the later event that it would make illegal.
    """

    def __init__(
        self,
        what: str,
        *,
        place: str = "",
        allowed: str = "",
        mend: str = "",
        stage: str = "",
        legal: tuple[str, ...] = (),
        conflict: str = "",
    ) -> None:
        super().__init__(what, place=place, allowed=allowed, mend=mend)
        self.stage = stage
        self.legal = legal
        self.conflict = conflict


class EventTimeError(EventError):
    """An event before the case began, or further in the future than tolerated."""


class ContradictionError(EventError):
    """An event that contradicts the log or the plan."""


class IdempotencyError(EventError):
    """The key of an earlier event, with other content."""


class LogFormatError(WorkflowError):
    """An event log file that cannot be read."""


class StoreError(WorkflowError):
    """A database that cannot be used."""


class StoreUnavailableError(StoreError):
    """A database that cannot be opened, is read-only, locked or full."""


class StoreCorruptError(StoreError):
    """A file that is no database of ours, or a damaged one."""


class ConcurrentChangeError(StoreError):
    """Another writer changed the case first. Nothing was written; it is safe to retry."""


class SinkError(WorkflowError):
    """A notice could not be delivered."""


class NotAuthorisedError(WorkflowError):
    """The host does not allow what was asked for. Nothing was written."""


class MissingExtraError(WorkflowError):
    """An optional dependency is not installed; the text names the command that installs it."""

    def __init__(self, package: str, extra: str) -> None:
        self.package = package
        self.extra = extra
        super().__init__(
            f"This needs {package}, which is not installed.",
            mend=f'Install it with: pip install "workflow-sla[{extra}]"',
        )


class MissingProgramError(WorkflowError):
    """A program outside Python is not installed; the text says how to install it."""

    def __init__(self, program: str, mend: str) -> None:
        self.program = program
        super().__init__(f"This needs the program {program}, which is not installed.", mend=mend)


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """A sentence naming the known name nearest to `found`, or an empty text."""
    near = difflib.get_close_matches(found, list(known), n=1, cutoff=0.6)
    return f'Did you mean "{near[0]}"?' if near else ""
