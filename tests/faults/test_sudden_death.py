"""Sudden death, in a few rounds; `make test-faults` runs thousands."""

import subprocess
import sys
from pathlib import Path

import pytest

ROUNDS = Path(__file__).parent / "rounds.py"


@pytest.mark.parametrize("store", ["sqlite", "postgres"])
def test_nothing_accepted_is_lost_when_workers_are_killed(store):
    done = subprocess.run(
        [sys.executable, str(ROUNDS), "--rounds", "12", "--store", store],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if "no PostgreSQL" in done.stderr:
        pytest.skip("no PostgreSQL")
    assert done.returncode == 0, done.stderr + done.stdout
    assert "none lost, none half-written" in done.stdout
