"""The contract of a sink: it takes every notice, a second time too, and says when it could not."""

# ruff: noqa: S101 - a contract is made of tests: they assert, as methods

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from workflow.cases import Notice
from workflow.cases.wakeups import NoticeKind
from workflow.engine import Engine
from workflow.engine.outbox import Sink
from workflow.engine.time_source import SimulatedTime
from workflow.instants import to_instant
from workflow.stores.memory import MemoryStore
from workflow.testing.sample import sample_plan


def notice_of(kind: NoticeKind, name: str = "ab12") -> Notice:
    """A notice of this kind, to the role `desk`, on a case whose name is not ASCII."""
    return Notice(
        id=name,
        kind=kind,
        case_id="案件-1",
        plan="sample",
        clock_id="answer",
        obligation="answer",
        instant=to_instant("2026-03-02T09:10+08:00"),
        zone="Asia/Shanghai",
        to=("desk",),
        data={"due": "2026-03-02T01:10:00+00:00"},
    )


class SinkContract:
    """What every sink must keep. Give three fixtures.

    - `sink`: the sink, with everything behind it working. It must know an address for `desk`.
    - `arrived`: a function without arguments that gives the ids of the notices that have come out
      on the other side, in order; one that came twice stands there twice.
    - `failing_sink`: the same sink, with what is behind it down.
    """

    def test_a_sink_has_a_lasting_name(self, sink: Sink) -> None:
        """The store knows by the name what the sink has had, so it may not change."""
        assert isinstance(sink.name, str)
        assert sink.name
        assert sink.name == sink.name.strip()

    @pytest.mark.parametrize("kind", list(NoticeKind))
    def test_a_notice_of_every_kind_arrives(
        self, sink: Sink, arrived: Callable[[], Sequence[str]], kind: NoticeKind
    ) -> None:
        """Its id comes out on the other side."""
        sink.deliver(notice_of(kind))
        assert list(arrived()) == ["ab12"]

    def test_a_notice_that_comes_again_is_taken_and_can_be_told_by_its_id(
        self, sink: Sink, arrived: Callable[[], Sequence[str]]
    ) -> None:
        """Delivery is at least once: a second time is no error, and looks like the first."""
        sink.deliver(notice_of(NoticeKind.BREACHED))
        sink.deliver(notice_of(NoticeKind.BREACHED))
        assert set(arrived()) == {"ab12"}

    def test_notices_arrive_in_the_order_in_which_they_were_delivered(
        self, sink: Sink, arrived: Callable[[], Sequence[str]]
    ) -> None:
        """Two of one kind are two."""
        sink.deliver(notice_of(NoticeKind.WARNING, "n-2"))
        sink.deliver(notice_of(NoticeKind.WARNING, "n-1"))
        assert list(arrived()) == ["n-2", "n-1"]

    def test_a_sink_that_could_not_deliver_raises(self, failing_sink: Sink) -> None:
        """What returns has been delivered; a failure that is only logged is a notice lost."""
        with pytest.raises(Exception):  # noqa: B017, PT011 - a sink fails in its own way
            failing_sink.deliver(notice_of(NoticeKind.BREACHED))

    def test_the_outbox_delivers_through_it_once(
        self, sink: Sink, arrived: Callable[[], Sequence[str]]
    ) -> None:
        """With an engine: each notice arrives, and nothing is delivered a second time."""
        time = SimulatedTime("2026-03-02T09:00+01:00")
        engine = Engine(MemoryStore(), [sample_plan()], sinks=[sink], time_source=time)
        engine.open("sample", "c-1", at="2026-03-02T09:00+01:00")
        time.move_to("2026-03-03T09:00+01:00")
        sent = [notice.id for notice in engine.tick()]
        engine.deliver()
        engine.deliver()
        assert sent
        assert sorted(arrived()) == sorted(sent)

    def test_the_outbox_keeps_what_could_not_be_delivered(self, failing_sink: Sink) -> None:
        """Nothing is lost: it is tried again later."""
        time = SimulatedTime("2026-03-02T09:00+01:00")
        engine = Engine(MemoryStore(), [sample_plan()], sinks=[failing_sink], time_source=time)
        engine.open("sample", "c-1", at="2026-03-02T09:00+01:00")
        time.move_to("2026-03-03T09:00+01:00")
        assert engine.tick()
        assert engine.deliver() == 0
        with engine.store.reading() as unit:
            assert unit.next_try(failing_sink.name) is not None
