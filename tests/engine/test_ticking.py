"""Ticking: each notice once, in order, whatever time and the process do."""

import threading

import postgres_server
import pytest

from workflow.engine import Engine, SimulatedTime, keeping, ticker
from workflow.errors import StoreUnavailableError, TimeError

START = "2026-03-02T08:40+08:00"
WHOLE = ["warning", "breached", "escalated", "escalated", "met_late"]


def kinds(notices):
    return [notice.kind.value for notice in notices]


@pytest.fixture
def opened(engine):
    engine.open("small", "c-1", at=START)
    return engine


def test_notices_fall_when_their_time_has_come_and_once(opened, at):
    assert opened.next_wakeup().isoformat() == "2026-03-02T00:55:00+00:00"
    assert opened.tick(at("08:54")) == []
    assert kinds(opened.tick(at("08:55"))) == ["warning"]
    assert opened.tick(at("08:55")) == []
    assert opened.tick(at("09:10")) == []  # equality is never late
    assert kinds(opened.tick(at("09:10:01"))) == ["breached"]
    assert kinds(opened.notices("c-1")) == ["warning", "breached"]


def test_after_downtime_everything_is_told_once_in_order_and_marked_late(opened, at):
    opened.open("small", "c-2", at="2026-03-02T08:41+08:00")
    told = opened.tick(at("12:00"))
    assert kinds(told) == ["warning"] * 2 + ["breached"] * 2 + ["escalated"] * 4
    assert [it.instant for it in told] == sorted(it.instant for it in told)
    assert [it.case_id for it in told[:2]] == ["c-1", "c-2"]
    assert told[0].data["told_late_seconds"] == 3 * 3_600 + 5 * 60
    assert opened.tick(at("12:01")) == []
    assert opened.verify() == ()


def test_a_notice_that_is_told_in_time_is_not_marked_late(opened, at):
    (told,) = opened.tick(at("08:55:30"))
    assert "told_late_seconds" not in told.data


def test_ticking_often_or_seldom_tells_the_same(plan):
    told = []
    for moments in (["12:00"], ["08:55", "09:00", "09:10:01", "09:41", "11:59", "12:00"]):
        time = SimulatedTime(START)
        with Engine("memory://", [plan], time_source=time) as engine:
            engine.open("small", "c-1", at=START)
            for hour in moments:
                time.move_to(f"2026-03-02T{hour}+08:00")
                engine.tick()
            engine.record("c-1", "reported", at=f"2026-03-02T{hour}+08:00")
            told.append([notice.id for notice in engine.notices("c-1")])
            assert kinds(engine.notices("c-1")) == WHOLE
    assert told[0] == told[1]


def test_an_event_tells_what_had_fallen_due_before_it_came(opened, at):
    got = opened.record("c-1", "reported", at=at("11:00"))
    assert kinds(got.notices) == WHOLE
    assert opened.tick(at("11:00")) == []


def test_a_late_record_takes_the_breach_back(opened, at):
    opened.tick(at("09:20"))
    got = opened.record("c-1", "reported", at="2026-03-02T09:00+08:00")
    assert kinds(got.notices) == ["met", "breach_withdrawn"]
    assert kinds(opened.notices("c-1")) == ["warning", "breached", "met", "breach_withdrawn"]
    assert opened.verify() == ()


class Wobbly:
    """A time that goes where it is put, back too."""

    def __init__(self):
        self.put(START)

    def put(self, moment):
        self._now = SimulatedTime(moment).now()

    def now(self):
        return self._now


def test_a_clock_that_jumps_loses_no_notice_and_repeats_none(url, plan):
    time = Wobbly()
    with Engine(url, [plan], time_source=time) as engine:
        engine.open("small", "c-1", at=START)
        told = []
        for hour in ("09:05", "08:30", "08:50", "09:30", "09:00", "09:41"):
            time.put(f"2026-03-02T{hour}+08:00")
            told += engine.tick()
        time.put("2026-03-02T09:30+08:00")
        got = engine.record("c-1", "reported", at="2026-03-02T09:30+08:00")
        assert [it.id for it in engine.notices("c-1")] == [it.id for it in (*told, *got.notices)]
        assert kinds(engine.notices("c-1")) == ["warning", "breached", "escalated", "met_late"]
        # It counts as recorded just after the last thing that was told.
        assert got.case.events[-1].recorded_at.isoformat() == "2026-03-02T01:41:00.000001+00:00"
        assert engine.verify() == ()


def test_a_case_that_cannot_be_evaluated_is_parked_and_holds_up_nobody(opened, at, monkeypatch):
    opened.open("small", "c-2", at=START)
    opened.open("small", "c-0", at=START)
    real = keeping.stepped

    def broken(kept, case, now):
        if case.id == "c-1":
            raise ZeroDivisionError("a rule broke")
        return real(kept, case, now)

    monkeypatch.setattr(ticker, "stepped", broken)
    assert [it.case_id for it in opened.tick(at("09:05"))] == ["c-0", "c-2"]
    (parked,) = opened.parked()
    assert (parked.kind, parked.id) == ("case", "c-1")
    assert parked.error == "ZeroDivisionError: a rule broke"
    monkeypatch.undo()
    assert opened.tick(at("09:06")) == []
    assert opened.redeliver("c-1")
    assert [it.case_id for it in opened.tick(at("09:06"))] == ["c-1"]
    assert opened.parked() == ()
    assert not opened.redeliver("c-1")


def test_a_store_that_fails_while_cases_are_woken_parks_none_of_them(opened, at, monkeypatch):
    def away(*_):
        raise StoreUnavailableError("The server is gone.")

    monkeypatch.setattr(ticker, "stepped", away)
    with pytest.raises(StoreUnavailableError):
        opened.tick(at("09:05"))
    monkeypatch.undo()
    assert opened.parked() == ()
    assert kinds(opened.tick(at("09:05"))) == ["warning"]


def test_an_event_on_a_parked_case_wakes_it_again(opened, at):
    with opened.store.writing() as unit:
        unit.park("c-1", "why")
    opened.record("c-1", "reported", at=at("08:50"))
    assert opened.parked() == ()
    assert kinds(opened.tick(at("09:51"))) == ["target_missed"]


def test_a_run_sleeps_from_wakeup_to_wakeup_until_it_is_stopped(url, plan, time):
    stop = threading.Event()
    told = []

    def pager(notice):
        told.append((str(time), notice.kind.value))
        if len(told) == 4:
            stop.set()

    with Engine(url, [plan], time_source=time, sinks=[pager]) as engine:
        engine.open("small", "c-1", at=START)
        engine.run(stop)
    assert [kind for _, kind in told] == WHOLE[:4]
    assert told[0][0] == "2026-03-02 00:55 +00:00"


@pytest.mark.parametrize("count", [1, 2, 4])
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_workers_share_the_work_and_nothing_is_missed_or_told_twice(
    tmp_path, plan, time, kind, count
):
    store = f"sqlite:///{tmp_path / 'cases.db'}" if kind == "sqlite" else postgres_server.fresh()
    workers = [Engine(store, [plan], time_source=time) for _ in range(count)]
    for number in range(250):
        workers[number % count].open("small", f"c-{number}", at=START)
    time.move_to("2026-03-02T09:00+08:00")
    told = []

    def work(worker):
        told.extend(worker.tick())

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == len({it.case_id for it in told}) == 250
    assert workers[0].verify() == ()
    for worker in workers:
        worker.close()


def test_simulated_time_never_goes_back_and_names_both_values(time):
    with pytest.raises(TimeError, match=r"from 2026-03-02 00:40 .00:00 to 2026-03-02 00:39"):
        time.move_to("2026-03-02T08:39+08:00")


def test_the_cases_at_hand_are_bounded(engine):
    engine._memo.limit = 2
    for number in range(5):
        engine.open("small", f"c-{number}", at=START)
    assert len(engine._memo._kept) == 2


def test_what_is_owed_is_listed_over_all_cases_and_equality_is_not_late(opened, at):
    opened.open("small", "c-2", at=at("08:41"))
    opened.record("c-1", "reported", at=at("08:50"))
    limit = "2026-03-02T12:00+08:00"
    found = opened.owed(limit)
    assert [(it.case, it.clock, it.late) for it in found] == [
        ("c-2", "report", False),
        ("c-1", "answer", False),
    ]
    assert found[0].due == opened.status("c-2")["report"].due
    assert opened.owed(now=at("09:11")) == []
    (late,) = opened.owed(now=at("09:11:01"))
    assert (late.case, late.late) == ("c-2", True)
    opened.record("c-2", "reported", at=at("09:12"))
    assert opened.owed() == []
