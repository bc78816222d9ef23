"""Which days a count passed over, and why; which days off it counted because they were worked."""

from __future__ import annotations

import datetime as dt

from workflow.calendars.counting import Counting
from workflow.calendars.local_days import day_exists
from workflow.derivation import DayNote, Sentence, Trace

_KINDS = {
    "weekend": Sentence("weekend", "周末"),
    "holiday": Sentence("holiday", "节假日"),
    "special": Sentence("closed that day", "当日不上班"),
    "working": Sentence("closed that day", "当日不上班"),
    "makeup": Sentence("make-up working day", "调休上班"),
    "pause": Sentence("paused", "暂停"),
    "skipped": Sentence("the zone has no such date", "该时区没有这一天"),
}
_NOT_COUNTED = Sentence("Not counted: {days}.", "不计入：{days}。")
_MAKE_UP = Sentence("Counted, since they are worked: {days}.", "调休上班日计入：{days}。")


def why_closed(day: dt.date, counting: Counting) -> Sentence:
    """Why the calendar stays closed that day: weekend, a holiday by its name, and so on."""
    if counting.calendar is None:
        return _KINDS["weekend"]
    kind = counting.calendar.day_kind(day)
    if kind.name:
        return Sentence(kind.name, counting.calendar.day_kind(day, "zh").name or kind.name)
    return _KINDS[kind.kind]


def note_days(
    first: dt.date, last: dt.date, counting: Counting, trace: Trace | None, *, working: bool
) -> None:
    """Note the days after `first` up to `last` that were passed over, and make-up days counted."""
    if trace is None:
        return
    over: list[DayNote] = []
    worked: list[DayNote] = []
    for back in range(1, (last - first).days + 1):
        day = first + dt.timedelta(days=back)
        note = _passed_over(day, counting, working=working)
        if note is not None:
            over.append(note)
        elif working and counting.calendar and counting.calendar.day_kind(day).kind == "makeup":
            worked.append(DayNote(day, "makeup", _KINDS["makeup"]))
    if over:
        trace.note("not_counted", _NOT_COUNTED, days=tuple(over))
    if worked:
        trace.note("make_up_days", _MAKE_UP, days=tuple(worked))


def _passed_over(day: dt.date, counting: Counting, *, working: bool) -> DayNote | None:
    """The note of a day that is not counted, or None when it is."""
    if not day_exists(day, counting.zone):
        return DayNote(day, "skipped", _KINDS["skipped"])
    if working and counting.calendar is not None and not counting.working_day(day):
        return DayNote(day, counting.calendar.day_kind(day).kind, why_closed(day, counting))
    if counting.touched(day):
        return DayNote(day, "pause", _KINDS["pause"])
    return None
