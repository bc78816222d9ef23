"""Logging: each notice as one record of the standard library's `logging`."""

from __future__ import annotations

import logging

import attrs

from workflow.cases import Notice
from workflow.cases.wakeups import NoticeKind

_LEVELS = {
    NoticeKind.WARNING: logging.WARNING,
    NoticeKind.TARGET_MISSED: logging.WARNING,
    NoticeKind.BREACHED: logging.ERROR,
    NoticeKind.ESCALATED: logging.ERROR,
    NoticeKind.MET_LATE: logging.WARNING,
}


@attrs.frozen(kw_only=True)
class LoggingSink:
    """Writes notices to a logger: breaches and escalations as errors, warnings as warnings.

    The notice as plain data is the record's attribute `notice`, for formatters that write JSON.

    Attributes:
        name: The name of the sink.
        logger: The name of the logger.
        lang: `en` or `zh`.
    """

    name: str = "logging"
    logger: str = "workflow.notices"
    lang: str = "en"

    def deliver(self, notice: Notice) -> None:
        """Write one record."""
        logging.getLogger(self.logger).log(
            _LEVELS.get(notice.kind, logging.INFO),
            "%s",
            notice.text(self.lang),
            extra={"notice": notice.to_json()},
        )
