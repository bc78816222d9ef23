"""Under random plans and events, what an engine wrote step by step is what its log says."""

from hypothesis import event, given, settings
from hypothesis import strategies as st
from model_plans import TYPES, at, duties, happenings, micros, plan_of, said

from workflow.engine import Engine
from workflow.errors import EventError
from workflow.instants import Instant


class Held:
    """A time that a test moves, in minutes after the opening of the case."""

    def __init__(self):
        self.minute = 0

    def now(self):
        return Instant(micros(self.minute))


@settings(max_examples=50)
@given(st.data(), st.tuples(duties("one"), duties("two"), duties("three")))
def test_clocks_wakeups_and_notices_are_those_of_a_case_read_from_the_log(data, owed):
    time = Held()
    told = []
    with Engine("memory://", [plan_of(owed)], time_source=time) as engine:
        told += engine.open("model", "c", at=at(0)).notices
        for _ in range(data.draw(st.integers(1, 10))):
            if data.draw(st.integers(0, 3)) == 0:
                time.minute += data.draw(st.sampled_from((1, 20, 400)))
                told += engine.tick()
            else:
                new = data.draw(happenings(time.minute, types=[*TYPES, "noted", "noted"]))
                time.minute = max(time.minute, new["minute"])
                try:
                    made = engine.record("c", new["type"], at=at(new["minute"]), **said(new))
                except EventError:
                    continue  # not legal there
                event("nothing but the log" if new["type"] == "noted" else "more")
                told += made.notices
            assert engine.verify() == ()
        with engine.store.reading() as unit:
            notified = unit.case("c").notified
        whole = engine.case("c").notices_between(None, notified)
        assert sorted(it.id for it in told) == sorted(it.id for it in whole)
