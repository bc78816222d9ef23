"""`workflow due RULE --from T`: one due time with the steps by which it was found.

Without a rule it lists what is due next in all cases of a database; that is told in owed.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workflow.cli.database import database_option, now_option
from workflow.cli.due_options import calendar_of, event_of, pause_of, rule_of
from workflow.cli.output import (
    console,
    examples,
    indented,
    json_option,
    language_option,
    styled,
    write_json,
)
from workflow.cli.times import time_of
from workflow.errors import HolidayReachError, RuleError
from workflow.instants import show, to_instant, zone_of

if TYPE_CHECKING:
    from workflow.plans.text import Language

_NO_HOURS = {
    "en": "No --hours were given: Monday to Friday count, all day long.",
    "zh": "未给出 --hours：按周一至周五全天计算。",
}

_GIVE_HOURS = (
    'Give them: --hours "mon-fri 09:00-12:00,13:30-18:00", and --calendar CN for holidays.'
)

_NO_ZONE = {
    "en": "No --timezone was given: local days are counted at {offset} all year.",
    "zh": "未给出 --timezone：本地日期全年按 {offset} 计算。",
}


@click.command(
    short_help="One due time with its steps; without a rule, what is due next.",
    epilog=examples(
        'workflow due "3 days" --from 2026-03-02T08:40+08:00 --timezone Asia/Shanghai',
        'workflow due "3 working days" --from 2026-02-13T10:00+08:00 --calendar CN',
        "workflow due --db sqlite:///cases.db",
        "workflow due --until 2126-03-02T18:00+08:00 --db sqlite:///cases.db",
    ),
)
@click.argument("rule", required=False)
@click.option("--from", "anchor", metavar="T", help="The anchor, ISO 8601 with an offset.")
@click.option("--timezone", metavar="Z", help="The IANA zone of local days, such as Asia/Shanghai.")
@click.option(
    "--calendar", metavar="CN", help="Public holidays: a country, or one with a part (US-MA)."
)
@click.option(
    "--hours",
    metavar="H",
    help='Working hours: "mon-fri 09:00-12:00,13:30-18:00; sat 09:00-12:00".',
)
@click.option("--strict", is_flag=True, help="Refuse years that the holiday data does not reach.")
@click.option("--ends", metavar="E", help="midnight, close or same_time.")
@click.option("--rollover", metavar="R", help="none, next_working_day or previous_working_day.")
@click.option("--rollover-at", metavar="AT", help="end, same_time or a wall time such as 12:00.")
@click.option(
    "--min-working-days",
    type=click.IntRange(0, 366),
    metavar="N",
    help="How many working days it must hold.",
)
@click.option(
    "--count-anchor-day", is_flag=True, default=None, help="The anchor's own day is day 1."
)
@click.option("--anchor-off-day", metavar="A", help="count_normally or first_working_day_is_day_1.")
@click.option("--start", metavar="S", help="at_once or next_full_hour.")
@click.option("--assume", metavar="D", help='What "promptly" is taken to mean, such as "30 min".')
@click.option("--promise", metavar="D", help='The date or time that was promised, for "promised".')
@click.option(
    "--event",
    "events",
    multiple=True,
    metavar="NAME=T",
    help="When a named event happened, for the parts of earliest_of and latest_of; repeatable.",
)
@click.option(
    "--pause",
    "pauses",
    multiple=True,
    metavar="T/T",
    help="A span that does not count; without its second time it is still open; repeatable.",
)
@database_option
@now_option
@click.option("--until", metavar="T", help="Without RULE: what is due by then.")
@click.option("--limit", type=click.IntRange(1), default=100, help="Without RULE: lines at most.")
@language_option
@json_option
def due(
    rule: str | None,
    anchor: str | None,
    timezone: str | None,
    calendar: str | None,
    hours: str | None,
    promise: str | None,
    events: tuple[str, ...],
    pauses: tuple[str, ...],
    url: str | None,
    now: str | None,
    until: str | None,
    limit: int,
    lang: Language,
    *,
    strict: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """When RULE falls due, counted from T, and why.

    RULE is an amount as plans write it ("30 min", "3 working days", "1 month", "same day"), or a
    mapping as in a plan document: "{working_days: 3, ends: close}".

    Without RULE: what is due next in all cases of the database, overdue duties first.
    """
    if rule is None:
        _listed(url, now, until, limit, lang, anchor, as_json=as_json)
        return
    if anchor is None:
        raise click.UsageError("Missing option '--from'.", click.get_current_context())
    from workflow.deadlines.working_time import WorkingTime
    from workflow.plans.due import due as find

    zone = None if timezone is None else zone_of(timezone)
    time_of(anchor, "--from", zone)  # before the zone is taken from its end
    chosen = calendar_of(calendar, hours, timezone, anchor, strict=strict)
    read = rule_of(rule)
    given = {name: value for name, value in options.items() if value is not None}
    try:
        found = find(
            read,
            anchor,
            calendar=chosen,
            timezone=timezone,
            lang=lang,
            promise=promise,
            anchors=dict(event_of(text, zone) for text in events),
            pauses=[pause_of(text, zone) for text in pauses],
            **given,
        )
    except HolidayReachError as error:
        raise HolidayReachError(
            error.what,
            place="--calendar",
            allowed=error.allowed,
            mend="Update the holidays package, or leave --strict out for an answer with a caution.",
        ) from error
    except RuleError as error:
        if error.place != "calendar":
            raise
        raise RuleError(error.what, mend=_GIVE_HOURS) from error
    caveats = [it.text(lang) for it in found.caveats]
    if calendar and not hours:
        if isinstance(found.rule, WorkingTime) or options.get("ends") in {"close", "same_time"}:
            raise RuleError(
                f'"{rule}" asks which hours are worked, and only holidays are given.',
                mend=_GIVE_HOURS,
            )
        caveats.append(_NO_HOURS[lang])
    if chosen is not None and timezone is None:
        caveats.append(_NO_ZONE[lang].format(offset=chosen.timezone))
    zone = found.derivation.zone
    if as_json:
        write_json(
            {
                "rule": rule,
                "from": anchor,
                "due": None if found.at is None else found.at.isoformat(),
                "timezone": zone.name,
                "steps": found.derivation.data(),
                "text": found.derivation.text(lang).splitlines(),
                "caveats": caveats,
            }
        )
        return
    out = console()
    at = "-" if found.at is None else show(to_instant(found.at), zone)
    out.print(styled(at, "bold"), styled(found.rule.words(lang), "dim"))
    for step in found.derivation:
        out.print(indented(step.text(zone, lang)))
    head = {"en": "Caution", "zh": "注意"}[lang]
    for caveat in caveats:
        out.print(indented(f"{head}: {caveat}", "yellow"))


def _listed(
    url: str | None,
    now: str | None,
    until: str | None,
    limit: int,
    lang: Language,
    anchor: str | None,
    *,
    as_json: bool,
) -> None:
    if anchor is not None or not url:
        raise click.UsageError(
            "Missing argument 'RULE'. Or, for what is due in a database, give --db.",
            click.get_current_context(),
        )
    if until is not None:
        time_of(until, "--until")  # before the database is opened
    from workflow.cli.owed import list_due

    list_due(url, now, until, limit, lang, as_json=as_json)
