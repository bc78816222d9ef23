"""Deadlines as an iCalendar file, with alarms, for the calendars and task lists that people use.

One to-do for each duty that has a due time; or an event, for clients that ignore to-dos. Times are
UTC, in whole seconds: a limit with a fraction of a second is rounded down, so that nobody is told
a later time than the plan's. The same statuses give the same file, byte for byte: the time stamp
is that of the status, and the sequence number is the number of events in the case's log, so it
grows with every change.

Source: RFC 5545 (3.6.2 to-dos, 3.6.6 alarms, 3.8.7 change management), RFC 7986 (NAME).
"""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from workflow.calendars.spans import Spans
from workflow.cases.clocks import Clock
from workflow.cases.life import State
from workflow.cases.status import Status
from workflow.cases.wakeups import NoticeKind, moments
from workflow.durations import Duration
from workflow.errors import MissingExtraError
from workflow.instants import SECOND, Instant, to_moment, zone_of
from workflow.plans.text import Language, Text

if TYPE_CHECKING:
    from icalendar import Alarm, Event, Todo

Entries: TypeAlias = Literal["todos", "events"]
"""What a deadline becomes: a to-do, or an event that ends when the duty is due."""

BLOCK = dt.timedelta(minutes=15)
"""How long an event lasts: it ends at the due time. Most calendars cannot show a shorter one."""

PRODUCT = "-//workflow//workflow-sla//EN"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_STATES = {
    State.MET: Text("done", "已完成"),
    State.MET_LATE: Text("done late", "逾期完成"),
    State.WITHDRAWN: Text("no longer owed", "不再需要"),
    State.OVERDUE: Text("overdue", "已逾期"),
    State.PAUSED: Text("paused", "暂停"),
}
_WHO = Text("Owed by", "责任方")
_TO = Text("To", "对象")
_CLAUSE = Text("Clause", "依据")
_TARGET = Text("Target", "目标时间")


def calendar_file(
    statuses: Iterable[Status],
    *,
    entries: Entries = "todos",
    remind: str | None = None,
    source: str = "/workflow",
    name: str = "",
    lang: Language = "en",
) -> str:
    """The deadlines of one case or of many, as an iCalendar file.

    A duty without a due time is left out. What has been done is marked as completed and what is no
    longer owed as cancelled, so that a client that fetches the file again strikes it off. What is
    paused has no due time for now: its to-do stays, without one and without an alarm.

    Args:
        statuses: Where each case stands. Their `now` is the time stamp.
        entries: To-dos, or events for clients that ignore to-dos.
        remind: An alarm so long before each due time, such as `30 min`, beside the warnings that
            the plan asks for. An elapsed amount of time.
        source: A URI for this system; another system's entries get other ids.
        name: The name of the calendar, if the client is to show one.
        lang: The language of titles.

    Raises:
        MissingExtraError: icalendar is not installed.
        DurationError: `remind` is not an elapsed amount of time.
    """
    try:
        from icalendar import Calendar, vText
    except ImportError as error:
        raise MissingExtraError("icalendar", "calendar") from error
    lead = None if remind is None else dt.timedelta(microseconds=Duration.parse(remind).micros)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", vText(_plain(name)))
        calendar.add("x-wr-calname", vText(_plain(name)))
    for status in statuses:
        for clock in status:
            due = clock.due_instant if clock.due_instant is not None else clock.target_instant
            if clock.start_instant is None:
                continue
            if due is None and (entries == "events" or not _due_later(clock)):
                continue
            entry = _entry(status, clock, due, entries, source, lang)
            if due is not None and clock.state in {State.RUNNING, State.PAUSED}:
                for alarm in _alarms(clock, due, lead, lang):
                    entry.add_component(alarm)
            calendar.add_component(entry)
    file: bytes = calendar.to_ical(sorted=False)
    return file.decode()


def _entry(
    status: Status, clock: Clock, due: Instant | None, entries: Entries, source: str, lang: Language
) -> Todo | Event:
    """One deadline; an event has a due time."""
    from icalendar import Event, Todo

    owed, plan = clock.obligation, clock.history.plan
    title = owed.title.words(lang) or owed.id
    state = _STATES[clock.state].words(lang) if clock.state in _STATES else ""
    said = f"{status.case_id}: {title}" + (f" ({state})" if state else "")
    entry = Todo() if entries == "todos" else Event()
    entry.add("uid", _uid(source, status.case_id, clock))
    entry.add("dtstamp", _stamp(status.now_instant))
    entry.add("sequence", len(clock.history.events))
    entry.add("summary", _plain(said))
    entry.add("description", _plain("\n".join(_about(clock, lang))))
    entry.add("categories", [_plain(it) for it in _categories(status, clock, lang)])
    place = next((n for n, it in enumerate(plan.levels) if it.id == status.level), None)
    if place is not None:
        entry.add("priority", min(1 + 2 * place, 9))  # 1 is the highest (RFC 5545, 3.8.1.9)
    start = clock.start_instant
    if entries == "events" and due is not None:
        entry.add("dtstart", _stamp(due) - BLOCK)
        entry.add("dtend", _stamp(due))
        entry.add("transp", "TRANSPARENT")
        entry.add("status", "CANCELLED" if clock.state is State.WITHDRAWN else "CONFIRMED")
        return entry
    if start is not None and (due is None or _stamp(start) < _stamp(due)):  # DUE lies after DTSTART
        entry.add("dtstart", _stamp(start))
    if due is not None:
        entry.add("due", _stamp(due))
    done = clock.state in {State.MET, State.MET_LATE}
    if done and clock.ended_instant is not None:
        entry.add("completed", _stamp(clock.ended_instant))
        entry.add("percent-complete", 100)
        entry.add("status", "COMPLETED")
    else:
        withdrawn = clock.state is State.WITHDRAWN
        entry.add("status", "CANCELLED" if withdrawn else "NEEDS-ACTION")
    return entry


def _due_later(clock: Clock) -> bool:
    """Whether a duty is paused that has a due time when nothing pauses it."""
    if clock.state is not State.PAUSED:
        return False
    for basis in (clock.limit_course.basis, clock.target_course.basis):
        if basis is not None:
            counting = attrs.evolve(basis.setting.counting, pauses=Spans())
            if basis.rule.due(basis.anchor, attrs.evolve(basis.setting, counting=counting)):
                return True
    return False


def _alarms(
    clock: Clock, due: Instant, lead: dt.timedelta | None, lang: Language
) -> Iterator[Alarm]:
    """The plan's warnings, and the reader's own; each once, the earliest first."""
    from icalendar import Alarm

    leads = {
        _stamp(due) - _stamp(it.instant)
        for it in moments(clock.life)
        if it.kind is NoticeKind.WARNING
    }
    if lead is not None:
        leads.add(lead)
    title = clock.obligation.title.words(lang) or clock.obligation.id
    for each in sorted(leads, reverse=True):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _plain(title))
        alarm.add("trigger", -each, parameters={"RELATED": "END"})
        yield alarm


def _about(clock: Clock, lang: Language) -> Iterator[str]:
    owed, plan = clock.obligation, clock.history.plan
    between = "、" if lang == "zh" else ", "
    for head, names in ((_WHO, owed.who), (_TO, owed.to)):
        if names:
            said = between.join(plan.role(it).title.words(lang) or it for it in names)
            yield f"{head.words(lang)}: {said}"
    if clock.target is not None and clock.due is not None:
        yield f"{_TARGET.words(lang)}: {clock.target:%Y-%m-%d %H:%M %z}"
    if owed.origin.clause:
        section = f"§{owed.origin.section} " if owed.origin.section else ""
        yield f"{_CLAUSE.words(lang)}: {section}{owed.origin.clause}"


def _categories(status: Status, clock: Clock, lang: Language) -> Iterator[str]:
    plan = clock.history.plan
    yield plan.title.words(lang) or plan.name
    for id_, known in ((status.level, plan.levels), (status.category, plan.categories)):
        for it in known:
            if it.id == id_:
                yield it.title.words(lang) or it.id


def _uid(source: str, case: str, clock: Clock) -> str:
    """The same deadline has the same id, whenever it is written."""
    whole = json.dumps([source, case, clock.plan, clock.id], ensure_ascii=False)
    return str(uuid.uuid5(uuid.NAMESPACE_URL, whole))


def _stamp(instant: Instant) -> dt.datetime:
    """UTC, in whole seconds, rounded down."""
    whole = Instant(instant // SECOND * SECOND)
    return dt.datetime.fromisoformat(to_moment(whole, zone_of("UTC")).isoformat())


def _plain(said: str) -> str:
    """Text without the control characters that RFC 5545 (3.1) forbids."""
    return _CONTROL.sub("", said.replace("\r\n", "\n").replace("\r", "\n"))
