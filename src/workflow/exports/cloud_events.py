"""Notices as CloudEvents, for whatever moves events between systems: brokers, functions, queues.

The same attributes that the webhook sink posts: a receiver sees one event, however it came. The id
is the notice's, so a repetition is known by it.

Source: CloudEvents 1.0.2, JSON format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.cases.notice import Notice
from workflow.errors import MissingExtraError

if TYPE_CHECKING:
    from cloudevents.core.v1.event import CloudEvent


def cloud_event(notice: Notice, *, source: str = "/workflow") -> CloudEvent:
    """A notice as an event of the `cloudevents` package, ready for any of its bindings.

    Args:
        notice: The notice.
        source: The CloudEvents source: a URI for this system.

    Raises:
        MissingExtraError: cloudevents is not installed.
    """
    try:
        from cloudevents.core.v1.event import CloudEvent
    except ImportError as error:
        raise MissingExtraError("cloudevents", "http") from error
    return CloudEvent(
        attributes={
            "specversion": "1.0",
            "id": notice.id,
            "source": source,
            "type": f"workflow.notice.{notice.kind.value}",
            "subject": notice.case_id,
            "time": notice.at.in_timezone("UTC"),
            "datacontenttype": "application/json",
        },
        data=notice.to_json(),
    )


def cloud_event_json(notice: Notice, *, source: str = "/workflow") -> str:
    """A notice as one line of JSON, in the CloudEvents JSON format (structured mode).

    Args:
        notice: The notice.
        source: The CloudEvents source: a URI for this system.

    Raises:
        MissingExtraError: cloudevents is not installed.
    """
    event = cloud_event(notice, source=source)
    from cloudevents.core.formats.json import JSONFormat

    written: bytes = JSONFormat().write(event)
    return written.decode()
