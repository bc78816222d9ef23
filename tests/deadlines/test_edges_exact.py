"""Edges of the rules, worked out by hand: what is left, what a series owes, the last years."""

import datetime as dt

import pytest

from workflow.calendars import Counting, Span, Spans, WorkingCalendar
from workflow.deadlines.calendar_days import CalendarDays
from workflow.deadlines.combined import EarliestOf, Part
from workflow.deadlines.day_count import months_after
from workflow.deadlines.elapsed import Elapsed, next_full_hour
from workflow.deadlines.fixed import Fixed
from workflow.deadlines.promised import promised_instant
from workflow.deadlines.promptly import Promptly
from workflow.deadlines.quota import Quota
from workflow.deadlines.recurring import Recurring
from workflow.deadlines.rule import Setting, derive
from workflow.deadlines.working_days import WorkingDays
from workflow.deadlines.working_time import WorkingTime
from workflow.derivation import Trace
from workflow.durations import Duration
from workflow.errors import RuleError, TimeRangeError
from workflow.instants import show, to_instant
from workflow.plans.due import due
from workflow.plans.due_text import parse_rule

OFFICE = WorkingCalendar("Asia/Shanghai", {"mon-fri": ["09:00-18:00"]})


def at(text):
    return to_instant(f"2026-03-{text}+08:00")


def setting(*pauses):
    spans = Spans(tuple(Span(at(start), at(end)) for start, end in pauses))
    return Setting(counting=Counting(zone=OFFICE.zone, calendar=OFFICE, pauses=spans))


def left(rule, since, until, *pauses):
    """What is left of a rule, in its own words."""
    return rule.less(rule, at(since), at(until), setting(*pauses)).words()


def amount(text):
    return Duration.parse(text)


# Friday 6 March 10:00 to Monday 9 March 12:00: Sat, Sun and Mon are three local days and one
# working day; 74 hours; of working time 8 h on Friday and 3 h on Monday.
FRIDAY, MONDAY = "06T10:00", "09T12:00"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (CalendarDays(amount=amount("5 days")), "2 days"),
        (CalendarDays(amount=amount("4 days")), "1 day"),
        (CalendarDays(amount=amount("1 week")), "4 days"),
        (CalendarDays(amount=amount("2 days")), "0 days"),
        (WorkingDays(amount=amount("5 working days")), "4 working days"),
        (WorkingDays(amount=amount("2 working days")), "1 working day"),
        (Elapsed(amount=amount("96 h")), "22 h"),
        (Elapsed(amount=amount("74 h")), "0 h"),
        (Elapsed(amount=amount("73 h")), "0 h"),
        (WorkingTime(amount=amount("12 working hours")), "1 working hour"),
        (WorkingTime(amount=amount("11 working hours")), "0 working hours"),
        (WorkingTime(amount=amount("10 working hours")), "0 working hours"),
        (Promptly(assume=Elapsed(amount=amount("84 h"))), "promptly, assumed to mean 10 h"),
        (
            Promptly(word="第一时间", assume=WorkingDays(amount=amount("3 working days"))),
            "promptly (第一时间), assumed to mean 2 working days",
        ),
    ],
)
def test_what_is_left_is_the_amount_less_what_was_counted_in_its_own_unit(rule, words):
    assert left(rule, FRIDAY, MONDAY) == words


@pytest.mark.parametrize("text", ["3 days", "72 h", "12 working hours", "5 working days"])
def test_nothing_is_taken_off_before_any_time_has_passed(text):
    assert left(parse_rule(text), FRIDAY, FRIDAY) == text
    assert left(parse_rule(text), MONDAY, FRIDAY) == text  # nor where the count began later


def test_days_and_hours_in_a_pause_have_not_been_used():
    # Saturday 00:00 to Sunday 12:00 touches two days and is 36 of the 74 hours, so 38 are used.
    pause = ("07T00:00", "08T12:00")
    assert left(CalendarDays(amount=amount("5 days")), FRIDAY, MONDAY, pause) == "4 days"
    assert left(Elapsed(amount=amount("72 h")), FRIDAY, MONDAY, pause) == "34 h"
    assert left(WorkingTime(amount=amount("12 working hours")), FRIDAY, MONDAY, pause) == (
        "1 working hour"
    )


def test_months_end_with_the_year_2200_and_not_before():
    assert months_after(dt.date(2199, 12, 31), 2) == (dt.date(2200, 2, 28), False)
    assert months_after(dt.date(2200, 11, 30), 1) == (dt.date(2200, 12, 30), True)
    assert months_after(dt.date(2026, 1, 28), 1) == (dt.date(2026, 2, 28), True)
    assert months_after(dt.date(2026, 1, 29), 1) == (dt.date(2026, 2, 28), False)
    assert months_after(dt.date(2026, 12, 15), 12) == (dt.date(2027, 12, 15), True)
    with pytest.raises(TimeRangeError):
        months_after(dt.date(2200, 12, 1), 1)


def first(count, start, until=None, **series):
    """The first occurrences as label, opening, due and quota."""
    found = Recurring(**series).occurrences(
        at(start), None if until is None else at(until), setting().counting
    )
    shown = []
    for _, it in zip(range(count), found, strict=False):
        opens, due = (show(n, OFFICE.zone)[5:16] for n in (it.opens, it.due))
        shown.append((it.label, opens, due, it.quota))
    return shown


@pytest.mark.parametrize(
    "series",
    [{"every": "day"}, {"every": "2 h"}, {"every": "2 days"}, {"rrule": "FREQ=DAILY"}],
)
def test_every_occurrence_carries_how_many_times_it_is_owed(series):
    quotas = [quota for *_, quota in first(3, "02T09:00", between=(2, 4), **series)]
    assert quotas == [Quota(least=2, most=4)] * 3


def test_none_at_all_may_be_owed_and_a_million_and_no_more():
    assert Recurring(every="day", at_least=0).quota == Quota(least=0)
    assert Recurring(every="day", count=0).quota == Quota(least=0, most=0)
    assert Recurring(every="day", between=[0, 1_000_000]).quota == Quota(least=0, most=1_000_000)
    assert Recurring(every="day", between=[3, 3]).quota == Quota(least=3, most=3)


@pytest.mark.parametrize("between", [{1: "a", 2: "b"}, {1, 2}, "12", 12, [1], [1.0, 2], [True, 2]])
def test_a_pair_is_a_list_or_tuple_of_two_whole_numbers(between):
    with pytest.raises(RuleError, match="is not a pair of numbers"):
        Recurring(every="day", between=between)


def test_a_series_ends_before_what_opens_at_its_end():
    once = Quota()
    assert first(9, "02T09:00", "02T13:00", every="2 h") == [
        ("20260302T010000Z", "03-02 09:00", "03-02 11:00", once),
        ("20260302T030000Z", "03-02 11:00", "03-02 13:00", once),
    ]
    assert len(first(9, "02T09:00", "02T13:00:00.000001", every="2 h")) == 3
    # Days: the next opens with the first microsecond after the last day's end.
    assert first(9, "02T09:00", "04T00:00", every="1 day") == [
        ("2026-03-03", "03-02 09:00", "03-03 24:00", once)
    ]
    assert [it[1] for it in first(9, "02T09:00", "04T00:00:00.000001", every="1 day")] == [
        "03-02 09:00",
        "03-04 00:00",
    ]


@pytest.mark.parametrize(
    ("series", "last"),
    [
        ({"every": "1 year"}, ["2198-03-02", "2199-03-02"]),
        ({"every": "year"}, ["2198", "2199"]),
        ({"rrule": "FREQ=YEARLY"}, ["2198-03-02", "2199-03-02"]),
        # Each is named by its opening in UTC and due 365 days later, the last on 2 March 2199.
        ({"every": "8760 h"}, ["21970301T160000Z", "21980301T160000Z"]),
    ],
)
def test_a_series_runs_to_the_year_2199(series, last):
    start = to_instant("2196-03-02T00:00+08:00")
    labels = [it.label for it in Recurring(**series).occurrences(start, None, setting().counting)]
    assert labels[-2:] == last


def test_a_promised_date_is_its_last_microsecond_and_a_time_is_itself():
    midnight = to_instant("2026-03-06T00:00+08:00")
    assert promised_instant("2026-03-05", OFFICE.zone) == midnight - 1
    assert promised_instant(dt.date(2026, 3, 5), OFFICE.zone) == midnight - 1
    assert promised_instant("2026-03-06T00:00+08:00", OFFICE.zone) == midnight


def test_a_fixed_time_given_as_a_datetime_is_written_with_its_offset():
    zone = dt.timezone(dt.timedelta(hours=8))
    fixed = Fixed.at(dt.datetime(2022, 1, 15, 12, tzinfo=zone))
    assert fixed.words() == "by 2022-01-15T12:00:00+08:00"
    assert fixed == Fixed.at("2022-01-15T12:00+08:00")


def test_holidays_that_are_not_announced_matter_only_to_rules_that_ask_for_days_off():
    china = WorkingCalendar("Asia/Shanghai", {"mon-fri": ["09:00-18:00"]}, holidays="CN")
    asked = {"anchor": "2090-03-02T10:00+08:00", "calendar": china}
    assert due("24 h", **asked).caveats == ()
    assert due("3 days", **asked).caveats == ()
    [caveat] = due("3 working days", **asked).caveats
    assert caveat.kind == "holiday_reach"


def test_a_part_is_past_when_it_was_due_before_the_start_or_else_before_the_anchor():
    rule = EarliestOf(
        parts=[
            Part(rule=Elapsed(amount=amount("2 h")), anchor="aware", unless_past=True),
            Part(rule=Elapsed(amount=amount("9 h"))),
        ]
    )
    counting = setting().counting
    for started, found in ((None, "02T19:00"), (at("02T09:00"), "02T09:30")):
        # Aware at 07:30, so due at 09:30: past at the anchor, 10:00, and not at 09:00.
        known = Setting(counting=counting, anchors={"aware": at("02T07:30")}, started=started)
        assert rule.due(at("02T10:00"), known) == at(found)


@pytest.mark.parametrize(
    ("anchor", "hour"),
    [
        ("02T10:00", "02T11:00"),
        ("02T10:00:00.000001", "02T11:00"),
        ("02T10:20:30.500000", "02T11:00"),
        ("02T10:59:59.999999", "02T11:00"),
        ("02T23:00", "03T00:00"),
    ],
)
def test_the_next_full_hour_ends_the_hour_in_which_the_anchor_falls(anchor, hour):
    assert next_full_hour(at(anchor), setting().counting) == at(hour)


@pytest.mark.parametrize(
    "text",
    [
        "5 working hours",
        "0 working hours",
        "2 h",
        "3 days",
        "2 working days",
        "1 month",
        "same day",
    ],
)
def test_a_rule_gives_the_same_time_whether_its_steps_are_noted_or_not(text):
    rule = parse_rule(text)
    for known in (setting(), setting(("06T11:00", "06T12:00"))):
        plain = rule.due(at(FRIDAY), known)
        assert plain == rule.due(at(FRIDAY), known, Trace()) is not None


def test_a_derivation_is_told_in_english_unless_another_language_is_asked_for():
    found = derive(parse_rule("2 h"), at(FRIDAY), setting())
    assert str(found.derivation).splitlines()[-1] == "Due 2026-03-06 12:00 +08:00."


def test_a_pause_that_begins_after_an_end_which_an_earlier_pause_moved_back_changes_nothing():
    # Two days from Thursday end on Saturday, and so with Friday. The minute on Friday takes that day
    # away: two days end on Sunday, and so with Thursday. The second pause begins only after that.
    rule = parse_rule({"calendar_days": "2 days", "rollover": "previous_working_day"})
    minute, weekend = ("06T00:00", "06T00:01"), ("06T12:00", "09T12:00")
    anchor = at("05T10:00")
    assert rule.due(anchor, setting()) == at("07T00:00") - 1
    assert rule.due(anchor, setting(minute)) == at("06T00:00") - 1
    assert rule.due(anchor, setting(minute, weekend)) == at("06T00:00") - 1
    assert rule.due(anchor, setting(weekend)) == at("12T00:00") - 1
