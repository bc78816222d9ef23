"""Adapters: sinks that carry notices to the world outside.

`LoggingSink` writes them to a standard logger, `WebhookSink` posts them (extra `http`), `SmtpSink`
mails them, `DbosSink` puts them on a task queue (extra `queue`). A plain named function is a sink
too.

And listeners, which observe an engine: `StructuredLog` writes what it does to a standard logger,
`Telemetry` counts and traces it with OpenTelemetry (extra `telemetry`).
"""

from __future__ import annotations

from workflow.adapters.dbos_queue import DbosSink
from workflow.adapters.logger import LoggingSink
from workflow.adapters.mail import SmtpSink
from workflow.adapters.structured_log import JsonLines, StructuredLog
from workflow.adapters.telemetry import Telemetry
from workflow.adapters.webhook import WebhookSink

__all__ = [
    "DbosSink",
    "JsonLines",
    "LoggingSink",
    "SmtpSink",
    "StructuredLog",
    "Telemetry",
    "WebhookSink",
]
