"""The command itself: help, version, missing extras, and how it ends."""

import os
import subprocess
import sys

import pytest

COMMANDS = ("demo", "plans", "show", "timetable", "due", "replay")


def shell(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "workflow", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        **options,
    )


def test_help_names_every_command(run):
    code, out, _ = run("--help")
    assert code == 0
    for command in COMMANDS:
        assert f"  {command} " in out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert out.startswith(f"Usage: workflow {command}")
    assert "--json" in out
    assert "--lang" in out


def test_the_version_is_told(run):
    assert run("--version")[1].startswith("workflow, version ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nope"], "No such command 'nope'. See: workflow --help"),
        (["due"], "Missing argument 'RULE'. See: workflow due --help"),
        (["due", "3 days"], "Missing option '--from'. See: workflow due --help"),
        (["plans", "--lang", "fr"], "Invalid value for '--lang': 'fr' is not one of 'en', 'zh'."),
    ],
)
def test_a_wrong_command_line_is_one_line(refused, arguments, says):
    assert refused(*arguments).startswith(says)


def test_without_click_and_rich_one_line_says_how_to_install_them():
    told = shell("plans", env={**os.environ, "PYTHONPATH": _without("click")})
    assert told.returncode == 2
    assert told.stderr == (
        "workflow: This needs click, which is not installed. "
        'Install it with: pip install "workflow-sla[cli]"\n'
    )


def _without(package):
    """A folder that stands in for `package` with something that cannot be imported."""
    import tempfile
    from pathlib import Path

    folder = Path(tempfile.mkdtemp())
    fault = f"raise ModuleNotFoundError('no {package}', name='{package}')\n"
    (folder / f"{package}.py").write_text(fault, encoding="utf-8")
    return str(folder)


def test_a_reader_that_goes_away_ends_it_quietly():
    with subprocess.Popen(
        [sys.executable, "-m", "workflow", "demo"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_an_output_that_cannot_hold_chinese_still_gets_the_rest():
    told = shell(
        "show", "township", "--lang", "zh", env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert told.returncode == 0
    assert "township" in told.stdout


def test_nothing_is_coloured_where_it_is_piped(run):
    for arguments in (["plans"], ["demo"], ["due", "3 days", "--from", "2026-03-02T08:40+08:00"]):
        assert "\x1b" not in run(*arguments)[1]
