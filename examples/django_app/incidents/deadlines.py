"""Deadlines: the engine, and what changes a ticket together with its case.

Each function is one transaction over the ticket's row and the case's rows: both are kept or
neither. Within a transaction of the caller's it takes part in that one.
"""

import datetime as dt
from functools import cache

from django.conf import settings
from django.db import connection, transaction

import workflow as wf
from incidents.models import Ticket


@cache
def engine() -> wf.Engine:
    """The engine of this process, on Django's own database."""
    return wf.Engine(
        f"sqlite:///{connection.settings_dict['NAME']}",
        plans=[wf.load_plan(settings.INCIDENTS_PLAN)],
        time_source=settings.INCIDENTS_TIME,
    )


def report(title: str, level: str, at: dt.datetime) -> Ticket:
    """A new ticket, and its case."""
    with transaction.atomic():
        ticket = Ticket.objects.create(title=title, level=level, reported_at=at)
        engine().joining(connection).open(
            "software-incidents", ticket.case_id, at=at, level=level, key=f"{ticket.case_id}:new"
        )
    return ticket


def acknowledge(ticket: Ticket, at: dt.datetime, person: str) -> None:
    """Somebody takes a ticket up.

    Raises:
        workflow.EventError: It cannot be taken up any more. Then the ticket is as it was.
    """
    with transaction.atomic():
        ticket.acknowledged_at = at
        ticket.save(update_fields=["acknowledged_at"])
        engine().joining(connection).record(
            ticket.case_id, "acknowledged", at=at, by="on-call", person=person
        )
