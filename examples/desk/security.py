"""Security: what every answer says to the browser, and the token that every form carries.

Scripts, styles and pictures come from this server alone, and no page may be framed. A form is
taken only with the token of the reader's own session, so that no other site can send one.
"""

from __future__ import annotations

import secrets
from typing import Any

from starlette.datastructures import FormData, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""A picture made here carries its own style and nothing else."""

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class SafeAnswers:
    """Middleware: each answer says what the browser may do with it."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, told)


def token_of(session: dict[str, Any]) -> str:
    """The token of a session, made when it is first asked for."""
    if "token" not in session:
        session["token"] = secrets.token_urlsafe(24)
    return str(session["token"])


def is_ours(session: dict[str, Any], form: FormData) -> bool:
    """Whether a form carries the token of the session."""
    given, right = form.get("token"), session.get("token")
    return (
        isinstance(given, str)
        and isinstance(right, str)
        and secrets.compare_digest(given.encode(), right.encode())
    )


def local(path: str) -> str:
    """A path of this server to go on to; anything else becomes the board."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain and "\\" not in path else "/"
