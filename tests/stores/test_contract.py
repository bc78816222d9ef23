"""The contract of every store, rule by rule. The same tests run against each of them."""

import attrs
import pytest

from workflow.errors import ConcurrentChangeError, StoreUnavailableError
from workflow.stores import CaseRow, ClockRow, EventRow, NoticeRow, PlanRow, Step, every_case


def case_row(name="c-1", version=1, **said):
    known = {"plans": ("d1", "d2"), "events": 1, "head": "h", "notified": 10}
    return CaseRow(id=name, version=version, **{**known, **said})


def event(seq=0):
    return EventRow(seq=seq, body=f'{{"seq":{seq},"zh":"报告"}}', hash=f"h{seq}")


def clock(name="report", **said):
    known = {"plan": "p", "obligation": "report", "state": "running", "start": 1, "target": None}
    return ClockRow(clock=name, **{**known, "due": 50, "ended": None, **said})


def notice(name="n-1", case="c-1", at=5, told=10):
    return NoticeRow(id=name, case=case, at=at, told=told, body=f'{{"id":"{name}"}}')


def step(name="c-1", version=1, **said):
    return Step(case=case_row(name, version), **said)


def write(store, *steps):
    with store.writing() as unit:
        for each in steps:
            unit.write(each)


def test_what_a_step_writes_is_read_back_as_it_was(store):
    whole = step(
        events=(event(0), event(1)),
        clocks=(clock("b"), clock("a", target=40)),
        wakeup=50,
        notices=(notice("n-2"), notice("n-1")),
    )
    write(store, whole)
    with store.reading() as unit:
        assert unit.case("c-1") == whole.case
        assert unit.events("c-1") == whole.events
        assert unit.clocks("c-1") == (clock("a", target=40), clock("b"))
        assert unit.notices("c-1") == whole.notices
        assert unit.wakeup("c-1").at == 50


def test_what_is_not_there_is_none_or_empty(store):
    with store.reading() as unit:
        assert unit.case("x") is None
        assert unit.plan("x") is None
        assert unit.wakeup("x") is None
        assert unit.next_wakeup() is None
        assert (unit.events("x"), unit.clocks("x"), unit.notices("x")) == ((), (), ())
        assert (unit.parked(), unit.undelivered(), unit.sinks()) == ((), (), ())
        assert unit.next_try("x") is None


def test_a_unit_that_ends_by_an_error_leaves_nothing(store):
    write(store, step(clocks=(clock(),), wakeup=50))

    def all_of(unit):
        return (
            [unit.case(name) for name in ("c-1", "c-2")],
            unit.clocks("c-1"),
            unit.notices("c-1"),
            unit.wakeup("c-1"),
            unit.sinks(),
            unit.plan("d"),
        )

    with store.reading() as unit:
        before = all_of(unit)

    def change_all(unit):
        unit.know_sink("pager")
        unit.keep_plan(PlanRow(digest="d", name="p", version="1", document=""))
        unit.write(step(version=2, gone=("report",), wakeup=70, notices=(notice(),)))
        unit.write(step("c-2"))
        unit.park("c-1", "why")
        raise RuntimeError

    with pytest.raises(RuntimeError), store.writing() as unit:
        change_all(unit)
    with store.reading() as unit:
        assert all_of(unit) == before


def test_a_writer_that_read_another_version_may_not_write(store):
    write(store, step())
    write(store, step(version=2))
    for version in (1, 2, 4):
        with pytest.raises(ConcurrentChangeError, match="c-1"):
            write(store, step(version=version, wakeup=99))
    with store.reading() as unit:
        assert unit.case("c-1").version == 2
        assert unit.wakeup("c-1").at is None


def test_a_case_can_be_opened_only_once(store):
    write(store, step(events=(event(),)))
    with pytest.raises(ConcurrentChangeError):
        write(store, step(events=(event(),)))


def test_clocks_change_and_go(store):
    write(store, step(clocks=(clock("a"), clock("b"))))
    write(store, step(version=2, clocks=(clock("a", state="met", ended=9),), gone=("b",)))
    with store.reading() as unit:
        assert unit.clocks("c-1") == (clock("a", state="met", ended=9),)


def test_what_is_owed_comes_earliest_first_and_without_what_has_ended(store):
    write(
        store,
        step("b", clocks=(clock("x", due=30), clock("y", due=20), clock("z", due=5, ended=9))),
        step("a", clocks=(clock("x", due=30), clock("none", due=None), clock("far", due=31))),
    )
    with store.reading() as unit:
        found = unit.owed(30, 10)
        assert [(case, row.clock) for case, row in found] == [("b", "y"), ("a", "x"), ("b", "x")]
        assert found[0][1] == clock("y", due=20)
        assert unit.owed(30, 1) == found[:1]


def test_a_notice_is_written_once_whatever_happens(store):
    write(store, step(notices=(notice(),)))
    write(store, step(version=2, notices=(attrs.evolve(notice(), body="other"),)))
    with store.reading() as unit:
        assert unit.notices("c-1") == (notice(),)


def test_a_plan_is_kept_once_and_never_changed(store):
    row = PlanRow(digest="d", name="p", version="1", document='{"a": "中"}')
    with store.writing() as unit:
        unit.keep_plan(row)
        unit.keep_plan(attrs.evolve(row, version="2"))
    with store.reading() as unit:
        assert unit.plan("d") == row


def test_names_come_in_pages_in_the_order_of_code_points(store):
    names = ["案件", "b", "a", "B", "a-1", "Ä"]
    write(store, *(step(name) for name in names))
    assert list(every_case(store, page=2)) == sorted(names)
    assert list(every_case(store)) == sorted(names)


def test_due_wakeups_come_earliest_first_up_to_now_and_no_more_than_asked(store):
    write(store, step("late", wakeup=30), step("soon", wakeup=20), step("later", wakeup=31))
    write(store, step("never", wakeup=None))
    with store.writing() as unit:
        assert [row.case for row in unit.due(30, 10)] == ["soon", "late"]
        assert [row.case for row in unit.due(31, 1)] == ["soon"]
        assert unit.due(19, 10) == ()
        assert unit.next_wakeup() == 20


def test_a_wakeup_that_has_been_moved_changes_no_row_and_says_so(store):
    write(store, step(wakeup=20))
    with store.writing() as unit:
        assert unit.move("c-1", 1, 25)
        assert not unit.move("c-1", 1, 30)
        assert not unit.move("x", 1, 30)
        assert unit.move("c-1", 2, None)
        assert unit.next_wakeup() is None
    with store.reading() as unit:
        assert (unit.wakeup("c-1").at, unit.wakeup("c-1").generation) == (None, 3)


def test_a_parked_case_is_not_woken_until_it_is_unparked_or_written(store):
    write(store, step(wakeup=20), step("c-2", wakeup=21))
    with store.writing() as unit:
        unit.park("c-1", "it broke")
        assert [row.case for row in unit.due(30, 10)] == ["c-2"]
        assert unit.next_wakeup() == 21
        assert [(row.case, row.parked) for row in unit.parked()] == [("c-1", "it broke")]
        assert unit.unpark("c-1")
        assert not unit.unpark("c-1")
        assert not unit.unpark("x")
        unit.park("c-1", "again")
    write(store, step(version=2, wakeup=22))
    with store.reading() as unit:
        assert unit.parked() == ()
        assert unit.next_wakeup() == 21


def test_a_notice_is_for_the_sinks_known_when_it_is_written(store):
    write(store, step(notices=(notice("n-1"),)))
    with store.writing() as unit:
        unit.know_sink("pager")
        unit.know_sink("log")
        unit.know_sink("log")
        assert unit.sinks() == ("log", "pager")
    write(store, step(version=2, notices=(notice("n-2"),)))
    with store.writing() as unit:
        for sink in ("log", "pager"):
            assert [row.notice.id for row in unit.claim(sink, 10, 20, 5)] == ["n-2"]


def test_a_claimed_delivery_is_given_to_nobody_else_before_its_time(store):
    with store.writing() as unit:
        unit.know_sink("pager")
        unit.write(step(notices=(notice("n-1"), notice("n-2"))))
    with store.writing() as unit:
        assert [row.notice.id for row in unit.claim("pager", 10, 20, 1)] == ["n-1"]
        assert [row.notice.id for row in unit.claim("pager", 10, 20, 5)] == ["n-2"]
        assert unit.claim("pager", 19, 30, 5) == ()
        assert unit.next_try("pager") == 20
        assert len(unit.claim("pager", 20, 30, 5)) == 2


def test_a_delivery_is_settled_once_it_is_delivered(store):
    with store.writing() as unit:
        unit.know_sink("pager")
        unit.write(step(notices=(notice(),)))
    with store.writing() as unit:
        (row,) = unit.claim("pager", 10, 20, 5)
        unit.settle(attrs.evolve(row, state="delivered", tries=1))
        assert unit.claim("pager", 99, 100, 5) == ()
        assert unit.next_try("pager") is None
        assert unit.redeliver("n-1", 30) == 0


def test_a_parked_delivery_is_listed_and_can_be_tried_again(store):
    with store.writing() as unit:
        unit.know_sink("pager")
        unit.write(step(notices=(notice(),)))
    with store.writing() as unit:
        (row,) = unit.claim("pager", 10, 20, 5)
        unit.settle(attrs.evolve(row, state="parked", tries=3, error="it is down"))
        (parked,) = unit.undelivered()
        assert (parked.notice, parked.error, parked.tries) == (notice(), "it is down", 3)
        assert unit.redeliver("n-1", 30) == 1
        assert unit.undelivered() == ()
        (again,) = unit.claim("pager", 30, 40, 5)
        assert again.tries == 0


def test_a_sink_that_is_forgotten_has_nothing_more_waiting(store):
    with store.writing() as unit:
        unit.know_sink("pager")
        unit.write(step(notices=(notice(),)))
        unit.forget_sink("pager")
        unit.write(step(version=2, notices=(notice("n-2"),)))
        assert unit.claim("pager", 99, 100, 5) == ()
        assert unit.sinks() == ()


def test_a_sleeper_is_woken_by_a_writer_and_not_by_a_reader(store):
    store.wait(0)  # the first time it may be woken for nothing
    with store.reading() as unit:
        unit.next_wakeup()
    assert not store.wait(0)
    write(store, step(wakeup=5))
    assert store.wait(5)
    assert not store.wait(0)


def test_a_closed_store_says_that_it_is_closed(store):
    store.close()
    with pytest.raises(StoreUnavailableError, match="closed"), store.reading():
        pass
