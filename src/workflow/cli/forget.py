"""`workflow forget PERSON`: a person's name and free text taken out of the logs, for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import click

from workflow.cli.database import database_option, engine_on, known_case
from workflow.cli.output import console, examples, json_option, language_option, write_json

if TYPE_CHECKING:
    from workflow.plans.text import Language

_WORDS: dict[str, tuple[str, str]] = {
    "ask": (
        "This cannot be taken back. Forget {person}?",
        "此操作不可撤销。确定删除“{person}”的个人信息吗？",
    ),
    "done": (
        "Forgotten. Events: {events}. Cases: {cases}. The hashes hold: workflow verify.",
        "已在 {cases} 个案件的 {events} 条记录中删除。哈希链保持完整：workflow verify。",
    ),
    "kept": (
        "Events that an older version wrote, and that still hold the name: {kept}.",
        "{kept} 条由旧版本写入的记录仍保留该姓名。",
    ),
}


@click.command(
    short_help="Take a person's name and words out of the logs.",
    epilog=examples('workflow forget "Zhang San" --yes --db sqlite:///cases.db'),
)
@click.argument("person")
@click.option("--case", metavar="ID", help="Only in this case.")
@click.option("--by", default="", metavar="ROLE", help="The role at whose word it is forgotten.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@database_option
@language_option
@json_option
def forget(
    person: str,
    case: str | None,
    by: str,
    url: str | None,
    lang: Language,
    *,
    yes: bool,
    as_json: bool,
) -> None:
    """Forget PERSON: each event that names them loses its names and its free text, for good.

    No due time, state or notice changes, and the hashes hold. Older backups and exports still
    hold the name: forget it there too, or let them go.
    """
    place = int(lang == "zh")
    with engine_on(url) as engine:
        if not yes and person.strip():  # without a name the engine refuses
            click.confirm(_WORDS["ask"][place].format(person=person), abort=True, err=True)
        if case is None:
            found = engine.forget(person, by=by)
        else:
            with known_case(engine, case):
                found = engine.forget(person, case_id=case, by=by)
    if as_json:
        write_json(attrs.asdict(found))
        return
    counts = {"events": found.events, "cases": len(found.cases), "kept": found.kept}
    out = console()
    out.print(_WORDS["done"][place].format(**counts))
    if found.kept:
        out.print(_WORDS["kept"][place].format(**counts))
