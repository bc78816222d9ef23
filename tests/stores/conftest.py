"""The stores under test: one contract for all of them."""

import pytest

from workflow.stores import open_store

KINDS = ("memory", "sqlite")


@pytest.fixture(params=KINDS)
def store(request, tmp_path):
    """A fresh store of each kind."""
    urls = {"memory": "memory://", "sqlite": f"sqlite:///{tmp_path / 'cases.db'}"}
    opened = open_store(urls[request.param])
    yield opened
    opened.close()
