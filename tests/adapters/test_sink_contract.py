"""The sinks that ship keep the contract that is published for everybody's sinks."""

import json
import logging

import httpx
import pytest

from workflow.adapters import LoggingSink, SmtpSink, WebhookSink
from workflow.testing.contracts import SinkContract

DESK = {"desk": ["desk@example.org"], "lead": ["lead@example.org"]}


class TestTheLoggingSink(SinkContract):
    @pytest.fixture
    def sink(self, caplog):
        caplog.set_level(logging.INFO, "workflow.notices")
        return LoggingSink()

    @pytest.fixture
    def arrived(self, caplog):
        return lambda: [it.notice["id"] for it in caplog.records if hasattr(it, "notice")]

    @pytest.fixture
    def failing_sink(self, monkeypatch):
        def full(*_said, **_more):
            raise OSError("no space left")

        monkeypatch.setattr(logging.getLogger("workflow.notices"), "log", full)
        return LoggingSink()


class TestTheWebhookSink(SinkContract):
    @pytest.fixture
    def asked(self):
        return []

    @pytest.fixture
    def sink(self, asked):
        def take(request):
            asked.append(json.loads(request.content)["id"])
            return httpx.Response(204)

        with WebhookSink("https://host/hook", transport=httpx.MockTransport(take)) as webhook:
            yield webhook

    @pytest.fixture
    def arrived(self, asked):
        return lambda: asked

    @pytest.fixture
    def failing_sink(self):
        down = httpx.MockTransport(lambda _: httpx.Response(404))
        with WebhookSink("https://host/hook", transport=down) as webhook:
            yield webhook


class Server:
    """A mail server that remembers the messages, or refuses them."""

    def __init__(self, error=None):
        self.error, self.messages = error, []

    def __call__(self, _host, _port, *, timeout):  # noqa: ARG002 - as smtplib has it
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        """Nothing to close."""

    def send_message(self, message):
        if self.error:
            raise self.error
        self.messages.append(message)


def mail_to(server):
    return SmtpSink(
        host="mail",
        sender="a@example.org",
        addresses=DESK,
        otherwise=["x@example.org"],
        connect=server,
        tls=False,
    )


class TestTheMailSink(SinkContract):
    @pytest.fixture
    def server(self):
        return Server()

    @pytest.fixture
    def sink(self, server):
        return mail_to(server)

    @pytest.fixture
    def arrived(self, server):
        return lambda: [it["Message-ID"].strip("<>").split("@")[0] for it in server.messages]

    @pytest.fixture
    def failing_sink(self):
        return mail_to(Server(ConnectionRefusedError()))
