"""`corridor invite`: a sealed invitation to the ministry that is focal point of a country, until the installation is opened."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from corridor.directory.models import Country, Invitation
from corridor.directory.operations.offices import invite_head
from corridor.kernel.logic.verdict import Refused


class Command(BaseCommand):
    """The letter goes to an address of the ministry, and only somebody with such an address can take it up."""

    help = "Invite a ministry to take the office of head of its country's focal point."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("country", help="ISO code")
        parser.add_argument("address", help="a published mail address of the ministry")

    def handle(self, *, country: str, address: str, **options: Any) -> None:
        codes = list(Country.objects.values_list("pk", flat=True))
        if country not in codes:
            raise CommandError(f"country is one of {', '.join(codes)}")
        try:
            made: Invitation = invite_head(country, address=address, by=None)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"A sealed invitation goes to {address}; it lasts until {made.expires_at:%Y-%m-%d}.")
