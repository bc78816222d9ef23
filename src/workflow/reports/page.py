"""A report as one HTML page that stands alone: charts are inline SVG, nothing is fetched.

Light and dark as the reader's system asks; prints in the light colours. The colours are those of
Okabe and Ito; what is overdue is hatched as well, and every bar has its numbers beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from workflow.plans.text import Language
from workflow.reports.figures import COUNTS, Report
from workflow.reports.words import (
    WAITING,
    clause_rows,
    head,
    headline,
    heads,
    line_rows,
    line_words,
    listed_line,
    percent,
    say,
    span_line,
    time_words,
    waiting_rows,
)

_DRAWN = 60
"""Bars at most; the table has every line."""

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
td:not(.n){min-width:8rem}
th,td{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
th{vertical-align:bottom}th.n{white-space:normal;min-width:3.5rem}
svg{width:100%;min-width:44rem;height:auto}svg text{fill:var(--ink);font-size:12px}
@media print{body{margin:0;max-width:none;font-size:11px}tr,.card{break-inside:avoid}
h2{break-after:avoid}.scroll{overflow:visible}svg,th.n{min-width:0}
td:not(.n){min-width:5rem}th,td{padding:.2rem .3rem}}
"""


def page(report: Report, *, lang: Language = "en") -> str:
    """The page.

    Args:
        report: What it shows.
        lang: `en` or `zh`.
    """
    totals = report.totals
    cards = [
        (head("completion", lang), percent(totals.completion_rate)),
        (head("rate", lang), percent(totals.on_time_rate)),
        (head("median", lang), time_words(totals.minutes(50), lang)),
        (head("p95", lang), time_words(totals.minutes(95), lang)),
        (head("overdue", lang), f"{totals.overdue:,}"),
        (head("open", lang), f"{totals.open:,}"),
    ]
    shown = "".join(f'<div class="card">{_e(name)}<b>{_e(it)}</b></div>' for name, it in cards)
    title = _e(say("title", lang))
    when = "<br>".join(_e(it) for it in (headline(report, lang), span_line(report, lang)) if it)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        f'<h1>{title}</h1><p class="soft">{when}</p><div class="cards">{shown}</div>'
        f"<h2>{_e(say('outcomes', lang))}</h2>{_chart(report, lang)}"
        f"<h2>{_e(say('waiting', lang))}</h2>{_waiting(report, lang)}"
        f"<h2>{_e(say('worst', lang))}</h2>{_worst(report, lang)}"
        f"<h2>{_e(say('figures', lang))}</h2>{_figures(report, lang)}"
        f'<p class="soft">{_e(say("notes", lang))}</p></body></html>\n'
    )


def _chart(report: Report, lang: Language) -> str:
    if not report.lines:
        return f"<p>{_e(say('empty', lang))}</p>"
    lines = report.lines[:_DRAWN]
    height = 34 + 24 * len(lines)
    most = max(it.rates.count for it in lines)
    parts = [
        (
            '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--overdue)"/>'
            '<rect width="2" height="6" fill="var(--paper)"/></pattern></defs>'
        )
    ]
    for place, name in enumerate(COUNTS):
        x = 10.0 + place * 160
        parts.append(_bar(name, x, 6, 14, ""))
        parts.append(f'<text x="{x + 20:.0f}" y="18">{_e(say(name, lang))}</text>')
    for place, line in enumerate(lines):
        y, x = 34 + 24 * place, 330.0
        label = " · ".join(line_words(line, lang))
        short = label if len(label) <= _fits(lang) else label[: _fits(lang) - 1] + "…"
        parts.append(
            f'<text x="322" y="{y + 13}" text-anchor="end"><title>{_e(label)}</title>'
            f"{_e(short)}</text>"
        )
        for name in COUNTS:
            count = getattr(line.rates, name)
            if count:
                width = 480 * count / most
                parts.append(_bar(name, x, y, width, f"{say(name, lang)}: {count:,}"))
                x += width
        said = f"{line.rates.count:,} · {percent(line.rates.on_time_rate)}"
        parts.append(f'<text x="{x + 8:.1f}" y="{y + 13}">{_e(said)}</text>')
    more = ""
    if len(report.lines) > _DRAWN:
        said = say("more", lang).format(drawn=_DRAWN, count=len(report.lines))
        more = f'<p class="soft">{_e(said)}</p>'
    return (
        '<div class="scroll"><svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 980 {height}" '
        f'aria-label="{_e(say("outcomes", lang))}">{"".join(parts)}</svg></div>{more}'
    )


def _bar(name: str, x: float, y: float, width: float, hint: str) -> str:
    fill = "url(#hatch)" if name == "overdue" else f"var(--{name})"
    told = f"<title>{_e(hint)}</title>" if hint else ""
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="16" fill="{fill}" '
        f'stroke="var(--paper)">{told}</rect>'
    )


def _waiting(report: Report, lang: Language) -> str:
    if not report.waiting:
        return f"<p>{_e(say('nothing', lang))}</p>"
    names = [head(name, lang) for name in WAITING]
    more = listed_line(report, lang, "listed_here")
    told = f'<p class="soft">{_e(more)}</p>' if more else ""
    return told + _table(names, waiting_rows(report, lang), words=len(names))


def _worst(report: Report, lang: Language) -> str:
    if not report.worst:
        return f"<p>{_e(say('none', lang))}</p>"
    names = ("plan", "obligation", "clause", "rate", "late", "overdue")
    return _table([head(name, lang) for name in names], clause_rows(report, lang), words=3)


def _figures(report: Report, lang: Language) -> str:
    if not report.lines:
        return f"<p>{_e(say('empty', lang))}</p>"
    return _table(heads(report.by, lang), line_rows(report, lang), words=len(report.by))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], words: int) -> str:
    numeric = ' class="n"'

    def cells(kind: str, row: Sequence[str]) -> str:
        return "".join(
            f"<{kind}{'' if place < words else numeric}>{_e(it)}</{kind}>"
            for place, it in enumerate(row)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    top = f"<thead><tr>{cells('th', heads)}</tr></thead>"
    return f'<div class="scroll"><table>{top}<tbody>{body}</tbody></table></div>'


def _fits(lang: Language) -> int:
    return 26 if lang == "zh" else 46


def _e(text: str) -> str:
    return escape(text)
