"""Opening a log file, plain or gzip: its lines as text, with every fault named by its line.

Whatever is wrong with the file (missing, a folder, no permission, another encoding, a cut-off
archive, a line without end, more lines than a replay can hold) is one `LogFormatError`.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path

from workflow.errors import LogFormatError

MOST_LINES = 5_000_000
"""How many lines a log may have: about what fits into the memory of a small machine."""

LONGEST_LINE = 1_000_000
"""How many bytes a line may have. A longer one is no line of a log, but a file of another kind."""


def lines_of(path: Path, encoding: str = "utf-8") -> Iterator[str]:
    """The lines of the file, with their line ends. A byte-order mark is left out.

    A name that ends in `.gz` is read as gzip. The file is read as the lines are asked for.

    Raises:
        LogFormatError: The file cannot be opened or read, is empty, is not text in `encoding`,
            has a line of more than a million bytes, or more than five million lines.
    """
    number = 0
    try:
        with _open(path) as file:
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise _fault(path, number, f"The line is longer than {LONGEST_LINE:,} bytes.")
                if number > MOST_LINES:
                    raise _fault(path, number, f"The log has more than {MOST_LINES:,} lines.")
                yield _text(path, number, line, encoding)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise _fault(path, number + 1, f"The gzip archive is damaged: {error}.") from error
    except OSError as error:
        raise LogFormatError(
            f"The log cannot be read: {_reason(error)}.",
            place=str(path),
            allowed="a CSV or JSON Lines file",
        ) from error
    if number == 0:
        raise LogFormatError("The log is empty.", place=str(path), allowed="one event or more")


def _open(path: Path) -> io.BufferedIOBase:
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rb")
    return path.open("rb")


def _text(path: Path, number: int, line: bytes, encoding: str) -> str:
    if number == 1:
        line = line.removeprefix(b"\xef\xbb\xbf")
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError as error:
        raise LogFormatError(
            f"Byte {error.start + 1} of the line (0x{line[error.start]:02x}) is not {encoding}.",
            place=f"{path}:{number}",
            mend="Save the file as UTF-8, or name its encoding in the mapping file "
            "(encoding: gb18030).",
        ) from error
    if "\0" in text:
        raise _fault(path, number, "The line holds a NUL character, so this is no text file.")
    return text


def _fault(path: Path, number: int, what: str) -> LogFormatError:
    return LogFormatError(what, place=f"{path}:{number}")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
