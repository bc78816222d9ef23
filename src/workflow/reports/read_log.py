"""Reading a log file, whatever its format: JSON Lines, plain CSV, or CSV with a mapping."""

from __future__ import annotations

from pathlib import Path

from workflow.errors import LogFormatError
from workflow.reports.csv_log import read_csv, read_plain_csv
from workflow.reports.event_log import EventLog
from workflow.reports.json_log import read_json_lines
from workflow.reports.log_format import LogFormat
from workflow.reports.open_log import lines_of

_JSON = frozenset({".jsonl", ".ndjson", ".json"})
_CSV = frozenset({".csv", ".tsv"})


def read_log(path: Path, form: LogFormat | None = None) -> EventLog:
    """The log that a file holds. The file's name says which kind it is; `.gz` may stand behind.

    Args:
        path: A `.jsonl` file, or a `.csv` file whose columns are those of an event, or any CSV
            file together with `form`.
        form: How the columns of the CSV file are to be read.

    Raises:
        LogFormatError: The file cannot be read, or a line of it cannot be used.
    """
    if form is not None:
        return read_csv(lines_of(path, form.encoding), str(path), form)
    kinds = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    kind = kinds[-1] if kinds else ""
    if kind in _JSON:
        return read_json_lines(lines_of(path), str(path))
    if kind in _CSV:
        return read_plain_csv(lines_of(path), str(path))
    raise LogFormatError(
        "The name of the log does not say what kind it is.",
        place=str(path),
        allowed=".jsonl or .csv, each also with .gz",
        mend="Give a mapping file for a CSV log of another name: --format mapping.yaml",
    )
