"""Happenings: what an engine tells those who watch it: loggers, metrics, traces.

A listener is called after the fact, in the thread that did the work, and can change nothing. It is
told no person, no free text and no data of the host, with one exception: the text of an error is
passed on, and what raised it may have written anything into it. Who writes it down should keep to
its kind, the word before the first colon, as `StructuredLog` and `Telemetry` do.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeAlias

import attrs

from workflow.cases import Notice
from workflow.instants import Instant, Micros

LOGGER = "workflow.engine"
"""The standard library's logger on which a listener that failed is told."""


@attrs.frozen(kw_only=True)
class Happening:
    """Something that an engine did.

    Attributes:
        began: When it began, by the engine's time source.
        ended: When it was done.
    """

    began: Instant
    ended: Instant


@attrs.frozen(kw_only=True)
class CaseWritten(Happening):
    """An event was accepted and is kept.

    Attributes:
        action: `open`, `record` or `change_plan`.
        case: The case.
        plan: The name of the plan that leads it.
        event: The type of the event.
        duplicate: Whether it was there already; then nothing was written.
        notices: The notices that it caused.
    """

    action: str
    case: str
    plan: str
    event: str
    duplicate: bool
    notices: tuple[Notice, ...]


@attrs.frozen(kw_only=True)
class Ticked(Happening):
    """The cases whose time had come were woken.

    Attributes:
        now: The instant up to which they were woken.
        lag: How late the earliest of them was woken, in microseconds; 0: nothing was due.
        notices: The notices that fell.
        parked: The cases that could not be evaluated, each with its error: its kind, a colon, and
            its text (500 characters at most in all), which may repeat personal data.
    """

    now: Instant
    lag: Micros
    notices: tuple[Notice, ...]
    parked: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class Delivered(Happening):
    """A sink took a notice.

    Attributes:
        sink: The name of the sink.
        notice: The notice.
        tries: How often it was tried, this time included.
    """

    sink: str
    notice: Notice
    tries: int


@attrs.frozen(kw_only=True)
class DeliveryFailed(Happening):
    """A sink did not take a notice.

    Attributes:
        sink: The name of the sink.
        notice: The notice.
        tries: How often it was tried, this time included.
        error: What the sink said: the kind of the error, a colon, and its text (500 characters
            at most in all), which may repeat what the notice says, or a secret of the sink.
        parked: Whether it was given up until somebody looks at it.
    """

    sink: str
    notice: Notice
    tries: int
    error: str
    parked: bool


Listener: TypeAlias = Callable[[Happening], object]
"""Is called with each happening."""


@attrs.frozen
class Listeners:
    """All that listen to an engine.

    Attributes:
        each: They, in the order in which they are told.
    """

    each: tuple[Listener, ...] = ()

    def __call__(self, happening: Happening) -> None:
        """Tell each of them.

        What was done stands: a listener that raises is named in a log, and the next one is told.
        """
        for listener in self.each:
            try:
                listener(happening)
            except Exception:
                logging.getLogger(LOGGER).exception("A listener failed: %r", listener)
