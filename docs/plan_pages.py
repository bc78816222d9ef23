"""One page for each documented plan, in English and Chinese, written from the plan itself.

The same plans always give the same pages: nothing is read but the catalogue, and the example
timetable starts at one fixed moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from workflow import plans
from workflow.cases.timetable import timetable
from workflow.cases.timetable_row import Row, When
from workflow.instants import show
from workflow.plans.model import Plan
from workflow.plans.obligation import Approval, Obligation
from workflow.plans.text import Language, Text

LANGS: tuple[Language, ...] = ("en", "zh")
EXAMPLE = "2026-03-02T08:40+08:00"
"""A Monday morning: the moment from which every example timetable counts."""

INTRODUCTION = """\
# The documented plans

Each page shows one plan as the library carries it: stages, levels, roles, and every duty with its
clause. The clauses are the wording of the source in Chinese. Titles, rules and readings are given
in both languages. The pages are written from the plan documents when the documentation is built,
so a page cannot say anything that the plan does not.

What these plans carry, and what was left out of them on purpose, stands in [Scope](../scope.md).

| plan | | duties |
| --- | --- | --- |
"""


def write(folder: Path) -> None:
    """Write every page into `folder`; a page that would not change is left alone."""
    pages = {f"{name}.md": page(plans.load(name)) for name in plans.names()}
    pages["index.md"] = index()
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def index() -> str:
    """The page that lists the plans."""
    rows, links = [], []
    for name in plans.names():
        plan = plans.load(name)
        rows.append(
            f"| [{_words(plan.title, 'en', name)}]({name}.md) "
            f"| {_words(plan.title, 'zh', name)} | {len(plan.obligations)} |"
        )
        links.append(name)
    toc = "\n".join(links)
    return INTRODUCTION + "\n".join(rows) + f"\n\n```{{toctree}}\n:hidden:\n\n{toc}\n```\n"


def page(plan: Plan) -> str:
    """The page of one plan."""
    return "\n".join(_lines(plan)).rstrip() + "\n"


def _lines(plan: Plan) -> Iterator[str]:
    yield f"# {_both(plan.title, plan.name)}"
    yield ""
    yield f"Name `{plan.name}`, version {plan.version}, time zone {plan.timezone}. In Python:"
    yield ""
    yield f'```python\nplan = workflow.plans.load("{plan.name}")\n```'
    yield from _sources(plan)
    yield from _stages(plan)
    yield from _levels(plan)
    yield from _categories(plan)
    yield from _roles(plan)
    yield from _timetables(plan)
    yield from _duties(plan)
    yield from _parameters(plan)
    yield from _conflicts(plan)
    if plan.notes:
        yield "\n## Notes · 说明\n"
        for note in plan.notes:
            yield f"- {_escape(note)}"


def _sources(plan: Plan) -> Iterator[str]:
    if not plan.sources:
        return
    yield "\n## Sources · 来源\n"
    for source in plan.sources:
        parts = [_both(source.title, source.id)]
        if source.section:
            parts.append(f"section {source.section}")
        if source.dated:
            parts.append(f"dated {source.dated}")
        if source.note:
            parts.append(_escape(source.note))
        yield f"- {'; '.join(parts)}"


def _stages(plan: Plan) -> Iterator[str]:
    yield "\n## Stages · 阶段\n"
    yield "A case opens in the first one.\n"
    rows = [
        (f"`{stage.id}`", *_pair(stage.title, stage.id), stage.kind.value) for stage in plan.stages
    ]
    yield from _table(("stage", "English", "中文", "kind · 类型"), rows)
    yield "\nWhat moves a case · 阶段转换:\n"
    rows = []
    for move in plan.transitions:
        needs = f" (with {', '.join(move.needs)})" if move.needs else ""
        en, zh = _pair(plan.event(move.event).title, move.event)
        sources = ", ".join(f"`{name}`" for name in move.sources)
        rows.append((en + needs, zh, sources, f"`{move.target}`"))
    yield from _table(("event", "事件", "from · 自", "to · 至"), rows)


def _levels(plan: Plan) -> Iterator[str]:
    if not plan.levels:
        return
    yield "\n## Levels, most severe first · 级别\n"
    for level in plan.levels:
        asked = "All of · 须全部符合" if level.all_criteria else "Any of · 符合任一项"
        yield f"`{level.id}`: **{_both(level.title, level.id)}**"
        if level.command:
            yield f"Commands · 指挥: {_role(plan, level.command)}"
        yield ""
        if level.criteria:
            yield f"{asked}:\n" if len(level.criteria) > 1 else "Criterion · 标准:\n"
            for criterion in level.criteria:
                yield f"- {_escape(criterion)}"
            yield ""
        if level.note:
            yield f"{_escape(level.note)}\n"


def _categories(plan: Plan) -> Iterator[str]:
    if plan.categories:
        yield "\n## Categories · 类别\n"
        rows = [
            (f"`{it.id}`", *_pair(it.title, it.id), _escape(it.clause)) for it in plan.categories
        ]
        yield from _table(("category", "English", "中文", "clause · 原文"), rows)


def _roles(plan: Plan) -> Iterator[str]:
    if plan.roles:
        yield "\n## Roles · 角色\n"
        rows = [
            (
                f"`{role.id}`",
                *_pair(role.title, role.id),
                ", ".join(_role(plan, name) for name in role.reports_to),
            )
            for role in plan.roles
        ]
        yield from _table(("role", "English", "中文", "reports to · 上报"), rows)


def _timetables(plan: Plan) -> Iterator[str]:
    levels = [level.id for level in plan.levels] or [None]
    opening = plan.opens[0]
    yield "\n## From the opening event on · 时间表\n"
    yield (
        f"What falls due, and when, if “{_both(plan.event(opening).title, opening)}” happens at "
        f"{EXAMPLE}. Duties that wait for something else, or for which the text gives no number, "
        "stand below.\n"
    )
    for level in levels:
        rows = [row for row in timetable(plan, level, EXAMPLE) if row.when is When.DATED]
        option = f" --level {level}" if level else ""
        if level:
            yield f"**{_both(plan.level(level).title, level)}**\n"
        yield f"`workflow timetable {plan.name}{option} --detected {EXAMPLE}`\n"
        if not rows:
            yield "Nothing can be dated from the opening event alone.\n"
            continue
        yield from _table(
            ("due by · 期限", "aim at · 力争", "duty", "职责"),
            [
                (
                    _at(plan, row.limit_instant),
                    _at(plan, row.target_instant),
                    *_pair(row.obligation.title, row.obligation.id),
                )
                for row in rows
            ],
        )
        yield ""


def _duties(plan: Plan) -> Iterator[str]:
    yield "\n## Duties · 职责\n"
    rows: dict[str, dict[str, Row]] = {}
    for level in [level.id for level in plan.levels] or [None]:
        for row in timetable(plan, level, EXAMPLE):
            rows.setdefault(row.obligation.id, {})[level or ""] = row
    for owed in plan.obligations:
        yield f"\n({plan.name}-{owed.id})=\n### {_both(owed.title, owed.id)}\n"
        if owed.origin.clause:
            section = f" (section {owed.origin.section})" if owed.origin.section else ""
            yield f"> {_escape(owed.origin.clause)}{section}\n"
        yield from _table(
            (f"`{owed.id}`", "English", "中文"), list(_facts(plan, owed, rows[owed.id]))
        )
        if owed.origin.note:
            yield f"\n{_escape(owed.origin.note)}"


def _facts(plan: Plan, owed: Obligation, rows: dict[str, Row]) -> Iterator[tuple[str, str, str]]:
    def roles(names: Iterable[str]) -> Text:
        """All of them."""
        titles = [_titles(plan.role(it).title, it) for it in names]
        return Text(_join((en for en, _ in titles), "en"), _join((zh for _, zh in titles), "zh"))

    def events(names: Iterable[str]) -> Text:
        """Any of them is enough."""
        titles = [_titles(plan.event(it).title, it) for it in names]
        return Text(" or ".join(en for en, _ in titles), "或".join(zh for _, zh in titles))

    facts: list[tuple[str, Text]] = [
        ("who · 谁", roles(owed.who)),
        ("to whom · 向谁", roles(owed.to)),
        ("together with · 会同", roles(owed.together_with)),
        ("when it applies · 适用", _applies(plan, owed)),
        ("counted from · 起算", events([owed.before] if owed.before else owed.anchors)),
        ("time · 时限", _times(plan, rows)),
        ("until · 止于", events(owed.until)),
        ("done by · 履行", events(owed.fulfilled_by)),
        ("only after · 须先", events(owed.requires)),
        ("must state · 须载明", Text(_join(owed.states, "en"), _join(owed.states, "zh"))),
        ("approved by · 审批", _approvals(plan, owed)),
        ("weight · 性质", _weight(owed)),
        ("reading · 理解", owed.origin.reading),
    ]
    for name, text in facts:
        if text.en or text.zh:
            yield name, _words(text, "en", ""), _words(text, "zh", "")


def _times(plan: Plan, rows: dict[str, Row]) -> Text:
    """The rule, once where every level has the same one, else level by level."""
    said = {level: row.rule for level, row in rows.items()}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return Text(
        *(
            "; ".join(
                f"{_title(plan.level(level).title, lang, level)}: {rule.words(lang)}"
                for level, rule in said.items()
            )
            for lang in LANGS
        )
    )


def _applies(plan: Plan, owed: Obligation) -> Text:
    applies = owed.applies
    conditions = {it.id: it.title for it in plan.conditions}
    said: list[Text] = []
    for ids, titles in (
        (applies.level, {it.id: it.title for it in plan.levels}),
        (applies.category, {it.id: it.title for it in plan.categories}),
        (applies.stage, {it.id: it.title for it in plan.stages}),
    ):
        if ids:
            said.append(
                Text(
                    " or ".join(_title(titles[it], "en", it) for it in ids),
                    "或".join(_title(titles[it], "zh", it) for it in ids),
                )
            )
    said += [Text(*_titles(conditions[name], name)) for name in applies.when]
    for name in applies.unless:
        en, zh = _titles(conditions[name], name)
        said.append(Text(f"not: {en}", f"非：{zh}"))
    return Text(_join((it.en for it in said), "en"), _join((it.zh for it in said), "zh"))


def _approvals(plan: Plan, owed: Obligation) -> Text:
    def one(approval: Approval, lang: Language) -> str:
        by = (" or " if lang == "en" else "或").join(
            _title(plan.role(name).title, lang, name) for name in approval.by
        )
        return by if approval.within is None else f"{by} ({approval.within.words(lang)})"

    asked = owed.approvals
    said = []
    for lang in LANGS:
        then = ", then " if lang == "en" else "，再经"
        text = then.join(one(it, lang) for it in asked.in_order)
        beside = _join((one(it, lang) for it in asked.in_any_order), lang)
        if beside:
            joint = " together with " if lang == "en" else "，并经"
            text = f"{text}{joint}{beside}" if text else beside
        said.append(text)
    return Text(*said)


def _weight(owed: Obligation) -> Text:
    if owed.practice:
        return Text("a practice that was reported, not a rule", "报告中的做法，并非规定")
    if owed.soft:
        return Text("advice: late is noted, but breaks nothing", "倡导性：逾期只作记录")
    return Text()


def _parameters(plan: Plan) -> Iterator[str]:
    if not plan.parameters:
        return
    yield "\n## Times that the adopter sets · 由采用者设定\n"
    yield "The text leaves these to another document. Until they are set, nothing falls due.\n"
    rows = [(f"`{it.id}`", *_pair(it.title, it.id), _escape(it.clause)) for it in plan.parameters]
    yield from _table(("parameter", "English", "中文", "clause · 原文"), rows)


def _conflicts(plan: Plan) -> Iterator[str]:
    if not plan.conflicts:
        return
    yield "\n## Where the source contradicts itself · 原文抵触之处\n"
    for conflict in plan.conflicts:
        yield f"About {_escape(conflict.about)}, the text says:\n"
        for saying in conflict.says:
            yield f"- {_escape(saying)}"
        if conflict.follows:
            yield f"\nThis plan follows: {_escape(conflict.follows)}\n"
        for clause in conflict.clauses:
            yield f"> {_escape(clause)}\n"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(cell or ' ' for cell in row)} |"


def _at(plan: Plan, instant: int | None) -> str:
    return "" if instant is None else show(instant, plan.zone)


def _role(plan: Plan, name: str) -> str:
    return _both(plan.role(name).title, name)


def _join(parts: Iterable[str], lang: Language) -> str:
    return (", " if lang == "en" else "、").join(parts)


def _title(text: Text, lang: Language, otherwise: str) -> str:
    return text.words(lang) or otherwise


def _titles(text: Text, otherwise: str) -> tuple[str, str]:
    return _title(text, "en", otherwise), _title(text, "zh", otherwise)


def _words(text: Text, lang: Language, otherwise: str) -> str:
    return _escape(_title(text, lang, otherwise))


def _pair(text: Text, otherwise: str) -> tuple[str, str]:
    return _words(text, "en", otherwise), _words(text, "zh", otherwise)


def _both(text: Text, otherwise: str) -> str:
    en, zh = _pair(text, otherwise)
    return en if en == zh else f"{en} · {zh}"


def _escape(text: str) -> str:
    """Plain text as Markdown that shows the same, on one line."""
    flat = " ".join(text.split())
    return "".join(f"\\{it}" if it in "\\`*_[]<>|#" else it for it in flat)
