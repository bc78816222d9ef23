"""Working calendars by hand: each boundary, each kind of day, with the arithmetic."""

import datetime as dt
import pickle
import subprocess
import sys
import zoneinfo

import attrs
import pendulum
import pytest

from workflow.calendars import Counting, WorkingCalendar
from workflow.errors import HolidayReachError
from workflow.instants import show, to_instant

SPLIT = {"mon-fri": ["09:00-12:00", "13:30-18:00"]}
SHANGHAI = WorkingCalendar("Asia/Shanghai", SPLIT, holidays="CN")
BERLIN = WorkingCalendar("Europe/Berlin", {"mon-sun": ["00:00-24:00"]})
NIGHT = WorkingCalendar("Europe/Berlin", {"mon-sun": ["22:00-06:00"]})

MINUTES = dt.timedelta(minutes=1)
HOURS = dt.timedelta(hours=1)


def at(text: str) -> str:
    return f"{text}+08:00"


@pytest.mark.parametrize(
    ("start", "hours", "due", "why"),
    [
        ("2026-03-02T09:00", 1, "2026-03-02T10:00", "one hour of the morning"),
        ("2026-03-02T11:00", 2, "2026-03-02T14:30", "1 h to noon, lunch, 1 h from 13:30"),
        ("2026-03-02T11:00", 1, "2026-03-02T12:00", "at closing it stays at closing"),
        ("2026-03-02T16:00", 2, "2026-03-02T18:00", "the same in the evening"),
        ("2026-03-02T16:00", 3, "2026-03-03T10:00", "2 h on Monday, 1 h on Tuesday"),
        ("2026-03-02T12:30", 1, "2026-03-02T14:30", "lunch does not count"),
        ("2026-03-06T17:00", 2, "2026-03-09T10:00", "1 h on Friday, weekend, 1 h on Monday"),
        ("2026-03-07T10:00", 7.5, "2026-03-09T18:00", "Saturday: all of Monday, to its closing"),
        ("2026-03-07T10:00", 0, "2026-03-09T09:00", "nothing on a Saturday: the next opening"),
        ("2026-03-02T10:00", 0, "2026-03-02T10:00", "nothing in working time: the anchor"),
        ("2026-03-02T12:00", 0, "2026-03-02T12:00", "nothing at closing: that closing"),
        ("2026-03-02T12:01", 0, "2026-03-02T13:30", "nothing after closing: the next opening"),
        # 14 and 28 February 2026 are worked for the Spring Festival, 15 to 23 is off.
        ("2026-02-13T17:00", 2, "2026-02-14T10:00", "1 h on Friday, 1 h on the make-up Saturday"),
        ("2026-02-14T17:00", 2, "2026-02-24T10:00", "nine days off, 1 h on Tuesday 24"),
        ("2026-02-27T17:00", 2, "2026-02-28T10:00", "the second make-up Saturday"),
        # National Day 2025: 1 to 8 October off, 28 September and 11 October worked.
        ("2025-09-30T17:00", 2, "2025-10-09T10:00", "1 h on 30 September, 1 h on 9 October"),
        ("2025-10-10T17:00", 2, "2025-10-11T10:00", "Saturday 11 October is worked"),
    ],
)
def test_adding_working_time_by_hand(start, hours, due, why):
    assert SHANGHAI.add(at(start), hours * HOURS).isoformat() == f"{due}:00+08:00", why


@pytest.mark.parametrize(
    ("end", "hours", "start", "why"),
    [
        ("2026-03-02T10:00", 1, "2026-03-02T09:00", "at opening it stays at opening"),
        ("2026-03-02T14:30", 2, "2026-03-02T11:00", "1 h back to 13:30, lunch, 1 h before noon"),
        ("2026-03-09T10:00", 2, "2026-03-06T17:00", "over the weekend"),
        ("2026-03-08T10:00", 0, "2026-03-06T18:00", "nothing before a Sunday: the last closing"),
        ("2026-03-02T10:00", 0, "2026-03-02T10:00", "nothing in working time: the moment"),
        ("2026-03-02T12:00", 0, "2026-03-02T12:00", "nothing at closing: that closing"),
    ],
)
def test_subtracting_working_time_by_hand(end, hours, start, why):
    assert SHANGHAI.subtract(at(end), hours * HOURS).isoformat() == f"{start}:00+08:00", why


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-02T09:00", "2026-03-02T18:00", 7.5),
        ("2026-03-02T12:00", "2026-03-02T13:30", 0),
        ("2026-03-06T17:00", "2026-03-09T10:00", 2),
        ("2026-03-09T10:00", "2026-03-06T17:00", -2),
        # Make-up Saturday 14, then off until Tuesday 24: 13th, 14th and 24th, 7.5 h each.
        ("2026-02-13T00:00", "2026-02-25T00:00", 22.5),
    ],
)
def test_measuring_working_time_by_hand(start, end, hours):
    assert SHANGHAI.between(at(start), at(end)) == hours * HOURS


def test_an_opening_is_working_time_and_a_closing_is_not():
    assert SHANGHAI.is_working(at("2026-03-02T09:00"))
    assert not SHANGHAI.is_working(at("2026-03-02T12:00"))
    assert not SHANGHAI.is_working(at("2026-03-02T08:59:59.999999"))


def test_the_next_opening_and_closing_lie_after_the_moment():
    assert SHANGHAI.next_opening(at("2026-03-02T09:00")).isoformat() == "2026-03-02T13:30:00+08:00"
    assert SHANGHAI.next_opening(at("2026-03-02T08:59")).isoformat() == "2026-03-02T09:00:00+08:00"
    assert SHANGHAI.next_closing(at("2026-03-02T12:00")).isoformat() == "2026-03-02T18:00:00+08:00"
    assert SHANGHAI.next_closing(at("2026-03-06T18:00")).isoformat() == "2026-03-09T12:00:00+08:00"


def test_spans_are_cut_to_the_question():
    spans = SHANGHAI.spans(at("2026-03-06T10:00"), at("2026-03-09T10:00"))
    assert [(first.isoformat()[5:16], last.isoformat()[5:16]) for first, last in spans] == [
        ("03-06T10:00", "03-06T12:00"),
        ("03-06T13:30", "03-06T18:00"),
        ("03-09T09:00", "03-09T10:00"),
    ]
    assert SHANGHAI.spans(at("2026-03-09T10:00"), at("2026-03-06T10:00")) == []


def test_results_are_moments_in_the_zone_of_the_calendar():
    due = SHANGHAI.add(dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC), HOURS)
    assert type(due) is pendulum.DateTime
    assert due.timezone_name == "Asia/Shanghai"
    assert due.isoformat() == "2026-03-02T11:00:00+08:00"


def test_any_aware_datetime_is_taken():
    wanted = SHANGHAI.add("2026-03-02T10:00+08:00", HOURS)
    for moment in (
        dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 2, 10, tzinfo=zoneinfo.ZoneInfo("Asia/Shanghai")),
        dt.datetime(2026, 3, 1, 21, tzinfo=zoneinfo.ZoneInfo("America/New_York")),
        pendulum.datetime(2026, 3, 2, 10, tz="Asia/Shanghai"),
        pendulum.datetime(2026, 3, 2, 3, tz="Europe/Berlin"),
    ):
        assert SHANGHAI.add(moment, HOURS) == wanted


# Clock changes.


def test_a_skipped_hour_takes_working_time_away_and_a_repeated_hour_adds_it():
    assert BERLIN.between("2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00") == 23 * HOURS
    assert BERLIN.between("2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00") == 25 * HOURS
    # 22:00 to 06:00 is seven hours in the spring night and nine in the autumn one.
    assert NIGHT.between("2026-03-28T12:00+01:00", "2026-03-29T12:00+02:00") == 7 * HOURS
    assert NIGHT.between("2026-10-24T12:00+02:00", "2026-10-25T12:00+01:00") == 9 * HOURS


def test_the_two_half_past_twos_of_an_autumn_night_are_an_hour_apart():
    zone = zoneinfo.ZoneInfo("Europe/Berlin")
    first = dt.datetime(2026, 10, 25, 2, 30, tzinfo=zone)
    second = first.replace(fold=1)
    assert first == second  # Python compares two values of one zone by the wall
    assert NIGHT.between(first, second) == HOURS
    assert NIGHT.add(first, HOURS).isoformat() == "2026-10-25T02:30:00+01:00"


def test_hours_that_a_gap_swallows_leave_no_working_day():
    calendar = WorkingCalendar("Europe/Berlin", {"sun": ["02:00-03:00"]})
    gap = dt.date(2026, 3, 29)
    assert not calendar.working_day(gap)
    assert calendar.opens(gap) is None
    assert calendar.add_days(dt.date(2026, 3, 22), 1) == dt.date(2026, 4, 5)


def test_a_date_that_the_zone_skipped_is_no_working_day():
    apia = WorkingCalendar("Pacific/Apia", {"mon-sun": ["09:00-17:00"]})
    assert not apia.working_day(dt.date(2011, 12, 30))
    assert apia.add_days(dt.date(2011, 12, 29), 1) == dt.date(2011, 12, 31)


def test_lord_howe_shifts_by_half_an_hour():
    calendar = WorkingCalendar.always("Australia/Lord_Howe")
    start, end = "2026-04-05T00:00+11:00", "2026-04-06T00:00+10:30"
    assert calendar.between(start, end) == 24.5 * HOURS


# Kinds of days.


def test_special_days_win_over_holidays_and_make_up_days_over_the_weekend():
    calendar = WorkingCalendar(
        "Asia/Shanghai",
        SPLIT,
        holidays="CN",
        special_days={dt.date(2026, 10, 1): ["10:00-11:00"], dt.date(2026, 2, 14): []},
    )
    assert calendar.day_kind(dt.date(2026, 10, 1)).kind == "special"
    assert calendar.working_day(dt.date(2026, 10, 1))
    assert not calendar.working_day(dt.date(2026, 2, 14))  # a make-up day, closed by hand
    assert calendar.working_day(dt.date(2026, 2, 28))  # a make-up Saturday


@pytest.mark.parametrize(
    ("day", "kind", "name", "chinese"),
    [
        (dt.date(2026, 3, 2), "working", "", ""),
        (dt.date(2026, 3, 7), "weekend", "", ""),
        (dt.date(2026, 10, 1), "holiday", "National Day", "国庆节"),
        (dt.date(2026, 2, 16), "holiday", "Chinese New Year's Eve", "农历除夕"),
        (dt.date(2026, 2, 14), "makeup", "", ""),
    ],
)
def test_each_day_says_what_it_is_in_both_languages(day, kind, name, chinese):
    found = SHANGHAI.day_kind(day)
    assert (found.kind, found.name) == (kind, name)
    assert found.works == (kind in {"working", "makeup"})
    assert SHANGHAI.day_kind(day, "zh").name == chinese


def test_the_names_of_holidays_do_not_follow_the_language_of_the_machine():
    code = (
        "import datetime as dt; from workflow.calendars import WorkingCalendar as W;"
        "print(W('Asia/Shanghai', {'mon': ['09:00-10:00']}, holidays='CN')"
        ".day_kind(dt.date(2026, 10, 1)).name)"
    )
    for language in ("zh_CN.UTF-8", "en_US.UTF-8"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={"LANGUAGE": language, "LANG": language, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == "National Day"


def test_a_make_up_day_has_the_hours_of_the_first_weekday_that_has_any():
    calendar = WorkingCalendar(
        "Asia/Shanghai", {"tue-fri": ["08:00-16:00"], "sat": ["09:00-12:00"]}, holidays="CN"
    )
    saturday = dt.date(2026, 2, 14)
    assert show(calendar.opens(saturday), calendar.zone) == "2026-02-14 08:00 +08:00"
    assert show(calendar.closes(saturday), calendar.zone) == "2026-02-14 16:00 +08:00"
    shorter = attrs.evolve(calendar, makeup_hours=["09:00-11:00"])
    assert show(shorter.closes(saturday), calendar.zone) == "2026-02-14 11:00 +08:00"


def test_breaks_take_wall_clock_time_out_of_single_dates():
    calendar = WorkingCalendar(
        "Asia/Shanghai", SPLIT, breaks={dt.date(2026, 3, 2): ["11:00-14:00", "17:30-18:00"]}
    )
    # Monday: 2 h before the break, 14:00 to 17:30 after it.
    assert calendar.between(at("2026-03-02T00:00"), at("2026-03-03T00:00")) == 5.5 * HOURS
    assert show(calendar.closes(dt.date(2026, 3, 2)), calendar.zone) == "2026-03-02 17:30 +08:00"
    all_day = WorkingCalendar("UTC", SPLIT, breaks={dt.date(2026, 3, 2): ["00:00-24:00"]})
    assert not all_day.working_day(dt.date(2026, 3, 2))


def test_a_break_reaches_into_the_night_shift_of_the_day_before():
    calendar = WorkingCalendar(
        "UTC", {"mon-sun": ["22:00-06:00"]}, breaks={dt.date(2026, 3, 3): ["02:00-03:00"]}
    )
    assert not calendar.is_working("2026-03-03T02:30Z")
    assert calendar.between("2026-03-02T22:00Z", "2026-03-03T06:00Z") == 7 * HOURS


def test_a_span_that_crosses_midnight_belongs_to_the_day_on_which_it_starts():
    friday = WorkingCalendar("UTC", {"fri": ["22:00-06:00"]})
    assert friday.is_working("2026-03-07T05:00Z")  # Saturday morning
    assert friday.working_day(dt.date(2026, 3, 6))
    assert not friday.working_day(dt.date(2026, 3, 7))
    assert show(friday.closes(dt.date(2026, 3, 6)), friday.zone) == "2026-03-07 06:00 +00:00"
    # A holiday on the Friday takes the whole night away, one on the Saturday nothing.
    assert not attrs.evolve(friday, holidays=[dt.date(2026, 3, 6)]).is_working("2026-03-07T05:00Z")
    assert attrs.evolve(friday, holidays=[dt.date(2026, 3, 7)]).is_working("2026-03-07T05:00Z")


def test_a_day_off_at_either_end_of_the_year_is_known_to_the_other_year():
    # Saturday 31 December 2011 was worked in exchange for 3 January 2012.
    assert SHANGHAI.day_kind(dt.date(2011, 12, 31)).kind == "makeup"
    assert SHANGHAI.day_kind(dt.date(2012, 1, 3)).kind == "holiday"


# Working days.


@pytest.mark.parametrize(
    ("day", "number", "found"),
    [
        (dt.date(2026, 3, 6), 1, dt.date(2026, 3, 9)),
        (dt.date(2026, 3, 7), 1, dt.date(2026, 3, 9)),
        (dt.date(2026, 3, 7), 0, dt.date(2026, 3, 9)),
        (dt.date(2026, 3, 9), 0, dt.date(2026, 3, 9)),
        (dt.date(2026, 3, 9), -1, dt.date(2026, 3, 6)),
        (dt.date(2026, 2, 13), 3, dt.date(2026, 2, 25)),  # Sat 14 worked, 15 to 23 off, 24, 25
        (dt.date(2026, 2, 24), -2, dt.date(2026, 2, 13)),
    ],
)
def test_adding_working_days_by_hand(day, number, found):
    assert SHANGHAI.add_days(day, number) == found


def test_counting_back_over_new_year_reaches_the_year_before():
    # A fresh calendar has built only the year of the question.
    calendar = WorkingCalendar("UTC", SPLIT)
    assert calendar.add_days(dt.date(1974, 1, 2), -6) == dt.date(1973, 12, 25)


def test_working_days_between_counts_the_last_day_and_not_the_first():
    assert SHANGHAI.working_days_between(dt.date(2026, 3, 6), dt.date(2026, 3, 9)) == 1
    assert SHANGHAI.working_days_between(dt.date(2026, 3, 9), dt.date(2026, 3, 6)) == -1
    assert SHANGHAI.working_days_between(dt.date(2026, 3, 9), dt.date(2026, 3, 9)) == 0


# How far the data reaches.


def test_a_year_not_yet_announced_brings_a_caveat():
    assert SHANGHAI.caveats_between(dt.date(2025, 1, 1), dt.date(2026, 12, 31)) == ()
    (caveat,) = SHANGHAI.caveats_between(dt.date(2026, 12, 1), dt.date(2027, 1, 4))
    assert caveat.kind == "holiday_reach"
    assert "2026" in caveat.en
    assert "2027" in caveat.en
    assert "2027" in caveat.zh
    assert SHANGHAI.caveats_between(dt.date(1949, 1, 1), dt.date(1949, 1, 4))


def test_a_strict_calendar_refuses_to_answer_from_such_a_year():
    strict = attrs.evolve(SHANGHAI, strict=True)
    assert strict.add(at("2026-12-30T10:00"), HOURS).isoformat() == "2026-12-30T11:00:00+08:00"
    for ask in (
        lambda: strict.add(at("2026-12-31T17:30"), HOURS),
        lambda: strict.subtract(at("2027-01-05T17:30"), HOURS),
        lambda: strict.between(at("2026-12-31T17:30"), at("2027-01-05T17:30")),
        lambda: strict.is_working(at("2027-01-05T17:30")),
        lambda: strict.next_opening(at("2027-01-05T17:30")),
        lambda: strict.spans(at("2026-12-31T17:30"), at("2027-01-05T17:30")),
        lambda: strict.add_days(dt.date(2026, 12, 31), 1),
        lambda: strict.working_day(dt.date(2027, 1, 5)),
        lambda: strict.working_days_between(dt.date(2026, 12, 31), dt.date(2027, 1, 5)),
    ):
        with pytest.raises(HolidayReachError, match="2027") as caught:
            ask()
        assert caught.value.allowed == "years 1950 to 2026"
        assert "strict=True" in caught.value.mend


def test_holidays_given_as_dates_reach_everywhere():
    calendar = WorkingCalendar("UTC", SPLIT, holidays=[dt.date(2026, 3, 2)], strict=True)
    assert calendar.add_days(dt.date(2150, 1, 1), 1) == dt.date(2150, 1, 2)
    named = WorkingCalendar("UTC", SPLIT, holidays={"2026-03-02": "Founding day"})
    assert named.day_kind(dt.date(2026, 3, 2)).name == "Founding day"
    assert eval(repr(named)) == named  # noqa: S307  # shown as it would be typed


# As a value.


def test_calendars_with_the_same_rules_are_equal_and_hash_alike():
    same = WorkingCalendar(
        zoneinfo.ZoneInfo("Asia/Shanghai"),
        {day: ["13:30-18:00", "9:00-12:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
        holidays="cn",
    )
    assert same == SHANGHAI
    assert hash(same) == hash(SHANGHAI)
    assert same != WorkingCalendar("Asia/Shanghai", SPLIT)


def test_a_calendar_is_shown_as_it_would_be_typed():
    calendar = WorkingCalendar(
        "Asia/Shanghai",
        {"mon-fri": ["09:00-12:00", "13:30-18:00"], "sun": ["22:00-06:00"]},
        holidays=["2026-03-02"],
        special_days={dt.date(2026, 3, 3): [], dt.date(2026, 3, 4): ["00:00-24:00"]},
        breaks={"2026-03-05": ["09:00:30-10:00"]},
        makeup_hours=["08:00-12:00"],
        strict=True,
    )
    assert eval(repr(calendar)) == calendar  # noqa: S307  # that is the sentence under test
    assert repr(SHANGHAI) == (
        "WorkingCalendar('Asia/Shanghai', "
        "{'mon-fri': ['09:00-12:00', '13:30-18:00']}, holidays='CN')"
    )


def test_a_calendar_survives_pickling_without_its_cache():
    SHANGHAI.add(at("2026-03-02T09:00"), HOURS)
    packed = pickle.dumps(SHANGHAI)
    assert len(packed) < 3_000
    again = pickle.loads(packed)  # noqa: S301  # our own bytes
    assert again == SHANGHAI
    assert again.add(at("2026-03-02T09:00"), HOURS) == SHANGHAI.add(at("2026-03-02T09:00"), HOURS)


def test_a_calendar_cannot_be_changed():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        SHANGHAI.timezone = "UTC"


def test_nothing_is_built_before_the_first_question():
    calendar = WorkingCalendar("Europe/Berlin", SPLIT)
    assert calendar._timeline.table.starts == []
    calendar.add("2026-03-02T09:00Z", HOURS)
    assert calendar._timeline.table.last_year - calendar._timeline.table.first_year <= 2


def test_the_answer_does_not_depend_on_what_was_asked_before():
    asked = WorkingCalendar("Europe/Berlin", {"mon-fri": ["22:00-06:00"]}, holidays="DE-BY")
    asked.between("1975-06-01T00:00Z", "2060-06-01T00:00Z")
    for year in (1980, 2011, 2026, 2059):
        fresh = WorkingCalendar("Europe/Berlin", {"mon-fri": ["22:00-06:00"]}, holidays="DE-BY")
        start = f"{year}-12-30T15:00Z"
        assert fresh.add(start, 200 * HOURS) == asked.add(start, 200 * HOURS)
        assert fresh.subtract(start, 3_000 * HOURS) == asked.subtract(start, 3_000 * HOURS)


def test_importing_the_calendar_imports_neither_holidays_nor_numpy():
    code = "import sys, workflow.calendars; print({'holidays', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_an_instant_counts_on_a_bare_offset_too():
    calendar = WorkingCalendar(dt.timezone(8 * HOURS), SPLIT)
    assert calendar.timezone == "+08:00"
    assert (
        calendar.add(at("2026-03-02T11:00"), 2 * HOURS).isoformat() == "2026-03-02T14:30:00+08:00"
    )
    assert Counting(zone=calendar.zone).local_day(to_instant(at("2026-03-02T00:00"))) == dt.date(
        2026, 3, 2
    )


def test_a_skipped_date_is_no_working_day_though_its_night_shift_reaches_the_next():
    # Kwajalein had no Saturday 1993-08-21; the shift of that evening would end on Sunday at 00:01.
    calendar = WorkingCalendar("Pacific/Kwajalein", {"sat": ["18:00-00:01"]})
    assert calendar.add_days(dt.date(1993, 8, 20), 1) == dt.date(1993, 8, 28)
    assert calendar.opens(dt.date(1993, 8, 21)) is None
    assert calendar.closes(dt.date(1993, 8, 21)) is None
    assert calendar.opens(dt.date(1993, 8, 28)) == to_instant("1993-08-28T18:00+12:00")
