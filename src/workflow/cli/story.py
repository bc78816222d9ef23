"""A case told on the terminal: what happened, what was told to whom, what came of every duty."""

from __future__ import annotations

from collections.abc import Sequence

import rich.text

from workflow.cases import Case, Clock, Notice, NoticeKind, State
from workflow.cases.words import span_words
from workflow.cli.output import console, heading, styled, table, when_words
from workflow.instants import Instant, to_moment
from workflow.plans.text import Language

_WORDS: dict[str, tuple[str, str]] = {
    "timeline": ("What happened", "事件经过"),
    "notices": ("What was told, as it was known at the time", "当时发出的提醒与通报"),
    "duties": ("What came of the duties", "各项义务的结果"),
    "duty": ("Duty", "义务"),
    "due": ("Due", "期限"),
    "done": ("Done", "完成"),
    "result": ("Result", "结果"),
    "undated": ("no number", "无具体时限"),
    "target": ("target", "目标"),
    "not_started": ("Not started", "尚未开始"),
    "late_by": ("late by {by}", "逾期 {by}"),
    "in_time_by": ("{by} to spare", "提前 {by}"),
    "after_target": ("target missed by {by}", "超过目标 {by}"),
    "running": ("running", "进行中"),
    "paused": ("paused", "暂停"),
    "met": ("on time", "按时"),
    "done_undated": ("done", "已完成"),
    "met_late": ("LATE", "逾期完成"),
    "overdue": ("OVERDUE", "逾期"),
    "withdrawn": ("no longer owed", "不再需要"),
}
_MARKS = {
    "event": "●",
    "met": "✓",
    "met_late": "✗",
    "breached": "✗",
    "target_missed": "!",
    "withdrawn": "–",
}
_STYLES = {"met": "green", "met_late": "red", "breached": "red", "target_missed": "yellow"}
_STATE_STYLES = {State.MET: "green", State.MET_LATE: "red", State.OVERDUE: "bold red"}
_TOLD = frozenset(
    {
        NoticeKind.TARGET_MISSED,
        NoticeKind.BREACHED,
        NoticeKind.ESCALATED,
        NoticeKind.BREACH_WITHDRAWN,
        NoticeKind.DUE_CHANGED,
        NoticeKind.WARNING,
    }
)


def tell(case: Case, now: Instant, lang: Language = "en") -> None:
    """Print the whole case up to `now`."""
    timeline(case, now, lang)
    told(case.notices_between(None, now), case, lang)
    results(case.status_at(now).clocks, case, lang)


def timeline(case: Case, now: Instant, lang: Language) -> None:
    """Print events and outcomes in the order in which they happened."""
    out = console()
    story = case.story(to_moment(now, case.plan.zone), lang)
    out.print(styled(story.title, "bold"))
    out.print(heading(_say("timeline", lang)))
    day = ""
    rows: list[tuple[rich.text.Text, ...]] = []
    for entry in story.entries:
        date, _, time = entry.at.partition(" ")
        shown, day = ("" if date == day else date), date
        style = _STYLES.get(entry.kind, "" if entry.kind == "event" else "dim")
        rows.append(
            (
                styled(shown, "bold"),
                styled(time),
                styled(_MARKS.get(entry.kind, "·"), style),
                styled(entry.text.strip(), style),
            )
        )
    out.print(table(("", "", "", ""), rows, show_header=False))


def told(notices: Sequence[Notice], case: Case, lang: Language) -> None:
    """Print the notices that ask somebody to act or take something back."""
    chosen = [it for it in notices if it.kind in _TOLD]
    if not chosen:
        return
    out = console()
    out.print(heading(_say("notices", lang)))
    rows = [
        (styled(when_words(case.plan, it.instant)), styled(it.text(lang).partition(":")[2].strip()))
        if lang == "en"
        else (styled(when_words(case.plan, it.instant)), styled(it.text(lang)))
        for it in chosen
    ]
    out.print(table(("", ""), rows, show_header=False))


def results(clocks: Sequence[Clock], case: Case, lang: Language) -> None:
    """Print what came of every duty that started, and name those that did not."""
    out = console()
    out.print(heading(_say("duties", lang)))
    rows = [_row(clock, case, lang) for clock in clocks if clock.state is not State.PENDING]
    heads = [_say(key, lang) for key in ("duty", "due", "done", "result")]
    out.print(table(heads, rows))
    idle = [
        clock.obligation.title.words(lang) or clock.id
        for clock in clocks
        if clock.state is State.PENDING
    ]
    if idle:
        listed = ("、" if lang == "zh" else "; ").join(idle)
        out.print(styled(f"{_say('not_started', lang)}: {listed}", "dim"))


def _row(clock: Clock, case: Case, lang: Language) -> tuple[rich.text.Text, ...]:
    title = styled(clock.obligation.title.words(lang) or clock.obligation.id)
    _, _, label = clock.id.partition("@")
    if label:
        title.append(f" @{label}", "dim")
    dues = []
    if clock.target_instant is not None:
        dues.append(f"{_say('target', lang)} {when_words(case.plan, clock.target_instant)}")
    if clock.due_instant is not None:
        dues.append(when_words(case.plan, clock.due_instant))
    undated = not dues
    due = styled("\n".join(dues) or _say("undated", lang), "dim" if undated else "")
    done = styled(when_words(case.plan, clock.fulfilled_instant))
    return title, due, done, _result(clock, lang, undated=undated)


def _result(clock: Clock, lang: Language, *, undated: bool) -> rich.text.Text:
    key = "done_undated" if undated and clock.state is State.MET else clock.state.value
    parts = [_say(key, lang)]
    if clock.overdue_by is not None:
        parts.append(_say("late_by", lang).format(by=span_words(clock.overdue_by, lang)))
    due, done, target = clock.due, clock.fulfilled_at, clock.target
    if (
        clock.state is State.MET
        and due is not None
        and done is not None
        and not clock.target_missed
    ):
        parts.append(_say("in_time_by", lang).format(by=span_words(due - done, lang)))
    if clock.target_missed and target is not None and done is not None:
        parts.append(_say("after_target", lang).format(by=span_words(done - target, lang)))
    text = styled((", " if lang == "en" else "，").join(parts), _STATE_STYLES.get(clock.state, ""))
    reasons = clock.reasons
    if reasons:
        text.append(f"\n{reasons}", "italic")
    return text


def _say(key: str, lang: Language) -> str:
    return _WORDS[key][lang == "zh"]
