"""The lines of a report as a table that fits the terminal.

What says nothing is left out: outcomes that nothing came to. What then does not fit is left out
from the right, with a line that says where it can be had.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len

from workflow.cli.output import table
from workflow.reports.figures import COUNTS
from workflow.reports.words import RATES, heads, line_rows

if TYPE_CHECKING:
    import rich.table

    from workflow.plans.text import Language
    from workflow.reports.figures import Report

_GAP = 2
_FEWEST = 8
"""How wide a column of words is at least; Chinese may break anywhere."""

_WORD = 20
"""How wide a column of words is kept for its longest word."""

_FIGURE = 6


def figures_table(found: Report, lang: Language, width: int) -> tuple[rich.table.Table, bool]:
    """The table, and whether columns were left out for want of room.

    Args:
        found: The report.
        lang: The language of its words.
        width: How wide the terminal is.
    """
    names = (*found.by, *COUNTS, *RATES)
    said = heads(found.by, lang)
    rows = line_rows(found, lang)
    columns = [
        (place, _least(said[place], [row[place] for row in rows], words=place < len(found.by)))
        for place, name in enumerate(names)
        if name not in COUNTS or getattr(found.totals, name)
    ]
    wanted = len(columns)
    while len(columns) > len(found.by) + 1 and _wide(columns) > width:
        columns.pop()
    made = table(
        [said[place] for place, _ in columns],
        [[row[place] for place, _ in columns] for row in rows],
        collapse_padding=True,
    )
    for (place, least), column in zip(columns, made.columns, strict=True):
        if place < len(found.by):
            column.min_width = least
        else:
            column.width = least  # only words give way
            column.justify = "right"
    return made, len(columns) < wanted


def _least(head: str, cells: list[str], *, words: bool) -> int:
    """The least width at which no word and no figure is broken."""
    runs = [len(it) for said in (head, *cells) for it in re.findall("[!-~]+", said)]
    if words:
        return min(max((_FEWEST, *runs)), _WORD)
    return max((_FIGURE, min(cell_len(head), _FEWEST), *runs, *map(cell_len, cells)))


def _wide(columns: list[tuple[int, int]]) -> int:
    return sum(least + _GAP for _, least in columns) - _GAP
