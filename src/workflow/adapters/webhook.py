"""Webhook: each notice posted as a CloudEvent, signed so that the receiver can tell who sent it.

The body is CloudEvents 1.0 in its JSON form. The signature is that of Standard Webhooks 1.0:
HMAC-SHA256 over id, time stamp and body. The id of the event is the notice's, so that a receiver
that has seen it can drop the repetition. A secret is never written to a log, an error or a `repr`.

What passes within seconds (a connection refused, a receiver that says 429 or 503) is tried again at
once, with growing and jittered waits. What lasts longer is left to the outbox, which tries again
later each time and remembers it across restarts.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self

from workflow.cases import Notice
from workflow.engine.time_source import SystemTime, TimeSource
from workflow.errors import MissingExtraError, SinkError

if TYPE_CHECKING:
    import httpx

TIMEOUT = 8.0
"""Seconds for one post: ten deliveries of three posts each fit into the time of a claim."""

ATTEMPTS = 3
"""Posts in one delivery: enough for a receiver that is just being restarted."""

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that say "not now" rather than "not this" (RFC 9110 section 15, RFC 6585 section 4)."""


class _NotNowError(Exception):
    """The receiver answered that it cannot take the notice now; its argument is the status."""


class WebhookSink:
    """Posts notices to an address.

    Args:
        url: Where to post.
        secret: The shared secret, as Standard Webhooks writes it: `whsec_` and base64.
        name: The lasting name of the sink.
        timeout: Seconds for one post.
        attempts: Posts in one delivery, when the trouble may pass within seconds.
        source: The CloudEvents source: a URI for this system.
        time_source: Gives the time stamp of the signature.
        transport: An httpx transport, for proxies and tests.

    Raises:
        MissingExtraError: httpx or stamina is not installed.
        SinkError: The secret is not base64.
    """

    def __init__(
        self,
        url: str,
        *,
        secret: str | None = None,
        name: str = "webhook",
        timeout: float = TIMEOUT,
        attempts: int = ATTEMPTS,
        source: str = "/workflow",
        time_source: TimeSource | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Make ready; nothing is posted yet."""
        try:
            import httpx
            import stamina  # noqa: F401 - told now, not at the first delivery
        except ImportError as error:
            raise MissingExtraError(error.name or "httpx", "http") from error
        self.name = name
        self._url = url
        self._key = None if secret is None else _key(secret)
        self._attempts = attempts
        self._source = source
        self._time = time_source or SystemTime()
        self._client = httpx.Client(timeout=timeout, transport=transport)

    def deliver(self, notice: Notice) -> None:
        """Post one notice.

        Raises:
            SinkError: The receiver did not answer with success.
        """
        body = json.dumps(self._event(notice), ensure_ascii=False).encode()
        headers = {"content-type": "application/cloudevents+json; charset=utf-8"}
        if self._key is not None:
            stamp = str(self._time.now() // 1_000_000)
            headers |= {
                "webhook-id": notice.id,
                "webhook-timestamp": stamp,
                "webhook-signature": signature(self._key, notice.id, stamp, body),
            }
        answer = self._posted(body, headers)
        if not answer.is_success:
            raise SinkError(f"The receiver answered {answer.status_code}.", place=self.name)

    def _posted(self, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """The receiver's last answer."""
        import httpx
        import stamina

        passing = (httpx.TransportError, _NotNowError)
        try:
            for attempt in stamina.retry_context(
                on=passing, attempts=self._attempts, timeout=3 * TIMEOUT, wait_max=2.0
            ):
                with attempt:
                    answer = self._client.post(self._url, content=body, headers=headers)
                    _check(answer)
        except _NotNowError:
            pass
        except httpx.HTTPError as error:
            raise SinkError(
                f"The notice could not be posted: {type(error).__name__}.", place=self.name
            ) from error
        return answer

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


def _check(answer: httpx.Response) -> None:
    if answer.status_code in PASSING:
        raise _NotNowError(answer.status_code)


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
