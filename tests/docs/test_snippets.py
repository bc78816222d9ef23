"""Every snippet of the documentation runs, and prints what the page says it prints.

Python blocks run through sybil, all those of a page in one namespace. In a `console` block each
line that begins with `$ workflow` is run, and what follows it is compared with what it printed;
`...` stands for anything. A block with a caption is a file of that name, which the page's later
snippets find in the folder in which they run.
"""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from sybil import Region, Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

ROOT = Path(__file__).parents[2]
BUILT = {"_build", "plans"}
PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if not BUILT & set(path.relative_to(ROOT).parts[1:-1])
)
MODULES = sorted(path for path in (ROOT / "src").rglob("*.py") if ">>> " in path.read_text("utf-8"))
FLAGS = doctest.ELLIPSIS

FILE = re.compile(
    r"^```\{code-block\} \w+\n:caption: (\S+)\n\n(.*?)^```$", re.DOTALL | re.MULTILINE
)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def files(document):
    """A block with a caption is written to a file of that name."""
    for match in FILE.finditer(document.text):
        yield Region(match.start(), match.end(), match.groups(), write_file)


def write_file(example):
    name, text = example.parsed
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")


def commands(document):
    """Each `$ workflow` line of a console block, with the output that follows it."""
    for match in CONSOLE.finditer(document.text):
        for found in COMMAND.finditer(match.group(1)):
            line, expected = found.groups()
            if line.startswith("workflow"):
                start = match.start(1) + found.start()
                yield Region(start, start + len(found.group()), (line, expected), run_command)


def run_command(example):
    line, expected = example.parsed
    words = shlex.split(line.replace("\\\n", " "))[1:]
    env = {key: value for key, value in os.environ.items() if key != "WORKFLOW_DATA"}
    done = subprocess.run(
        [sys.executable, "-m", "workflow", *words],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=env | {"PYTHONUTF8": "1", "COLUMNS": "100", "NO_COLOR": "1"},
    )
    printed = stripped(done.stdout + done.stderr)
    if not expected.strip() or expected.strip() == "...":  # nothing else would show a failure
        return f"exit status {done.returncode}:\n{printed}" if done.returncode else ""
    wanted = stripped(expected)
    checker = doctest.OutputChecker()
    if checker.check_output(wanted, printed, FLAGS):
        return ""
    return checker.output_difference(doctest.Example("", wanted), printed, FLAGS)


def stripped(text):
    return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


IN_PAGES = Sybil([PythonCodeBlockParser(doctest_optionflags=FLAGS), SkipParser(), files, commands])
IN_MODULES = Sybil(
    [DocTestParser(optionflags=FLAGS)], document_types={".py": PythonDocStringDocument}
)


@pytest.mark.parametrize("page", PAGES, ids=lambda it: str(it.relative_to(ROOT)))
def test_every_snippet_of_a_page_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for example in IN_PAGES.parse(page).examples():
        example.evaluate()


@pytest.mark.parametrize("module", MODULES, ids=lambda it: str(it.relative_to(ROOT / "src")))
def test_every_example_in_a_docstring_runs(module, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for example in IN_MODULES.parse(module).examples():
        example.evaluate()


def test_a_wrong_output_would_be_found(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    page.write_text("```python\n>>> 1 + 1\n3\n```\n", "utf-8")
    with pytest.raises(Exception, match="Expected"):
        next(iter(IN_PAGES.parse(page).examples())).evaluate()
