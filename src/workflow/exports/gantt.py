"""A case as a Mermaid Gantt chart, for pages that render Mermaid: wikis, tickets, merge requests.

A section for each of those who owe, a bar for each duty from its start to its limit, one more for
what was late. Long names of sections get the room that they need. Times are local to the plan and
to the minute; the picture with all its parts is `workflow.pictures.timeline`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from workflow.cases.clocks import Clock
from workflow.cases.life import State
from workflow.cases.status import Status
from workflow.instants import Instant, to_moment
from workflow.plans.text import Language, Text

_TAGS = {
    State.RUNNING: "active, ",
    State.PAUSED: "active, ",
    State.OVERDUE: "active, ",
    State.MET: "done, ",
    State.MET_LATE: "done, ",
    State.WITHDRAWN: "done, ",
}
_LATE = Text("late", "逾期")
_NOBODY = Text("Nobody named", "原文未指明")
_PADDING = 75
"""The pixels that Mermaid leaves for the names of sections, if it is told nothing."""

_MARGIN = 20

# Mermaid escapes the plain ones twice.
_IN_TITLE = str.maketrans("<>&", "＜＞＆")
_NOT_TEXT = re.compile(r"[:;#,\s]+")


def gantt(status: Status, lang: Language = "en") -> str:
    """A case as Mermaid text, as its status tells.

    Duties that have not started are left out. One without a limit lasts until its end, or until
    now.

    Args:
        status: Where the case stands.
        lang: The language of titles.
    """
    return "\n".join([*_lines(status, lang), ""])


def _lines(status: Status, lang: Language) -> Iterator[str]:
    sections = _sections(status, lang)
    room = max((_PADDING, *(_MARGIN + _width(who) for who in sections)))
    if room > _PADDING:
        yield f'%%{{init: {{"gantt": {{"leftPadding": {room}}}}}}}%%'
    yield "gantt"
    yield f"    title {_text(status.case_id).translate(_IN_TITLE)}"
    yield "    dateFormat YYYY-MM-DDTHH:mm"
    yield "    axisFormat %m-%d %H:%M"
    number = 0
    for who, clocks in sections.items():
        yield f"    section {who}"
        for clock in clocks:
            for bar in _bars(clock, lang):
                number += 1
                yield f"    {bar.format(name=f'd{number}')}"


def _sections(status: Status, lang: Language) -> dict[str, list[Clock]]:
    """What has started, by those who owe it."""
    sections: dict[str, list[Clock]] = {}
    for clock in status:
        if clock.start_instant is not None and clock.state is not State.PENDING:
            plan = clock.history.plan
            titles = [plan.role(it).title.words(lang) or it for it in clock.obligation.who]
            between = "或" if lang == "zh" else " or "
            who = _text(between.join(titles)) or _NOBODY.words(lang)
            sections.setdefault(who, []).append(clock)
    return sections


def _width(said: str) -> int:
    """The pixels that a section's name takes, in Mermaid's letters: rather too many."""
    return sum(12 if unicodedata.east_asian_width(each) in {"W", "F"} else 7 for each in said)


def _bars(clock: Clock, lang: Language) -> Iterator[str]:
    title = _text(clock.obligation.title.words(lang)) or _text(clock.obligation.id)
    start = clock.start_instant
    if start is None:
        return
    ended = clock.ended_instant
    end = clock.now_instant if ended is None else ended
    due = clock.due_instant if clock.state is not State.WITHDRAWN else None
    until = end if due is None else due
    tags = _TAGS[clock.state]
    yield f"{title} :{tags}{{name}}, {_at(clock, start)}, {_at(clock, max(until, start))}"
    if clock.overdue_by is not None and due is not None:
        late = f"{title} ({_LATE.words(lang)})"
        yield f"{late} :crit, {tags}{{name}}, {_at(clock, max(due, start))}, {_at(clock, end)}"


def _at(clock: Clock, instant: Instant) -> str:
    return f"{to_moment(instant, clock.history.plan.zone):%Y-%m-%dT%H:%M}"


def _text(said: str) -> str:
    """Words without the characters that end a title in Mermaid."""
    return _NOT_TEXT.sub(" ", said).replace("{", "(").replace("}", ")").strip()
