"""Mail: each notice as a plain message over SMTP, to the addresses of the roles that are told."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage

import attrs

from workflow.cases import Notice
from workflow.errors import SinkError

TIMEOUT = 30.0
"""Seconds for one answer of the mail server: ten time-outs fit into the time of a claim."""


@attrs.frozen(kw_only=True)
class SmtpSink:
    """Mails notices.

    Attributes:
        host: The mail server.
        port: Its port.
        sender: The address that sends.
        addresses: For each role, who is written to.
        otherwise: Who is written to when no role that is told has an address.
        user: The name to log in with, if one is needed.
        password: The password; it is in no `repr`.
        tls: Whether to begin TLS before anything else is said; the server's certificate must be
            one that this machine trusts, and bear the name `host`.
        lang: `en` or `zh`.
        name: The lasting name of the sink.
        connect: Makes the connection; for tests and other transports.
    """

    host: str
    sender: str
    addresses: Mapping[str, Sequence[str]]
    otherwise: Sequence[str] = ()
    port: int = 587
    user: str | None = None
    password: str = attrs.field(default="", repr=False)
    tls: bool = True
    lang: str = "en"
    name: str = "smtp"
    connect: Callable[..., smtplib.SMTP] = attrs.field(default=smtplib.SMTP, repr=False)

    def deliver(self, notice: Notice) -> None:
        """Send one message.

        Raises:
            SinkError: Nobody is there to be written to, or the server refuses.
        """
        message = self.message(notice)
        try:
            with self.connect(self.host, self.port, timeout=TIMEOUT) as server:
                if self.tls:
                    # Without a context of its own, smtplib believes any certificate.
                    server.starttls(context=ssl.create_default_context())
                if self.user is not None:
                    server.login(self.user, self.password)
                server.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            raise SinkError(
                f"The mail server did not take the notice: {type(error).__name__}.", place=self.name
            ) from error

    def message(self, notice: Notice) -> EmailMessage:
        """The message for a notice. Its Message-ID is the same at every attempt.

        Raises:
            SinkError: Nobody is there to be written to.
        """
        found = [address for role in notice.to for address in self.addresses.get(role, ())]
        to = list(dict.fromkeys(found or self.otherwise))
        if not to:
            raise SinkError(
                f"No address for {', '.join(notice.to) or 'anybody'}.",
                place=self.name,
                mend="Give the role an address, or say who is written to otherwise.",
            )
        message = EmailMessage()
        text = notice.text(self.lang)
        message["Subject"] = " ".join(text.split())
        message["From"] = self.sender
        message["To"] = ", ".join(to)
        message["Message-ID"] = f"<{notice.id}@workflow.invalid>"
        message.set_content(f"{text}\n\n{notice.plan} / {notice.obligation}\n")
        return message
