"""The outbox: at least once, with a stable id; again after a failure; parked in the end."""

import threading

import pytest

from workflow.engine import Backoff, Engine, SimulatedTime
from workflow.engine.outbox import LEASE
from workflow.errors import SinkError
from workflow.instants import MINUTE, SECOND

START = "2026-03-02T08:40+08:00"


class Flaky:
    """A sink that fails so often, then works."""

    def __init__(self, failures, name="flaky"):
        self.name = name
        self.failures = failures
        self.tried = []

    def deliver(self, notice):
        self.tried.append(notice.id)
        if len(self.tried) <= self.failures:
            raise ConnectionError("no route")


@pytest.fixture
def make(url, plan, time):
    opened = []

    def make_(*sinks, **said):
        engine = Engine(
            opened[0].store if opened else url, [plan], time_source=time, sinks=sinks, **said
        )
        opened.append(engine)
        return engine

    yield make_
    opened[0].close()


def test_every_notice_reaches_every_sink_once(make, at):
    one, two = Flaky(0, "one"), Flaky(0, "two")
    engine = make(one, two)
    engine.open("small", "c-1", at=START)
    engine.tick(at("09:30"))
    engine.tick(at("09:31"))
    ids = [notice.id for notice in engine.notices("c-1")]
    assert one.tried == two.tried == ids
    assert len(ids) == 2


def test_the_notices_of_an_event_are_delivered_by_any_engine_with_the_sink(make, at):
    pager = Flaky(0)
    worker, web = make(pager), make()
    web.open("small", "c-1", at=START)
    web.record("c-1", "reported", at=at("08:50"))
    assert pager.tried == []
    assert worker.deliver() == 1


def test_a_sink_that_fails_is_tried_again_later_and_later(make, time):
    pager = Flaky(3)
    engine = make(pager)
    engine.open("small", "c-1", at=START)
    time.move_to("2026-03-02T08:55+08:00")
    engine.tick()
    waits = []
    while len(pager.tried) < 4:
        before = time.now()
        time.move_to_instant(engine._outbox.next_try())
        waits.append(time.now() - before)
        engine.deliver()
    assert len(set(pager.tried)) == 1
    for number, wait in enumerate(waits):
        plain = 10 * SECOND * 2**number
        assert plain <= wait <= plain * 1.2
    assert engine._outbox.next_try() is None
    assert engine.parked() == ()


def test_a_notice_is_parked_after_the_stated_tries_and_can_be_sent_again(make, at):
    pager = Flaky(2)
    engine = make(pager, backoff=Backoff(tries=2))
    engine.open("small", "c-1", at=START)
    engine.tick(at("08:55"))
    engine.tick(at("08:56"))
    (parked,) = engine.parked()
    assert (parked.kind, parked.sink, parked.case) == ("notice", "flaky", "c-1")
    assert (parked.tries, parked.error) == (2, "ConnectionError: no route")
    assert engine.deliver(at("08:59")) == 0
    assert engine.redeliver(parked.id)
    assert engine.deliver() == 1
    assert engine.parked() == ()
    assert not engine.redeliver(parked.id)


def test_a_sink_that_is_down_is_not_hammered(make, at):
    pager = Flaky(1_000)
    engine = make(pager)
    for number in range(8):
        engine.open("small", f"c-{number}", at=START)
    engine.tick(at("08:55"))
    assert len(pager.tried) == 3


def test_a_bad_sink_delays_no_other(make, at):
    reached = threading.Event()

    class Slow:
        name = "slow"

        def deliver(self, notice):
            assert reached.wait(30), notice  # it goes on only when the other sink was served

    def quick(_notice):
        reached.set()

    engine = make(Slow(), quick)
    engine.open("small", "c-1", at=START)
    engine.tick(at("08:55"))
    assert engine.parked() == ()
    assert engine._outbox.next_try() is None


def test_a_delivery_whose_process_died_is_made_again_when_its_claim_is_over(make, time, at):
    class Dies(BaseException):
        pass

    def pager(_notice):
        raise Dies

    engine = make(pager)
    engine.open("small", "c-1", at=START)
    with pytest.raises(Dies):
        engine.tick(at("08:55"))
    got = []

    def second(notice):
        got.append(notice.id)

    second.__name__ = "pager"
    other = make(second)
    assert other.deliver() == 0
    time.move_to_instant(time.now() + LEASE)
    assert other.deliver() == 1


def test_a_sink_that_is_forgotten_is_served_no_more(make, at):
    pager = Flaky(0)
    engine = make(pager)
    engine.open("small", "c-1", at=START)
    engine.forget_sink("flaky")
    engine.tick(at("08:55"))
    assert pager.tried == []


def test_a_sink_needs_a_lasting_name_of_its_own(plan):
    time = SimulatedTime(START)
    for sinks in ([lambda _: None], [Flaky(0), Flaky(0)], ["mail"]):
        with pytest.raises(SinkError):
            Engine("memory://", [plan], time_source=time, sinks=sinks)


def test_the_wait_doubles_up_to_the_longest_and_is_spread():
    backoff = Backoff()
    waits = [backoff.wait("n", tries) for tries in range(1, 60)]
    assert waits[0] < 12 * SECOND
    assert max(waits) <= 72 * MINUTE
    assert len({backoff.wait(str(number), 1) for number in range(50)}) > 10
