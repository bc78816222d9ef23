"""Months as spans of instants: each from its first local midnight to that of the next, in a zone.

Design: "Time"; a month follows the plan's zone, whatever the machine's zone is.
"""

from __future__ import annotations

from collections.abc import Iterator

import pendulum

from workflow.instants import Instant, Zone, to_instant, to_moment


def months(since: Instant, until: Instant, zone: Zone) -> Iterator[tuple[str, Instant, Instant]]:
    """The months from `since` to before `until`, named `2026-03`; the outer ones are cut."""
    local = to_moment(since, zone)
    year, month = local.year, local.month
    start = since
    while start < until:
        year, month, name = year + month // 12, month % 12 + 1, f"{year:04}-{month:02}"
        following = to_instant(pendulum.datetime(year, month, 1, tz=zone))
        end = min(following, until)
        yield name, start, end
        start = end
