"""What Hypothesis calls when it is imported, so that `st.from_type(Plan)` and the rest work.

The entry point is `workflow.testing.registration:_hypothesis_setup_hook`.
"""

from __future__ import annotations


def _hypothesis_setup_hook() -> None:
    """Register a strategy for each type that a test may ask for by its type."""
    from hypothesis import strategies as st

    from workflow.calendars import WorkingCalendar
    from workflow.cases import Case
    from workflow.durations import Duration
    from workflow.plans import Plan
    from workflow.testing import strategies as made

    st.register_type_strategy(Duration, made.durations())
    st.register_type_strategy(WorkingCalendar, made.working_calendars())
    st.register_type_strategy(Plan, made.plans())
    st.register_type_strategy(Case, made.plans().flatmap(made.cases))
    st.register_type_strategy(made.FaultyDocument, made.faulty_documents())
