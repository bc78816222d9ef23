"""`CaseMachine`: drives a host through a random life of a case and compares it with the library.

Subclass it, say how your host is made, and run its `TestCase`::

    class MyHost(CaseMachine):
        make_host = staticmethod(lambda plan: MyAdapter(plan))

    TestMyHost = MyHost.TestCase

After every step each clock's state and due time must be the library's; after every tick each
notice has been sent exactly once. Design: "Clocks over a case" and "Engine".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from workflow.cases.case import Case
from workflow.errors import EventError
from workflow.instants import HOUR, MINUTE, SECOND, Instant, Micros, to_moment
from workflow.plans.model import Plan
from workflow.testing.hosts import Host, PlainHost, seen
from workflow.testing.pasteable import opened_by, recorded
from workflow.testing.sample import sample_plan
from workflow.testing.strategies.logs import sayings
from workflow.testing.strategies.moments import instants, iso_in

_GAPS = st.sampled_from((SECOND, MINUTE, HOUR, Micros(24 * HOUR), Micros(80 * HOUR)))
_LAGS = st.sampled_from((Micros(0), MINUTE, Micros(2 * HOUR)))
_CASE = "case-1"


class CaseMachine(RuleBasedStateMachine):
    """A state machine whose steps are the life of one case in a host.

    Attributes:
        plan: The plan that the host is tried under; the sample plan unless a subclass says.
        make_host: Makes the host under test from the plan; write it as a `staticmethod`.
        host: The host under test.
        model: The same case, as the library has it.
        now: The present of the test, which never goes back.
    """

    plan: ClassVar[Plan] = sample_plan()
    make_host: ClassVar[Callable[[Plan], Host]] = staticmethod(PlainHost)

    def __init__(self) -> None:
        """Make the host. The case is opened by the first step."""
        super().__init__()
        self.host = type(self).make_host(self.plan)
        self.model: Case
        self.now = Instant(0)
        self.said: list[dict[str, Any]] = []

    @initialize(at=st.runner().flatmap(lambda it: instants(it.plan.timezone)))
    def a_case_is_opened(self, at: Instant) -> None:
        """The case begins, often near a clock change or a midnight."""
        self.now = at
        record = self._record({"event": self.plan.opens[0]}, Micros(0))
        self.model = opened_by(self.plan, record, name=_CASE)
        self.host.open(_CASE, record)
        self.said.append(record)

    @rule(saying=st.runner().flatmap(lambda it: sayings(it.model)), gap=_GAPS, lag=_LAGS)
    def something_happens(self, saying: dict[str, Any], gap: Micros, lag: Micros) -> None:
        """An event is recorded, at once or late; the host accepts what the library accepts."""
        self.now = Instant(self.now + gap)
        record = self._record(saying, lag)
        try:
            after = recorded(self.model, record)
        except EventError as error:
            self._must_refuse(record, error)
            return
        self.host.record(_CASE, record)
        self.model = after
        self.said.append(record)

    @rule(event=st.runner().flatmap(lambda it: st.sampled_from([e.id for e in it.plan.events])))
    def something_happens_that_may_be_illegal(self, event: str) -> None:
        """Any event of the plan, legal or not."""
        if event != "plan-changed":
            self.something_happens({"event": event}, SECOND, Micros(0))

    @rule(gap=_GAPS)
    def time_passes(self, gap: Micros) -> None:
        """The host ticks some time later."""
        self.now = Instant(self.now + gap)
        self._tick()

    @precondition(lambda self: self.model.next_wakeup_instant(self.now) is not None)
    @rule(beside=st.sampled_from((0, 1, -1)))
    def the_next_wakeup_comes(self, beside: int) -> None:
        """The host ticks when something is to change, or a microsecond beside it."""
        wakeup = self.model.next_wakeup_instant(self.now)
        if wakeup is not None:
            self.now = Instant(max(self.now, wakeup + beside))
            self._tick()

    @rule(back=_GAPS)
    def the_clock_jumps_back(self, back: Micros) -> None:
        """The host ticks at an earlier time: nothing is sent twice, early, or taken back."""
        before = list(self.host.sent(_CASE))
        self.host.tick(_text(Instant(self.now - back)))
        sent = list(self.host.sent(_CASE))
        if sent[: len(before)] != before:
            raise AssertionError(f"The host forgot that it had sent {before}; it shows {sent}.")
        self._only_what_is_due(sent)

    @rule(number=st.integers(0, 20))
    def a_record_comes_again(self, number: int) -> None:
        """A record that was delivered before is delivered again: it is one event."""
        if len(self.said) > 1:
            self.now = Instant(self.now + SECOND)
            again = self.said[1 + number % (len(self.said) - 1)]
            self.host.record(_CASE, {**again, "recorded_at": _text(self.now)})

    @rule()
    def the_host_crashes(self) -> None:
        """The host dies and comes back with what it kept."""
        self.host.restart()

    @invariant()
    def every_clock_is_the_library_s(self) -> None:
        """State and due time of every clock are what the library says."""
        if self.said:
            shown = dict(self.host.status(_CASE, _text(self.now)))
            right = dict(seen(self.model.status_at(self.now)))
            wrong = [name for name in {**right, **shown} if shown.get(name) != right.get(name)]
            if wrong:
                raise AssertionError(self._told(wrong[0], shown.get(wrong[0]), right.get(wrong[0])))

    @invariant()
    def no_notice_is_sent_twice(self) -> None:
        """The id of a notice is sent once."""
        if self.said:
            sent = list(self.host.sent(_CASE))
            twice = sorted({name for name in sent if sent.count(name) > 1})
            if twice:
                named = {it.id: str(it) for it in self.model.notices_between(None, self.now)}
                told = named.get(twice[0], twice[0])
                raise AssertionError(f"The host sent a notice more than once: {told}")

    def _tick(self) -> None:
        self.host.tick(_text(self.now))
        right = {it.id: str(it) for it in self.model.notices_between(None, self.now)}
        sent = set(self.host.sent(_CASE))
        missing = [text for name, text in right.items() if name not in sent]
        if missing:
            raise AssertionError(f"The host has not sent: {missing[0]}")
        self._only_what_is_due(sent)

    def _only_what_is_due(self, sent: Iterable[str]) -> None:
        extra = set(sent) - {it.id for it in self.model.notices_between(None, self.now)}
        if extra:
            raise AssertionError(f"The host sent notices that nothing calls for: {sorted(extra)}")

    def _must_refuse(self, record: dict[str, Any], error: EventError) -> None:
        try:
            self.host.record(_CASE, record)
        except Exception:  # noqa: BLE001 - a host refuses in its own way
            return
        raise AssertionError(f"The host accepted {record!r}, which is refused: {error}")

    def _record(self, saying: dict[str, Any], lag: Micros) -> dict[str, Any]:
        at = Instant(self.now - lag)
        return {
            **saying,
            "at": iso_in(at, self.plan.timezone),
            "recorded_at": iso_in(self.now, self.plan.timezone),
            "key": f"k{len(self.said)}",
        }

    def _told(self, name: str, shown: object, right: object) -> str:
        lines = [f"clock {name}: the host shows {shown!r}, and it is {right!r}."]
        if right is not None:
            lines.append(str(self.model.explain(name, to_moment(self.now, self.plan.zone))))
        return "\n".join(lines)


def _text(instant: Instant) -> str:
    return iso_in(instant, "UTC")
