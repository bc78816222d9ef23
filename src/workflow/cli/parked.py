"""`workflow parked`: what was given up until somebody looks at it, and how it is tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import click

from workflow.cli.database import database_option, engine_on
from workflow.cli.output import (
    console,
    examples,
    json_option,
    language_option,
    styled,
    table,
    write_json,
)
from workflow.errors import StoreError, did_you_mean

if TYPE_CHECKING:
    from workflow.plans.text import Language

_WORDS: dict[str, tuple[str, str]] = {
    "none": ("Nothing is parked.", "没有搁置事项。"),
    "again": ("{id} is tried again at the next tick.", "{id} 将在下次处理时重试。"),
    "kind_case": ("case", "案件"),
    "kind_notice": ("notice", "通知"),
}
_HEADS: dict[str, tuple[str, ...]] = {
    "en": ("Id", "What", "Case", "Sink", "Tries", "Error"),
    "zh": ("编号", "类型", "案件", "接收方", "次数", "错误"),
}


@click.command(
    short_help="What was given up until somebody looks at it.",
    epilog=examples(
        "workflow parked --db sqlite:///cases.db", "workflow parked --json --db sqlite:///cases.db"
    ),
)
@click.option("--redeliver", metavar="ID", help="Try this one again, at the next tick.")
@database_option
@language_option
@json_option
def parked(redeliver: str | None, url: str | None, lang: Language, *, as_json: bool) -> None:
    """List the cases that could not be evaluated and the notices that could not be delivered."""
    with engine_on(url) as engine:
        found = engine.parked()
        if redeliver is not None:
            if not engine.redeliver(redeliver):
                known = [it.id for it in found]
                raise StoreError(
                    f'Nothing is parked under "{redeliver}".',
                    allowed=", ".join(known[:5]) or "nothing: nothing is parked",
                    mend=did_you_mean(redeliver, known),
                )
            if as_json:
                write_json({"id": redeliver, "redelivered": True})
            else:
                console().print(_WORDS["again"][lang == "zh"].format(id=redeliver))
            return
    if as_json:
        write_json([attrs.asdict(it) for it in found])
        return
    out = console()
    if not found:
        out.print(_WORDS["none"][lang == "zh"])
        return
    rows = [
        (
            styled(it.id),
            _WORDS[f"kind_{it.kind}"][lang == "zh"],
            styled(it.case, "bold"),
            it.sink or "-",
            str(it.tries),
            styled(it.error, "red"),
        )
        for it in found
    ]
    out.print(table(_HEADS[lang], rows, [0, 0, 1, 1, 0, 3]))
