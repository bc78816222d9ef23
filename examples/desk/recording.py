"""Recording an event by form. Whether it is legal is the library's answer, whose it is ours."""

from __future__ import annotations

from examples.desk.asking import Ask
from examples.desk.case_page import case_of, new_key, shown
from examples.desk.entry import EntryError, said_of, text_of
from examples.desk.faults import fault_of
from examples.desk.fields import fields_of
from examples.desk.permits import may_record
from starlette.responses import RedirectResponse, Response

from workflow.cases import Case
from workflow.errors import UnknownNameError, WorkflowError


def event_fields(ask: Ask) -> Response:
    """The fields that an event asks for, when it is chosen in the form."""
    case = case_of(ask)
    if case is None:
        return ask.problem(404, "no_such_case")
    event = ask.request.query_params.get("event", "")
    known = event in {kind.id for kind in case.plan.events}
    status = case.status_at(ask.now)
    return ask.show(
        "event_fields.html",
        case=case,
        plan=case.plan,
        fields=fields_of(case, status, ask.person, event) if known else None,
        form=ask.form,
        fault=None,
        **new_key(ask),
    )


def record(ask: Ask) -> Response:
    """Record an event, and what was written about it."""
    case = case_of(ask)
    if case is None:
        return ask.problem(404, "no_such_case")
    event = ""
    try:
        event = text_of(ask.form, "event")
        said = said_of(ask.form, case.plan.zone, ask.now)
        roles = may_record(ask.person, case.plan, event, said.get("of", ()))
        by = said.get("by")
        if by is None and len(roles) == 1:
            by = said["by"] = roles[0]
        if by not in roles and not (by is None and ask.person.clerk):
            return ask.problem(403, "not_your_role")
        _same_time(ask, case, said)
        ask.desk.record(ask.person, case.id, event, text_of(ask.form, "words"), **said)
    except (WorkflowError, EntryError) as error:
        fault = fault_of(error, case.plan, ask.lang)
        bad = 422 if isinstance(error, EntryError | UnknownNameError) else 409
        return shown(ask, case, fault=fault, event=event, status=bad)
    ask.request.session["flash"] = "recorded"
    return RedirectResponse(f"/cases/{case.id}#flash", 303)


def _same_time(ask: Ask, case: Case, said: dict[str, object]) -> None:
    """A form that says "now" and comes twice says the same "now" the second time."""
    if not text_of(ask.form, "at"):
        for event in case.events:
            if event.key is not None and event.key == said.get("key"):
                said["at"] = event.at
