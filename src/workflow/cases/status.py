"""Status: the answer to "where does this case stand", at one instant, as far as was known."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pendulum

from workflow.cases.clocks import Clock
from workflow.cases.history import Standing
from workflow.cases.life import State
from workflow.errors import UnknownNameError, did_you_mean
from workflow.instants import Instant, show, to_moment
from workflow.plans.model import Plan
from workflow.shown import html_of, svg_of


@attrs.frozen(kw_only=True, eq=False)
class Status:
    """Where a case stands.

    `status["obligation-id"]` is the newest clock of that obligation, or the clock of that id;
    iterating gives every clock, in the plan's order. Datetimes are in the plan's zone.

    Attributes:
        case_id: The case.
        plan: The plan; the first, where the case follows several.
        now_instant: The instant asked about.
        standing: Level, category, stage and named conditions.
        clocks: Every clock.
        next_wakeup_instant: The next instant at which anything changes with no further event.
    """

    case_id: str
    plan: Plan
    now_instant: Instant
    standing: Standing
    clocks: tuple[Clock, ...]
    next_wakeup_instant: Instant | None

    @property
    def now(self) -> pendulum.DateTime:
        """The instant asked about."""
        return to_moment(self.now_instant, self.plan.zone)

    @property
    def stage(self) -> str:
        """The id of the stage."""
        return self.standing.stage

    @property
    def level(self) -> str | None:
        """The id of the level, if one has been set."""
        return self.standing.level

    @property
    def category(self) -> str | None:
        """The id of the category, if one has been set."""
        return self.standing.category

    @property
    def conditions(self) -> frozenset[str]:
        """The named conditions that hold."""
        return self.standing.named

    @property
    def next_wakeup(self) -> pendulum.DateTime | None:
        """The next instant at which anything changes, if there is one."""
        if self.next_wakeup_instant is None:
            return None
        return to_moment(self.next_wakeup_instant, self.plan.zone)

    @property
    def overdue(self) -> tuple[Clock, ...]:
        """The clocks that are overdue."""
        return self._in(State.OVERDUE)

    @property
    def running(self) -> tuple[Clock, ...]:
        """The clocks that run, the earliest due first and those without a due instant last."""
        found = self._in(State.RUNNING)
        return tuple(sorted(found, key=lambda it: (it.due_instant is None, it.due_instant or 0)))

    def obligation(self, name: str) -> Clock:
        """The newest clock of an obligation, or the clock of that id.

        Raises:
            UnknownNameError: The plan has no such obligation, and no clock has that id.
        """
        found = self.of(name)
        if not found:
            known = list(dict.fromkeys(clock.obligation.id for clock in self.clocks))
            raise UnknownNameError(
                f'The plan {self.plan.name} has no obligation "{name}".',
                allowed=", ".join(known) or "nothing: it has no obligations",
                mend=did_you_mean(name, known),
            )
        return max(found, key=lambda it: (it.start_instant is not None, it.anchor_instant or 0))

    __getitem__ = obligation

    def of(self, name: str) -> tuple[Clock, ...]:
        """Every clock of an obligation, by its id, by its id within its plan, or by clock id."""
        return tuple(
            clock
            for clock in self.clocks
            if name in {clock.id, clock.obligation.id, f"{clock.plan}:{clock.obligation.id}"}
        )

    def __iter__(self) -> Iterator[Clock]:
        """Every clock."""
        return iter(self.clocks)

    def __len__(self) -> int:
        """How many clocks there are."""
        return len(self.clocks)

    def __str__(self) -> str:
        """The stage, the level and a line for every clock that has started."""
        head = f"{self.case_id} at {show(self.now_instant, self.plan.zone)}: stage {self.stage}"
        lines = [f"{head}, level {self.level}" if self.level else head]
        for clock in self.clocks:
            if clock.state is not State.PENDING:
                due = clock.due_instant
                by = f", due {show(due, self.plan.zone)}" if due is not None else ""
                lines.append(f"  {clock.id}: {clock.state.value}{by}")
        return "\n".join(lines)

    def _repr_svg_(self) -> str | None:
        """The timeline as a picture, for a notebook."""
        return svg_of("status", self)

    def _repr_html_(self) -> str | None:
        """The timeline as a picture, for a notebook that shows HTML alone."""
        return html_of("status", self)

    def _in(self, state: State) -> tuple[Clock, ...]:
        return tuple(clock for clock in self.clocks if clock.state is state)
