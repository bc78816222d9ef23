"""A report as one HTML page that stands alone: charts are inline SVG, nothing is fetched.

Light and dark as the reader's system asks; prints in the light colours. The colours are those of
Okabe and Ito; what is overdue is hatched as well, and every bar has its numbers beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from html import escape

from workflow.plans.text import Language, Text
from workflow.reports.figures import COUNTS, Report
from workflow.reports.rates import Rates

_DRAWN = 60
"""Bars at most; the table has every line."""

_WORDS = {
    "title": Text("Report on duties", "义务履行报告"),
    "as_of": Text("as of {now}", "截至 {now}"),
    "span": Text(
        "Duties that started from {since} to before {until}.",
        "统计起算于 {since} 至 {until} 之前的义务。",
    ),
    "all": Text("the first", "最早"),
    "end": Text("the last", "最后"),
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
    "none": Text("No duty was late.", "没有逾期的义务。"),
    "more": Text(
        "The first {drawn} of {count} are drawn.",
        "图中只画前 {drawn} 项，共 {count} 项。",
    ),
    "notes": Text(
        "Completion rate: done out of done and overdue. On-time rate: on time out of on time, late "
        "and overdue. Withdrawn and open duties count in neither; a dash is a rate over nothing.",
        "办结率 = 已完成 ÷（已完成 + 已逾期）。"
        "按时率 = 按时完成 ÷（按时完成 + 逾期完成 + 已逾期）。"
        "不再需要的和进行中的不计入；“–”表示没有可计算的义务。",
    ),
}  # fmt: skip

_STYLE = """
:root{--paper:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--on_time:#00805c;--late:#b07700;
--unlimited:#0072b2;--overdue:#d55e00;--open:#8db9d8;--withdrawn:#b6bdc5;color-scheme:light dark}
@media screen and (prefers-color-scheme:dark){:root{--paper:#0f141a;--ink:#e8edf2;--soft:#a3adb8;
--line:#3a444f;--on_time:#2fc79d;--late:#f0b93a;--unlimited:#56b4e9;--overdue:#ff8b47;
--open:#3f6f8f;--withdrawn:#5c6670}}
body{margin:2rem auto;max-width:72rem;padding:0 1rem;background:var(--paper);color:var(--ink);
font:15px/1.5 system-ui,'Segoe UI','Noto Sans','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',
sans-serif}
h1{margin:0}.soft{color:var(--soft)}.cards{display:flex;flex-wrap:wrap;gap:1rem;margin:1.5rem 0}
.card{border:1px solid var(--line);border-radius:8px;padding:.6rem 1rem;min-width:8rem}
.card b{display:block;font-size:1.6rem;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
svg{width:100%;height:auto}svg text{fill:var(--ink);font-size:12px}
@media print{body{margin:0;max-width:none;font-size:11px}tr,.card{break-inside:avoid}}
"""


def page(report: Report, *, lang: Language = "en") -> str:
    """The page.

    Args:
        report: What it shows.
        lang: `en` or `zh`.
    """
    since, until = report.since or _say("all", lang), report.until or _say("end", lang)
    totals = report.totals
    cards = [
        (_say("completion", lang), _percent(totals.completion_rate)),
        (_say("rate", lang), _percent(totals.on_time_rate)),
        (_say("median", lang), _time(totals.minutes(50), lang)),
        (_say("p95", lang), _time(totals.minutes(95), lang)),
        (_say("overdue", lang), f"{totals.overdue:,}"),
        (_say("open", lang), f"{totals.open:,}"),
    ]
    shown = "".join(f'<div class="card">{_e(name)}<b>{_e(it)}</b></div>' for name, it in cards)
    title = _e(_say("title", lang))
    when = _e(_say("as_of", lang).format(now=report.now))
    span = _e(_say("span", lang).format(since=since, until=until))
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        f'<h1>{title}</h1><p class="soft">{when}. {span}</p><div class="cards">{shown}</div>'
        f"<h2>{_e(_say('outcomes', lang))}</h2>{_chart(report, lang)}"
        f"<h2>{_e(_say('worst', lang))}</h2>{_worst(report, lang)}"
        f"<h2>{_e(_say('figures', lang))}</h2>{_figures(report, lang)}"
        f'<p class="soft">{_e(_say("notes", lang))}</p></body></html>\n'
    )


def _chart(report: Report, lang: Language) -> str:
    lines = report.lines[:_DRAWN]
    height = 34 + 24 * len(lines)
    most = max((it.rates.count for it in lines), default=1)
    parts = [
        (
            '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--overdue)"/>'
            '<rect width="2" height="6" fill="var(--paper)"/></pattern></defs>'
        )
    ]
    for place, name in enumerate(COUNTS):
        x = 10 + place * 160
        parts.append(_bar(name, x, 6, 14, ""))
        parts.append(f'<text x="{x + 20}" y="18">{_e(_say(name, lang))}</text>')
    for place, line in enumerate(lines):
        y, x = 34 + 24 * place, 330.0
        label = _label(line.title, line.key, lang)
        short = label if len(label) <= _fits(lang) else label[: _fits(lang) - 1] + "…"
        parts.append(
            f'<text x="322" y="{y + 13}" text-anchor="end"><title>{_e(label)}</title>'
            f"{_e(short)}</text>"
        )
        for name in COUNTS:
            count = getattr(line.rates, name)
            if count:
                width = 480 * count / most
                parts.append(_bar(name, x, y, width, f"{_say(name, lang)}: {count:,}"))
                x += width
        said = f"{line.rates.count:,} · {_percent(line.rates.on_time_rate)}"
        parts.append(f'<text x="{x + 8:.1f}" y="{y + 13}">{_e(said)}</text>')
    more = ""
    if len(report.lines) > _DRAWN:
        said = _say("more", lang).format(drawn=_DRAWN, count=len(report.lines))
        more = f'<p class="soft">{_e(said)}</p>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 980 {height}" '
        f'aria-label="{_e(_say("outcomes", lang))}">{"".join(parts)}</svg>{more}'
    )


def _bar(name: str, x: float, y: float, width: float, hint: str) -> str:
    fill = "url(#hatch)" if name == "overdue" else f"var(--{name})"
    told = f"<title>{_e(hint)}</title>" if hint else ""
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="16" fill="{fill}" '
        f'stroke="var(--paper)">{told}</rect>'
    )


def _worst(report: Report, lang: Language) -> str:
    if not report.worst:
        return f"<p>{_e(_say('none', lang))}</p>"
    heads = [_say(name, lang) for name in ("plan", "obligation", "clause", "rate", "late")]
    rows = [
        [
            it.plan,
            it.title.words(lang) or it.obligation,
            it.clause,
            _percent(it.rates.on_time_rate),
            f"{it.rates.late:,}",
            f"{it.rates.overdue:,}",
        ]
        for it in report.worst
    ]
    return _table([*heads, _say("overdue", lang)], rows, words=3)


def _figures(report: Report, lang: Language) -> str:
    names = [*report.by, *COUNTS, "completion", "rate", "median", "p95"]
    rows = [
        [*_shown(report.by, it.key, it.title, lang), *_numbers(it.rates, lang)]
        for it in report.lines
    ]
    return _table([_say(name, lang) for name in names], rows, words=len(report.by))


def _shown(by: Sequence[str], key: Sequence[str], title: Text, lang: Language) -> list[str]:
    return [
        (title.words(lang) or word) if name == "obligation" else word or "–"
        for name, word in zip(by, key, strict=True)
    ]


def _numbers(rates: Rates, lang: Language) -> list[str]:
    return [
        *(f"{getattr(rates, name):,}" for name in COUNTS),
        _percent(rates.completion_rate),
        _percent(rates.on_time_rate),
        _time(rates.minutes(50), lang),
        _time(rates.minutes(95), lang),
    ]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], words: int) -> str:
    numeric = ' class="n"'

    def cells(kind: str, row: Sequence[str]) -> str:
        return "".join(
            f"<{kind}{'' if place < words else numeric}>{_e(it)}</{kind}>"
            for place, it in enumerate(row)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    head = f"<thead><tr>{cells('th', heads)}</tr></thead>"
    return f'<div class="scroll"><table>{head}<tbody>{body}</tbody></table></div>'


def _label(title: Text, key: Sequence[str], lang: Language) -> str:
    said = title.words(lang)
    words = [said if said and ":" in it else it or "–" for it in key]
    return " · ".join(words)


def _fits(lang: Language) -> int:
    return 26 if lang == "zh" else 46


def _percent(rate: Fraction | None) -> str:
    return "–" if rate is None else f"{float(rate):.1%}"


def _time(minutes: int | None, lang: Language) -> str:
    if minutes is None:
        return "–"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} 分钟" if lang == "zh" else f"{rest} min"
    if lang == "zh":
        return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def _say(key: str, lang: Language) -> str:
    return _WORDS[key].words(lang)


def _e(text: str) -> str:
    return escape(text)
