"""Titles: what duties of stored cases are called, and in which zone their times are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workflow.cli.output import (
    when_words,
    whole_second,
)
from workflow.engine.keeping import Shelf
from workflow.errors import UnknownNameError
from workflow.instants import Instant, to_moment

if TYPE_CHECKING:
    from workflow.cases import Case, Notice
    from workflow.engine import Engine
    from workflow.plans.model import Plan
    from workflow.plans.obligation import Obligation
    from workflow.plans.text import Language


class Titles:
    """Looks plans up by case; each version is read once, and no log is."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._shelf = Shelf(())

    def plan(self, case: str, name: str, obligation: str) -> Plan:
        """The plan of that name under which the case runs, in a version that has the obligation."""
        with self._engine.store.reading() as unit:
            row = unit.case(case)
            plans = [] if row is None else [self._shelf.by_digest(unit, it) for it in row.plans]
        for plan in plans:
            if plan.name == name and obligation in {it.id for it in plan.obligations}:
                return plan
        # It was moved to another version since, which its log says.
        return next(it for it in self._engine.case(case).plans if it.name == name)

    def owed(self, case: str, name: str, obligation: str) -> tuple[Plan, Obligation | None]:
        """The plan, and the obligation; None where the plan has it no more."""
        plan = self.plan(case, name, obligation)
        try:
            return plan, plan.obligation(obligation)
        except UnknownNameError:
            return plan, None

    def words(self, case: str, name: str, obligation: str, lang: Language) -> str:
        """The title of an obligation, or its id."""
        found = self.owed(case, name, obligation)[1]
        return (found.title.words(lang) if found is not None else "") or obligation

    def notice(self, notice: Notice, lang: Language) -> tuple[str, str, str]:
        """When a notice fell in the plan's zone, its case, and what it says."""
        plan = self.plan(notice.case_id, notice.plan, notice.obligation)
        title = self.words(notice.case_id, notice.plan, notice.obligation, lang)
        _, _, rest = notice.text(lang).partition(notice.clock_id)
        shown = when_words(plan, whole_second(notice.instant))
        return shown, notice.case_id, f"{title} {rest.strip()}"


def recordable(case: Case) -> list[str]:
    """The events that can be recorded; a move to another version of the plan is not one of them."""
    return [event for event in case.legal_events() if event != "plan-changed"]


def iso(plan: Plan, instant: Instant | None) -> str | None:
    """An instant as ISO 8601 text in the plan's zone."""
    return None if instant is None else to_moment(instant, plan.zone).isoformat()


def both(titled: Any) -> dict[str, str]:
    """A title in both languages."""
    return {"en": titled.title.words("en"), "zh": titled.title.words("zh")}
