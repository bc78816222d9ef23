"""Time zones, those that do something unusual as often as all others."""

from __future__ import annotations

import functools
import zoneinfo
from collections.abc import Mapping
from types import MappingProxyType

from hypothesis import strategies as st

ODD_ZONES: Mapping[str, int] = MappingProxyType(
    {
        "Europe/Berlin": 2026,  # an hour in spring and autumn, at 01:00 UTC
        "America/New_York": 2026,  # an hour, on other Sundays
        "Australia/Lord_Howe": 2026,  # 30 minutes of daylight saving time
        "Pacific/Apia": 2011,  # had no 2011-12-30
        "America/St_Johns": 2006,  # changed at 00:01
        "America/Sao_Paulo": 2017,  # had no 00:00 on the first summer day
        "America/Havana": 2024,  # changes at midnight
        "Africa/Cairo": 2024,  # changes at midnight
        "Africa/Casablanca": 2024,  # changes by Ramadan
        "Pacific/Chatham": 2026,  # 45-minute offset, changes at 02:45
        "Antarctica/Troll": 2026,  # changes by two hours
        "Asia/Pyongyang": 2015,  # moved by 30 minutes
    }
)
"""Zones whose clocks do something unusual, with a year in which they did."""


def zone_names() -> st.SearchStrategy[str]:
    """IANA names; shrinks towards Asia/Shanghai, which has no clock change since 1991."""
    return st.just("Asia/Shanghai") | st.sampled_from([*ODD_ZONES]) | st.sampled_from(_every())


@functools.cache
def _every() -> tuple[str, ...]:
    # Asking walks a folder; two names are kept by tz data for its own purposes.
    return tuple(sorted(zoneinfo.available_timezones() - {"Factory", "localtime"}))
