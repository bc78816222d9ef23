"""The contract of a store, whole."""

from __future__ import annotations

from workflow.testing.contracts.cases import CaseRows
from workflow.testing.contracts.deliveries import Deliveries
from workflow.testing.contracts.wakeups import Wakeups


class StoreContract(CaseRows, Wakeups, Deliveries):
    """What every store must keep. Give the fixture `store`: a fresh, empty store, open.

    Instants and versions are small numbers here; a store must not care. One test closes the store,
    so closing it again must do no harm.
    """
