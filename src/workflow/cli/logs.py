"""What `workflow run` writes down: one line for each thing done, through the standard library.

The records are those of `adapters.structured_log` and the command's own. An error is named by its
kind only: what it says may quote a secret or a person, and stands where it is guarded, in
`workflow parked`.
"""

from __future__ import annotations

import copy
import json
import logging
import sys
from typing import Any

from workflow.adapters.structured_log import LOGGER, JsonLines
from workflow.engine import SystemTime
from workflow.instants import to_moment, zone_of

RUN = "workflow.run"

LOGGERS: dict[str, str] = {
    RUN: "the command itself: `started`, `stopped`, `database unavailable`",
    LOGGER: "what the engine does: `event`, `tick`, `case parked`, `delivered`, `delivery failed`",
}
"""Every logger, and its records."""


def say(record: str, level: int = logging.INFO, **said: Any) -> None:
    """Write a record of the command itself."""
    time = to_moment(SystemTime().now(), zone_of("UTC")).isoformat()
    fields = {"record": record, "time": time, **said}
    logging.getLogger(RUN).log(level, "%s", record, extra={"workflow": fields})


class Lines(logging.Formatter):
    """A record as one line, with errors named by their kind."""

    def __init__(self, style: str) -> None:
        """Make ready to write `json` or `text`."""
        super().__init__()
        self._json = JsonLines() if style == "json" else None

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        known: dict[str, Any] = getattr(record, "workflow", None) or {"record": record.msg}
        fields = dict(known)
        if record.exc_info and record.exc_info[0] is not None:
            fields["error"] = record.exc_info[0].__name__
        elif "error" in fields:
            fields["error"] = kind_of(str(fields["error"]))
        if self._json is not None:
            guarded = copy.copy(record)
            guarded.exc_info, guarded.exc_text = None, None
            guarded.__dict__["workflow"] = fields
            return self._json.format(guarded)
        head = (fields.pop("time", ""), f"{record.levelname.lower():7}", fields.pop("record"))
        said = (f"{key}={_shown(value)}" for key, value in fields.items())
        return " ".join([*(str(it) for it in head if it), *said])


def kind_of(error: str) -> str:
    """The kind of an error, without what it says."""
    kind, _, _ = error.partition(":")
    return kind if kind.isidentifier() else "error"


def _shown(value: object) -> str:
    plain = isinstance(value, str) and value and not any(it.isspace() for it in value)
    return str(value) if plain else json.dumps(value, ensure_ascii=False, default=str)


def log_to_stderr(style: str) -> None:
    """Write the loggers of this package on the error stream, in that style and no other."""
    root = logging.getLogger("workflow")
    for known in [it for it in root.handlers if isinstance(it.formatter, Lines)]:
        root.removeHandler(known)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(style))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = False
