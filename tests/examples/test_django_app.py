"""The Django application: a ticket and its case are kept together or not at all; `tick` wakes them.

Each test runs in a process of its own, as a host would: Django is configured once in a process.
"""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "examples" / "django_app"
BEGIN = """
import datetime as dt, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from incidents.deadlines import acknowledge, engine, report
from incidents.models import Ticket
import workflow as wf
AT = dt.datetime(2026, 5, 14, 1, 10, tzinfo=dt.timezone.utc)
MINUTE = dt.timedelta(minutes=1)
settings.INCIDENTS_TIME = time = wf.engine.SimulatedTime(AT)
"""


@pytest.fixture
def python(tmp_path):
    """Runs Python in the application's folder, on a database of its own, and gives what it said."""
    said = os.environ | {
        "DJANGO_DATABASE": str(tmp_path / "db.sqlite3"),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def run(*words, check=True):
        done = subprocess.run(
            [sys.executable, "-W", "error", *words],
            cwd=APP,
            env=said,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout + ("" if check else done.stderr)

    run("manage.py", "migrate", "--verbosity", "0")
    return run


@pytest.fixture
def script(python):
    return lambda text: python("-c", BEGIN + textwrap.dedent(text))


def test_a_ticket_and_its_case_are_kept_together(script):
    said = script("""
        ticket = report("Nobody can log in", "sev1", AT)
        time.advance("2 min")
        acknowledge(ticket, AT + 2 * MINUTE, "an engineer")
        clock = engine().status(ticket.case_id)["acknowledge"]
        print(ticket, Ticket.objects.get().acknowledged_at.isoformat(), clock.state.value)
        assert engine().verify() == ()
    """)

    assert said == "ticket-1: Nobody can log in 2026-05-14T01:12:00+00:00 met\n"


def test_a_rollback_takes_both(script):
    said = script("""
        try:
            with transaction.atomic():
                report("A mistake", "sev3", AT)
                print(Ticket.objects.count())
                raise KeyError("something else of the host went wrong")
        except KeyError:
            print(Ticket.objects.count(), list(engine().cases()))
    """)

    assert said == "1\n0 []\n"


def test_an_event_that_is_refused_leaves_the_ticket_as_it_was(script):
    said = script("""
        ticket = report("Slow", "sev2", AT)
        time.advance("9 min")
        acknowledge(ticket, AT + MINUTE, "an engineer")
        try:
            acknowledge(ticket, AT + 9 * MINUTE, "another")
        except wf.IllegalEventError:
            print(Ticket.objects.get().acknowledged_at.isoformat())
        print(len(engine().case(ticket.case_id).events))
    """)

    assert said == "2026-05-14T01:11:00+00:00\n2\n"


def test_a_level_that_the_plan_does_not_know_makes_no_ticket(script):
    said = script("""
        try:
            report("Who knows", "sev5", AT)
        except wf.UnknownNameError:
            print(Ticket.objects.count(), list(engine().cases()))
    """)

    assert said == "0 []\n"


def test_the_command_tick_wakes_what_is_late_and_only_once(script):
    # Due at 01:15 UTC, which is 02:15 in Dublin.
    said = script("""
        ticket = report("Nobody can log in", "sev1", AT)
        time.advance("4 min")  # 80 % of the five minutes are over
        call_command("tick")
        time.advance("2 min")
        call_command("tick")
        call_command("tick")
    """).splitlines()

    late = "acknowledge is overdue; it was due by 2026-05-14 02:15 +01:00."
    assert [line.endswith(late) for line in said].count(True) == 1
    assert said[1] == "Notices: 1"
    assert said[-1] == "Notices: 0"


def test_the_command_runs_from_the_command_line(python):
    assert python("manage.py", "tick") == "Notices: 0\n"


def test_the_models_need_no_further_migration(python):
    assert "No changes detected" in python("manage.py", "makemigrations", "--check", "--dry-run")


def test_django_finds_nothing_wrong(python):
    assert "no issues" in python("manage.py", "check")
