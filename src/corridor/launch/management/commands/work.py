"""`corridor work`: does the jobs that wait in the database."""

import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from corridor.launch.catalogues import compile_catalogues


class Command(BaseCommand):
    """Finishes the job in hand when it is told to stop; any number may run, on any number of machines."""

    help = "Do the jobs that wait in the database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="jobs done side by side (2)")
        parser.add_argument("--once", action="store_true", help="stop when no job is left")

    def handle(self, *, concurrency: int, once: bool, **options: Any) -> None:
        compile_catalogues(settings.VAR / "locale")
        name = f"corridor-{os.uname().nodename}-{os.getpid()}"
        choices = ["--name", name, "--concurrency", str(concurrency), "--shutdown-graceful-timeout", "10"]
        call_command("procrastinate", "worker", *choices, *(["--one-shot"] if once else []))
