"""Adapters: sinks that carry notices to the world outside.

`LoggingSink` writes them to a standard logger, `WebhookSink` posts them (extra `http`), `SmtpSink`
mails them, `DbosSink` puts them on a task queue (extra `queue`). A plain named function is a sink
too.
"""

from __future__ import annotations

from workflow.adapters.dbos_queue import DbosSink
from workflow.adapters.logger import LoggingSink
from workflow.adapters.mail import SmtpSink
from workflow.adapters.webhook import WebhookSink

__all__ = ["DbosSink", "LoggingSink", "SmtpSink", "WebhookSink"]
