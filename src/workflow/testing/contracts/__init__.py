"""Contracts: what a store or a sink of your own must keep, as tests to subclass.

Give the fixtures that a contract names, in a class whose name begins with `Test`::

    class TestMyStore(StoreContract):
        @pytest.fixture
        def store(self, tmp_path):
            opened = MyStore(tmp_path)
            yield opened
            opened.close()

The stores and the sinks that ship are tested by these classes too. Design: "Engine".
"""

from workflow.testing.contracts.sinks import SinkContract as SinkContract
from workflow.testing.contracts.stores import StoreContract as StoreContract
