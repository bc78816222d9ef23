"""A desk that is really served, on a free port, in a time that tests move; and who visits it."""

import html
import re
import socket
import sys
import threading
from pathlib import Path

import httpx
import uvicorn

from workflow.engine import SimulatedTime

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # `examples` is run from the root of the project

from examples.desk.app import create_app  # noqa: E402 - the path stands above
from examples.desk.demo import demo_people, demo_plans  # noqa: E402
from examples.desk.desk import make_desk  # noqa: E402

START = "2026-03-02T08:40+08:00"
CONTEXT = httpx.create_ssl_context()  # made once: it takes longer than a page
SECRET = "of the tests alone"  # noqa: S105 - it guards nothing


class HeldTime(SimulatedTime):
    """A simulated time that a ticker does not move: it looks again and again, and waits."""

    def pause(self, until, stop, wait):  # noqa: ARG002 - tests say what time it is
        if not stop.is_set():
            wait(0.02)


class House:
    """A desk, served. `restart` ends the process's part of it and begins anew on what was kept."""

    def __init__(
        self, folder, *, plans=None, people=None, start=START, ticking=False, https=False, refresh=1
    ):
        self.time = HeldTime(start)
        self.path = Path(folder) / "desk.db"
        self.people, self.passwords = people or demo_people(cost=4)
        self.plans = plans or demo_plans()
        self._said = {"ticking": ticking, "https": https, "refresh": refresh}
        self.begin()

    def begin(self):
        self.desk = make_desk(self.path, self.plans, self.people, time_source=self.time)
        self.app = app = create_app(self.desk, secret=SECRET, **self._said)
        # Saying that it is TCP lets asyncio turn off the waiting for more to send.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        config = uvicorn.Config(app, log_config=None, ws="none", http="h11")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listening],))
        self._thread.start()
        self._listening = listening

    def close(self):
        self._server.should_exit = True
        self._thread.join()
        self._listening.close()

    def restart(self):
        self.close()
        self.begin()

    def renew(self, path=None, start="1970-01-01T00:00+00:00"):
        """Without ending the server, put a desk in it that knows only what is in the file."""
        self.desk.engine.close()
        if path is not None:
            self.path, self.time = path, HeldTime(start)
        self.desk = make_desk(self.path, self.plans, self.people, time_source=self.time)
        self.app.state.desk = self.desk

    def open(self, title="A matter", *, level="major", plan="municipal-investment-group", **said):
        """Open a case without a form; its name."""
        officer = self.desk.people.get("officer")
        said.setdefault("at", now(self))
        return self.desk.open(officer, plan, title=title, level=level, **said).case.id

    def record(self, case, event, **said):
        """Record an event without a form, now."""
        officer = self.desk.people.get("officer")
        said.setdefault("at", now(self))
        return self.desk.record(officer, case, event, **said)


def now(house):
    """The present, as the engine takes it."""
    from workflow.instants import to_moment, zone_of

    return to_moment(house.time.now(), zone_of("UTC"))


class Visitor:
    """A browser without a screen: it keeps cookies, and sends the token of the page it saw last."""

    def __init__(self, house):
        self.house = house
        self.client = httpx.Client(timeout=30, verify=CONTEXT)
        self.token = ""

    def get(self, path, **said):
        answer = self.client.get(self.house.url + path, follow_redirects=True, **said)
        self._see(answer)
        return answer

    def post(self, path, **fields):
        """Send a form, with the token; a redirect is not followed."""
        form = {"token": self.token} | {name.replace("__", "."): it for name, it in fields.items()}
        answer = self.client.post(self.house.url + path, data=form)
        self._see(answer)
        return answer

    def sign_in(self, name, password=None):
        self.get("/sign-in")
        password = self.house.passwords[name] if password is None else password
        answer = self.post("/sign-in", name=name, password=password, next="/")
        if answer.status_code == 303:
            self.get("/")
        return answer

    def _see(self, answer):
        found = re.search(r'name="token" value="([^"]+)"', answer.text)
        if found:
            self.token = html.unescape(found[1])

    def close(self):
        self.client.close()
