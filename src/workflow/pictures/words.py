"""What pictures say, in English and Chinese."""

from __future__ import annotations

from workflow.cases.life import State
from workflow.cases.wakeups import NoticeKind
from workflow.instants import Instant, Zone, to_moment
from workflow.plans.text import Language, Text

SAID: dict[str, Text] = {
    key: Text(en, zh)
    for key, en, zh in (
        ("timeline", "Timeline of {case}", "{case} 时间线"),
        ("as_of", "as of {now}", "截至 {now}"),
        ("stage", "stage: {it}", "阶段：{it}"),
        ("level", "level: {it}", "级别：{it}"),
        ("zone", "times in {it}", "时区 {it}"),
        ("now", "now {at}", "现在 {at}"),
        ("stages", "Stages", "阶段"),
        ("levels", "Levels", "级别"),
        ("no_level", "not set", "未定"),
        ("events", "Events", "事件"),
        ("due", "due {at}", "期限 {at}"),
        ("target", "target {at}", "目标 {at}"),
        ("no_due", "no time given", "未规定时间"),
        ("late_by", "late by {by}", "逾期 {by}"),
        ("overdue_by", "overdue by {by}", "已逾期 {by}"),
        ("times", "{count} times", "共 {count} 次"),
        ("late_times", "{count} late", "{count} 次逾期"),
        ("pending", "Not started ({count}): {titles}.", "尚未开始（{count} 项）：{titles}。"),
        ("nothing", "Nothing is owed yet.", "尚无义务开始计时。"),
        ("empty", "The plan has no obligations.", "预案未规定义务。"),
        ("nobody", "nobody named", "原文未指明"),
        ("ticked_target", "target", "目标"),
        ("ticked_due", "limit", "期限"),
        ("late_part", "late", "逾期部分"),
        ("paused_part", "paused", "暂停部分"),
        ("folded", "quiet time, folded", "无事时段（折叠）"),
        (
            "timeline_about",
            (
                "{running} running, {overdue} overdue, {met} met, {met_late} late, "
                "{paused} paused, {withdrawn} withdrawn, {pending} not started."
            ),
            (
                "进行中 {running} 项，已逾期 {overdue} 项，按时完成 {met} 项，"
                "逾期完成 {met_late} 项，暂停 {paused} 项，不再需要 {withdrawn} 项，"
                "尚未开始 {pending} 项。"
            ),
        ),
        ("chart_from", "{event} {at}", "{event} {at}"),
        ("or", " or ", "或"),
        ("waits", "waits: {rule}", "待起算：{rule}"),
        ("undated", "{rule}", "{rule}"),
        ("if", "if: {it}", "条件：{it}"),
        ("advice", "advice", "建议"),
        ("no_duties", "The plan has no duty.", "预案没有义务。"),
        ("none_at_level", "The plan has no duty at this level.", "该级别没有义务。"),
        (
            "chart_about",
            "{dated} duties with a time, {waiting} that wait, {undated} without a number, by role.",
            "按责任方列出：有具体时间 {dated} 项，待起算 {waiting} 项，未规定时限 {undated} 项。",
        ),
        ("waiting_sign", "waits for its event", "待起算"),
        ("undated_sign", "no number in the text", "原文未规定具体时限"),
    )
}

STATES: dict[State, Text] = {
    State.PENDING: Text("not started", "尚未开始"),
    State.RUNNING: Text("running", "进行中"),
    State.PAUSED: Text("paused", "暂停"),
    State.MET: Text("met", "按时完成"),
    State.MET_LATE: Text("met late", "逾期完成"),
    State.OVERDUE: Text("overdue", "已逾期"),
    State.WITHDRAWN: Text("withdrawn", "不再需要"),
}

NOTICES: dict[NoticeKind, Text] = {
    NoticeKind.WARNING: Text("warning", "提醒"),
    NoticeKind.TARGET_MISSED: Text("target missed", "未达目标"),
    NoticeKind.BREACHED: Text("limit broken", "逾期"),
    NoticeKind.ESCALATED: Text("escalated", "升级上报"),
    NoticeKind.DUE_CHANGED: Text("due changed", "期限变更"),
    NoticeKind.BREACH_WITHDRAWN: Text("breach withdrawn", "撤销逾期"),
}


def say(key: str, lang: Language, **values: object) -> str:
    """The words of that key, with the values filled in."""
    return SAID[key].words(lang).format(**values)


def joined(items: list[str], lang: Language) -> str:
    """The items with commas, as the language writes them."""
    return ("、" if lang == "zh" else ", ").join(items)


def short(instant: Instant, zone: Zone) -> str:
    """An instant within a picture whose axis tells the year: `03-02 08:40`; a day's end: 24:00."""
    local = to_moment(instant, zone)
    if (local.hour, local.minute, local.second, local.microsecond) == (23, 59, 59, 999_999):
        return f"{local:%m-%d} 24:00"
    return f"{local:%m-%d %H:%M}"
