"""What calendars say of holidays, and the arithmetic of spans and offsets, to the letter."""

import datetime as dt

import pytest

from workflow.calendars import NEVER, Counting, Span, Spans, WorkingCalendar
from workflow.calendars.holidays import Holidays, read_day, read_holidays
from workflow.calendars.offsets import era_of, eras_between, stretches
from workflow.errors import CalendarError
from workflow.instants import to_instant, zone_of

HOUR = 3_600_000_000
WEEK = {"mon-fri": ["09:00-18:00"]}


def test_a_year_that_is_not_announced_is_told_in_both_languages():
    china = Holidays(place="CN")
    last = china.reach.last
    caveat = china.unreached(last + 1)
    assert caveat.kind == "holiday_reach"
    assert caveat.en == (
        f"The holidays and make-up working days of CN are known to {last}; those of {last + 1} "
        "are not announced in the data, so the answer may change."
    )
    assert caveat.zh == (
        f"CN 的节假日与调休安排数据截至 {last} 年，{last + 1} 年的安排尚未纳入，结果可能变化。"
    )


@pytest.mark.parametrize(("place", "year"), [("CN", 1949), ("DE", 1989), ("DE", 2101)])
def test_a_year_outside_the_data_is_told_in_both_languages(place, year):
    holidays = Holidays(place=place)
    reach = holidays.reach
    caveat = holidays.unreached(year)
    assert year not in reach
    assert caveat.kind == "holiday_reach"
    assert caveat.en == (
        f"The holidays of {place} are known from {reach.first} to {reach.last}; "
        f"none is known for {year}."
    )
    assert caveat.zh == (
        f"{place} 的节假日数据范围为 {reach.first} 至 {reach.last} 年，不含 {year} 年。"
    )


def test_a_strict_calendar_says_what_is_known_and_how_to_go_on():
    china = WorkingCalendar("Asia/Shanghai", WEEK, holidays="CN", strict=True)
    reach = china.holidays.reach
    with pytest.raises(CalendarError) as caught:
        china.working_day(dt.date(2090, 1, 2))
    error = caught.value
    assert error.what == china.holidays.unreached(2090).en
    assert error.place == "holidays='CN'"
    assert error.allowed == f"years {reach.first} to {reach.last}"
    assert error.mend == (
        "Update the holidays package, or build the calendar without strict=True and show its "
        "caveats."
    )


def test_an_unknown_subdivision_is_met_with_those_that_are_known():
    with pytest.raises(CalendarError) as caught:
        read_holidays("us-maa")
    error = caught.value
    assert error.what == '"maa" is not a subdivision of US with known holidays.'
    assert error.place == "holidays"
    assert error.allowed.startswith("US alone, or one of: AK, AL, ")
    assert error.mend == 'Did you mean "MA"?'
    with pytest.raises(CalendarError) as caught:
        read_holidays("SG-X")
    assert caught.value.allowed == "SG alone, or one of: none"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (None, Holidays()),
        (" cn ", Holidays(place="CN")),
        ("us-ma", Holidays(place="US-MA")),
        (Holidays(place="DE"), Holidays(place="DE")),
        ([], Holidays()),
        (
            ["2026-05-02", dt.date(2026, 5, 1)],
            Holidays(dates=((dt.date(2026, 5, 1), ""), (dt.date(2026, 5, 2), ""))),
        ),
        (
            {dt.date(2026, 5, 1): "Fair"},
            Holidays(dates=((dt.date(2026, 5, 1), "Fair"),)),
        ),
    ],
)
def test_holidays_are_read_from_a_place_or_dates_with_or_without_names(given, read):
    assert read_holidays(given) == read


def test_the_first_and_the_last_date_are_read():
    assert read_day("1900-01-01", "day") == dt.date(1900, 1, 1)
    assert read_day(dt.date(2200, 12, 31), "day") == dt.date(2200, 12, 31)


def test_a_day_is_what_it_is_by_name():
    calendar = WorkingCalendar(
        "UTC",
        WEEK,
        holidays={dt.date(2026, 3, 3): "Fair"},
        special_days={dt.date(2026, 3, 4): [], dt.date(2026, 3, 7): ["09:00-10:00"]},
    )
    found = {}
    for number in range(2, 9):
        it = calendar.day_kind(dt.date(2026, 3, number))
        assert it.day == dt.date(2026, 3, number)
        found[number] = (it.kind, it.name, it.works)
    assert found == {
        2: ("working", "", True),
        3: ("holiday", "Fair", False),
        4: ("special", "", False),
        5: ("working", "", True),
        6: ("working", "", True),
        7: ("special", "", True),
        8: ("weekend", "", False),
    }


# Berlin's clocks go forward at 01:00 UTC on 29 March and back at 01:00 UTC on 25 October 2026.
BERLIN = zone_of("Europe/Berlin")
SPRING, AUTUMN = to_instant("2026-03-29T01:00Z"), to_instant("2026-10-25T01:00Z")


def test_the_stretches_of_a_year_lie_between_its_changes_of_clock():
    start, end = to_instant("2026-01-01T00:00Z"), to_instant("2027-01-01T00:00Z")
    assert stretches(BERLIN, start, end) == [
        (start, SPRING, HOUR),
        (SPRING, AUTUMN, 2 * HOUR),
        (AUTUMN, end, HOUR),
    ]
    assert stretches(BERLIN, SPRING, SPRING + 1) == [(SPRING, SPRING + 1, 2 * HOUR)]
    assert stretches(BERLIN, SPRING - 1, SPRING) == [(SPRING - 1, SPRING, HOUR)]
    assert stretches(BERLIN, SPRING, SPRING) == []


def test_one_offset_over_several_eras_is_one_stretch():
    start, end = to_instant("1995-01-01T00:00Z"), to_instant("2045-01-01T00:00Z")
    assert len(eras_between(start, end)) >= 5
    assert stretches(zone_of("Asia/Shanghai"), start, end) == [(start, end, 8 * HOUR)]


def test_the_wall_jumps_over_the_gap_and_shows_the_repeated_hour_twice():
    for change, before, after in ((SPRING, 1, 2), (AUTUMN, 2, 1)):
        era = era_of(BERLIN, change)
        assert era.local(change - 1) == change - 1 + before * HOUR
        assert era.local(change) == change + after * HOUR
    spring, autumn = era_of(BERLIN, SPRING), era_of(BERLIN, AUTUMN)
    # 02:30 does not exist in spring: read with the offset before, it is shown as 03:30; the wall
    # first shows that time or a later one at the change itself.
    missing = SPRING + HOUR + HOUR // 2
    assert spring.showing(missing) == SPRING + HOUR // 2
    assert spring.first_at_or_after(missing) == SPRING
    assert spring.showing(SPRING + 2 * HOUR) == SPRING
    assert spring.showing(SPRING + HOUR - 1) == SPRING - 1
    # 02:30 exists twice in autumn: the first counts.
    twice = AUTUMN + HOUR + HOUR // 2
    assert autumn.showing(twice) == autumn.first_at_or_after(twice) == AUTUMN - HOUR // 2
    assert autumn.showing(AUTUMN + 2 * HOUR) == AUTUMN + HOUR


def test_spans_are_joined_where_they_touch_and_answer_which_holds_an_instant():
    spans = Spans([Span(5, 9), Span(1, 3), Span(2, 2), Span(3, 4), Span(7, 8), Span(20, 20)])
    assert spans.spans == (Span(1, 4), Span(5, 9))
    assert [spans.at(n) for n in (0, 1, 3, 4, 5, 8, 9)] == [
        None,
        Span(1, 4),
        Span(1, 4),
        None,
        Span(5, 9),
        Span(5, 9),
        None,
    ]
    assert [spans.bisect(n) for n in (0, 1, 4, 5, 9)] == [0, 1, 1, 2, 2]
    assert (len(spans), bool(spans), spans.total, Span(1, 4).total) == (2, True, 7, 3)
    assert spans.union([Span(4, 5)]).spans == (Span(1, 9),)
    assert spans.intersect([Span(0, 2), Span(3, 6), Span(8, 30)]).spans == (
        Span(1, 2),
        Span(3, 4),
        Span(5, 6),
        Span(8, 9),
    )
    assert spans.subtract([Span(0, 2), Span(3, 6), Span(8, 30)]).spans == (Span(2, 3), Span(6, 8))
    assert spans.subtract([Span(4, 5), Span(2, 3)]).spans == (Span(1, 2), Span(3, 4), Span(5, 9))
    assert spans.clip(3, 6).spans == (Span(3, 4), Span(5, 6))
    assert spans.clip(6, 6).spans == spans.clip(6, 5).spans == ()
    assert (Span(3).end, Span(3).is_open, Span(3, 4).is_open) == (NEVER, True, False)


def test_only_the_pauses_that_begin_before_an_instant_are_known_then():
    counting = Counting(zone=BERLIN, pauses=Spans([Span(1, 3), Span(5, 9)]))
    assert [counting.before(n).pauses.spans for n in (1, 2, 5, 6)] == [
        (),
        (Span(1, 3),),
        (Span(1, 3),),
        (Span(1, 3), Span(5, 9)),
    ]
    assert counting.elapsed_between(0, 6) == 3
    assert counting.elapsed_between(6, 0) == -3
    assert [counting.add_elapsed(0, n) for n in (0, 1, 2, 3, 4)] == [0, 1, 4, 5, 10]


def test_days_hours_and_microseconds_of_a_duration_all_count():
    always = WorkingCalendar.always("UTC")
    start = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    for amount in (
        dt.timedelta(days=3, hours=2, minutes=1, seconds=5, microseconds=7),
        dt.timedelta(days=1),
        dt.timedelta(microseconds=1),
    ):
        assert always.add(start, amount) == start + amount
        assert always.subtract(start, amount) == start - amount
        assert always.between(start, start + amount) == amount
        assert always.between(start, start - amount) == -amount


def test_a_pause_before_a_date_that_the_zone_left_out_leaves_it_out_once():
    # Samoa had no 30 December 2011. From the 26th: 27 (1), 28 paused, 29 (2), 31 (3), 1 January (4).
    apia = zone_of("Pacific/Apia")
    pause = Span(to_instant("2011-12-28T10:00-10:00"), to_instant("2011-12-28T11:00-10:00"))
    counting = Counting(zone=apia, pauses=Spans([pause]))
    found = [counting.nth_day(dt.date(2011, 12, 26), n, working=False) for n in range(1, 5)]
    assert [day.isoformat() for day in found] == [
        "2011-12-27",
        "2011-12-29",
        "2011-12-31",
        "2012-01-01",
    ]
    # From the 27th over the left-out date to a pause on 2 January: 28 is paused, 29 (1), 31 (2),
    # 1 January (3), 3 January (4).
    later = Span(to_instant("2012-01-02T10:00+14:00"), to_instant("2012-01-02T11:00+14:00"))
    twice = Counting(zone=apia, pauses=Spans([pause, later]))
    found = [twice.nth_day(dt.date(2011, 12, 27), n, working=False) for n in (2, 3, 4)]
    assert [day.isoformat() for day in found] == ["2011-12-31", "2012-01-01", "2012-01-03"]
