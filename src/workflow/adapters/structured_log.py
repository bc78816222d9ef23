"""Structured logs: what an engine does, one record of the standard library's `logging` each.

| record | level | fields beside `seconds` |
| --- | --- | --- |
| `event` | info | `action`, `case`, `plan`, `event`, `duplicate`, `notices` |
| `tick` | info, debug when nothing was due | `lag_seconds`, `notices`, `parked` |
| `case parked` | error | `case`, `error` |
| `delivered` | info | `sink`, `notice`, `kind`, `case`, `tries` |
| `delivery failed` | warning, error when it is parked | the same, and `error`, `parked` |

No person, no free text and no data of the host is in them. Of an error only its kind is written,
such as `ConnectionError`: its text may repeat what a notice says. `Engine.parked` has the text.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable
from typing import Any

import attrs

from workflow.cases import Notice
from workflow.engine import CaseWritten, Delivered, DeliveryFailed, Happening, Ticked
from workflow.instants import SECOND, Instant, to_moment, zone_of

LOGGER = "workflow.engine"
"""The name of the logger."""


@attrs.frozen(kw_only=True)
class StructuredLog:
    """A listener for an engine: `Engine(..., listeners=[StructuredLog()])`.

    The fields are the record's attribute `workflow`; `JsonLines` writes them as JSON.

    Attributes:
        logger: The name of the logger.
    """

    logger: str = LOGGER

    def __call__(self, happening: Happening) -> None:
        """Write what happened."""
        match happening:
            case CaseWritten():
                self._write(logging.INFO, "event", happening, _written(happening))
            case Ticked():
                self._ticked(happening)
            case Delivered():
                self._write(logging.INFO, "delivered", happening, _delivery(happening))
            case DeliveryFailed():
                level = logging.ERROR if happening.parked else logging.WARNING
                said = {
                    **_delivery(happening),
                    "error": happening.error.partition(":")[0],
                    "parked": happening.parked,
                }
                self._write(level, "delivery failed", happening, said)

    def _ticked(self, it: Ticked) -> None:
        level = logging.INFO if it.notices or it.parked or it.lag else logging.DEBUG
        said = {
            "lag_seconds": it.lag / SECOND,
            "notices": _kinds(it.notices),
            "parked": len(it.parked),
        }
        self._write(level, "tick", it, said)
        for case, error in it.parked:
            self._write(
                logging.ERROR, "case parked", it, {"case": case, "error": error.partition(":")[0]}
            )

    def _write(self, level: int, name: str, it: Happening, said: dict[str, Any]) -> None:
        fields = {"time": _iso(it.ended), **said, "seconds": (it.ended - it.began) / SECOND}
        shown = " ".join(f"{key}={value}" for key, value in said.items())
        logging.getLogger(self.logger).log(
            level, "%s %s", name, shown, extra={"workflow": {"record": name, **fields}}
        )


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON: its level, its logger and its fields.

    A record of another library, which has no fields of ours, is written with its message.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        fields = getattr(record, "workflow", None) or {"message": record.getMessage()}
        said = {"level": record.levelname.lower(), "logger": record.name, **fields}
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


def _written(it: CaseWritten) -> dict[str, Any]:
    return {
        "action": it.action,
        "case": it.case,
        "plan": it.plan,
        "event": it.event,
        "duplicate": it.duplicate,
        "notices": _kinds(it.notices),
    }


def _delivery(it: Delivered | DeliveryFailed) -> dict[str, Any]:
    return {
        "sink": it.sink,
        "notice": it.notice.id,
        "kind": it.notice.kind.value,
        "case": it.notice.case_id,
        "tries": it.tries,
    }


def _kinds(notices: Iterable[Notice]) -> dict[str, int]:
    return dict(Counter(notice.kind.value for notice in notices))


def _iso(instant: Instant) -> str:
    return to_moment(instant, zone_of("UTC")).isoformat()
