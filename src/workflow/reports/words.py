"""What a report says, in English and Chinese; its rows as words, for page and terminal alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from workflow.cases.words import span_words
from workflow.instants import SECOND, Instant, show, to_instant, zone_of
from workflow.plans.text import Language, Text
from workflow.reports.figures import COUNTS, Line, Report, Waiting
from workflow.reports.rates import Rates

_WORDS = {
    "title": Text("Report on duties", "义务履行报告"),
    "as_of": Text("as of {now}", "截至 {now}"),
    "span": Text(
        "Duties that started from {since} to before {until}.",
        "统计 {since} 至 {until} 之前起算的义务。",
    ),
    "since": Text("Duties that started from {since} on.", "统计 {since} 起起算的义务。"),
    "until": Text("Duties that started before {until}.", "统计 {until} 之前起算的义务。"),
    "on_time": Text("on time", "按时完成"),
    "late": Text("late", "逾期完成"),
    "unlimited": Text("done, no limit", "完成（无时限）"),
    "overdue": Text("overdue now", "已逾期"),
    "open": Text("open now", "进行中"),
    "withdrawn": Text("withdrawn", "不再需要"),
    "completion": Text("Completion rate", "办结率"),
    "rate": Text("On-time rate", "按时率"),
    "median": Text("Median time", "用时中位数"),
    "p95": Text("95% within", "95% 用时不超过"),
    "outcomes": Text("What became of the duties", "义务办理结果"),
    "worst": Text("The worst clauses", "问题最多的条款"),
    "clause": Text("Clause", "条款"),
    "figures": Text("All figures", "全部数据"),
    "plan": Text("Plan", "预案"),
    "obligation": Text("Duty", "义务"),
    "level": Text("Level", "级别"),
    "category": Text("Category", "类别"),
    "role": Text("Who owes it", "责任方"),
    "month": Text("Month", "月份"),
    "waiting": Text("Open and overdue now", "进行中和已逾期的义务"),
    "listed": Text(
        "The first {listed} of {count}; --limit shows more.",
        "列出前 {listed} 项，共 {count} 项（--limit 可显示更多）。",
    ),
    "listed_here": Text("The first {listed} of {count}.", "列出前 {listed} 项，共 {count} 项。"),
    "due": Text("Due", "期限"),
    "left": Text("Left", "剩余"),
    "in": Text("in {span}", "还有 {span}"),
    "late_by": Text("{span} late", "逾期 {span}"),
    "paused": Text("paused", "已暂停"),
    "case": Text("Case", "案件"),
    "nothing": Text("Nothing with a limit is open.", "没有进行中的有时限的义务。"),
    "narrow": Text(
        "Not all columns fit here; --csv, --json and --html have them.",
        "此处列数有限；--csv、--json 和 --html 含全部数据。",
    ),
    "empty": Text("There is no duty to count.", "没有可统计的义务。"),
    "none": Text("No duty was late.", "没有逾期的义务。"),
    "more": Text(
        "The first {drawn} of {count} are drawn.",
        "图中只画前 {drawn} 项，共 {count} 项。",
    ),
    "notes": Text(
        "Completion rate: done out of done and overdue. On-time rate: on time out of on time, late "
        "and overdue. Withdrawn and open duties count in neither; a dash is a rate over nothing. "
        "What is paused or has no limit has no due time now: it is counted, and not listed.",
        "办结率 = 已完成 ÷（已完成 + 已逾期）。"
        "按时率 = 按时完成 ÷（按时完成 + 逾期完成 + 已逾期）。"
        "不再需要的和进行中的不计入；“–”表示没有可计算的义务。"
        "暂停的和无时限的义务目前没有期限，只计数，不列出。",
    ),
}


WAITING = ("due", "left", "case", "obligation", "role")
"""The columns of `waiting_rows`."""

RATES = ("completion", "rate", "median", "p95")
"""The columns of `line_rows` after the counts."""


def say(key: str, lang: Language) -> str:
    """The words of that key."""
    return _WORDS[key].words(lang)


def head(key: str, lang: Language) -> str:
    """The same as the head of a column."""
    said = say(key, lang)
    return said[:1].upper() + said[1:]


def heads(by: Sequence[str], lang: Language) -> list[str]:
    """The heads of the table of lines."""
    return [head(name, lang) for name in (*by, *COUNTS, *RATES)]


def headline(report: Report, lang: Language) -> str:
    """For when the report was made, to the second, in the zone of its plans."""
    now = to_instant(report.now)
    whole = Instant(now - now % SECOND)
    return say("as_of", lang).format(now=show(whole, zone_of(report.zone)))


def span_line(report: Report, lang: Language) -> str:
    """Which duties it counts, or nothing where it counts all."""
    asked = {"since": report.since, "until": report.until}
    given = {key: _time(report, moment) for key, moment in asked.items() if moment is not None}
    if not given:
        return ""
    return say("span" if len(given) > 1 else next(iter(given)), lang).format(**given)


def listed_line(report: Report, lang: Language, key: str) -> str:
    """How many are listed of those that are open or overdue, or nothing where all are."""
    if len(report.waiting) == report.waiting_count:
        return ""
    return say(key, lang).format(
        listed=f"{len(report.waiting):,}", count=f"{report.waiting_count:,}"
    )


def _time(report: Report, moment: str) -> str:
    return show(to_instant(moment), zone_of(report.zone))


def line_rows(report: Report, lang: Language) -> list[list[str]]:
    """The lines as words."""
    return [[*line_words(it, lang), *_numbers(it.rates, lang)] for it in report.lines]


def clause_rows(report: Report, lang: Language) -> list[list[str]]:
    """The worst clauses as words: plan, duty, clause, on-time rate, late, overdue."""
    return [
        [
            it.plan_title.words(lang) or it.plan,
            it.title.words(lang) or it.obligation,
            it.clause,
            percent(it.rates.on_time_rate),
            f"{it.rates.late:,}",
            f"{it.rates.overdue:,}",
        ]
        for it in report.worst
    ]


def waiting_rows(report: Report, lang: Language) -> list[list[str]]:
    """What is open or overdue now as words: due, left, case, duty, who owes it."""
    return [
        [
            show(to_instant(it.due), zone_of(it.zone)),
            _left(it, lang),
            it.case,
            it.title.words(lang) or it.obligation,
            it.role_title.words(lang) or it.role or "–",
        ]
        for it in report.waiting
    ]


def _left(it: Waiting, lang: Language) -> str:
    if it.seconds_left < 0 and not it.overdue:
        return say("paused", lang)
    span = span_words(dt.timedelta(seconds=it.seconds_left), lang)
    return say("late_by" if it.overdue else "in", lang).format(span=span)


def line_words(line: Line, lang: Language) -> list[str]:
    """What a line is about: titles where there are any, otherwise ids; a dash for no value."""
    return [
        title.words(lang) or word or "–" for word, title in zip(line.key, line.titles, strict=True)
    ]


def _numbers(rates: Rates, lang: Language) -> list[str]:
    return [
        *(f"{getattr(rates, name):,}" for name in COUNTS),
        percent(rates.completion_rate),
        percent(rates.on_time_rate),
        time_words(rates.minutes(50), lang),
        time_words(rates.minutes(95), lang),
    ]


def percent(rate: Fraction | None) -> str:
    """A rate in per cent; a dash over nothing."""
    return "–" if rate is None else f"{float(rate):.1%}"


def time_words(minutes: int | None, lang: Language) -> str:
    """Minutes as hours and minutes; a dash for none."""
    if minutes is None:
        return "–"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} 分钟" if lang == "zh" else f"{rest} min"
    if lang == "zh":
        return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
