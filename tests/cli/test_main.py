"""The command itself: help, version, missing extras, and how it ends."""

import os
import re
import shlex
import signal
import subprocess
import sys

import pytest

from workflow.cli.app import cli
from workflow.cli.commands import COMMANDS

WITHOUT_JSON = {"run", "completion", "picture", "calendar"}  # they write something else


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
    assert "Exit codes:" in out


def test_without_a_command_the_help_is_shown(run):
    assert run() == run("--help")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_examples(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert out.startswith(f"Usage: workflow {command}")
    assert examples(out), out
    if command not in WITHOUT_JSON:
        assert "--json" in out
        assert "--lang" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_all_says_what_the_help_of_each_says(command):
    assert COMMANDS[command][1] == cli.get_command(None, command).short_help


def examples(text):
    _, _, listed = text.partition("Examples:\n")
    return re.findall(r"^ +(workflow .*)$", listed, re.MULTILINE)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("command", ["", *(name for name in COMMANDS if name != "run")])
def test_every_example_of_the_help_runs(run, tmp_path, command):
    (tmp_path / "log.jsonl").write_text(
        '{"event": "detected", "at": "2026-03-02T08:40+08:00"}\n', "utf-8"
    )
    shown = run(*([command] if command else []), "--help", "-h")[1]
    for line in examples(shown):
        code, _, err = run(*shlex.split(line)[1:])
        assert code == 0, (line, err)


@pytest.mark.usefixtures("database")
def test_run_stops_cleanly_when_it_is_told_to(run, tmp_path):
    for line in examples(run("run", "--help")[1]):
        with subprocess.Popen(
            [sys.executable, "-m", *shlex.split(line)],
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
        ) as process:
            said = process.stderr.readline()
            process.send_signal(signal.SIGTERM)
            said += process.stderr.read()
        assert process.returncode == 0, said
        assert "started" in said
        assert "stopped" in said.splitlines()[-1]


def test_the_version_is_told(run):
    assert run("--version")[1].startswith("workflow, version ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["statsu"], "There is no command 'statsu'. Did you mean \"status\"? See: workflow --help"),
        (["xyzzy"], "There is no command 'xyzzy'. See: workflow --help"),
        (["due"], "Missing argument 'RULE'. Or, for what is due in a database, give --db. See:"),
        (["due", "3 days"], "Missing option '--from'. See: workflow due --help"),
        (["plans", "--lang", "fr"], "Invalid value for '--lang': 'fr' is not one of 'en', 'zh'."),
        (["plans", "--jsn"], "No such option '--jsn'. Did you mean '--json'?"),
        (["plans", "more"], "Got unexpected extra argument (more). See: workflow plans --help"),
        (["show", "townshp"], 'There is no documented plan "townshp".'),
    ],
)
def test_a_wrong_command_line_is_one_line(refused, monkeypatch, arguments, says):
    monkeypatch.delenv("WORKFLOW_DB", raising=False)
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


@pytest.mark.parametrize(
    ("arguments", "spared"),
    [
        (["--help"], ["workflow.plans", "workflow.engine", "workflow.cases", "holidays"]),
        (["plans", "--help"], ["workflow.engine", "sqlite3"]),
        (
            ["due", "3 days", "--from", "2026-03-02T08:40+08:00"],
            ["workflow.engine", "workflow.stores", "sqlite3", "workflow.cases.evaluate"],
        ),
    ],
)
def test_a_command_imports_only_what_it_needs(arguments, spared):
    code = (
        "import sys; before = set(sys.modules); "  # a measuring tool may have loaded some already
        "from workflow.__main__ import main; code = main(sys.argv[1:]); "
        "sys.stderr.write(' '.join(set(sys.modules) - before)); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    assert not set(spared) & set(done.stderr.split())


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_the_shell(run, name):
    code, out, err = run("completion", name)
    assert (code, err) == (0, "")
    assert "_WORKFLOW_COMPLETE" in out


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("workflow sta", "plain,status"),
        ("workflow show town", "plain,township"),
        ("workflow open c-1 --plan tourism", "plain,tourism-bureau"),
        ("workflow due --ro", "plain,--rollover"),
    ],
)
def test_a_shell_completes_commands_options_and_plans(typed, offered):
    words = typed.split()
    env = {"_WORKFLOW_COMPLETE": "bash_complete", "COMP_WORDS": typed}
    done = shell(env={**os.environ, **env, "COMP_CWORD": str(len(words) - 1)})
    assert offered in done.stdout.splitlines()


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


@pytest.mark.usefixtures("database")
def test_nothing_is_coloured_where_it_is_piped(run):
    for arguments in (
        ["plans"],
        ["demo"],
        ["due", "3 days", "--from", "2026-03-02T08:40+08:00"],
        ["overdue"],
        ["status", "2026-0042"],
        ["watch", "--once"],
    ):
        assert "\x1b" not in run(*arguments)[1]
