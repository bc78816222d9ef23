"""The command line as a user meets it, in this process: exit code, what it wrote, what it said."""

import json

import pytest

from workflow.__main__ import main

START = "2026-03-02T08:40+08:00"


@pytest.fixture
def run(capsys):
    """Run `workflow` with these arguments; gives the code and both streams."""

    def runs(*arguments):
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return runs


@pytest.fixture
def refused(run):
    """Run what must be refused: code 2, nothing written, one line on the error stream."""

    def refuses(*arguments):
        code, out, err = run(*arguments)
        assert code == 2
        assert not out
        assert err.startswith("workflow: ")
        assert err.count("\n") == 1, err
        return err.removeprefix("workflow: ").strip()

    return refuses


@pytest.fixture
def told(run):
    """Run with `--json`; gives what it printed, as values."""

    def tells(*arguments):
        code, out, err = run(*arguments, "--json")
        assert code == 0, err
        return json.loads(out)

    return tells


@pytest.fixture
def database(run, tmp_path, monkeypatch):
    """A new database with one case, opened at 08:40; the process stands beside the file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKFLOW_DB", "sqlite:///cases.db")
    opened = ("open", "2026-0042", "--plan", "municipal-investment-group", "--level", "major")
    code, _, err = run(*opened, "--by", "department", "--person", "Zhang San", "--now", START)
    assert code == 0, err
    return "sqlite:///cases.db"
