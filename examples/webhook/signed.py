"""Signed: whether a post comes from who shares the secret, and was written just now.

The signature is that of Standard Webhooks 1.0: HMAC-SHA256 over id, time stamp and body. An old
post is refused too, since whoever has recorded one could otherwise send it again for ever.
"""

import base64
import hmac
from collections.abc import Mapping

from workflow.adapters.webhook import signature

LATEST = 5 * 60
"""Seconds by which a stamp may differ from our time: the tolerance of the reference libraries."""


class SignatureError(Exception):
    """The post is not signed as agreed; its argument says what is wrong."""


def check(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> str:
    """The id of a post that is signed as agreed.

    Args:
        secret: `whsec_` and the key in base64.
        headers: The headers of the post, with names in small letters or found without regard to
            case.
        body: Its bytes, as they came.
        now: Our time, in seconds since the epoch.

    Raises:
        SignatureError: A header is missing, the stamp is not of now, or no signature fits.
    """
    try:
        name, stamp, given = (headers[f"webhook-{it}"] for it in ("id", "timestamp", "signature"))
    except KeyError as error:
        raise SignatureError(f"The header {error} is missing.") from None
    if not (stamp.isascii() and stamp.isdecimal()) or abs(now - int(stamp)) > LATEST:
        raise SignatureError("The time stamp is not of now.")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    right = signature(key, name, stamp, body).encode()
    # Several signatures stand side by side while one secret is being changed for another. Comparing
    # takes the same time whether they fit or not, so that the time tells a stranger nothing.
    if not any(hmac.compare_digest(one.encode(), right) for one in given.split(" ")):
        raise SignatureError("The signature does not fit.")
    return name
