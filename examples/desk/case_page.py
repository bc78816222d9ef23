"""The page of a case: where it stands, what is owed and why, what was told, what was written."""

from __future__ import annotations

import secrets
import zlib
from typing import Any

from examples.desk.asking import Ask
from examples.desk.duties import approvals, grouped, lacking
from examples.desk.faults import Fault
from examples.desk.fields import choices, fields_of
from examples.desk.security import PICTURE_POLICY
from starlette.responses import Response

from workflow.cases import Case, Status
from workflow.cases.clocks import Clock
from workflow.errors import UnknownCaseError, UnknownNameError
from workflow.pictures import timeline_of


def case_page(ask: Ask) -> Response:
    """The page of a case."""
    case = case_of(ask)
    if case is None:
        return ask.problem(404, "no_such_case")
    return shown(ask, case)


def shown(
    ask: Ask, case: Case, *, fault: Fault | None = None, event: str = "", status: int = 200
) -> Response:
    """The page, with the form as it was filled in and what is wrong with it."""
    standing = case.status_at(ask.now)
    groups = grouped(standing)
    offered = choices(case, standing, ask.person)
    event = event or str(ask.request.query_params.get("event", ""))
    known = {name for names in offered.values() for name in names}
    return ask.show(
        "case.html",
        status,
        case=case,
        plan=case.plan,
        standing=standing,
        matter=ask.desk.matters.matter(case.id),
        groups=groups,
        lacking=lambda clock: lacking(clock, ask.lang),
        next_due=_next(groups),
        approvals=list(approvals(standing, ask.person)),
        choices=offered,
        chosen=event,
        fields=fields_of(case, standing, ask.person, event) if event in known else None,
        form=ask.form,
        fault=fault,
        flash=ask.request.session.pop("flash", ""),
        pulse=pulse(case, standing),
        story=case.story(standing.now, ask.lang),
        remarks=ask.desk.matters.remarks(case.id),
        notices=ask.desk.engine.notices(case.id)[::-1],
        names={each.name: each.title.words(ask.lang) for each in ask.desk.people},
        **new_key(ask),
    )


def why(ask: Ask) -> Response:
    """Why a duty stands as it does and is due when it is: every step, with its clause."""
    case = case_of(ask)
    if case is None:
        return ask.problem(404, "no_such_case")
    try:
        clock = case.status_at(ask.now).obligation(ask.request.path_params["clock"])
    except UnknownNameError:
        return ask.problem(404, "no_such_duty")
    partial = bool(ask.request.headers.get("hx-request"))
    return ask.show(
        "why_part.html" if partial else "why.html", case=case, explanation=clock.explain(ask.lang)
    )


def picture(ask: Ask) -> Response:
    """The timeline of a case, as the library draws it."""
    case = case_of(ask)
    if case is None:
        return ask.problem(404, "no_such_case")
    notices = ask.desk.engine.notices(case.id)
    drawn = timeline_of(case.status_at(ask.now), notices=notices, lang=ask.lang)
    own = {"content-security-policy": PICTURE_POLICY}
    return Response(drawn, media_type="image/svg+xml", headers=own)


def changed(ask: Ask) -> Response:
    """Whether the case has changed since a page was made: a line that says so, or nothing."""
    case = case_of(ask)
    if case is None:
        return Response(status_code=204)
    same = ask.request.query_params.get("since") == pulse(case, case.status_at(ask.now))
    return Response(status_code=204) if same else ask.show("changed.html", case=case)


def case_of(ask: Ask) -> Case | None:
    """The case that the address names."""
    try:
        return ask.desk.engine.case(ask.request.path_params["case"])
    except UnknownCaseError:
        return None


def pulse(case: Case, status: Status) -> str:
    """A short text that differs when the case has: its events, and the states of its clocks."""
    states = " ".join(f"{clock.id}={clock.state.value}" for clock in status.clocks)
    return f"{len(case.events)}-{zlib.crc32(states.encode()):08x}"


def _next(groups: dict[str, list[Clock]]) -> Clock | None:
    """What is due next: what is late comes first, and what has only a target last."""
    running = sorted(groups["running"], key=lambda clock: clock.due_instant is None)
    coming = [it for it in running if it.due_instant is not None or not it.target_missed]
    return next(iter(groups["late"] + coming), None)


def new_key(ask: Ask) -> dict[str, Any]:
    """A key for the form, so that a form sent twice is one event."""
    given = ask.form.get("key")
    return {"key": given if isinstance(given, str) and given else secrets.token_urlsafe(12)}
