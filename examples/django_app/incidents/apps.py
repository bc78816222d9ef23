"""The application, as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IncidentsConfig(AppConfig):
    """Tickets and their deadlines."""

    name = "incidents"

    def ready(self) -> None:
        """After `migrate`, the library's tables are made too, outside of any transaction."""
        post_migrate.connect(make_tables, sender=self)


def make_tables(**_: Any) -> None:
    """Open the engine, which makes what is missing."""
    from incidents.deadlines import engine

    engine()
