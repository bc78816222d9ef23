"""Retrying: what another writer was in the way of is decided again, a bounded number of times."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from workflow.errors import ConcurrentChangeError

T = TypeVar("T")

RETRIES = 50
"""Attempts against other writers of the same case. Each attempt that fails means that another
writer succeeded, so fifty failures mean fifty events on one case meanwhile."""


def retried(work: Callable[[], T]) -> T:
    """What `work` answers at its first attempt that no other writer is in the way of.

    Raises:
        ConcurrentChangeError: Others were in the way at every attempt.
    """
    for _ in range(RETRIES - 1):
        try:
            return work()
        except ConcurrentChangeError:
            continue
    return work()
