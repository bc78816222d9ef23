"""A case told on the terminal: what happened, what was told to whom, what came of every duty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import rich.text

from workflow.cases import Case, Clock, Event, Notice, NoticeKind, State
from workflow.cases.lifecycle import lifecycle_of
from workflow.cases.words import span_words
from workflow.cli.output import console, heading, styled, table, when_words, who_to_whom
from workflow.instants import SECOND, Instant, show, to_moment
from workflow.plans.text import Language

_WORDS: dict[str, tuple[str, str]] = {
    "timeline": ("What happened", "事件经过"),
    "notices": ("What was told, as it was known at the time", "当时发出的提醒与通报"),
    "recorded": ("recorded only {at}", "{at} 补录"),
    "duties": ("What came of the duties", "各项义务的结果"),
    "summary": (
        "Dated duties: {met} on time, {met_late} late, {overdue} overdue; {target} targets missed.",
        "有期限的义务：按时 {met}，逾期完成 {met_late}，未完成 {overdue}；未达目标 {target}。",
    ),
    "stopped": ("paused, no due time for now.", "暂停计时，暂无期限。"),
    "duty": ("Duty", "义务"),
    "due": ("Due", "期限"),
    "done": ("Done", "完成"),
    "result": ("Result", "结果"),
    "undated": ("no number", "无具体时限"),
    "moves": ("none while paused", "暂停期间无期限"),
    "nothing": ("Nothing is owed yet.", "尚无义务开始计时。"),
    "target": ("target", "目标"),
    "not_started": ("Not started", "尚未开始"),
    "late_by": (" by {by}", "，超时 {by}"),
    "in_time_by": (", {by} to spare", "，提前 {by}"),
    "left": (", {by} left", "，剩余 {by}"),
    "after_target": (", target missed by {by}", "，超过目标 {by}"),
    "target_missed": (", target missed", "，未达目标"),
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
    events = iter(_moves(case, now))
    before = ""
    rows: list[tuple[rich.text.Text, ...]] = []
    for entry in story.entries:
        day, time = _day_and_time(case, entry.instant)
        style = _STYLES.get(entry.kind, "" if entry.kind == "event" else "dim")
        text = styled(entry.text.strip(), style)
        if entry.kind == "event":
            text = _event(case, *next(events), lang)
        mark = styled(_MARKS.get(entry.kind, "·"), style)
        rows.append((styled("" if day == before else day, "bold"), styled(time), mark, text))
        before = day
    out.print(table(("", "", "", ""), rows, [0, 0, 0, 1], show_header=False))


def _moves(case: Case, now: Instant) -> Iterator[tuple[Event, str]]:
    """The events in the order in which they happened, with the stage that each led to, or none."""
    table_of_moves = lifecycle_of(case.plan)
    stage = table_of_moves.first
    for event in case.log.happened:
        if event.instant <= now:
            move = table_of_moves.move(stage, event.type)
            after = stage if move is None else move.stage
            yield event, "" if after == stage else after
            stage = after


def _event(case: Case, event: Event, stage: str, lang: Language) -> rich.text.Text:
    """What happened, who did it and to whom, when it was recorded, and the host's own words."""
    plan = case.plan
    text = styled(plan.event(event.type).title.words(lang) or event.type)
    who = (event.by,) if event.by else ()
    if who or event.to:
        text.append(f"  {who_to_whom(plan, who, event.to or (), lang)}", "dim")
    if event.level is not None:
        text.append(f"  {plan.level(event.level).title.words(lang) or event.level}", "bold")
    if stage:
        text.append(f"  ⇒ {plan.stage(stage).title.words(lang) or stage}", "bold cyan")
    if event.recorded > event.instant:
        shown = when_words(plan, event.recorded)
        text.append(f"\n{_say('recorded', lang).format(at=shown)}", "yellow")
    for value in event.data.values():
        said = value.get(lang, value) if isinstance(value, Mapping) else value
        text.append(f"\n“{said}”", "italic")
    return text


def _day_and_time(case: Case, instant: Instant) -> tuple[str, str]:
    """The local date with its offset, and the time of day to the minute or second.

    What begins with the first instant after a due time is shown at that time.
    """
    if instant % SECOND == 1:
        instant = Instant(instant - 1)
    shown = show(instant, case.plan.zone)
    day, time, offset = shown.split(" ")
    return f"{day} {offset}", time


def told(notices: Sequence[Notice], case: Case, lang: Language) -> None:
    """Print the notices that ask somebody to act or take something back."""
    chosen = [it for it in notices if it.kind in _TOLD]
    if not chosen:
        return
    out = console()
    out.print(heading(_say("notices", lang)))
    rows = []
    for it in chosen:
        day, time = _day_and_time(case, it.instant)
        name = case.plan.obligation(it.obligation).title.words(lang) or it.obligation
        _, _, words = it.text(lang).partition(it.clock_id)
        if it.kind is NoticeKind.DUE_CHANGED and not it.data.get("due"):
            words = _say("stopped", lang)
        rows.append((styled(day), styled(time), styled(f"{name}: {words.strip()}")))
    out.print(table(("", "", ""), rows, [0, 0, 1], show_header=False))


def results(clocks: Sequence[Clock], case: Case, lang: Language) -> None:
    """Print what came of every duty that started, and name those that did not."""
    out = console()
    out.print(heading(_say("duties", lang)))
    rows = [_row(clock, case, lang) for clock in clocks if clock.state is not State.PENDING]
    heads = [_say(key, lang) for key in ("duty", "due", "done", "result")]
    if rows:
        out.print(table(heads, rows, [3, 0, 0, 2]))
        summary(clocks, lang)
    else:
        out.print(_say("nothing", lang))
    idle = [
        clock.obligation.title.words(lang) or clock.id
        for clock in clocks
        if clock.state is State.PENDING
    ]
    if idle:
        listed = ("、" if lang == "zh" else "; ").join(idle)
        out.print(styled(f"{_say('not_started', lang)}: {listed}", "dim"))


def summary(clocks: Sequence[Clock], lang: Language) -> None:
    """Print how many dated duties were kept, late or have missed their target."""
    counts = {"met": 0, "met_late": 0, "overdue": 0, "target": 0}
    for clock in clocks:
        if clock.due_instant is not None and clock.state.value in counts:
            counts[clock.state.value] += 1
        counts["target"] += clock.target_missed
    console().print(styled(_say("summary", lang).format(**counts), "bold"))


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
    none = "moves" if clock.state is State.PAUSED else "undated"
    due = styled("\n".join(dues) or _say(none, lang), "dim" if undated else "")
    ended = clock.ended_instant if clock.state is State.MET else None  # what lasts until it ends
    done = styled(when_words(case.plan, clock.fulfilled_instant or ended))
    return title, due, done, _result(clock, lang, undated=undated)


def _result(clock: Clock, lang: Language, *, undated: bool) -> rich.text.Text:
    key = "done_undated" if undated and clock.state is State.MET else clock.state.value
    said = _say(key, lang)
    due, done, target = clock.due, clock.fulfilled_at, clock.target
    if clock.overdue_by is not None:
        said += _say("late_by", lang).format(by=span_words(clock.overdue_by, lang))
    elif clock.target_missed and target is not None and done is not None:
        said += _say("after_target", lang).format(by=span_words(done - target, lang))
    elif clock.target_missed:
        said += _say("target_missed", lang)
    elif clock.state is State.MET and due is not None and done is not None:
        said += _say("in_time_by", lang).format(by=span_words(due - done, lang))
    if clock.remaining is not None:
        said += _say("left", lang).format(by=span_words(clock.remaining, lang))
    text = styled(said, _STATE_STYLES.get(clock.state, ""))
    if clock.reasons:
        text.append(f"\n{clock.reasons}", "italic")
    return text


def _say(key: str, lang: Language) -> str:
    return _WORDS[key][lang == "zh"]
