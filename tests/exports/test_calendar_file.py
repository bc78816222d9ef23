"""Deadlines as an iCalendar file, read back by another library than the one that wrote it."""

import datetime as dt
import sys
import warnings

import pytest
from rich_case import NAME, NOW, rich_case
from small_plan import at, opened

from workflow.cases import State
from workflow.errors import DurationError, MissingExtraError
from workflow.exports import calendar_file

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its own modules use what Python is about to drop
    vobject = pytest.importorskip("vobject")

UTC = dt.UTC


def read(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return vobject.readOne(text)


def entries(text, kind="vtodo"):
    """The entries by the title in their summary."""
    return {it.summary.value.split(": ", 1)[1]: it for it in getattr(read(text), f"{kind}_list")}


@pytest.fixture(scope="module")
def status():
    return rich_case().status(NOW)


@pytest.fixture(scope="module")
def todos(status):
    return entries(calendar_file([status]))


def seconds(moment):
    return moment.replace(microsecond=0).astimezone(UTC)


def test_every_duty_with_a_due_time_is_a_todo_due_then(status):
    text = calendar_file([status])
    found = sorted(it.due.value for it in read(text).vtodo_list)
    wanted = sorted(
        seconds(it.due or it.target)
        for it in status
        if it.start is not None and (it.due or it.target) is not None
    )
    assert [it.astimezone(UTC) for it in found] == wanted


def test_states_are_those_of_a_task_list(todos):
    assert todos["Statement (done)"].status.value == "COMPLETED"
    assert todos["Statement (done)"].completed.value.astimezone(UTC) == dt.datetime(
        2026, 3, 2, 7, 10, tzinfo=UTC
    )
    assert todos["Not owed any more (no longer owed)"].status.value == "CANCELLED"
    assert todos["Answer the other side (overdue)"].status.value == "NEEDS-ACTION"
    assert todos["Written review"].status.value == "NEEDS-ACTION"


def test_the_warnings_of_the_plan_are_alarms_before_the_end(todos):
    review = todos["Written review"]
    found = [it.trigger for it in review.valarm_list]
    assert all(it.params["RELATED"] == ["END"] for it in found)
    due = review.due.value
    # 50%: half of the way from 4 March 12:10 to 11 March 24:00 (+08:00), which is 179 h 50 min;
    # and 1 h before the last whole second of the limit.
    half = dt.datetime(2026, 3, 4, 4, 10, tzinfo=UTC) + dt.timedelta(hours=89, minutes=55)
    assert [due + it.value for it in found] == [half, due - dt.timedelta(hours=1)]


def test_what_is_over_rings_no_more(todos):
    for title, todo in todos.items():
        if title != "Written review":
            assert "valarm" not in todo.contents, title


def test_the_reader_may_ask_for_an_alarm_of_their_own(status):
    found = entries(calendar_file([status], remind="30 min"))["Written review"].valarm_list
    assert dt.timedelta(minutes=-30) in [it.trigger.value for it in found]
    assert len(found) == 3
    again = entries(calendar_file([status], remind="1 h"))["Written review"].valarm_list
    assert len(again) == 2  # the plan warns then already


def test_an_alarm_in_working_time_is_refused(status):
    with pytest.raises(DurationError):
        calendar_file([status], remind="2 working hours")


def test_ids_last_and_the_sequence_grows_with_the_log():
    early, late = (entries(calendar_file([rich_case(n).status(NOW)])) for n in (3, 11))
    one, other = early["Extended (overdue)"], late["Extended (overdue)"]
    assert one.uid.value == other.uid.value
    assert (int(one.sequence.value), int(other.sequence.value)) == (4, 12)


def test_ids_differ_between_duties_cases_and_systems(status):
    def uids(text):
        return [it.uid.value for it in read(text).vtodo_list]

    own, elsewhere = uids(calendar_file([status])), uids(calendar_file([status], source="/other"))
    assert len(set(own + elsewhere)) == len(own) + len(elsewhere)


def test_the_time_stamp_is_the_now_that_was_asked_about(todos):
    stamps = {it.dtstamp.value for it in todos.values()}
    assert stamps == {dt.datetime(2026, 3, 5, 1, tzinfo=UTC)}


def test_the_same_status_gives_the_same_bytes(status):
    assert calendar_file([status]) == calendar_file([rich_case().status(NOW)])


def test_text_comes_back_as_it_was(todos):
    (report,) = (it for title, it in todos.items() if title.startswith("Report"))
    assert report.summary.value.startswith(NAME)
    assert 'Report <at once> & "in full"' in report.summary.value
    assert "第一条；逗号,分号;反斜线\\" in report.description.value
    assert "A <rich> & long plan" in str(report.categories.value)


def test_lines_are_folded_at_75_octets_and_end_as_the_standard_says(status):
    text = calendar_file([status], lang="zh")
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.encode().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line for line in lines)


def test_titles_are_in_the_language_asked_for(status):
    assert "书面总结" in entries(calendar_file([status], lang="zh"))


def test_a_limit_within_a_second_is_rounded_down(todos):
    # 24:00 of the plan is the last microsecond of the day; nobody is told a later time.
    assert todos["Written review"].due.value.astimezone(UTC) == dt.datetime(
        2026, 3, 11, 15, 59, 59, tzinfo=UTC
    )


def test_events_end_at_the_due_time(status):
    found = entries(calendar_file([status], entries="events"), "vevent")
    review = found["Written review"]
    assert review.dtend.value.astimezone(UTC) == dt.datetime(2026, 3, 11, 15, 59, 59, tzinfo=UTC)
    assert review.dtend.value - review.dtstart.value == dt.timedelta(minutes=15)
    assert review.transp.value == "TRANSPARENT"
    assert review.valarm_list[0].trigger.params["RELATED"] == ["END"]
    assert found["Not owed any more (no longer owed)"].status.value == "CANCELLED"


def test_a_calendar_of_many_cases_has_a_name_and_all_of_them(status):
    other = rich_case(1).status("2026-03-02T10:30+08:00")
    found = read(calendar_file([status, other], name="Deadlines, all"))
    assert found.contents["x-wr-calname"][0].value == "Deadlines, all"
    timed = [it for each in (status, other) for it in each if it.start and (it.due or it.target)]
    paused = [other["answer"]]
    assert len(found.vtodo_list) == len(timed) + len(paused)


def test_an_empty_calendar_is_a_calendar():
    assert "BEGIN:VCALENDAR" in calendar_file([])


def test_a_paused_duty_stays_without_a_due_time_and_rings_no_more():
    status = rich_case(1).status("2026-03-02T10:30+08:00")
    assert status["answer"].state is State.PAUSED
    before = rich_case(0).status("2026-03-02T09:00+08:00")
    was = entries(calendar_file([before]))["Answer the other side"]
    now = entries(calendar_file([status], remind="30 min"))["Answer the other side (paused)"]
    assert was.uid.value == now.uid.value
    assert "due" in was.contents
    assert "due" not in now.contents
    assert "valarm" not in now.contents
    assert (now.status.value, now.sequence.value) == ("NEEDS-ACTION", "2")


def test_as_an_event_a_paused_duty_is_left_out_since_an_event_needs_a_time():
    status = rich_case(1).status("2026-03-02T10:30+08:00")
    found = entries(calendar_file([status], entries="events"), "vevent")
    assert not any(it.startswith("Answer") for it in found)


def test_a_duty_that_never_has_a_time_is_left_out_paused_or_not():
    owed = "- {id: soon, who: duty, from: detected, due: promptly, fulfilled_by: told, paused_while: {when: [waiting]}}"
    case = opened(owed)
    assert "VTODO" not in calendar_file([case.status(at(1))])
    paused = case.record("asked", at=at(1)).status(at(2))
    assert paused["soon"].state is State.PAUSED
    assert "VTODO" not in calendar_file([paused])


def test_the_most_severe_level_has_the_highest_priority():
    high = rich_case(1).status("2026-03-02T10:30+08:00")
    low = rich_case().status(NOW)
    assert {it.priority.value for it in entries(calendar_file([high])).values()} == {"1"}
    assert {it.priority.value for it in entries(calendar_file([low])).values()} == {"3"}


def test_without_icalendar_the_error_says_how_to_install_it(monkeypatch, status):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtraError, match=r"workflow-sla\[calendar\]"):
        calendar_file([status])
