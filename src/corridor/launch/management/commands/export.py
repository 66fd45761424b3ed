"""`corridor export`: what everybody may read, as JSON lines, and the lexicon as SKOS."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from corridor.language.logic import skos
from corridor.language.operations import lexicon
from corridor.matching.operations import exporting


class Command(BaseCommand):
    """Writes notices.jsonl, organisations.jsonl and the lexicon as SKOS; drafts, members' notices and persons are never in them."""

    help = "Write public notices and the directory to a folder, one JSON object a line, and the lexicon as SKOS."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--country", help="ISO code: only this country's records")

    def handle(self, *, folder: Path, country: str | None, **options: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in (
            ("notices", exporting.notices(country)),
            ("organisations", exporting.organisations(country)),
        ):
            count = 0
            with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
                for row in rows:
                    file.write(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n")
                    count += 1
            self.stdout.write(f"{folder / name}.jsonl: {count}")
        concepts = lexicon.as_concepts()
        for name, syntax in (("lexicon.ttl", skos.SYNTAXES[".ttl"]), ("lexicon.jsonld", skos.SYNTAXES[".jsonld"])):
            (folder / name).write_text(skos.written(concepts, syntax), encoding="utf-8")
            self.stdout.write(f"{folder / name}: {len(concepts)}")
