"""A report on duties: counts and rates from a store, by plan, duty, level, role and month.

A duty counts in the month, and the span asked for, in which it started to apply. The counting is
done by the database; what is read here is one row for each kind. What each rate means: `rates`.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from workflow.cases.life import State
from workflow.engine import Engine
from workflow.errors import WorkflowError
from workflow.instants import LAST, Instant, Moment, Zone, to_instant, to_moment, zone_of
from workflow.plans.text import Text
from workflow.reports.figures import DIMENSIONS, Clause, Line, Report, Waiting
from workflow.reports.known_plans import KnownPlans
from workflow.reports.months import months
from workflow.reports.rates import Rates, rates
from workflow.stores.rows import KINDS, ClockRow, Tally
from workflow.stores.store import Store

_WORST = 10
_WAITING = 20


def report(
    source: Engine | Store,
    *,
    by: Sequence[str] = ("obligation",),
    since: Moment | None = None,
    until: Moment | None = None,
    now: Moment | None = None,
    worst: int = _WORST,
    waiting: int = _WAITING,
) -> Report:
    """Count the duties of a store, and work out the rates.

    Args:
        source: An engine or its store. A store has no time, so it needs `now`.
        by: What to count by, in that order: `plan`, `obligation` (with its plan), `level`,
            `category`, `role` (the first that owes it), `month` (of the start, in the plan's zone).
        since: Duties that started from then on; by default all.
        until: Duties that started before then; by default all.
        now: The present: what is owed and was due before it is overdue.
        worst: How many clauses to name at most.
        waiting: How many of the duties that are open or overdue now to list at most, whenever
            they started. What is paused or has no limit has no due time, and is not listed.

    Raises:
        WorkflowError: A dimension is not known or named twice, or a store was given without `now`.
    """
    _check(by)
    store = source.store if isinstance(source, Engine) else source
    instant = _present(source, now)
    groups: dict[tuple[str, ...], list[Tally]] = {}
    duties: dict[tuple[str, str], list[Tally]] = {}
    zones = []
    kinds = [name for name in KINDS if name in by]
    with store.reading() as unit:
        plans = KnownPlans.of(unit)
        for plan, first, last in unit.started():
            start = first if since is None else max(first, to_instant(since))
            end = Instant(last + 1)
            if until is not None:
                end = min(end, to_instant(until))
            zone, lasting = plans.zone(plan), plans.lasting(plan)
            zones.append(zone)
            spans = months(start, end, zone) if "month" in by else [("", start, end)]
            for month, begin, finish in spans:
                for tally in unit.tally(plan, begin, finish, instant, kinds):
                    # How long a watch lasted is not how long somebody took.
                    it = attrs.evolve(tally, minutes=None) if tally.obligation in lasting else tally
                    groups.setdefault(_key(by, plan, month, it), []).append(it)
                    duties.setdefault((plan, it.obligation), []).append(it)
        owed, owed_count = unit.owed(LAST, waiting), unit.owed_count()
    everything = rates(it for found in duties.values() for it in found)
    zone = zones[0] if len(set(zones)) == 1 else zone_of("UTC")
    return Report(
        by=tuple(by),
        now=to_moment(instant, zone).isoformat(),
        zone=zone.name,
        since=_shown(since, zone),
        until=_shown(until, zone),
        totals=everything,
        lines=tuple(
            Line(key=key, titles=_titles(plans, by, key), rates=rates(groups[key]))
            for key in sorted(groups)
        ),
        worst=_worst(plans, {key: rates(found) for key, found in duties.items()})[:worst],
        waiting=tuple(_waiting(plans, case, row, instant) for case, row in owed),
        waiting_count=owed_count,
    )


def _waiting(plans: KnownPlans, case: str, row: ClockRow, now: Instant) -> Waiting:
    zone = plans.zone(row.plan)
    due = LAST if row.due is None else row.due
    duty = plans.duty(row.plan, row.obligation)
    return Waiting(
        due=to_moment(due, zone).isoformat(),
        zone=zone.name,
        seconds_left=(due - now) / 1_000_000,
        overdue=due < now and row.state != State.PAUSED.value,
        case=case,
        plan=row.plan,
        obligation=row.obligation,
        title=Text() if duty is None else duty.title,
        role=row.role,
        role_title=plans.called(row.plan, "role", row.role),
    )


def _check(by: Sequence[str]) -> None:
    wrong = [name for name in by if name not in DIMENSIONS]
    if isinstance(by, str) or wrong or len(set(by)) != len(by):
        raise WorkflowError(
            f"A report cannot count by {by!r}.",
            place="report, by",
            allowed=f"each of {', '.join(DIMENSIONS)} at most once, as a list",
        )


def _present(source: Engine | Store, now: Moment | None) -> Instant:
    if now is not None:
        return to_instant(now)
    if isinstance(source, Engine):
        return source.time.now()
    raise WorkflowError(
        "A store does not know what time it is.", place="report, now", mend="Give now=."
    )


def _key(by: Sequence[str], plan: str, month: str, it: Tally) -> tuple[str, ...]:
    said = {
        "plan": plan,
        "obligation": it.obligation if "plan" in by else f"{plan}:{it.obligation}",
        "level": it.level,
        "category": it.category,
        "role": it.role,
        "month": month,
    }
    return tuple(said[name] for name in by)


def _shown(moment: Moment | None, zone: Zone) -> str | None:
    return None if moment is None else to_moment(to_instant(moment), zone).isoformat()


def _titles(plans: KnownPlans, by: Sequence[str], key: tuple[str, ...]) -> tuple[Text, ...]:
    """What the words of a line are called; nothing for a month."""
    named = dict(zip(by, key, strict=True))
    plan, duty = named.get("plan"), named.get("obligation", "")
    if plan is None and duty:
        plan, _, duty = duty.partition(":")
    found = []
    for name, word in named.items():
        if name == "obligation" and plan is not None:
            owed = plans.duty(plan, duty)
            found.append(Text() if owed is None else owed.title)
        elif name == "plan":
            found.append(plans.title(word))
        elif name == "month":
            found.append(Text())
        else:
            found.append(plans.called(plan, name, word))
    return tuple(found)


def _worst(plans: KnownPlans, found: dict[tuple[str, str], Rates]) -> tuple[Clause, ...]:
    """Those with late or overdue duties, the lowest on-time rate first, then the most of them."""
    bad = sorted(
        (each.on_time_rate or 0, -(each.late + each.overdue), *key)
        for key, each in found.items()
        if each.late + each.overdue
    )
    return tuple(_clause(plans, plan, duty, found[plan, duty]) for _, _, plan, duty in bad)


def _clause(plans: KnownPlans, plan: str, obligation: str, counted: Rates) -> Clause:
    duty = plans.duty(plan, obligation)
    return Clause(
        plan=plan,
        plan_title=plans.title(plan),
        obligation=obligation,
        title=Text() if duty is None else duty.title,
        clause="" if duty is None else duty.origin.clause,
        rates=counted,
    )
