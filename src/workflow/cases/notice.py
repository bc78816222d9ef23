"""A notice: one message that a clock produced, with a deterministic id.

Design: "The nouns", notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs
import pendulum

from workflow.cases.wakeups import NoticeKind
from workflow.instants import Instant, iso, show, to_instant, to_moment, zone_of


def _frozen(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(value))


@attrs.frozen(kw_only=True)
class Notice:
    """One notice.

    Attributes:
        id: Deterministic: the same happening has the same id, whoever computes it, whenever.
        kind: What happened.
        case_id: The case.
        plan: The name of the plan.
        clock_id: The clock.
        obligation: The id of the obligation.
        instant: When it fell due; `at` is the same as a datetime.
        zone: The plan's zone.
        to: The roles told.
        data: Plain values: `due`, `previous_due`, `fraction`, `lead`, `number`, `late_by_seconds`.
    """

    id: str
    kind: NoticeKind
    case_id: str
    plan: str
    clock_id: str
    obligation: str
    instant: Instant
    zone: str = "UTC"
    to: tuple[str, ...] = ()
    data: Mapping[str, Any] = attrs.field(factory=dict, converter=_frozen)

    @property
    def at(self) -> pendulum.DateTime:
        """When it fell due, in the plan's zone."""
        return to_moment(self.instant, zone_of(self.zone))

    def text(self, lang: str = "en") -> str:
        """The notice as a sentence, in English (`en`) or Chinese (`zh`)."""
        words = _WORDS["zh" if lang == "zh" else "en"][self.kind]
        due = self.data.get("due")
        shown = "" if due is None else show(to_instant(due), zone_of(self.zone))
        to = ("、" if lang == "zh" else ", ").join(self.to)
        return words.format(case=self.case_id, clock=self.clock_id, due=shown or "-", to=to or "-")

    def __str__(self) -> str:
        """The instant and the sentence in English."""
        return f"{show(self.instant, zone_of(self.zone))}  {self.text()}"

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, the instant as ISO 8601 text in UTC."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "case": self.case_id,
            "plan": self.plan,
            "clock": self.clock_id,
            "obligation": self.obligation,
            "at": iso(self.instant),
            "zone": self.zone,
            "to": list(self.to),
            "data": dict(self.data),
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Notice:
        """The notice that `to_json` wrote; exactly the same one."""
        return cls(
            id=said["id"],
            kind=NoticeKind(said["kind"]),
            case_id=said["case"],
            plan=said["plan"],
            clock_id=said["clock"],
            obligation=said["obligation"],
            instant=to_instant(said["at"]),
            zone=said["zone"],
            to=tuple(said["to"]),
            data=said["data"],
        )


_WORDS: dict[str, dict[NoticeKind, str]] = {
    "en": {
        NoticeKind.WARNING: "{case}: {clock} is due by {due}.",
        NoticeKind.TARGET_MISSED: "{case}: {clock} missed its target of {due}.",
        NoticeKind.BREACHED: "{case}: {clock} is overdue; it was due by {due}.",
        NoticeKind.ESCALATED: "{case}: {clock} is overdue since {due}; told to {to}.",
        NoticeKind.MET: "{case}: {clock} was done in time.",
        NoticeKind.MET_LATE: "{case}: {clock} was done late; it was due by {due}.",
        NoticeKind.WITHDRAWN: "{case}: {clock} is no longer owed.",
        NoticeKind.DUE_CHANGED: "{case}: {clock} is now due by {due}.",
        NoticeKind.BREACH_WITHDRAWN: "{case}: {clock} was not late after all.",
    },
    "zh": {
        NoticeKind.WARNING: "{case}：{clock} 须在 {due} 前完成。",
        NoticeKind.TARGET_MISSED: "{case}：{clock} 未达到目标时间 {due}。",
        NoticeKind.BREACHED: "{case}：{clock} 已逾期，期限为 {due}。",
        NoticeKind.ESCALATED: "{case}：{clock} 自 {due} 起逾期，现报告 {to}。",
        NoticeKind.MET: "{case}：{clock} 已按时完成。",
        NoticeKind.MET_LATE: "{case}：{clock} 逾期完成，期限为 {due}。",
        NoticeKind.WITHDRAWN: "{case}：{clock} 不再需要履行。",
        NoticeKind.DUE_CHANGED: "{case}：{clock} 的期限变更为 {due}。",
        NoticeKind.BREACH_WITHDRAWN: "{case}：{clock} 经补录确认并未逾期。",
    },
}
