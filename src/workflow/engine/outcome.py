"""Outcomes: what the engine answers to a command, and what it has given up for now."""

from __future__ import annotations

import attrs
import pendulum

from workflow.cases import Case, Notice
from workflow.instants import Instant, to_moment, zone_of
from workflow.stores.rows import Late


@attrs.frozen(kw_only=True)
class Recorded:
    """What became of an event.

    Attributes:
        case: The case with it.
        notices: The notices that it caused, or that had fallen due by then.
        duplicate: Whether it was in the log already, by its key; then nothing was written.
    """

    case: Case
    notices: tuple[Notice, ...] = ()
    duplicate: bool = False


@attrs.frozen(kw_only=True)
class Owed:
    """A duty that somebody owes in some case.

    Attributes:
        case: The case.
        plan: The name of the plan.
        clock: The clock; `engine.status(case)[clock]` tells all of it.
        obligation: The id of the obligation.
        instant: The limit; `due` is the same as a datetime in UTC.
        late: Whether the limit has passed.
    """

    case: str
    plan: str
    clock: str
    obligation: str
    instant: Instant
    late: bool

    @property
    def due(self) -> pendulum.DateTime:
        """The limit, in UTC."""
        return to_moment(self.instant, zone_of("UTC"))


@attrs.frozen(kw_only=True)
class Census:
    """How much there is to do in a store.

    Attributes:
        open: How many cases are not closed.
        overdue: How many duties are owed and late, by plan and obligation.
    """

    open: int
    overdue: tuple[Late, ...]


@attrs.frozen(kw_only=True)
class Parked:
    """Something that was given up until somebody looks at it.

    Attributes:
        id: The case's name, or the notice's id: what `redeliver` takes.
        kind: `case` (it could not be evaluated) or `notice` (a sink kept failing).
        case: The case.
        sink: The sink, for a notice.
        error: What went wrong: the kind of the error, a colon, and its text, which may repeat
            personal data. It is for the people who mend it, not for a log.
        tries: How often it was tried.
    """

    id: str
    kind: str
    case: str
    sink: str
    error: str
    tries: int
