"""CSV logs, through a log format: rows to events.

The rows of a case need not stand together. Each row may tell of several events, in the order in
which the format lists them. A value that the format gives no meaning is counted, never guessed.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workflow.errors import LogFormatError, did_you_mean
from workflow.reports.event_log import EventLog, LoggedCase, Told, logged
from workflow.reports.json_log import KEYS, event_of
from workflow.reports.log_format import LogFormat, Named, Tells
from workflow.reports.wall_times import read_time

_Row = tuple[int, dict[str, str]]
_LISTS = ("to", "states", "of")


def read_csv(lines: Iterable[str], source: str, form: LogFormat) -> EventLog:
    """The log that these lines of CSV hold, read through a log format.

    Raises:
        LogFormatError: A column is missing, a row has another number of fields than the header,
            or a time or number cannot be read.
    """
    rows = _rows(lines, source, form.delimiter)
    header = next(rows, [])
    _check_columns(header, form.columns(), source)
    cases: dict[str, list[_Row]] = {}
    count = left_out = 0
    for number, row in _dicts(rows, header, source):
        count += 1
        if any(row[column] not in values for column, values in form.only.items()):
            left_out += 1
        else:
            cases.setdefault(row[form.case] if form.case else "case", []).append((number, row))
    if not cases:
        raise LogFormatError(
            "No row of the log is read." if count else "The log holds no row.",
            place=source,
            allowed="one row or more",
        )
    unknown: Counter[str] = Counter()
    return EventLog(
        source=source,
        cases=tuple(_case(name, found, form, source, unknown) for name, found in cases.items()),
        rows=count,
        left_out=left_out,
        unknown=unknown,
    )


def read_plain_csv(lines: Iterable[str], source: str) -> EventLog:
    """The log that a CSV file holds whose columns are the keys of an event (`json_log.py`).

    `to`, `states` and `of` hold several values with `;` between them.

    Raises:
        LogFormatError: The columns are others, or a value cannot be used.
    """
    rows = _rows(lines, source, ",")
    header = next(rows, [])
    for column in header:
        if column not in KEYS or column in {"conditions", "data"}:
            raise LogFormatError(
                f'"{column}" is not a column of an event log.',
                place=f"{source}:1",
                allowed=", ".join(key for key in KEYS if key not in {"conditions", "data"}),
                mend="Name the mapping file of a log with other columns: --format mapping.yaml",
            )
    cases: dict[str, list[Told]] = {}
    count = 0
    for number, row in _dicts(rows, header, source):
        count += 1
        said: dict[str, Any] = {key: value for key, value in row.items() if value}
        for key in _LISTS:
            if key in said:
                said[key] = [part.strip() for part in said[key].split(";")]
        case, told = event_of(said, f"{source}:{number}")
        cases.setdefault(case or "case", []).append(told)
    if not cases:
        raise LogFormatError("The log holds no row.", place=source, allowed="one row or more")
    return EventLog(
        source=source,
        cases=tuple(logged(case, told) for case, told in cases.items()),
        rows=count,
    )


def _rows(lines: Iterable[str], source: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise LogFormatError(
            f"The line is not CSV: {error}.", place=f"{source}:{reader.line_num}"
        ) from error


def _dicts(rows: Iterator[list[str]], header: list[str], source: str) -> Iterator[_Row]:
    for number, row in enumerate(rows, start=2):
        if len(row) == len(header):
            yield number, dict(zip(header, row, strict=True))
        elif row:
            raise LogFormatError(
                f"The row has {len(row)} fields, the header {len(header)}.",
                place=f"{source}, row {number}",
            )


def _check_columns(header: list[str], needed: Iterable[str], source: str) -> None:
    for column, times in Counter(header).items():
        if times > 1:
            raise LogFormatError(f'The column "{column}" is there twice.', place=f"{source}:1")
    for column in sorted(needed):
        if column not in header:
            raise LogFormatError(
                f'There is no column "{column}", which the mapping file names.',
                place=f"{source}:1",
                allowed=", ".join(header),
                mend=did_you_mean(column, header),
            )


def _case(
    name: str, rows: list[_Row], form: LogFormat, source: str, unknown: Counter[str]
) -> LoggedCase:
    if form.order:
        rows.sort(key=lambda row: _number(row, form.order, source))
    told: list[Told] = []
    before: Mapping[str, str] | None = None
    for number, row in rows:
        told += _told(form, row, before, f"{source}, row {number}", unknown)
        before = row
    return logged(name, told, rows[-1][1])


def _told(
    form: LogFormat,
    row: Mapping[str, str],
    before: Mapping[str, str] | None,
    place: str,
    unknown: Counter[str],
) -> Iterator[Told]:
    """The events that a row tells of: a change of level first, under which the others stand."""
    if before is not None:
        yield from _changes(form, row, before, place, unknown)
    for tells in form.events:
        if not _applies(tells, row, before):
            continue
        instant = read_time(row[tells.at], form.times, f"{place}, {tells.at}")
        if instant is None:
            continue
        fields: dict[str, Any] = {"type": tells.event, "states": tells.states}
        if tells.by:
            fields["by"] = tells.by
        if before is None and tells is form.events[0]:
            fields["data"] = {key: row[column] for key, column in form.data.items()}
            for field in ("level", "category"):
                fields[field] = _meaning(getattr(form, field), row, unknown)
        yield Told(instant=instant, fields=fields, place=place)


def _changes(
    form: LogFormat,
    row: Mapping[str, str],
    before: Mapping[str, str],
    place: str,
    unknown: Counter[str],
) -> Iterator[Told]:
    for field in ("level", "category"):
        named: Named | None = getattr(form, field)
        if named is None or not named.changes or row[named.column] == before[named.column]:
            continue
        meaning = _meaning(named, row, unknown)
        instant = read_time(row[named.at], form.times, f"{place}, {named.at}")
        if meaning is not None and instant is not None:
            fields = {"type": named.changes, field: meaning}
            yield Told(instant=instant, fields=fields, place=place)


def _applies(tells: Tells, row: Mapping[str, str], before: Mapping[str, str] | None) -> bool:
    if tells.first and before is not None:
        return False
    if not tells.column:
        return True
    was = None if before is None else before[tells.column]
    value = row[tells.column]
    return (
        value in tells.becomes
        and value != was
        and (not tells.after or was in tells.after)
        and was not in tells.not_after
    )


def _meaning(named: Named | None, row: Mapping[str, str], unknown: Counter[str]) -> str | None:
    if named is None:
        return None
    value = row[named.column]
    if value in named.values:
        return named.values[value]
    unknown[f"{named.column}: {value or '(empty)'}"] += 1
    return None


def _number(row: _Row, column: str, source: str) -> int:
    number, fields = row
    try:
        return int(fields[column])
    except ValueError as error:
        raise LogFormatError(
            f'"{fields[column]}" is not a whole number.',
            place=f"{source}, row {number}, {column}",
        ) from error
