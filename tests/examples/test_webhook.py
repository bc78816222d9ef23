"""The webhook: who may post, what is kept once, what is refused, and what it says is due."""

import asyncio
import base64
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import workflow as wf
from workflow.adapters import WebhookSink
from workflow.adapters.webhook import signature
from workflow.engine import SimulatedTime

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # `examples` is run from the root of the project

from examples.webhook.app import make_app  # noqa: E402 - the path stands above

KEY = b"a key of thirty-two bytes, more."
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"
ALERT = {"case": "i-1", "event": "alerted", "at": "2026-05-14T02:10:00+01:00", "level": "sev1"}
TAKEN_UP = {"case": "i-1", "event": "acknowledged", "at": "2026-05-14T02:12:00+01:00"}


class Client:
    """Asks the application without a socket. It needs no more of a client than httpx."""

    def __init__(self, app):
        self._app = app

    def get(self, path):
        return asyncio.run(self._ask("GET", path))

    def post(self, path, **said):
        return asyncio.run(self._ask("POST", path, **said))

    async def _ask(self, method, path, **said):
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **said)


class Monitor:
    """The other system."""

    def __init__(self, engine, client):
        self.engine, self.client = engine, client

    def get(self, path):
        return self.client.get(path)

    def post(self, said, name="p-1", *, late=0, key=KEY, **instead):
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        stamp = str(self.engine.time.now() // 1_000_000 - late)
        headers = {
            "webhook-id": name,
            "webhook-timestamp": stamp,
            "webhook-signature": signature(key, name, stamp, body),
        } | {f"webhook-{word}": value for word, value in instead.items()}
        kept = {word: value for word, value in headers.items() if value is not None}
        return self.client.post("/events", content=body, headers=kept)


@pytest.fixture
def monitor(tmp_path):
    plan = wf.load_plan(ROOT / "examples" / "plans" / "software-incidents.yaml")
    time = SimulatedTime("2026-05-14T02:12:30+01:00")
    url = f"sqlite:///{tmp_path / 'cases.db'}"
    with wf.Engine(url, plans=[plan], time_source=time) as engine:
        yield Monitor(engine, Client(make_app(engine, plan, SECRET)))


def test_what_is_posted_is_recorded(monitor):
    assert monitor.post(ALERT).status_code == 201
    assert monitor.post(TAKEN_UP | {"by": "on-call"}, "p-2").status_code == 201

    case = monitor.get("/cases/i-1").json()
    assert (case["stage"], case["level"]) == ("respond", "sev1")
    assert case["duties"]["acknowledge"] == "met"
    assert monitor.engine.verify() == ()


def test_a_post_that_comes_twice_is_one_event(monitor):
    first, second = monitor.post(ALERT), monitor.post(ALERT)

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == {"case": "i-1", "duplicate": True}
    assert len(monitor.engine.case("i-1").events) == 1


def test_an_id_that_says_something_else_the_second_time_is_refused(monitor):
    monitor.post(ALERT)

    assert monitor.post(ALERT | {"level": "sev2"}).status_code == 409
    assert monitor.engine.status("i-1").level == "sev1"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"key": b"the key of somebody else"}, "does not fit"),
        ({"late": 301}, "not of now"),
        ({"late": -301}, "not of now"),
        ({"timestamp": "yesterday"}, "not of now"),
        ({"timestamp": "\u00b2"}, "not of now"),
        ({"signature": "v1,"}, "does not fit"),
        ({"signature": None}, "is missing"),
        ({"id": None}, "is missing"),
        ({"id": "p-9", "signature": "v1,AAAA v2,BBBB"}, "does not fit"),
    ],
)
def test_a_post_that_is_not_signed_as_agreed_is_refused_and_changes_nothing(monitor, changed, said):
    instead = {
        name: value.encode("latin-1") if isinstance(value, str) else value
        for name, value in changed.items()
    }
    answer = monitor.post(ALERT, **instead)

    assert answer.status_code == 401
    assert said in answer.json()["error"]
    assert list(monitor.engine.cases()) == []


def test_a_post_is_taken_up_to_five_minutes_late(monitor):
    assert monitor.post(ALERT, late=300).status_code == 201


def test_one_of_several_signatures_is_enough_while_a_secret_is_changed(monitor):
    body = json.dumps(ALERT).encode()
    stamp = str(monitor.engine.time.now() // 1_000_000)
    both = f"{signature(b'the old key', 'p-1', stamp, body)} {signature(KEY, 'p-1', stamp, body)}"

    assert monitor.post(body, signature=both).status_code == 201


@pytest.mark.parametrize(
    "said",
    [
        b"no JSON",
        ALERT | {"at": "2026-05-14T02:10:00"},
        ALERT | {"at": "in the night"},
        ALERT | {"levle": "sev1"},
        {"case": "i-1"},
    ],
    ids=["no JSON", "a time without an offset", "no time", "a misspelt field", "no event"],
)
def test_what_cannot_be_read_is_refused_with_its_field(monitor, said):
    answer = monitor.post(said)

    assert answer.status_code == 422
    assert answer.json()["error"][0]["msg"]
    assert list(monitor.engine.cases()) == []


def test_what_the_plan_does_not_know_is_refused_with_the_nearest_name(monitor):
    monitor.post(ALERT)
    answer = monitor.post(TAKEN_UP | {"event": "acknowleged"}, "p-2")

    assert answer.status_code == 409
    assert 'Did you mean "acknowledged"?' in answer.json()["error"]


def test_an_event_of_a_case_that_nobody_opened_is_not_found(monitor):
    assert monitor.post(TAKEN_UP).status_code == 404
    assert monitor.get("/cases/i-9").status_code == 404


def test_a_store_that_cannot_write_asks_the_sender_to_try_again(monitor, monkeypatch):
    def locked():
        raise wf.StoreUnavailableError("The database is locked.")

    monkeypatch.setattr(monitor.engine.store, "writing", locked)
    assert monitor.post(ALERT).status_code == 503
    monkeypatch.undo()
    assert monitor.post(ALERT).status_code == 201


def test_it_says_what_falls_due_and_what_is_late(monitor):
    monitor.post(ALERT)

    assert monitor.get("/due?hours=1").json() == [
        {"case": "i-1", "duty": "acknowledge", "due": "2026-05-14T02:15:00+01:00", "late": False},
        {"case": "i-1", "duty": "first-status", "due": "2026-05-14T02:25:00+01:00", "late": False},
    ]
    monitor.engine.time.advance("3 min")
    assert [it["late"] for it in monitor.get("/due?hours=1").json()] == [True, False]


def test_the_library_s_own_sink_signs_as_the_webhook_reads(monitor):
    seen = []

    def receiver(request):
        seen.append(request)
        return httpx.Response(204)

    with WebhookSink(
        "http://test/",
        secret=SECRET,
        time_source=monitor.engine.time,
        transport=httpx.MockTransport(receiver),
    ) as sink:
        monitor.post(ALERT)
        sink.deliver(monitor.engine.case("i-1").notices(None, "2026-05-14T02:20+01:00")[0])
    (post,) = seen
    answer = monitor.client.post("/events", content=post.content, headers=dict(post.headers))

    assert answer.status_code == 422  # read as signed; a notice is no event


def test_the_served_application_reads_the_environment(tmp_path, monkeypatch):
    from examples.webhook.serve import app

    monkeypatch.setenv("WORKFLOW_DB", f"sqlite:///{tmp_path / 'cases.db'}")
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)

    client = Client(app())
    assert client.get("/due").json() == []
    assert client.post("/events", content=b"{}").status_code == 401


@pytest.mark.skipif(
    not all(map(shutil.which, ("bash", "openssl", "base64", "od"))),
    reason="the README signs with bash, openssl, base64 and od",
)
def test_the_readme_signs_in_a_terminal_as_the_library_does():
    readme = (ROOT / "examples" / "webhook" / "README.md").read_text("utf-8")
    lines = re.findall(r"^\$ ((?:body|key|signed)=.*)$", readme, re.MULTILINE)
    script = "\n".join([*lines, 'printf "%s\n%s" "$body" "$signed"'])
    env = {"PATH": os.environ["PATH"], "WEBHOOK_SECRET": SECRET, "stamp": "1778721150"}
    done = subprocess.run(
        [shutil.which("bash"), "-ec", script], env=env, capture_output=True, check=True
    )
    body, signed = done.stdout.split(b"\n")
    assert json.loads(body) == ALERT
    assert f"v1,{signed.decode()}" == signature(KEY, "post-1", "1778721150", body)
