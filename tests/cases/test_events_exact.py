"""Events and logs to the letter: what is kept as JSON, the hash of a row, two orders of one log."""

import hashlib

import attrs
import pytest
from small_plan import at

from workflow.cases.event import FORGOTTEN, Event, canonical
from workflow.cases.log import GENESIS, Log, chained
from workflow.instants import to_instant


def instant(minute):
    return to_instant(at(minute))


FULL = Event(
    type="told",
    instant=instant(5),
    recorded=instant(7),
    seq=3,
    by="press",
    person="A. Person",
    to=("city", "lead"),
    states=("time", "place"),
    of=("notify", "answer"),
    level="high",
    category="complaint",
    conditions={"waiting": True},
    data={"period": "2026-03-02"},
    key="k-1",
)
KEPT = {
    "seq": 3,
    "event": "told",
    "at": "2026-03-02T08:05:00+00:00",
    "recorded_at": "2026-03-02T08:07:00+00:00",
    "to": ["city", "lead"],
    "by": "press",
    "person": "A. Person",
    "level": "high",
    "category": "complaint",
    "key": "k-1",
    "states": ["time", "place"],
    "of": ["notify", "answer"],
    "conditions": {"waiting": True},
    "data": {"period": "2026-03-02"},
}
BARE = Event(type="noted", instant=instant(1), recorded=instant(1), seq=0)


def test_an_event_is_kept_with_every_field_and_read_back_as_it_was():
    assert FULL.to_json() == KEPT
    assert Event.from_json(KEPT) == FULL
    assert FULL.content() == {k: v for k, v in KEPT.items() if k not in {"seq", "recorded_at"}}


def test_what_is_empty_is_left_out_and_nobody_received_it_differs_from_not_said():
    kept = {
        "seq": 0,
        "event": "noted",
        "at": "2026-03-02T08:01:00+00:00",
        "recorded_at": "2026-03-02T08:01:00+00:00",
    }
    assert BARE.to_json() == kept
    assert Event.from_json(kept) == BARE
    nobody = attrs.evolve(BARE, to=())
    assert nobody.to_json() == {**kept, "to": []}
    assert Event.from_json(nobody.to_json()) == nobody != BARE


def test_times_are_given_in_utc_and_an_event_arrives_when_both_have_passed():
    assert (FULL.at, FULL.recorded_at) == (at(5), at(7))
    assert (FULL.at.timezone_name, FULL.recorded_at.timezone_name) == ("UTC", "UTC")
    assert FULL.arrival == instant(7)
    assert attrs.evolve(FULL, instant=instant(9)).arrival == instant(9)


def test_an_event_concerns_what_it_names_or_everything():
    assert FULL.concerns("notify")
    assert not FULL.concerns("other")
    assert BARE.concerns("other")


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ({}, True),
        ({"seq": 9, "recorded": instant(99)}, True),  # when it was told does not matter
        ({"instant": instant(6)}, False),
        ({"person": "B"}, False),
        ({"person": None}, False),
        ({"data": {"period": "2026-03-03"}}, False),
        ({"data": {}}, False),
        ({"data": {"period": "2026-03-02", "more": 1}}, False),
        ({"to": ("city",)}, False),
        ({"states": ()}, False),
        ({"conditions": {}}, False),
    ],
)
def test_an_event_says_again_what_says_the_same(change, again):
    assert FULL.says_again(attrs.evolve(FULL, **change)) is again


def test_what_was_forgotten_is_taken_as_said_again_and_nothing_else_is():
    known = attrs.evolve(FULL, person=FORGOTTEN, data={"name": FORGOTTEN, "n": 1})
    for person in ("A. Person", "B", None):
        told = attrs.evolve(FULL, person=person, data={"name": "C", "n": 1})
        assert known.says_again(told)
        assert known.says_again(attrs.evolve(told, data={"n": 1}))
        assert not known.says_again(attrs.evolve(told, data={"name": "C", "n": 2}))
        assert not known.says_again(attrs.evolve(told, data={"name": "C"}))
        assert not known.says_again(attrs.evolve(told, by="duty"))


def test_the_hash_of_a_row_is_sha_256_over_the_hash_before_and_the_event_with_sorted_keys():
    text = (
        '{"at":"2026-03-02T08:01:00+00:00","data":{"词":"é"},"event":"noted",'
        '"recorded_at":"2026-03-02T08:01:00+00:00","seq":0}'
    )
    event = attrs.evolve(BARE, data={"词": "é"})
    assert canonical(event.to_json()) == text
    first = hashlib.sha256(f"{GENESIS}\n{text}".encode()).hexdigest()
    assert chained(GENESIS, event) == first
    second = attrs.evolve(BARE, seq=1)
    assert Log.of([event, second]).hashes() == (first, chained(first, second))


def row(seq, happened, recorded, key=None):
    return attrs.evolve(
        BARE, seq=seq, instant=instant(happened), recorded=instant(recorded), key=key
    )


# Recorded in this order; the second happened first, and the fourth was told before it happened.
ROWS = (row(0, 2, 2, "a"), row(1, 1, 4), row(2, 4, 4, "c"), row(3, 9, 5))


def seqs(events):
    return [event.seq for event in events]


def test_a_log_holds_the_order_of_recording_and_the_order_of_happening():
    log = Log.of(ROWS)
    assert seqs(log.recorded) == [0, 1, 2, 3]
    assert seqs(log.happened) == [1, 0, 2, 3]
    assert (log.newest, log.orderly, log.keys) == (instant(5), True, ("a", None, "c", None))
    grown = Log()
    for each in ROWS:
        grown = grown.append(each)
    assert grown == log
    assert Log() == Log.of([])
    # Of two that happened at one instant, the one recorded first happened first.
    assert seqs(log.append(row(4, 2, 6)).happened) == [1, 0, 4, 2, 3]


def test_a_log_knows_whether_it_was_recorded_in_order():
    assert Log.of([row(0, 1, 3), row(1, 2, 3)]).orderly
    backwards = Log.of([row(0, 1, 3), row(1, 2, 2)])
    assert (backwards.orderly, backwards.newest) == (False, instant(3))
    assert Log().append(row(0, 1, 3)).append(row(1, 2, 2)) == backwards
    assert not backwards.append(row(2, 5, 5)).orderly


@pytest.mark.parametrize(
    ("since", "arrived", "later"),
    [
        (None, [], [0, 1, 2, 3]),
        (1, [], [0, 1, 2, 3]),
        (2, [0], [1, 2, 3]),
        (4, [0, 1, 2], [3]),
        (5, [0, 1, 2], [3]),  # told by then, and still to happen
        (8, [0, 1, 2], [3]),
        (9, [0, 1, 2, 3], []),
    ],
)
def test_an_event_has_arrived_once_it_has_happened_and_was_recorded(since, arrived, later):
    at_ = None if since is None else instant(since)
    before, after = Log.of(ROWS).arrivals(at_)
    assert (seqs(before), seqs(after)) == (arrived, later)


@pytest.mark.parametrize(
    ("now", "known_at", "seen"),
    [
        (0, None, []),
        (1, None, [1]),
        (2, None, [1, 0]),
        (9, None, [1, 0, 2, 3]),
        (8, None, [1, 0, 2]),
        (9, 3, [0]),
        (9, 4, [1, 0, 2]),
        (9, 5, [1, 0, 2, 3]),
        (3, 3, [0]),
        (9, 1, []),
    ],
)
def test_a_view_holds_what_had_happened_as_far_as_it_was_known(now, known_at, seen):
    at_ = None if known_at is None else instant(known_at)
    assert seqs(Log.of(ROWS).view(instant(now), at_)) == seen
