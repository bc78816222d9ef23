"""The inbox: what the clocks said, across all cases."""

from __future__ import annotations

from examples.desk.asking import Ask
from starlette.responses import Response

MOST = 200


def inbox(ask: Ask) -> Response:
    """The newest notices; by default those told to the reader's roles, if there are any."""
    notices = ask.desk.matters.inbox(MOST)
    mine = [it for it in notices if set(it.to) & set(ask.person.roles)]
    everything = "all" in ask.request.query_params or not ask.person.roles
    shown = notices if everything else mine
    titles = ask.desk.matters.titles(sorted({it.case_id for it in shown}))
    return ask.show(
        "inbox.html",
        notices=shown,
        titles=titles,
        plans=ask.desk.plans,
        everything=everything,
    )
