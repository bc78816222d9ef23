"""Mapping files: every fault named by its line and key."""

import pytest

from workflow.errors import LogFormatError
from workflow.instants import SECOND
from workflow.reports.log_mapping import read_mapping

GOOD = """\
log: 1
times: {timezone: UTC}
events:
  - {event: opened, at: opened}
"""


@pytest.fixture
def read(tmp_path):
    def reads(text):
        file = tmp_path / "mapping.yaml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_mapping(file)

    return reads


def test_the_least_mapping(read):
    form = read(GOOD)
    assert form.columns() == {"opened"}
    assert form.times.zone.name == "UTC"


def test_every_example_can_be_read(project):
    found = sorted(
        file
        for file in (project / "examples" / "real").glob("*.yaml")
        if file.read_text(encoding="utf-8").find("\nlog: 1\n") >= 0
    )
    assert len(found) == 4
    for file in found:
        assert read_mapping(file).compare


def test_a_comparison_of_due_times_has_two_tolerances(read):
    form = read(
        GOOD + "compare: [{name: d, obligation: x, due: due, earlier: 20 s, later: 75 s}]\n"
    )
    (verdict,) = form.compare
    assert (verdict.earlier, verdict.later) == (20 * SECOND, 75 * SECOND)
    assert verdict.obligations == ("x",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("log: 1", "log: 2"), "mapping.yaml:1, log: log is 2. Allowed: 1"),
        (GOOD.replace("log: 1\n", ""), "log is missing"),
        (GOOD + "evnts: []\n", 'mapping.yaml:5, evnts: "evnts" is not a key here'),
        (GOOD.replace("timezone: UTC", "timezone: Utopia"), '"Utopia" is not a time zone'),
        (GOOD.replace("timezone: UTC", "zone: UTC"), '"zone" is not a key here'),
        (GOOD.replace("{timezone: UTC}", "UTC"), "'UTC' is not a mapping"),
        (GOOD.replace(", at: opened", ""), "mapping.yaml:4, events[0].at: at is missing"),
        (GOOD.replace(", at: opened", ", at: 5"), "put it in quotes"),
        (GOOD.replace(", at: opened", ", at: opened, first: 1"), "true or false"),
        (GOOD.replace(", at: opened", ", at: opened, column: a"), "column and becomes together"),
        (GOOD.replace(", at: opened", ", at: opened, column: a, becomes: [1]"), "list of texts"),
        (GOOD[: GOOD.index("events")], "one event or more"),
        (GOOD[: GOOD.index("  -")].replace("events:", "events: {}"), "a list"),
        (GOOD + "delimiter: ab\n", "one character"),
        (GOOD + "encoding: utf-16\n", "gb18030"),
        (GOOD + "level: {column: a}\n", "values is missing"),
        (GOOD + "level: {column: a, values: {}, changes: b}\n", "the time of a change"),
        (GOOD + "compare: [{name: a, obligation: b}]\n", "one of them"),
        (GOOD + "compare: [{name: a, obligation: b, column: c}]\n", "mean on time"),
        (GOOD + "compare: [{name: a, obligation: b, due: c, per: d}]\n", "level or category"),
        (GOOD + "compare: [{name: a, obligation: b, due: c, later: 1 day}]\n", "not exact time"),
        (GOOD + "compare: [{name: a, obligation: b, due: c, later: soon}]\n", "mapping.yaml:5"),
        (GOOD + "log: 1\n", "mapping.yaml:5"),
        ("a: [", "The file is not YAML"),
        ("", "is not a mapping"),
        (b"\xff\xfe", "not UTF-8"),
        (b"a" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_fault_names_the_line_and_the_key(read, text, says):
    with pytest.raises(LogFormatError) as caught:
        read(text)
    assert says in str(caught.value)
    assert "mapping.yaml" in str(caught.value)


def test_a_mapping_file_that_is_not_there_or_a_folder(tmp_path):
    for path in (tmp_path, tmp_path / "nothing.yaml"):
        with pytest.raises(LogFormatError, match="cannot be read"):
            read_mapping(path)
