"""`corridor prepare`: tables, rights, starter data and index, without serving."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from corridor.launch.preparation import prepare_database, prepare_machine


class Command(BaseCommand):
    """What `corridor serve` does before it serves; for installations of several machines."""

    help = "Bring the database and this machine up to date."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        prepare_machine()
        prepare_database()
        call_command("reindex", if_needed=True)
        self.stdout.write("The database is up to date.")
