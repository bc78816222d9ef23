"""Working time: due at the earliest instant by which that much working time has passed.

When the last of it ends exactly at closing, due is that closing and not the next opening
(as Frappe, ERPNext and Chatwoot do; zendesk/biz, Zammad and GLPI give the next opening).
A length of zero is due at the anchor if that lies in working time or at a closing, and
otherwise at the next opening. Working time in a pause does not count; a pause outside working
time changes nothing. Equality is on time.

Design: "How a due instant is computed", row "working time".
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from workflow.deadlines.rule import Rule, Setting
from workflow.derivation import Language, Sentence, Trace
from workflow.durations import Counts, Duration
from workflow.errors import RuleError
from workflow.instants import Instant, Micros

_COUNTED = Sentence(
    "{amount} are reached at {end}; counted: {spans}.",
    "{amount}于{end}届满；计入：{spans}。",
)
_NOTHING = Sentence(
    "{amount}: the anchor itself, or the next opening, {end}.",
    "{amount}：起算时刻本身或下一上班时刻，即{end}。",
)


@attrs.frozen(kw_only=True)
class WorkingTime:
    """Due when so much working time has passed.

    Attributes:
        amount: Working time, such as `5 working hours`.

    Raises:
        RuleError: The amount counts something other than working time.
    """

    name: ClassVar[str] = "working_time"

    amount: Duration

    def __attrs_post_init__(self) -> None:
        """Check that the amount is working time."""
        if self.amount.counts is not Counts.WORKING_TIME and self.amount:
            raise RuleError(
                f"{self.amount} is not working time.",
                place=self.name,
                allowed="working min and working hours",
            )

    @property
    def needs_calendar(self) -> bool:
        """Always: it says what working time is."""
        return True

    def due(self, anchor: Instant, setting: Setting, trace: Trace | None = None) -> Instant | None:
        """The earliest instant by which the amount is counted; None while a pause is open."""
        counting = setting.counting
        end = counting.add_working(anchor, self.amount.working)
        if end is None or trace is None or counting.calendar is None:
            return end
        worked = counting.calendar.spans_at(anchor, end).subtract(counting.pauses)
        spans = tuple((span.start, span.end) for span in worked)
        trace.note(
            self.name, _COUNTED if spans else _NOTHING, amount=self.amount, spans=spans, end=end
        )
        return end

    def words(self, lang: Language = "en") -> str:
        """`5 working hours`, `5个工作小时`."""
        return self.amount.words(lang)

    def less(self, used_rule: Rule, since: Instant, at: Instant, setting: Setting) -> WorkingTime:  # noqa: ARG002 - the protocol hands over the rule that counted before
        """The rule less the working time from `since` to `at`, pauses taken out."""
        used = max(setting.counting.working_between(since, at), 0)
        left = max(self.amount.working - used, 0)
        return attrs.evolve(self, amount=attrs.evolve(self.amount, working=Micros(left)))
