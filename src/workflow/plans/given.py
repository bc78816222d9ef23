"""What a caller gives, checked where it comes in: plans are plans, and a language is one we speak.

A name or a path in the place of a plan is the commonest slip, since `Engine.open` takes a plan by
its name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from workflow.errors import CaseError, PlanError
from workflow.plans.model import Plan
from workflow.plans.text import Language

LANGUAGES: tuple[str, ...] = get_args(Language)
"""The languages that can be asked for."""


def plans_given(given: object, place: str) -> tuple[Plan, ...]:
    """The plans that were given, one or several.

    Raises:
        PlanError: One of them is no plan; `place` is named.
    """
    each = given if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    plans = []
    for plan in each:
        if not isinstance(plan, Plan):
            raise PlanError(
                f"{plan!r} is not a plan.",
                place=place,
                allowed="what load_plan, plans.load or plans.build gives",
                mend='Load it first: load_plan("plan.yaml"), or plans.load("township").',
            )
        plans.append(plan)
    return tuple(plans)


def language_given(lang: str) -> None:
    """Refuse a language that the package does not speak.

    Raises:
        CaseError: It is not one of `LANGUAGES`.
    """
    if lang not in LANGUAGES:
        raise CaseError(f'"{lang}" is not a language.', place="lang", allowed="en, zh")
