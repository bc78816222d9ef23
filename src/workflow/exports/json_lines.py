"""A case's log as JSON Lines: one event a line, in the order of recording.

What is written here is what `workflow replay` reads: replaying it gives the same case.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from workflow.cases.case import Case


def json_lines(case: Case) -> Iterator[str]:
    """The events of a case, each as one line of JSON without a line end.

    Times are ISO 8601 in UTC with microseconds where there are any; keys are those of
    `Event.to_json`, and `case`.
    """
    for event in case.events:
        yield json.dumps({"case": case.id, **event.to_json()}, ensure_ascii=False)
