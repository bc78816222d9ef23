"""Rates: what share of the duties was fulfilled, and in time; how long it took.

Withdrawn duties count in no rate, nor do those that are open and not yet late.
Completion rate: fulfilled / (fulfilled + overdue). On-time rate: fulfilled in time / (fulfilled in
time + fulfilled late + overdue); duties without a limit are left out of it. A rate over nothing is
None, never 0 or 100 per cent.

Source: the rates that work reports give (办结率, completion rate; 按时, on time).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

import attrs

from workflow.stores.rows import Tally


@attrs.frozen(kw_only=True)
class Rates:
    """Counts of duties by outcome, and what follows from them.

    Attributes:
        on_time: Fulfilled by the limit; at the limit is in time.
        late: Fulfilled after it.
        unlimited: Fulfilled, and there is no limit.
        overdue: Not fulfilled, and the limit has passed.
        open: Owed, and not late.
        withdrawn: Owed no more, and never late.
        took: How many were fulfilled in so many minutes, the shortest first; rounded up as
            `Tally.minutes` says.
    """

    on_time: int = 0
    late: int = 0
    unlimited: int = 0
    overdue: int = 0
    open: int = 0
    withdrawn: int = 0
    took: tuple[tuple[int, int], ...] = ()

    @property
    def count(self) -> int:
        """All of them."""
        return self.on_time + self.late + self.unlimited + self.overdue + self.open + self.withdrawn

    @property
    def completion_rate(self) -> Fraction | None:
        """Fulfilled out of fulfilled and overdue."""
        fulfilled = self.on_time + self.late + self.unlimited
        return _share(fulfilled, fulfilled + self.overdue)

    @property
    def on_time_rate(self) -> Fraction | None:
        """Fulfilled in time out of all that had a limit and were fulfilled or are overdue."""
        return _share(self.on_time, self.on_time + self.late + self.overdue)

    def minutes(self, percent: int) -> int | None:
        """The least number of minutes within which that share was fulfilled (nearest rank).

        Args:
            percent: 1 to 100; 50 is the median.
        """
        total = sum(count for _, count in self.took)
        seen = 0
        for minutes, count in self.took:
            seen += count
            if seen * 100 >= percent * total:
                return minutes
        return None


def rates(tallies: Iterable[Tally]) -> Rates:
    """The rates over these counts, whatever kinds they are of."""
    outcomes: Counter[str] = Counter()
    took: Counter[int] = Counter()
    for it in tallies:
        outcomes[it.outcome] += it.count
        if it.minutes is not None:
            took[it.minutes] += it.count
    return Rates(**outcomes, took=tuple(sorted(took.items())))


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
