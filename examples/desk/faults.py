"""Faults: what went wrong, in plain words beside the form.

The library's errors carry what a person needs: what was found, what is allowed, how to mend it.
Here they get a first sentence in the reader's language, and ids are shown as titles.
"""

from __future__ import annotations

import attrs
from examples.desk.entry import EntryError
from examples.desk.words import say

from workflow.errors import (
    CaseExistsError,
    ConcurrentChangeError,
    ContradictionError,
    EventError,
    EventTimeError,
    IdempotencyError,
    IllegalEventError,
    StoreError,
    WorkflowError,
)
from workflow.plans import Plan
from workflow.plans.text import Language

_KINDS: tuple[tuple[type[WorkflowError], str], ...] = (
    (EventTimeError, "wrong_time"),
    (ContradictionError, "contradiction"),
    (IdempotencyError, "same_key"),
    (CaseExistsError, "case_exists"),
    (ConcurrentChangeError, "try_again"),
    (StoreError, "store_fails"),
    (EventError, "incomplete"),
    (WorkflowError, "refused"),
)


@attrs.frozen(kw_only=True)
class Fault:
    """What went wrong.

    Attributes:
        words: One sentence for the reader.
        details: What the library says, in English; empty if the sentence says it all.
        choices: What would be possible, as titles.
        field: The field to look at, or empty.
        offsets: The UTC offsets to choose from, where a time happens twice.
    """

    words: str
    details: str = ""
    choices: tuple[str, ...] = ()
    field: str = ""
    offsets: tuple[str, ...] = ()


def fault_of(error: WorkflowError | EntryError, plan: Plan, lang: Language) -> Fault:
    """The fault that an error tells of."""
    if isinstance(error, EntryError):
        return Fault(words=say(error.word, lang), field=error.field, offsets=error.offsets)
    if isinstance(error, IllegalEventError):
        return _illegal(error, plan, lang)
    word = next(word for kind, word in _KINDS if isinstance(error, kind))
    parts = (error.what, error.allowed and f"Allowed: {error.allowed}.", error.mend)
    field = "at" if isinstance(error, EventTimeError) else ""
    return Fault(words=say(word, lang), details=" ".join(filter(None, parts)), field=field)


def _illegal(error: IllegalEventError, plan: Plan, lang: Language) -> Fault:
    stages = {stage.id: stage.title.words(lang) or stage.id for stage in plan.stages}
    titles = {event.id: event.title.words(lang) or event.id for event in plan.events}
    word = "conflicts_later" if error.conflict else "not_in_stage"
    return Fault(
        words=say(word, lang, stage=stages.get(error.stage, error.stage)),
        details=error.what if error.conflict else "",
        choices=tuple(titles.get(name, name) for name in error.legal[:12]),
    )
