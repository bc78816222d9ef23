"""Telemetry: what an engine does as OpenTelemetry metrics and traces. Needs the extra `telemetry`.

Only OpenTelemetry's API is used: the host chooses where the figures go. Without a provider of the
host's nothing is measured and nothing fails.

| name | kind | unit | attributes |
| --- | --- | --- | --- |
| `workflow.events` | counter | event | `plan`, `action`, `event`, `duplicate` |
| `workflow.notices` | counter | notice | `plan`, `kind` |
| `workflow.tick.duration` | histogram | s | |
| `workflow.tick.lag` | histogram | s | |
| `workflow.cases.parked` | counter | case | |
| `workflow.deliveries` | counter | delivery | `sink`, `outcome`: `delivered`, `failed`, `parked` |
| `workflow.cases.open` | gauge | case | |
| `workflow.overdue` | gauge | duty | `plan`, `obligation` |

The spans are `workflow.open`, `workflow.record`, `workflow.change_plan`, `workflow.tick` and
`workflow.deliver`. They carry the case's name (`workflow.case`), never a person or the host's data.
The status of a failed delivery names the kind of the error, such as `ConnectionError`, alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from workflow.engine import (
    CaseWritten,
    Delivered,
    DeliveryFailed,
    Engine,
    Happening,
    Ticked,
)
from workflow.errors import MissingExtraError
from workflow.instants import SECOND

if TYPE_CHECKING:
    from opentelemetry.metrics import CallbackOptions, Meter, MeterProvider, Observation
    from opentelemetry.trace import TracerProvider

NAME = "workflow"
"""The instrumentation scope of the meter and of the tracer."""


class Telemetry:
    """A listener for an engine: `Engine(..., listeners=[Telemetry()])`.

    Args:
        meters: The provider of meters; by default the host's global one.
        tracers: The provider of tracers; by default the host's global one.

    Raises:
        MissingExtraError: OpenTelemetry's API is not installed.
    """

    def __init__(
        self, *, meters: MeterProvider | None = None, tracers: TracerProvider | None = None
    ) -> None:
        """Make the instruments."""
        try:
            from opentelemetry import metrics, trace
        except ImportError as error:
            raise MissingExtraError("opentelemetry-api", "telemetry") from error
        self._meter: Meter = metrics.get_meter(NAME, meter_provider=meters)
        self._tracer = trace.get_tracer(NAME, tracer_provider=tracers)
        make = self._meter
        self._events = make.create_counter(
            "workflow.events", "{event}", "Events that were accepted."
        )
        self._notices = make.create_counter("workflow.notices", "{notice}", "Notices that fell.")
        self._ticks = make.create_histogram("workflow.tick.duration", "s", "How long ticks took.")
        self._lags = make.create_histogram(
            "workflow.tick.lag", "s", "How late the earliest wake-up of a tick was."
        )
        self._parked = make.create_counter(
            "workflow.cases.parked", "{case}", "Cases that could not be evaluated."
        )
        self._deliveries = make.create_counter(
            "workflow.deliveries", "{delivery}", "Attempts to deliver a notice."
        )

    def watch(self, engine: Engine) -> None:
        """Also observe how many cases are open and what is overdue, whenever a reader asks.

        Both are counted in the store, by an index, at the engine's present.
        """
        self._meter.create_observable_gauge(
            "workflow.cases.open",
            [_observing(lambda: [(engine.census().open, {})])],
            "{case}",
            "Cases that are not closed.",
        )
        self._meter.create_observable_gauge(
            "workflow.overdue",
            [_observing(lambda: _overdue(engine))],
            "{duty}",
            "Duties that are owed and late.",
        )

    def __call__(self, happening: Happening) -> None:
        """Count and trace what happened."""
        match happening:
            case CaseWritten():
                self._written(happening)
            case Ticked():
                self._ticked(happening)
            case Delivered():
                self._delivery(happening, "delivered", "")
            case DeliveryFailed():
                outcome = "parked" if happening.parked else "failed"
                self._delivery(happening, outcome, happening.error.partition(":")[0])

    def _written(self, it: CaseWritten) -> None:
        said: dict[str, str | bool] = {
            "plan": it.plan,
            "action": it.action,
            "event": it.event,
            "duplicate": it.duplicate,
        }
        self._events.add(1, said)
        self._count(it)
        self._span(it, it.action, {f"workflow.{key}": value for key, value in said.items()})

    def _ticked(self, it: Ticked) -> None:
        self._ticks.record((it.ended - it.began) / SECOND)
        self._lags.record(it.lag / SECOND)
        if it.parked:
            self._parked.add(len(it.parked))
        self._count(it)
        self._span(
            it,
            "tick",
            {"workflow.notices": len(it.notices), "workflow.parked": len(it.parked)},
            error=f"{len(it.parked)} cases parked" if it.parked else "",
        )

    def _delivery(self, it: Delivered | DeliveryFailed, outcome: str, error: str) -> None:
        self._deliveries.add(1, {"sink": it.sink, "outcome": outcome})
        said = {
            "workflow.sink": it.sink,
            "workflow.notice": it.notice.id,
            "workflow.case": it.notice.case_id,
            "workflow.tries": it.tries,
        }
        self._span(it, "deliver", said, error=error)

    def _count(self, it: CaseWritten | Ticked) -> None:
        for notice in it.notices:
            self._notices.add(1, {"plan": notice.plan, "kind": notice.kind.value})

    def _span(self, it: Happening, name: str, said: dict[str, Any], *, error: str = "") -> None:
        from opentelemetry.trace import Status, StatusCode

        if isinstance(it, CaseWritten):
            said["workflow.case"] = it.case
        span = self._tracer.start_span(
            f"workflow.{name}", attributes=said, start_time=it.began * 1_000
        )
        if error:
            span.set_status(Status(StatusCode.ERROR, error))
        span.end(end_time=it.ended * 1_000)


def _overdue(engine: Engine) -> Iterator[tuple[int, dict[str, str]]]:
    for late in engine.census().overdue:
        yield late.count, {"plan": late.plan, "obligation": late.obligation}


def _observing(
    found: Callable[[], Iterable[tuple[int, dict[str, str]]]],
) -> Callable[[CallbackOptions], Iterator[Observation]]:
    from opentelemetry.metrics import Observation

    def observed(_: CallbackOptions) -> Iterator[Observation]:
        return (Observation(count, said) for count, said in found())

    return observed
