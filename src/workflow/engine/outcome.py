"""Outcomes: what the engine answers to a command, and what it has given up for now."""

from __future__ import annotations

import attrs

from workflow.cases import Case, Notice


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
class Parked:
    """Something that was given up until somebody looks at it.

    Attributes:
        id: The case's name, or the notice's id: what `redeliver` takes.
        kind: `case` (it could not be evaluated) or `notice` (a sink kept failing).
        case: The case.
        sink: The sink, for a notice.
        error: What went wrong.
        tries: How often it was tried.
    """

    id: str
    kind: str
    case: str
    sink: str
    error: str
    tries: int
