"""Sudden death, in a few rounds; `make test-faults` runs thousands."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


def done(script, *options):
    """What a script of rounds printed."""
    made = subprocess.run(
        [sys.executable, str(FOLDER / script), *options],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if "no PostgreSQL" in made.stderr:
        pytest.skip("no PostgreSQL")
    assert made.returncode == 0, made.stderr + made.stdout
    return made.stdout


@pytest.mark.parametrize("store", ["sqlite", "postgres"])
def test_nothing_accepted_is_lost_when_workers_are_killed(store):
    assert "none lost, none half-written" in done("rounds.py", "--rounds", "12", "--store", store)


def test_nothing_accepted_is_lost_when_the_server_is_killed_or_cuts_every_connection():
    assert "none lost, none half-written" in done("server_rounds.py", "--rounds", "6")


@pytest.mark.parametrize("how", [[], ["--no-mount"]], ids=["small disk", "few pages"])
def test_nothing_accepted_is_lost_when_the_disk_is_full_or_the_file_locked(how):
    assert "none lost, none half-written" in done("disk_rounds.py", "--rounds", "8", *how)


def test_one_two_and_four_workers_miss_no_wakeup_and_handle_none_twice():
    said = done("workers.py", "--cases", "200")
    assert said.count("200 wake-ups, none missed, none handled twice") == 3
