"""The sinks that ship: what they send, and that a failure is an error the outbox can see."""

import base64
import hashlib
import hmac
import json
import logging
import smtplib
import ssl

import httpx
import pytest
import stamina

from workflow.adapters import LoggingSink, SmtpSink, WebhookSink
from workflow.cases import Notice
from workflow.cases.wakeups import NoticeKind
from workflow.engine import SimulatedTime
from workflow.errors import MissingExtraError, SinkError
from workflow.instants import to_instant

NOTICE = Notice(
    id="ab12",
    kind=NoticeKind.BREACHED,
    case_id="案件-1",
    plan="small",
    clock_id="report",
    obligation="report",
    instant=to_instant("2026-03-02T09:10+08:00"),
    zone="Asia/Shanghai",
    to=("duty", "lead"),
    data={"due": "2026-03-02T01:10:00+00:00"},
)
SECRET = base64.b64encode(b"a secret of 24 bytes long").decode()


def sink(answer, **said):
    asked = []

    def handle(request):
        asked.append(request)
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer)

    return WebhookSink("https://host/hook", transport=httpx.MockTransport(handle), **said), asked


def test_a_log_record_says_the_notice_and_carries_it(caplog):
    with caplog.at_level(logging.INFO, "workflow.notices"):
        LoggingSink().deliver(NOTICE)
        LoggingSink(lang="zh", logger="workflow.notices").deliver(NOTICE)
    first, second = caplog.records
    assert first.levelname == "ERROR"
    assert first.getMessage() == NOTICE.text()
    assert first.notice == NOTICE.to_json()
    assert second.getMessage() == NOTICE.text("zh")


def test_a_post_is_a_cloud_event_with_the_id_of_the_notice():
    webhook, asked = sink(204)
    with webhook:
        webhook.deliver(NOTICE)
    said = json.loads(asked[0].content)
    assert asked[0].headers["content-type"].startswith("application/cloudevents+json")
    assert said["specversion"] == "1.0"
    assert (said["id"], said["subject"]) == ("ab12", "案件-1")
    assert said["type"] == "workflow.notice.breached"
    assert Notice.from_json(said["data"]) == NOTICE
    assert "webhook-signature" not in asked[0].headers


def test_a_signature_can_be_checked_by_hand():
    now = SimulatedTime("2026-03-02T09:11+08:00")
    webhook, asked = sink(200, secret=f"whsec_{SECRET}", time_source=now)
    with webhook:
        webhook.deliver(NOTICE)
    headers = asked[0].headers
    assert headers["webhook-timestamp"] == "1772413860"
    signed = b"ab12.1772413860." + asked[0].content
    digest = hmac.new(base64.b64decode(SECRET), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()


@pytest.mark.parametrize("answer", [500, 404, 302, httpx.ConnectError("secret-host is down")])
def test_a_post_that_does_not_succeed_is_an_error(answer):
    webhook, _ = sink(answer)
    with webhook, pytest.raises(SinkError):
        webhook.deliver(NOTICE)


def test_a_secret_is_shown_nowhere():
    webhook, _ = sink(500, secret=SECRET)
    with webhook, pytest.raises(SinkError) as found:
        webhook.deliver(NOTICE)
    assert SECRET not in repr(webhook) + str(found.value)
    with pytest.raises(SinkError) as refused:
        WebhookSink("https://host/hook", secret="%not base64%")  # noqa: S106 - it is none
    assert "%not base64%" not in str(refused.value)


def test_without_httpx_the_command_that_installs_it_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "httpx", None)
    with pytest.raises(MissingExtraError, match=r"workflow-sla\[http\]"):
        WebhookSink("https://host/hook")


class Server:
    """A mail server that remembers what it was told."""

    def __init__(self, fails=None):
        self.fails, self.said = fails, []

    def __call__(self, host, port, *, timeout):
        self.said.append((host, port, timeout > 0))
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.said.append("closed")

    def starttls(self, *, context):
        self.said.append("tls")
        self.context = context

    def login(self, user, password):
        self.said.append((user, password))

    def send_message(self, message):
        if self.fails:
            raise self.fails
        self.said.append(message)


ROLES = {"duty": ["duty@example.org"], "lead": ["lead@example.org", "duty@example.org"]}


def test_a_message_goes_to_the_roles_that_are_told_over_tls():
    server = Server()
    mail = SmtpSink(
        host="mail",
        sender="a@b",
        addresses=ROLES,
        user="u",
        password="p",  # noqa: S106 - no secret: the server is a pretended one
        connect=server,
    )
    mail.deliver(NOTICE)
    assert server.said[:3] == [("mail", 587, True), "tls", ("u", "p")]
    assert server.context.verify_mode is ssl.CERT_REQUIRED
    assert server.context.check_hostname
    message = server.said[3]
    assert message["To"] == "duty@example.org, lead@example.org"
    assert message["Message-ID"] == "<ab12@workflow.invalid>"
    assert NOTICE.text() in message.get_content()
    assert "password" not in repr(mail)


def test_a_message_without_an_address_is_an_error_unless_somebody_else_is_named():
    with pytest.raises(SinkError, match="No address for duty, lead"):
        SmtpSink(host="mail", sender="a@b", addresses={}).deliver(NOTICE)
    other = SmtpSink(host="mail", sender="a@b", addresses={}, otherwise=["x@example.org"])
    assert other.message(NOTICE)["To"] == "x@example.org"


@pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected("x"), ConnectionRefusedError()])
def test_a_server_that_refuses_is_an_error(error):
    mail = SmtpSink(host="mail", sender="a@b", addresses=ROLES, connect=Server(error), tls=False)
    with pytest.raises(SinkError, match="did not take"):
        mail.deliver(NOTICE)


def test_a_receiver_that_is_just_being_restarted_is_tried_again_at_once():
    answers = [httpx.ConnectError("refused"), httpx.Response(503), httpx.Response(204)]
    bodies = []

    def handle(request):
        bodies.append((request.content, request.headers["webhook-id"]))
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    transport = httpx.MockTransport(handle)
    with (
        stamina.set_testing(True, attempts=3),  # no waiting between the attempts
        WebhookSink("https://host/hook", secret=SECRET, transport=transport) as webhook,
    ):
        webhook.deliver(NOTICE)
    assert answers == []
    assert len(set(bodies)) == 1


@pytest.mark.parametrize(("answer", "posts"), [(404, 1), (410, 1), (429, 3), (503, 3)])
def test_what_will_not_pass_is_not_tried_again_at_once(answer, posts):
    webhook, asked = sink(answer)
    with (
        stamina.set_testing(True, attempts=3),
        webhook,
        pytest.raises(SinkError, match=f"answered {answer}"),
    ):
        webhook.deliver(NOTICE)
    assert len(asked) == posts
