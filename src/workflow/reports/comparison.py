"""Comparisons: what a log's own system said of a duty, held against what the plan says.

Every disagreement is kept, with its cause (`answers.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from workflow.plans.model import Plan
from workflow.reports.answers import Judged, answer_of
from workflow.reports.log_format import Times, Verdict


@attrs.frozen(kw_only=True)
class Disagreement:
    """A case in which the log and the plan say different things.

    Attributes:
        case: The case.
        group: Its level or category, as the comparison is broken down.
        log: What the log says.
        plan: What the plan says.
        cause: Why they differ, as far as the case shows it.
    """

    case: str
    group: str
    log: str
    plan: str
    cause: str


@attrs.frozen(kw_only=True)
class Comparison:
    """A verdict of the log over all cases.

    Attributes:
        name: What it is called.
        compared: How many cases the log says something of, by level or category.
        disagreements: Those in which the plan says something else.
        silent: In how many cases the log says nothing.
    """

    name: str
    compared: Mapping[str, int]
    disagreements: tuple[Disagreement, ...]
    silent: int

    @property
    def total(self) -> int:
        """How many cases were compared."""
        return sum(self.compared.values())

    @property
    def agreed(self) -> int:
        """In how many cases both say the same."""
        return self.total - len(self.disagreements)

    @property
    def share(self) -> float:
        """The share of cases in which both say the same; 1 where nothing was compared."""
        return self.agreed / self.total if self.total else 1.0

    def groups(self) -> dict[str, tuple[int, int]]:
        """For each level or category, how many agree, of how many."""
        wrong = Counter(it.group for it in self.disagreements)
        return {name: (total - wrong[name], total) for name, total in self.compared.items()}

    def causes(self) -> dict[str, list[Disagreement]]:
        """The disagreements by cause, the commonest first."""
        found: dict[str, list[Disagreement]] = {}
        for it in self.disagreements:
            found.setdefault(it.cause, []).append(it)
        return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))

    def to_json(self, plan: Plan) -> dict[str, Any]:
        """Plain JSON values, with every disagreement."""
        return {
            "name": self.name,
            "plan": plan.name,
            "compared": self.total,
            "agreed": self.agreed,
            "share": round(self.share, 6),
            "silent": self.silent,
            "groups": {
                name: {"agreed": agreed, "compared": total}
                for name, (agreed, total) in self.groups().items()
            },
            "disagreements": [attrs.asdict(it) for it in self.disagreements],
        }


def compared(verdict: Verdict, cases: Sequence[Judged], times: Times) -> Comparison:
    """Hold a verdict of the log against the plan, over all cases.

    Raises:
        LogFormatError: A due time of the log cannot be read.
    """
    found: list[Disagreement] = []
    counts: Counter[str] = Counter()
    silent = 0
    for it in cases:
        answer = answer_of(verdict, it, times)
        if answer is None:
            silent += 1
            continue
        group = _group(verdict, it)
        counts[group] += 1
        if answer.cause:
            found.append(Disagreement(case=it.case.id, group=group, **attrs.asdict(answer)))
    return Comparison(
        name=verdict.name,
        compared=dict(sorted(counts.items())),
        disagreements=tuple(found),
        silent=silent,
    )


def _group(verdict: Verdict, it: Judged) -> str:
    if verdict.per == "level":
        return it.status.level or "(no level)"
    if verdict.per == "category":
        return it.status.category or "(no category)"
    return "all"
