"""`corridor find duplicates`: looks through the directory for entries that are probably one organisation, with a progress bar."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from corridor.directory.models import Country, Organisation
from corridor.directory.operations.duplicates import everything
from corridor.language.logic.embedding import EmbeddingUnavailable


class Command(BaseCommand):
    """Doing it twice finds the same; what officers decided stays decided. Nothing is merged."""

    help = "Look through the whole directory for likely duplicates. Officers find them on their country's desk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["duplicates"])
        parser.add_argument("--country", default="", help="ISO code, for one country only")

    def handle(self, *, country: str, **options: Any) -> None:
        codes = list(Country.objects.values_list("pk", flat=True))
        if country and country not in codes:
            raise CommandError(f"--country is one of {', '.join(codes)}")
        standing = Organisation.objects.standing()
        total = (standing.filter(home=country) if country else standing).count()
        with tqdm(total=total, desc="Likely duplicates", unit=" organisations", disable=not total) as bar:
            try:
                waiting = everything(country=country, progress=bar.update)
            except EmbeddingUnavailable as error:
                raise CommandError(
                    f"The model of meaning does not answer, and names of two scripts need it: {error}"
                ) from error
        self.stdout.write(f"{waiting} pairs wait for a decision.")
