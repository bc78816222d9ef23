"""Log files: plain or gzip, and whatever can be wrong with a file."""

import contextlib
import gzip
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.errors import LogFormatError, WorkflowError
from workflow.reports import open_log
from workflow.reports.open_log import lines_of
from workflow.reports.read_log import read_log

LINE = '{"event": "detected", "at": "2026-03-02T08:40+08:00"}\n'
ROWS = "event,at\ndetected,2026-03-02T08:40+08:00\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("log.jsonl", LINE.encode()),
        ("log.JSONL", b"\xef\xbb\xbf" + LINE.encode()),
        ("log.csv", ROWS.encode()),
        ("log.jsonl.gz", gzip.compress(LINE.encode(), mtime=0)),
        ("log.csv.gz", gzip.compress(ROWS.replace("\n", "\r\n").encode(), mtime=0)),
    ],
)
def test_the_name_of_a_file_says_what_kind_of_log_it_is(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    log = read_log(file)
    assert [event.type for event in log.cases[0].events] == ["detected"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("log.jsonl", b"", "The log is empty"),
        ("log.csv.gz", gzip.compress(b"", mtime=0), "The log is empty"),
        ("log.txt", LINE.encode(), "does not say what kind"),
        ("log.jsonl", LINE.encode() + b'{"event": "\xb0"}\n', "log.jsonl:2: Byte 12 of the line (0xb0)"),
        ("log.jsonl", LINE.encode("utf-16"), "is not utf-8"),
        ("log.jsonl", b"\0" + LINE.encode(), "NUL"),
        ("log.jsonl.gz", LINE.encode(), "The gzip archive is damaged"),
        ("log.jsonl.gz", gzip.compress(LINE.encode() * 99, mtime=0)[:-9], "The gzip archive is damaged"),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_is_one_clear_error(tmp_path, name, content, says):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(LogFormatError) as caught:
        read_log(file)
    assert says in str(caught.value)
    assert name in str(caught.value)


def test_a_folder_or_a_missing_file_is_no_log(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    for name in ("folder.csv", "nothing.csv"):
        with pytest.raises(LogFormatError, match="cannot be read"):
            read_log(tmp_path / name)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_no_log(tmp_path):
    file = tmp_path / "log.jsonl"
    file.write_text(LINE)
    file.chmod(0)
    with pytest.raises(LogFormatError, match="permission"):
        read_log(file)


def test_a_huge_log_is_refused_before_memory_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr(open_log, "MOST_LINES", 3)
    file = tmp_path / "log.jsonl"
    file.write_text(LINE * 4)
    with pytest.raises(LogFormatError, match="more than 3 lines"):
        list(lines_of(file))


def test_a_line_without_end_is_refused(tmp_path):
    file = tmp_path / "log.jsonl.gz"
    file.write_bytes(gzip.compress(b"x" * 1_000_001, mtime=0))
    with pytest.raises(LogFormatError, match="longer than 1,000,000 bytes"):
        list(lines_of(file))


@given(st.binary(max_size=200), st.sampled_from(["a.jsonl", "a.csv", "a.jsonl.gz", "a.csv.gz"]))
def test_no_bytes_raise_anything_but_an_error_of_ours(tmp_path_factory, content, name):
    file = tmp_path_factory.mktemp("logs") / name
    file.write_bytes(content)
    with contextlib.suppress(WorkflowError):
        read_log(file)
