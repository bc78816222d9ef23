"""How many times something is owed in one occurrence of a series, and how a plan says it.

A plan says it once: `at_least`, `between`, `more_than` or `count`; nothing said means once.
"""

from __future__ import annotations

import attrs

from workflow.derivation import Language
from workflow.errors import RuleError


@attrs.frozen(kw_only=True)
class Quota:
    """How many times something is owed in one occurrence.

    Attributes:
        least: At least so many times.
        most: At most so many times, or None for no bound.
    """

    least: int = 1
    most: int | None = None

    def words(self, lang: Language = "en") -> str:
        """The number as people say it: `at least 3 times`, `1 to 2 times`, `2 times`."""
        least, most = self.least, self.most
        if lang == "zh":
            if most is None:
                return f"至少{least}次"
            return f"{least}次" if least == most else f"{least}至{most}次"
        if least == most:
            return f"{least} times"
        return f"at least {least} times" if most is None else f"{least} to {most} times"


def pair_of(value: object) -> tuple[int, int] | None:
    """The least and the most of `between`, checked; None stays None.

    Raises:
        RuleError: It is no pair of whole numbers in order.
    """
    if value is None:
        return None
    pair = tuple(value) if isinstance(value, list | tuple) else ()
    if len(pair) != 2 or not all(is_count(n) for n in pair) or pair[0] > pair[1]:
        raise RuleError(
            f"{value!r} is not a pair of numbers.", place="between", allowed="such as [1, 2]"
        )
    return pair[0], pair[1]


def is_count(value: object) -> bool:
    """Whether it is a whole number from zero to a million."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000_000
