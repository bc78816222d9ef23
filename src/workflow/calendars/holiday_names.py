"""What a holiday is called, where the source says it in words that few would use.

A day off in exchange for a weekend day comes from the `holidays` package as
"Day off (substituted from 02/14/2026)". Here it says what it means for those who count:
which day is worked instead. All other names stay as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container
from typing import Any


def plain_names(found: Any, lang: str) -> Callable[[str], str]:
    """What tells the name of a day of `found`, a country's holidays as loaded, in plain words.

    A weekend day that was exchanged and is not worked (some countries move a holiday off a
    weekend) keeps the package's words.
    """
    label = getattr(found, "substituted_label", "")
    before, mark, after = found.tr(label).partition("%s") if label else ("", "", "")
    style = found.tr(getattr(found, "substituted_date_format", ""))
    worked: Container[dt.date] = found.weekend_workdays

    def said(part: str) -> str:
        if not mark or not (part.startswith(before) and part.endswith(after)):
            return part
        try:
            # A date as the package writes it; it has no time and no zone.
            given = dt.datetime.strptime(part[len(before) : len(part) - len(after)], style).date()  # noqa: DTZ007 - a date alone
        except ValueError:
            return part
        if given not in worked:
            return part
        if lang == "zh":
            return f"调休放假，{given.isoformat()} 上班"
        return f"day off, {given.isoformat()} is worked instead"

    return lambda name: "; ".join(said(part) for part in name.split("; "))
