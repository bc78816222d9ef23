"""The stores that ship keep the contract that is published for everybody's stores."""

from workflow.testing.contracts import StoreContract


class TestEveryStoreThatShips(StoreContract):
    """In memory, SQLite and PostgreSQL: the fixture `store` is each in turn."""
