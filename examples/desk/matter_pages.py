"""Matters: the list of them, and the form that opens one."""

from __future__ import annotations

import re

import attrs
from examples.desk.asking import Ask
from examples.desk.case_page import new_key
from examples.desk.entry import EntryError, said_of, text_of
from examples.desk.faults import Fault, fault_of
from examples.desk.matters import Matter
from examples.desk.permits import may_open, roles_of
from starlette.responses import RedirectResponse, Response

from workflow.cases import Case, Status
from workflow.errors import WorkflowError

MOST = 50
_NAME = re.compile(r"[\w.-]{1,60}")


@attrs.frozen(kw_only=True)
class Row:
    """A line of the list."""

    matter: Matter
    case: Case
    status: Status


def matters(ask: Ask) -> Response:
    """The matters that were opened last, and on to older ones."""
    before = ask.request.query_params.get("before", "")
    found = ask.desk.matters.newest(MOST, int(before) if before.isdecimal() else None)
    rows = []
    for matter in found:
        case = ask.desk.engine.case(matter.case_id)
        rows.append(Row(matter=matter, case=case, status=case.status_at(ask.now)))
    return ask.show("matters.html", rows=rows, older=found[-1].at if len(found) == MOST else None)


def new_matter(ask: Ask, fault: Fault | None = None, status: int = 200) -> Response:
    """The form that opens a matter."""
    open_to = [plan for plan in ask.desk.plans.values() if may_open(ask.person, plan)]
    if not open_to:
        return ask.problem(403, "not_your_role")
    name = str(ask.form.get("plan", "")) or ask.request.query_params.get("plan", "")
    plan = next((plan for plan in open_to if plan.name == name), open_to[0])
    return ask.show(
        "new_matter.html",
        status,
        plans=open_to,
        plan=plan,
        roles=roles_of(ask.person, plan),
        form=ask.form,
        fault=fault,
        **new_key(ask),
    )


def open_matter(ask: Ask) -> Response:
    """Open a matter and its case."""
    plan = ask.desk.plans.get(str(ask.form.get("plan", "")))
    if plan is None or not may_open(ask.person, plan):
        return ask.problem(403, "not_your_role")
    try:
        said = said_of(ask.form, plan.zone, ask.now)
        roles, by = roles_of(ask.person, plan), said.get("by")
        if by not in roles and not (by is None and ask.person.clerk):
            return ask.problem(403, "not_your_role")
        title, name = _called(ask)
        done = ask.desk.open(
            ask.person,
            plan.name,
            title=title,
            name=name,
            words=text_of(ask.form, "words"),
            event=text_of(ask.form, "event") or None,
            **said,
        )
    except (WorkflowError, EntryError) as error:
        return new_matter(ask, fault_of(error, plan, ask.lang), 422)
    ask.request.session["flash"] = "opened"
    return RedirectResponse(f"/cases/{done.case.id}", 303)


def _called(ask: Ask) -> tuple[str, str]:
    """What the matter is called: its title and its file number, empty for the next free one."""
    title, name = text_of(ask.form, "title"), text_of(ask.form, "name")
    if not title:
        raise EntryError("no_title", "title")
    if name and not _NAME.fullmatch(name):
        raise EntryError("bad_name", "name")
    return title, name
