"""The answers over arrays are those for single instants."""

import datetime as dt

import numpy as np
import pytest
from calendar_examples import rules
from hypothesis import given
from hypothesis import strategies as st

from workflow.calendars import WorkingCalendar
from workflow.calendars.batch import CHUNK, add_many, between_many
from workflow.errors import DurationError, HolidayReachError, TimeError, TimeRangeError
from workflow.instants import HOUR, to_instant

SPLIT = {"mon-fri": ["09:00-12:00", "13:30-18:00"]}
SHANGHAI = WorkingCalendar("Asia/Shanghai", SPLIT, holidays="CN")
FIRST, LAST = to_instant("2015-01-01T00:00Z"), to_instant("2026-01-01T00:00Z")


@given(rules(), st.integers(0, 2**32 - 1))
def test_adding_many_is_adding_each(given_rules, seed):
    calendar = given_rules[0].calendar()
    chance = np.random.default_rng(seed)
    start = to_instant(f"{given_rules[1]}-01-01T00:00Z")
    anchors = chance.integers(start, start + 370 * 24 * HOUR, 40)
    edges = calendar.spans_at(start, start + 60 * 24 * HOUR).spans[:20]
    anchors = np.append(anchors, [edge for span in edges for edge in (span.start, span.end)])
    anchors = anchors.astype(np.int64)
    amounts = chance.integers(0, 30 * HOUR, len(anchors)) * chance.integers(0, 2, len(anchors))
    single = [calendar.add_micros(int(a), int(d)) for a, d in zip(anchors, amounts, strict=True)]
    assert add_many(calendar, anchors, amounts).tolist() == single
    back = between_many(calendar, anchors, anchors[::-1])
    assert back.tolist() == [
        calendar.between_micros(int(a), int(b)) for a, b in zip(anchors, anchors[::-1], strict=True)
    ]


def test_more_than_one_chunk_agrees_at_the_seams():
    chance = np.random.default_rng(1)
    anchors = chance.integers(FIRST, LAST, 2 * CHUNK + 3)
    found = add_many(SHANGHAI, anchors, 20 * HOUR)
    measured = between_many(SHANGHAI, anchors, found)
    assert (measured == 20 * HOUR).all()
    for index in (0, 1, CHUNK - 1, CHUNK, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 2):
        assert found[index] == SHANGHAI.add_micros(int(anchors[index]), 20 * HOUR)


def test_numpy_times_come_back_as_numpy_times():
    anchors = np.array(["2026-03-02T03:00", "2026-03-07T00:00"], dtype="datetime64[m]")
    found = add_many(SHANGHAI, anchors, np.timedelta64(2, "h"))
    # 11:00 in Shanghai and two hours: 14:30; a Saturday and two hours: Monday 11:00.
    assert found.tolist() == [dt.datetime(2026, 3, 2, 6, 30), dt.datetime(2026, 3, 9, 3)]
    assert between_many(SHANGHAI, anchors, found).tolist() == [dt.timedelta(hours=2)] * 2


def test_shapes_are_kept_and_amounts_are_broadcast():
    anchors = np.array([[FIRST, LAST], [LAST, FIRST]])
    assert add_many(SHANGHAI, anchors, HOUR).shape == (2, 2)
    assert add_many(SHANGHAI, FIRST, [HOUR, 2 * HOUR]).shape == (2,)
    assert add_many(SHANGHAI, np.array([], dtype=np.int64), HOUR).shape == (0,)
    assert between_many(SHANGHAI, anchors, LAST).shape == (2, 2)
    assert between_many(SHANGHAI, np.array([], dtype=np.int64), LAST).shape == (0,)


def test_the_table_grows_until_the_answer_is_reached():
    calendar = WorkingCalendar("UTC", {"mon": ["09:00-10:00"]})
    found = add_many(calendar, [to_instant("2026-03-02T09:00Z")], 500 * HOUR)
    assert found.tolist() == [calendar.add_micros(to_instant("2026-03-02T09:00Z"), 500 * HOUR)]
    with pytest.raises(TimeRangeError, match="after the year 2200"):
        add_many(calendar, [to_instant("2026-03-02T09:00Z")], 50_000 * HOUR)


def test_bad_arrays_are_refused():
    with pytest.raises(DurationError, match="negative"):
        add_many(SHANGHAI, [FIRST], [-1])
    with pytest.raises(TimeError, match="float64 holds no times"):
        add_many(SHANGHAI, [1.5], [1])
    with pytest.raises(TimeError, match="NaT"):
        add_many(SHANGHAI, np.array(["NaT"], dtype="datetime64[us]"), [1])
    with pytest.raises(TimeRangeError):
        add_many(SHANGHAI, [to_instant("2200-12-31T00:00Z") * 2], [1])
    strict = WorkingCalendar("Asia/Shanghai", SPLIT, holidays="CN", strict=True)
    with pytest.raises(HolidayReachError, match="2027"):
        add_many(strict, [to_instant("2026-12-31T09:00Z")], 20 * HOUR)
    with pytest.raises(HolidayReachError, match="2027"):
        between_many(strict, [FIRST], [to_instant("2027-03-01T09:00Z")])
