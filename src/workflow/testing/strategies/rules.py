"""Deadline rules, made from their spelling in a plan."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from hypothesis import strategies as st

from workflow.deadlines.rule import Rule
from workflow.durations import Counts
from workflow.plans.due_text import Spelling, parse_rule
from workflow.testing.strategies.amounts import EVERY, amount_texts

_NO_CALENDAR = (Counts.EXACT, Counts.DAYS, Counts.MONTHS)
_DAY_RULES = {
    Counts.DAYS: "calendar_days",
    Counts.WORKING_DAYS: "working_days",
    Counts.MONTHS: "months",
}


@st.composite
def rule_spellings(draw: st.DrawFn, *, calendar: bool = True) -> Spelling:
    """Rules as a plan writes them, with and without options; shrinks towards `0 min`.

    Args:
        draw: Hypothesis gives it.
        calendar: Whether rules may need a working calendar.
    """
    kinds = EVERY if calendar else _NO_CALENDAR
    form = draw(st.sampled_from(("amount", "options", "same day", "combined")))
    if form == "same day":
        ends = draw(st.sampled_from(("midnight", "close") if calendar else ("midnight",)))
        return {"same_day": True, "ends": ends}
    if form == "combined":
        parts = draw(st.lists(amount_texts(kinds, least=1), min_size=2, max_size=3, unique=True))
        how = draw(st.sampled_from(("earliest_of", "latest_of")))
        return {how: [{"rule": part} for part in parts]}
    if form == "amount":
        return draw(amount_texts(kinds))
    kind = draw(st.sampled_from([kind for kind in _DAY_RULES if kind in kinds]))
    return {
        _DAY_RULES[kind]: draw(amount_texts((kind,), least=1)),
        **draw(_day_options(calendar=calendar)),
    }


@st.composite
def _day_options(draw: st.DrawFn, *, calendar: bool) -> dict[str, Any]:
    ends = ("midnight", "same_time", "close") if calendar else ("midnight", "same_time")
    options: dict[str, Any] = {"ends": draw(st.sampled_from(ends))}
    if draw(st.booleans()):
        options["count_anchor_day"] = True
    if calendar and draw(st.booleans()):
        options["rollover"] = draw(st.sampled_from(("next_working_day", "previous_working_day")))
    return options


def rules(*, calendar: bool = True) -> st.SearchStrategy[Rule]:
    """Deadline rules; shrinks towards `parse_rule('0 min')`."""
    return st.builds(parse_rule, rule_spellings(calendar=calendar))


def exact_amounts(most: int = 72) -> st.SearchStrategy[str]:
    """Exact amounts in whole hours from 1 h, as warnings and escalations take them."""
    return st.integers(1, most).map(lambda hours: f"{hours} h")


def countable(counts: Collection[Counts]) -> st.SearchStrategy[str]:
    """Amounts from one unit upwards of these kinds, without options."""
    return amount_texts(counts, least=1)
