"""What explanations say, in English and Chinese; `{name}` stands for a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from workflow.plans.text import Language, Text

SAID: dict[str, Text] = {
    key: Text(en, zh)
    for key, en, zh in (
        ("title", "{title} [{id}]", "{title} [{id}]"),
        ("owes", "Owed by {who}.", "责任方：{who}。"),
        ("owes_to", "Owed by {who} to {to}.", "责任方：{who}；对象：{to}。"),
        ("nobody_named", "whoever (the text names nobody)", "（原文未指明）"),
        ("states", "It must state: {states}.", "须写明：{states}。"),
        ("advice", "This is advice: late breaks nothing.", "此为建议，逾期不算违反。"),
        (
            "practice",
            "Reported as practice, not set as a rule.",
            "此为工作报告所述做法，并非规定。",
        ),
        ("clause", "Section {section}: {clause}", "依据第{section}节：{clause}"),
        ("clause_alone", "Clause: {clause}", "依据：{clause}"),
        ("reading", "Reading chosen: {reading}", "所取解释：{reading}"),
        ("waits", "Not started: it waits for: {anchor}.", "尚未开始，等待：{anchor}。"),
        (
            "not_applying",
            "{anchor} has happened, but the duty does not apply (it applies to: {applies}).",
            "{anchor}已发生，但此项义务不适用（适用于：{applies}）。",
        ),
        (
            "never_applies",
            "Under this plan it will not: what did not apply at its event never does (ignore).",
            "依预案亦不再适用：起算事件发生时不适用的，此后不再适用（ignore）。",
        ),
        ("started", "Started {at}: {anchor}.", "自 {at} 起算：{anchor}。"),
        ("applies", "It applies to: {applies}.", "适用于：{applies}。"),
        (
            "newly",
            "It began to apply only at {at}; {choice}.",
            "自 {at} 起才开始适用；{choice}。",
        ),
        (
            "newly_restart",
            "it counts from there (restart)",
            "自此时起算（restart）",
        ),
        (
            "newly_from_anchor",
            "it counts from its event (from_anchor)",
            "自起算事件起算（from_anchor）",
        ),
        ("newly_ignore", "it counts from there (ignore)", "自此时起算（ignore）"),
        ("not", "not: {it}", "非{it}"),
        ("target", "Target {at}:", "目标时间 {at}："),
        ("due", "Due by {at}:", "期限 {at}："),
        (
            "parameter",
            "The time is set elsewhere (parameter {parameter}) and the adopter has not set it.",
            "时限由其他文件规定（参数 {parameter}），采用单位尚未设定。",
        ),
        ("series", "It is owed again and again: {words}.", "周期性义务：{words}。"),
        ("continuous", "It lasts until: {until}.", "持续至：{until}。"),
        (
            "undated",
            "The text gives no number ({word}); it has no due time.",
            "原文未给出具体时限（{word}），无到期时间。",
        ),
        (
            "undated_silent",
            "The text gives no time; it has no due time.",
            "原文未规定时限，无到期时间。",
        ),
        (
            "changed_level",
            "{at}: the level became {level} ({event}); {which} {before} became {after} ({choice}).",
            "{at}：级别变为{level}（{event}），{which}由 {before} 变为 {after}（{choice}）。",
        ),
        (
            "kept_level",
            "{at}: the level became {level} ({event}); {which} stays {after} ({choice}).",
            "{at}：级别变为{level}（{event}），{which}仍为 {after}（{choice}）。",
        ),
        ("word_due", "due", "期限"),
        ("word_target", "target", "目标时间"),
        (
            "choice_from_anchor",
            "from_anchor: the new time from the original start",
            "from_anchor：新时限自原起算点计",
        ),
        (
            "choice_stricter",
            "stricter: the earlier of the two",
            "stricter：取两者中较早的",
        ),
        (
            "choice_restart",
            "restart: the new time from the change",
            "restart：新时限自变更时起算",
        ),
        (
            "choice_remaining",
            "remaining: the new time less what had been used",
            "remaining：新时限扣除已用时间",
        ),
        (
            "changed_extended",
            "{at}: extended ({event}); {which} {before} became {after}.",
            "{at}：准予延期（{event}），{which}由 {before} 变为 {after}。",
        ),
        (
            "changed_restarted",
            "{at}: started afresh ({event}); {which} {before} became {after}.",
            "{at}：重新起算（{event}），{which}由 {before} 变为 {after}。",
        ),
        (
            "changed_promise",
            "{at}: the promise changed ({event}); {which} {before} became {after}.",
            "{at}：变更承诺（{event}），{which}由 {before} 变为 {after}。",
        ),
        (
            "changed_part",
            "{at}: a part of the rule began to count ({event}); {which} {before} became {after}.",
            "{at}：规则的另一部分开始计算（{event}），{which}由 {before} 变为 {after}。",
        ),
        (
            "counted_by",
            "Counted by version {version} of the plan since {at}, when the case moved to it.",
            "{at} 起改按预案第 {version} 版计算。",
        ),
        (
            "paused",
            "Paused from {since} ({event}) to {to} ({resumed}).",
            "{since}（{event}）至 {to}（{resumed}）暂停计时。",
        ),
        ("paused_since", "Paused since {since} ({event}).", "自 {since}（{event}）起暂停计时。"),
        ("fulfilled", "Done {at}: {event}.", "{at} 已完成：{event}。"),
        ("on_time", "On time.", "按时。"),
        ("late", "Late by {by}.", "逾期 {by}。"),
        ("past_target", "The target was missed by {by}.", "超过目标时间 {by}。"),
        ("reasons", "Reasons for being late: {reasons}", "逾期理由：{reasons}"),
        ("no_reasons", "Late, and no reasons were stated.", "逾期且未说明理由。"),
        ("withdrawn", "No longer owed since {at}.", "自 {at} 起不再需要履行。"),
        ("ended", "It ended at {at}.", "于 {at} 结束。"),
        ("needs", "Still to be done: {events}.", "尚待完成：{events}。"),
        ("lacks_recipients", "Not yet received by: {roles}.", "尚未送达：{roles}。"),
        ("lacks_states", "Not yet stated: {states}.", "尚未写明：{states}。"),
        (
            "lacks_approval_of_any",
            "Not yet approved by: {roles} (any one of them).",
            "尚待审核：{roles}（其一即可）。",
        ),
        ("lacks_approval", "Not yet approved by: {roles}.", "尚待审核：{roles}。"),
        ("lacks_events", "Must happen first: {events}.", "须先完成：{events}。"),
        ("count", "Done {done} of {quota} times.", "已完成 {done} 次，应为 {quota} 次。"),
        ("overdue", "Overdue by {by}.", "已逾期 {by}。"),
        ("remaining", "{by} left.", "剩余 {by}。"),
        ("is_paused", "Paused: no time counts now.", "暂停中，不计时。"),
        ("next_warning", "Next: a warning at {at}.", "下一步：{at} 提醒。"),
        (
            "next_target_missed",
            "Next: the target is missed after {at}.",
            "下一步：{at} 之后即未达目标。",
        ),
        ("next_breached", "Next: overdue after {at}.", "下一步：{at} 之后即逾期。"),
        ("next_escalated", "Next: {to} is told at {at}.", "下一步：{at} 升级上报{to}。"),
        ("by_to", " ({by} to {to})", "（{by}，对象：{to}）"),
        ("by", " ({by})", "（{by}）"),
        ("to", " (to {to})", "（对象：{to}）"),
        ("stated", ", stating {states}", "，写明：{states}"),
        ("newly_at", ": {what}", "：{what}"),
        ("recorded_later", ", recorded only at {at}", "（{at} 补录）"),
        (
            "story",
            "{case} under {plan}, stage {stage}, as of {now}",
            "{case}，{plan}，阶段：{stage}，截至 {now}",
        ),
        (
            "told_target_missed",
            "  target missed: {title} (aimed at {due})",
            "  未达目标：{title}（目标 {due}）",
        ),
        ("told_breached", "  OVERDUE: {title} (due {due})", "  逾期：{title}（期限 {due}）"),
        ("told_met", "  on time: {title} (due {due})", "  按时：{title}（期限 {due}）"),
        ("told_met_undated", "  done: {title}", "  完成：{title}"),
        (
            "told_met_late",
            "  LATE by {by}: {title} (due {due})",
            "  逾期完成，超时 {by}：{title}（期限 {due}）",
        ),
        ("told_withdrawn", "  no longer owed: {title}", "  不再需要：{title}"),
    )
}


def listed(items: Iterable[str], lang: Language) -> str:
    """The items with commas, as the language writes them."""
    return ("、" if lang == "zh" else ", ").join(items)


_UNITS = {
    "en": ((86_400, " d"), (3_600, " h"), (60, " min"), (1, " s")),
    "zh": ((86_400, " 天"), (3_600, " 小时"), (60, " 分"), (1, " 秒")),
}


def span_words(span: dt.timedelta, lang: Language) -> str:
    """An amount of elapsed time in its two largest units; a day here is 24 hours."""
    seconds = round(abs(span.total_seconds()))
    parts: list[str] = []
    for size, unit in _UNITS[lang]:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count}{unit}")
    return " ".join(parts[:2]) or {"en": "less than 1 s", "zh": "不足 1 秒"}[lang]
