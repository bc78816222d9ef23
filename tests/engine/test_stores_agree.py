"""Whatever is asked of it, in whatever order, an engine says the same on every store."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.engine import Engine, SimulatedTime
from workflow.errors import WorkflowError
from workflow.instants import MINUTE

START = "2026-03-02T08:40+08:00"
EVENTS = ("reported", "answered", "asked", "got", "noted", "finished")
# Shrinks towards few steps, the first case, small moves of time.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.sampled_from("ab"), st.integers(0, 3)),
        st.tuples(st.sampled_from(EVENTS), st.sampled_from("ab"), st.integers(-90, 6)),
        st.tuples(st.just("tick"), st.just(""), st.integers(-60, 240)),
    ),
    max_size=14,
)


class Jumping:
    """A time that jumps, back too."""

    def __init__(self):
        self.instant = SimulatedTime(START).now()

    def now(self):
        return self.instant


def told(url, plan, steps):
    """All that an engine answers, and all that it holds in the end."""
    time = Jumping()
    said = []
    with Engine(url, [plan], time_source=time) as engine:
        for number, (what, case, minutes) in enumerate(steps):
            try:
                if what == "tick":
                    time.instant += minutes * MINUTE
                    said.append([it.to_json() for it in engine.tick()])
                    continue
                at = SimulatedTime(START)
                at._now = time.instant + minutes * MINUTE
                moment = str(at).replace(" ", "T", 1).replace(" ", "")
                if what == "open":
                    got = engine.open("small", case, at=moment, key=str(minutes))
                else:
                    got = engine.record(case, what, at=moment, key=str(number % 5))
                said.append(([it.to_json() for it in got.notices], got.duplicate))
            except WorkflowError as error:
                said.append((type(error).__name__, str(error)))
        assert engine.verify() == ()
        names = list(engine.cases())
        with engine.store.reading() as unit:
            held = [
                (unit.case(it), unit.events(it), unit.clocks(it), unit.notices(it), unit.wakeup(it))
                for it in names
            ]
    return said, held


@settings(max_examples=60)
@given(steps=STEPS)
def test_an_engine_says_the_same_on_memory_and_on_sqlite_and_what_it_holds_verifies(plan, steps):
    with tempfile.TemporaryDirectory() as folder:
        on_sqlite = told(f"sqlite:///{Path(folder) / 'cases.db'}", plan, steps)
    assert on_sqlite == told("memory://", plan, steps)
