"""What `workflow run` writes down: one line for each thing done, through the standard library.

Each logger has its name, so that a host can send some of them elsewhere. Nothing personal is in a
line and no secret: errors of sinks and of cases, which may quote both, are named by their kind.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
from typing import Any

from workflow.cases import Notice
from workflow.engine import CaseWritten, Delivered, DeliveryFailed, Happening, Ticked
from workflow.instants import to_moment, zone_of

RUN = "workflow.run"
CASES = "workflow.cases"
TICKS = "workflow.ticks"
NOTICES = "workflow.notices"
DELIVERIES = "workflow.deliveries"

LOGGERS: dict[str, str] = {
    RUN: "The command itself: started, stopped, database unavailable.",
    CASES: "An event was accepted: case, plan, event, how many notices it caused.",
    TICKS: "Cases were woken: how many notices, how late in seconds; a case was parked.",
    NOTICES: "A notice fell: its id, kind, case, obligation, due.",
    DELIVERIES: "A sink took a notice, or did not: sink, id, tries, the kind of error.",
    "workflow.engine": "A listener of the engine failed.",
}
"""Every logger, and what it tells."""


def listener(happening: Happening) -> None:
    """Write down what an engine did."""
    match happening:
        case CaseWritten():
            _log(
                CASES,
                happening.action,
                case=happening.case,
                plan=happening.plan,
                event_type=happening.event,
                duplicate=happening.duplicate,
                notices=len(happening.notices),
            )
            _notices(happening.notices)
        case Ticked() if happening.notices or happening.parked:
            _log(
                TICKS,
                "tick",
                notices=len(happening.notices),
                parked=len(happening.parked),
                lag_seconds=happening.lag / 1_000_000,
            )
            _notices(happening.notices)
            for name, error in happening.parked:
                _log(TICKS, "case parked", logging.ERROR, case=name, error=_kind(error))
        case Delivered():
            _log(
                DELIVERIES,
                "delivered",
                sink=happening.sink,
                notice=happening.notice.id,
                tries=happening.tries,
            )
        case DeliveryFailed():
            _log(
                DELIVERIES,
                "delivery parked" if happening.parked else "delivery failed",
                logging.ERROR if happening.parked else logging.WARNING,
                sink=happening.sink,
                notice=happening.notice.id,
                tries=happening.tries,
                error=_kind(happening.error),
            )


def _notices(notices: tuple[Notice, ...]) -> None:
    for it in notices:
        zone = zone_of(it.zone)
        _log(
            NOTICES,
            "notice",
            notice=it.id,
            kind=it.kind.value,
            case=it.case_id,
            obligation=it.obligation,
            at=to_moment(it.instant, zone).isoformat(),
            due=it.data.get("due"),
        )


def _kind(error: str) -> str:
    """The kind of an error, without what it says: that may quote personal data or a secret."""
    kind, _, _ = error.partition(":")
    return kind if kind.isidentifier() else "error"


def _log(logger: str, event: str, level: int = logging.INFO, **said: Any) -> None:
    logging.getLogger(logger).log(level, event, extra={"said": said})


class Lines(logging.Formatter):
    """A record as one line: time in UTC, level, logger, what happened, and with what."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self._as_json = style == "json"

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        said: dict[str, Any] = dict(getattr(record, "said", {}))
        if record.exc_info and record.exc_info[0] is not None:
            said["error"] = record.exc_info[0].__name__
        time = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        level, event = record.levelname.lower(), record.getMessage()
        if self._as_json:
            line = {"time": time, "level": level, "logger": record.name, "event": event, **said}
            return json.dumps(line, ensure_ascii=False)
        words = " ".join(
            f"{name}={json.dumps(value, ensure_ascii=False) if _spaced(value) else value}"
            for name, value in said.items()
        )
        return f"{time} {level:7} {record.name}: {event} {words}".rstrip()


def _spaced(value: object) -> bool:
    return isinstance(value, str) and (" " in value or "\n" in value or not value)


def log_to_stderr(style: str) -> None:
    """Write the loggers of this package on the error stream, in that style; once."""
    root = logging.getLogger("workflow")
    for known in [it for it in root.handlers if isinstance(it.formatter, Lines)]:
        root.removeHandler(known)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(style))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = False
