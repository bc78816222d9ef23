"""The command `tick`: wake the cases whose time has come, and print what has to be told."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from incidents.deadlines import engine


class Command(BaseCommand):
    """Wakes cases."""

    help = "Wake the cases whose time has come, and print the notices that fell."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be said behind the command."""
        parser.add_argument("--forever", action="store_true", help="sleep and wake, until stopped")

    def handle(self, *_: Any, forever: bool, **__: Any) -> None:
        """Wake them. Sinks, where the engine has some, are served as well."""
        if forever:
            engine().run()
            return
        fallen = engine().tick()
        for notice in fallen:
            self.stdout.write(str(notice))
        self.stdout.write(f"Notices: {len(fallen)}")
