"""`workflow plans` and `workflow show PLAN`: what plans there are, and what one says."""

from __future__ import annotations

import click

from workflow.cases.timetable import rule_of
from workflow.cli.output import (
    console,
    examples,
    heading,
    json_option,
    language_option,
    plan_names,
    plan_of,
    styled,
    table,
    who_to_whom,
    write_json,
)
from workflow.plans.model import Plan
from workflow.plans.text import Language

_HEADS: dict[Language, tuple[str, ...]] = {
    "en": ("Plan", "Title", "Section", "Kind", "Levels", "Stages", "Duties"),
    "zh": ("预案", "名称", "章节", "类型", "级别", "阶段", "义务"),
}
_WORDS: dict[str, tuple[str, str]] = {
    "stages": ("Stages", "阶段"),
    "moves": ("What moves a case", "阶段转换"),
    "levels": ("Levels, most severe first", "级别（由高到低）"),
    "categories": ("Categories", "类别"),
    "duties": ("Duties", "义务"),
    "duty": ("Duty", "义务"),
    "who": ("Who → to whom", "责任方 → 对象"),
    "rule": ("Time", "时限"),
    "from": ("Counted from", "起算"),
    "clause": ("Clause", "依据"),
    "parameters": ("Set by the adopter", "由采用单位设定"),
    "conflicts": ("Where the text contradicts itself", "原文矛盾之处"),
    "notes": ("Notes", "说明"),
    "follows": ("followed here", "本文件采用"),
    "zone": ("Time zone", "时区"),
    "version": ("version", "版本"),
    "unset": ("not set", "未设定"),
    "any": ("one is enough", "符合其一"),
    "all": ("all of them", "须全部符合"),
    "section": ("section", "章节"),
}


def _say(key: str, lang: Language) -> str:
    return _WORDS[key][lang == "zh"]


@click.command(
    short_help="List the plans that come with the package.",
    epilog=examples("workflow plans", "workflow plans --json"),
)
@language_option
@json_option
def plans(lang: Language, *, as_json: bool) -> None:
    """List the plans that come with the package, by name."""
    from workflow.plans.catalogue import load, names

    found = [load(name) for name in names()]
    if as_json:
        write_json(
            [
                {
                    "name": plan.name,
                    "version": plan.version,
                    "title": {"en": plan.title.words("en"), "zh": plan.title.words("zh")},
                    "sections": [it.section for it in plan.sources if it.section],
                    "levels": [it.id for it in plan.levels],
                    "stages": [it.id for it in plan.stages],
                    "obligations": len(plan.obligations),
                    "digest": plan.digest,
                }
                for plan in found
            ]
        )
        return
    rows = [
        (
            styled(plan.name, "bold"),
            plan.title.words(lang),
            ", ".join(it.section for it in plan.sources if it.section),
            next((it.kind for it in plan.sources if it.kind), ""),
            str(len(plan.levels) or "-"),
            str(len(plan.stages)),
            str(len(plan.obligations)),
        )
        for plan in found
    ]
    console().print(table(_HEADS[lang], rows, [0, 3, 0, 2, 0, 0, 0]))


@click.command(
    short_help="Show what a plan says.",
    epilog=examples("workflow show township", "workflow show township --lang zh"),
)
@click.argument("plan", shell_complete=plan_names)
@language_option
@json_option
def show(plan: str, lang: Language, *, as_json: bool) -> None:
    """Show what PLAN says: stages, levels, duties with their clauses, conflicts, notes.

    PLAN is a name from `workflow plans`, or the path of a YAML or TOML file.
    """
    found = plan_of(plan)
    if as_json:
        write_json({"digest": found.digest, "document": _plain(found.document)})
        return
    out = console()
    title = found.title.words(lang) or found.name
    out.print(
        styled(title, "bold"), styled(f"({found.name}, {_say('version', lang)} {found.version})")
    )
    out.print(f"{_say('zone', lang)}: {found.timezone}")
    for source in found.sources:
        where = f"{_say('section', lang)} {source.section}" if source.section else source.id
        out.print(" · ".join(it for it in (where, source.title.words(lang), source.kind) if it))
    _stages(found, lang)
    _levels(found, lang)
    _duties(found, lang)
    _rest(found, lang)


def _stages(plan: Plan, lang: Language) -> None:
    out = console()
    out.print(heading(_say("stages", lang)))
    rows = [(it.id, it.title.words(lang), it.kind.value) for it in plan.stages]
    out.print(table(("", "", ""), rows, show_header=False))
    out.print(heading(_say("moves", lang)))
    moves = [
        (
            styled(plan.event(it.event).title.words(lang) or it.event),
            styled(f"{', '.join(it.sources)} → {it.target}"),
        )
        for it in plan.transitions
    ]
    out.print(table(("", ""), moves, show_header=False))


def _levels(plan: Plan, lang: Language) -> None:
    out = console()
    if plan.levels:
        out.print(heading(_say("levels", lang)))
    for level in plan.levels:
        how = _say("all" if level.all_criteria else "any", lang) if level.criteria else ""
        out.print(
            styled(f"{level.title.words(lang)} [{level.id}]".strip(), "bold"), styled(how, "dim")
        )
        for criterion in level.criteria:
            out.print(styled(f"  · {criterion}"))
    if plan.categories:
        out.print(heading(_say("categories", lang)))
        kinds = [(it.id, it.title.words(lang)) for it in plan.categories]
        out.print(table(("", ""), kinds, show_header=False))


def _duties(plan: Plan, lang: Language) -> None:
    out = console()
    out.print(heading(f"{_say('duties', lang)} ({len(plan.obligations)})"))
    rows = []
    for owed in plan.obligations:
        anchors = [plan.event(name).title.words(lang) or name for name in owed.anchors]
        rows.append(
            (
                styled("\n".join(it for it in (owed.title.words(lang), owed.id) if it)),
                styled(who_to_whom(plan, owed.who, owed.to, lang)),
                styled(rule_of(plan, owed).words(lang)),
                styled(("或" if lang == "zh" else " or ").join(anchors)),
                styled(
                    f"§{owed.origin.section} {owed.origin.clause}" if owed.origin.section else ""
                ),
            )
        )
    heads = [_say(key, lang) for key in ("duty", "who", "rule", "from", "clause")]
    out.print(table(heads, rows, [3, 3, 2, 2, 4], show_lines=True, expand=True))


def _rest(plan: Plan, lang: Language) -> None:
    out = console()
    if plan.parameters:
        out.print(heading(_say("parameters", lang)))
        for it in plan.parameters:
            value = it.value.words(lang) if it.value is not None else _say("unset", lang)
            out.print(styled(f"  {it.id}: {it.title.words(lang)} = {value}"))
    if plan.conflicts:
        out.print(heading(_say("conflicts", lang)))
        for conflict in plan.conflicts:
            out.print(styled(f"  {conflict.about}: {' / '.join(conflict.says)}"))
            if conflict.follows:
                out.print(styled(f"    {_say('follows', lang)}: {conflict.follows}"))
    if plan.notes:
        out.print(heading(_say("notes", lang)))
        for note in plan.notes:
            out.print(styled(f"  · {note}"))


def _plain(value: object) -> object:
    """Plain lists and mappings of what a document said."""
    if hasattr(value, "items"):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
