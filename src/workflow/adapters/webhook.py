"""Webhook: each notice posted as a CloudEvent, signed so that the receiver can tell who sent it.

The body is CloudEvents 1.0 in its JSON form. The signature is that of Standard Webhooks 1.0:
HMAC-SHA256 over id, time stamp and body. The id of the event is the notice's, so that a receiver
that has seen it can drop the repetition. A secret is never written to a log, an error or a `repr`.

A delivery that fails is not repeated here: the outbox does that, later each time, and remembers it
across restarts.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from types import TracebackType
from typing import TYPE_CHECKING, Self

from workflow.cases import Notice
from workflow.engine.time_source import SystemTime, TimeSource
from workflow.errors import MissingExtraError, SinkError

if TYPE_CHECKING:
    import httpx

TIMEOUT = 10.0
"""Seconds for one post: ten of them fit well into the time for which a claim holds."""


class WebhookSink:
    """Posts notices to an address.

    Args:
        url: Where to post.
        secret: The shared secret, as Standard Webhooks writes it: `whsec_` and base64.
        name: The lasting name of the sink.
        timeout: Seconds for one post.
        source: The CloudEvents source: a URI for this system.
        time_source: Gives the time stamp of the signature.
        transport: An httpx transport, for proxies and tests.

    Raises:
        MissingExtraError: httpx is not installed.
        SinkError: The secret is not base64.
    """

    def __init__(
        self,
        url: str,
        *,
        secret: str | None = None,
        name: str = "webhook",
        timeout: float = TIMEOUT,
        source: str = "/workflow",
        time_source: TimeSource | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Make ready; nothing is posted yet."""
        try:
            import httpx
        except ImportError as error:
            raise MissingExtraError("httpx", "http") from error
        self.name = name
        self._url = url
        self._key = None if secret is None else _key(secret)
        self._source = source
        self._time = time_source or SystemTime()
        self._client = httpx.Client(timeout=timeout, transport=transport)

    def deliver(self, notice: Notice) -> None:
        """Post one notice.

        Raises:
            SinkError: The receiver did not answer with success.
        """
        import httpx

        body = json.dumps(self._event(notice), ensure_ascii=False).encode()
        headers = {"content-type": "application/cloudevents+json; charset=utf-8"}
        if self._key is not None:
            stamp = str(self._time.now() // 1_000_000)
            headers |= {
                "webhook-id": notice.id,
                "webhook-timestamp": stamp,
                "webhook-signature": signature(self._key, notice.id, stamp, body),
            }
        try:
            answer = self._client.post(self._url, content=body, headers=headers)
        except httpx.HTTPError as error:
            raise SinkError(
                f"The notice could not be posted: {type(error).__name__}.", place=self.name
            ) from error
        if not answer.is_success:
            raise SinkError(f"The receiver answered {answer.status_code}.", place=self.name)

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def __enter__(self) -> Self:
        """The sink itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Its name; neither its secret nor its address, which may hold one."""
        return f"<WebhookSink {self.name}>"

    def _event(self, notice: Notice) -> dict[str, object]:
        said = notice.to_json()
        return {
            "specversion": "1.0",
            "id": notice.id,
            "source": self._source,
            "type": f"workflow.notice.{notice.kind.value}",
            "subject": notice.case_id,
            "time": said["at"],
            "datacontenttype": "application/json",
            "data": said,
        }


def signature(key: bytes, id: str, stamp: str, body: bytes) -> str:  # noqa: A002 - it is the id
    """The signature of a post, as Standard Webhooks 1.0 writes it."""
    digest = hmac.new(key, f"{id}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        # The cause would show the secret.
        raise SinkError(
            "The secret of a webhook is not base64.", allowed="whsec_ and 24 to 64 bytes in base64"
        ) from None
