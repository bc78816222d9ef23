"""What Hypothesis calls when it is imported, so that `st.from_type(Plan)` and the rest work.

The entry point is `workflow.testing.registration:_hypothesis_setup_hook`. It runs in every test run
of an environment in which this package is installed, also in those that never use it. So it loads
nothing: a type is registered when its own module is loaded, now if that has happened already, and
its strategy is made when it is first asked for.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_TYPES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "workflow.durations": ("Duration", lambda made: made.durations()),
    "workflow.calendars.working": ("WorkingCalendar", lambda made: made.working_calendars()),
    "workflow.plans.model": ("Plan", lambda made: made.plans()),
    "workflow.cases.case": ("Case", lambda made: made.plans().flatmap(made.cases)),
    "workflow.testing.strategies.faulty": (
        "FaultyDocument",
        lambda made: made.faulty_documents(),
    ),
}
"""For each module the type in it, and how `workflow.testing.strategies` makes it."""


def _hypothesis_setup_hook() -> None:
    """Register a strategy for each type that a test may ask for by its type."""
    for name in _TYPES:
        if name in sys.modules:
            _register(sys.modules[name])
    if not any(isinstance(finder, _WhenLoaded) for finder in sys.meta_path):
        sys.meta_path.insert(0, _WhenLoaded())


def _register(module: ModuleType) -> None:
    from hypothesis import strategies as st

    type_, make = _TYPES[module.__name__]

    def made(_: type) -> Any:
        from workflow.testing import strategies

        return make(strategies)

    st.register_type_strategy(getattr(module, type_), made)


class _WhenLoaded(MetaPathFinder):
    """Finds nothing itself; it has those modules registered once the usual finders loaded them."""

    def __init__(self) -> None:
        self._asked: set[str] = set()

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - the protocol's parameters
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """The usual spec, registering after the module has run; None for any other module."""
        if fullname not in _TYPES or fullname in self._asked:
            return None
        self._asked.add(fullname)  # the usual finders are asked next, and this one again
        try:
            spec = importlib.util.find_spec(fullname)
        finally:
            self._asked.discard(fullname)
        if spec is None or spec.loader is None:
            return spec
        spec.loader = _ThenRegister(spec.loader)
        return spec


class _ThenRegister(Loader):
    """Loads a module as another loader does, then registers it and steps aside."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """As the other loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Likewise; whoever asks the module later finds that other loader."""
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        _register(module)
