"""The command that starts the desk: one line, and it is there."""

import itertools
import re
import signal
import socket
import subprocess
import sys

import desk_house
import httpx

from workflow.instants import MINUTE, Instant


def test_one_command_starts_the_desk_with_people_and_cases_to_try_it_with(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "examples.desk", "--port", str(port)]
    command += ["--database", str(tmp_path / "desk.db")]
    with subprocess.Popen(
        command, cwd=desk_house.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            printed = [process.stdout.readline() for _ in range(8)]
            passwords = dict(re.findall(r"^  (\w+) +(\w+)  ", "".join(printed), re.MULTILINE))
            # It is asked again, later each time, until it listens.
            client = httpx.Client(timeout=60, transport=httpx.HTTPTransport(retries=7))
            page = client.get(f"http://127.0.0.1:{port}/sign-in")
            token = re.search(r'name="token" value="([^"]+)"', page.text)[1]
            form = {"token": token, "name": "lead", "password": passwords["lead"], "next": "/"}
            board = client.post(
                f"http://127.0.0.1:{port}/sign-in", data=form, follow_redirects=True
            )
            client.close()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
        complaints = process.stderr.read()
    assert printed[0] == f"The desk is at http://127.0.0.1:{port}/\n"
    assert set(passwords) == {"officer", "lead", "press", "city", "privacy", "office", "reader"}
    assert "Scaffolding fell at the riverside site" in board.text
    assert "Traceback" not in complaints


def test_the_demonstration_is_put_in_once(house):
    from examples.desk.demo import seed

    seed(house.desk)
    cases = list(house.desk.engine.cases())
    seed(house.desk)
    assert list(house.desk.engine.cases()) == cases
    assert len(cases) == 5
    assert house.desk.engine.verify() == ()


def test_the_demonstration_happened_on_whole_minutes_while_time_goes_by(house, monkeypatch):
    from examples.desk.demo import seed
    from examples.desk.desk import Desk

    ticks = itertools.count(house.desk.now + 1)  # a later present at each look
    monkeypatch.setattr(Desk, "now", property(lambda _: Instant(next(ticks))))
    seed(house.desk)
    for name in house.desk.engine.cases():
        for event in house.desk.engine.case(name).events:
            assert event.instant % MINUTE == 0, (name, event.type)
