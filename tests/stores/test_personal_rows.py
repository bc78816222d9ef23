"""The contract of every store on personal data, and on what is read and written in batches."""

import attrs
import pytest

from workflow.errors import ConcurrentChangeError
from workflow.stores import CaseRow, ClockRow, EventRow, Step
from workflow.stores.rows import Filed, Late, NoticeRow, RedactionRow


def case_row(name="c-1", version=1, **said):
    known = {"plans": ("d",), "events": 1, "head": "h", "notified": 10}
    return CaseRow(id=name, version=version, **{**known, **said})


def event(seq=0, personal="", body=None):
    return EventRow(seq=seq, body=body or f'{{"seq":{seq}}}', hash=f"h{seq}", personal=personal)


def clock(name, due, **said):
    known = {"plan": "p", "obligation": name, "state": "running", "start": 1, "target": None}
    return ClockRow(clock=name, due=due, **{**known, "ended": None, **said})


def write(store, *steps):
    with store.writing() as unit:
        unit.write_all(steps)


@pytest.fixture
def told(store):
    """Two cases, both of which name somebody."""
    write(
        store,
        Step(
            case=case_row(events=3),
            events=(event(0), event(1, '{"person":"梅 Zhang"}'), event(2, '{"person":"100%_Li"}')),
        ),
        Step(case=case_row("c-2"), events=(event(0, body='{"person":"梅 Zhang"}'),)),
    )
    return store


def redaction(seq=1, case="c-1", at=7, by="lead"):
    return RedactionRow(case=case, seq=seq, at=at, by=by)


def test_personal_text_is_found_in_it_and_in_bodies_letter_for_letter(told):
    with told.reading() as unit:
        assert unit.mentions("梅 Zhang") == (("c-1", 1), ("c-2", 0))
        assert unit.mentions("梅 Zhang", "c-2") == (("c-2", 0),)
        assert unit.mentions("100%_Li") == (("c-1", 2),)
        assert unit.mentions("100%Li") == unit.mentions("zhang") == ()
        assert unit.mentions("梅 Zhang", "c-3") == ()


def test_what_is_redacted_is_gone_and_on_record_and_nothing_else_changes(told):
    with told.reading() as unit:
        before = unit.events("c-1")
    with told.writing() as unit:
        unit.redact([redaction()])
    with told.reading() as unit:
        after = unit.events("c-1")
        assert (after[0], after[2]) == (before[0], before[2])
        assert after[1] == event(1)
        assert unit.redactions("c-1") == (redaction(),)
        assert unit.redactions("c-2") == ()
        assert unit.mentions("梅 Zhang") == (("c-2", 0),)


def test_a_case_in_which_something_is_redacted_has_a_new_version_once(told):
    with told.writing() as unit:
        unit.redact([redaction(1), redaction(2)])
    with told.reading() as unit:
        assert unit.case("c-1") == case_row(version=2, events=3)
        assert unit.case("c-2") == case_row("c-2")
    with pytest.raises(ConcurrentChangeError):  # a writer that read it before decides anew
        write(told, Step(case=case_row(version=2)))


def test_what_errors_said_of_a_case_is_forgotten_with_it_and_of_others_is_not(told):
    def notice(name):
        return NoticeRow(id=f"n-{name}", case=name, at=5, told=6, body="{}")

    with told.writing() as unit:
        unit.know_sink("pager")
    for name, count in (("c-1", 3), ("c-2", 1)):
        row = case_row(name, version=2, events=count)
        write(told, Step(case=row, wakeup=9, notices=(notice(name),)))
    with told.writing() as unit:
        for each in unit.claim("pager", 10, 20, 9):
            unit.settle(attrs.evolve(each, state="parked", tries=1, error="No: 梅 Zhang"))
        for name in ("c-1", "c-2"):
            unit.park(name, "ValueError: 梅 Zhang")
        unit.redact([redaction()])
    with told.reading() as unit:
        assert [row.parked for row in unit.parked()] == ["(forgotten)", "ValueError: 梅 Zhang"]
        assert [(row.notice.case, row.error, row.state) for row in unit.undelivered()] == [
            ("c-1", "(forgotten)", "parked"),
            ("c-2", "No: 梅 Zhang", "parked"),
        ]


def test_the_first_word_on_a_redaction_stands(told):
    for at in (7, 9):
        with told.writing() as unit:
            unit.redact([redaction(at=at)])
    with told.reading() as unit:
        assert unit.redactions("c-1") == (redaction(at=7),)


def redact_and_fail(unit):
    unit.redact([redaction()])
    raise RuntimeError


def test_a_redaction_that_ends_by_an_error_redacts_nothing(told):
    with pytest.raises(RuntimeError), told.writing() as unit:
        redact_and_fail(unit)
    with told.reading() as unit:
        assert unit.redactions("c-1") == ()
        assert len(unit.mentions("梅 Zhang")) == 2
        assert unit.case("c-1").version == 1


def test_several_cases_are_read_together_as_each_alone(store):
    steps = [
        Step(
            case=case_row(name),
            events=(event(0, '{"person":"Li"}'), event(1)),
            clocks=(clock("b", 5), clock("a", None)),
        )
        for name in ("c-2", "c-1", "案")
    ]
    write(store, *steps)
    with store.reading() as unit:
        found = unit.shelf(["案", "c-1", "none"])
        assert set(found) == {"案", "c-1"}
        for name, filed in found.items():
            alone = Filed(case=unit.case(name), events=unit.events(name), clocks=unit.clocks(name))
            assert filed == alone
            assert [row.clock for row in filed.clocks] == ["a", "b"]
        assert unit.shelf([]) == {}


def test_steps_of_one_case_are_written_one_after_the_other(store):
    write(
        store,
        Step(case=case_row(), events=(event(0),), clocks=(clock("a", 5),)),
        Step(case=case_row("c-2")),
        Step(case=case_row(version=2, events=2), events=(event(1),), gone=("a",), wakeup=9),
    )
    with store.reading() as unit:
        assert unit.case("c-1") == case_row(version=2, events=2)
        assert unit.events("c-1") == (event(0), event(1))
        assert unit.clocks("c-1") == ()
        assert unit.wakeup("c-1").at == 9


def test_of_several_steps_one_that_comes_second_stops_all(store):
    write(store, Step(case=case_row()))
    with pytest.raises(ConcurrentChangeError):
        write(store, Step(case=case_row("c-2")), Step(case=case_row(version=1)))
    with store.reading() as unit:
        assert unit.cases("", 9) == ("c-1",)


def test_open_cases_are_those_that_were_not_closed_when_last_written(store):
    write(store, Step(case=case_row()), Step(case=case_row("c-2", closed=True)))
    with store.reading() as unit:
        assert unit.open_cases() == 1
        assert unit.case("c-2").closed
    write(store, Step(case=case_row(version=2, closed=True)))
    write(store, Step(case=case_row("c-2", version=2)))
    with store.reading() as unit:
        assert (unit.case("c-1").closed, unit.case("c-2").closed) == (True, False)
        assert unit.open_cases() == 1


def test_what_is_late_is_counted_by_plan_and_obligation_and_not_on_the_due_instant(store):
    write(
        store,
        Step(case=case_row(), clocks=(clock("b", 5), clock("a", 5), clock("met", 1, ended=9))),
        Step(case=case_row("c-2"), clocks=(clock("b", 4), clock("far", 6), clock("x", None))),
        Step(case=case_row("c-3"), clocks=(clock("b", 4, plan="o"),)),
    )
    with store.reading() as unit:
        assert unit.late(5) == (
            Late(plan="o", obligation="b", count=1),
            Late(plan="p", obligation="b", count=1),
        )
        assert unit.late(6)[1:] == (
            Late(plan="p", obligation="a", count=1),
            Late(plan="p", obligation="b", count=2),
        )
