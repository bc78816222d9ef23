"""The stores under test: one contract for all of them."""

import postgres_server
import pytest

from workflow.stores import open_store

KINDS = ("memory", "sqlite", "postgres")


@pytest.fixture(params=KINDS)
def store(request, tmp_path):
    """A fresh store of each kind."""
    urls = {"memory": "memory://", "sqlite": f"sqlite:///{tmp_path / 'cases.db'}"}
    opened = open_store(urls.get(request.param) or postgres_server.fresh())
    yield opened
    opened.close()
