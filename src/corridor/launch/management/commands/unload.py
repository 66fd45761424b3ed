"""`corridor unload sample`: removes the sample; events stay."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from corridor.matching.operations.sample import unload_sample


class Command(BaseCommand):
    """Removes what `load sample` brought."""

    help = "Remove the sample; its events stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["sample"])

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Removed the sample with {unload_sample()} notices.")
