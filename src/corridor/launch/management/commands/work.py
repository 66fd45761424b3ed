"""`corridor work`: does the jobs that wait in the database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from corridor.launch.catalogues import compile_catalogues
from corridor.launch.workers import work


class Command(BaseCommand):
    """Finishes the jobs in hand when it is told to stop; any number may run, on any number of machines."""

    help = "Do the jobs that wait in the database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hands", type=int, default=2, help="jobs side by side of those a person waits for (2)")
        parser.add_argument("--bulk-hands", type=int, default=1, help="bulk jobs side by side (1)")
        parser.add_argument("--once", action="store_true", help="stop when no job is left")

    def handle(self, *, hands: int, bulk_hands: int, once: bool, **options: Any) -> None:
        compile_catalogues(settings.VAR / "locale")
        work(hands=hands, bulk_hands=bulk_hands, forever=not once)
