"""`corridor open`: from here on members give offices, and the operator of the installation none."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from corridor.directory.operations.offices import open_installation
from corridor.kernel.logic.verdict import Refused


class Command(BaseCommand):
    """Done once, and not undone."""

    help = "Open the installation: `corridor appoint` and `corridor invite` refuse from then on."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        try:
            open_installation()
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from refused
        self.stdout.write("The installation is opened. Offices are given by members from now on.")
