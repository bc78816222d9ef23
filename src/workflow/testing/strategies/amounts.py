"""Durations of every kind. Made from their spelling, so they print as it."""

from __future__ import annotations

from collections.abc import Collection

from hypothesis import strategies as st

from workflow.durations import Counts, Duration
from workflow.testing.pasteable import duration_of

_UNITS = {
    Counts.EXACT: (("min", 600), ("h", 72), ("s", 7_200)),
    Counts.WORKING_TIME: (("working hours", 40), ("working min", 600)),
    Counts.DAYS: (("days", 40), ("weeks", 6)),
    Counts.WORKING_DAYS: (("working days", 30),),
    Counts.MONTHS: (("months", 24), ("years", 3)),
}
EVERY = tuple(_UNITS)
"""The kinds that have a unit of their own."""


@st.composite
def amount_texts(
    draw: st.DrawFn, counts: Collection[Counts] = EVERY, *, least: int = 0, most: int | None = None
) -> str:
    """Amounts as a plan spells them; shrinks towards the smallest of the first kind."""
    kind = draw(st.sampled_from(tuple(counts)))
    unit, usual = draw(st.sampled_from(_UNITS[kind]))
    number = draw(st.integers(least, usual if most is None else most))
    return f"{number} {unit.removesuffix('s') if number == 1 and unit != 's' else unit}"


def durations(counts: Collection[Counts] = EVERY) -> st.SearchStrategy[Duration]:
    """Durations that count any of these; shrinks towards zero of the first."""
    return st.builds(duration_of, amount_texts(counts))
