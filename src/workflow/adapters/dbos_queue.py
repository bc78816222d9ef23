"""DBOS: each notice handed to a task queue that the host already runs, as one workflow.

DBOS keeps its queue in PostgreSQL and runs each workflow to its end, across crashes. The id of the
workflow is the notice's id, and DBOS starts one id once: a notice that is delivered again after a
crash is handled once all the same. The host writes the workflow; it gets the notice as plain data.

A queue of another make is a sink in three lines; docs/how-to/hand-notices-to-a-queue.md shows one
for Celery.
"""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from workflow.cases import Notice
from workflow.errors import MissingExtraError, SinkError

if TYPE_CHECKING:
    from dbos import DBOSClient


class DbosSink:
    """Puts notices on a queue of DBOS.

    Args:
        database: The URL of the system database of the host's DBOS application.
        workflow: The name of the host's workflow; its one argument is `Notice.to_json()`.
        queue: The name of the queue that the host's application works off.
        name: The lasting name of the sink.
        client: An open `dbos.DBOSClient` instead of a URL; the host closes it.

    Raises:
        MissingExtraError: DBOS is not installed.
        SinkError: Neither a database nor a client is given.
    """

    def __init__(
        self,
        database: str | None = None,
        *,
        workflow: str,
        queue: str,
        name: str = "dbos",
        client: DBOSClient | None = None,
    ) -> None:
        """Make ready; the database is reached at the first delivery."""
        try:
            import dbos
        except ImportError as error:
            raise MissingExtraError("dbos", "queue") from error
        if database is None and client is None:
            raise SinkError(
                "A DBOS sink needs to know its queue.",
                place=name,
                allowed="the URL of the system database, or client=DBOSClient(...)",
            )
        self.name = name
        self._workflow = workflow
        self._queue = queue
        self._owned = client is None
        self._client: Any = client or dbos.DBOSClient(
            system_database_url=database, lazy=True, retry_connection_errors=False
        )

    def deliver(self, notice: Notice) -> None:
        """Put one notice on the queue; one that is there already stays as it is.

        Raises:
            SinkError: The queue cannot be reached.
        """
        try:
            self._client.enqueue(
                {
                    "workflow_name": self._workflow,
                    "queue_name": self._queue,
                    "workflow_id": notice.id,
                },
                notice.to_json(),
            )
        except Exception as error:
            # DBOS tells of trouble in its own errors and in those of its database driver; their
            # texts may show the address of the database with its password.
            raise SinkError(
                f"The notice could not be put on the queue {self._queue}: {type(error).__name__}.",
                place=self.name,
            ) from error

    def close(self) -> None:
        """Give back its connections, unless they are the host's."""
        if self._owned:
            self._client.destroy()

    def __enter__(self) -> Self:
        """The sink itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Its name; not the address of the database, which may hold a password."""
        return f"<DbosSink {self.name}>"
