"""`corridor reindex`: brings the one index in step with all records, with a progress bar."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from corridor.directory.operations import facility_index as facilities
from corridor.directory.operations import indexing as organisations
from corridor.directory.operations import people_index as people
from corridor.language.models import Passage
from corridor.language.operations import engines, index
from corridor.matching.operations import indexing as notices


class Command(BaseCommand):
    """Doing it twice changes nothing; unchanged texts keep their vectors. A changed model is built beside the old one."""

    help = "Bring the index in step with all records."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-needed", action="store_true", help="only records that the index does not know yet")

    def handle(self, *, if_needed: bool, **options: Any) -> None:
        building = engines.rebuild_if_changed()
        if building is not None:
            self.stdout.write("The model has changed: a worker builds the new index while the old one goes on serving.")
        rooms = (notices, organisations, facilities)
        entries = [entry for room in rooms for entry in room.entries(only_missing=if_needed)]
        for start in tqdm(
            range(0, len(entries), 64), desc="Words", unit=" records", unit_scale=64, disable=not entries
        ):
            index.put(*entries[start : start + 64], embed=False)
        for room in (notices, facilities):
            room.sweep()  # what left the site while the words were written
        found = people.findable(only_missing=if_needed)
        for person in found:
            people.write(person)  # one by one under their lock: what is withdrawn meanwhile does not come back
        people.sweep()
        missing = list(
            Passage.objects.filter(embedding__isnull=True, engine=engines.serving()).values_list("pk", flat=True)
        )
        with tqdm(total=len(missing), desc="Meaning", unit=" passages", disable=not missing) as bar:
            for start in range(0, len(missing), 256):
                some = missing[start : start + 256]
                index.embed_missing(Passage.objects.filter(pk__in=some))
                bar.update(len(some))
        if entries or found:
            index.count_words()
