"""`corridor load`: the lexicon, starter data, the sample, or organisations from a ROR dump."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from corridor.directory.logic.ror import NotADump
from corridor.directory.operations.ror import load_ror
from corridor.directory.operations.starter import load_starter
from corridor.language.logic.skos import NotSkos
from corridor.language.operations import lexicon
from corridor.matching.operations.sample import load_sample


class Command(BaseCommand):
    """Each can be repeated without harm."""

    help = "Load the lexicon, starter data, the sample, or organisations from a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["lexicon", "starter", "sample", "organisations"])
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            help="with `organisations` a ROR dump (zip or json, schema 1 or 2); with `lexicon` CSV, or SKOS as .ttl or .jsonld",
        )
        parser.add_argument("--check", action="store_true", help="with `lexicon`: only say what is wrong in the file")

    def handle(self, *, what: str, file: Path | None, check: bool = False, **options: Any) -> None:
        if what == "lexicon":
            self._lexicon(file, check=check)
        elif what == "organisations":
            self._organisations(file)
        elif what == "starter":
            self._say(load_starter(), "organisations of the starter directory")
        elif not settings.DEVELOPMENT:
            raise CommandError("The sample is for development: set CORRIDOR_DEVELOPMENT=true.")
        else:
            self._say(load_sample(), "notices of the sample")

    def _say(self, count: int, what: str) -> None:
        if count:
            self.stdout.write(f"Loaded {count} {what}.")

    def _lexicon(self, file: Path | None, *, check: bool) -> None:
        try:
            reading = lexicon.reading_of(file)
        except (OSError, NotSkos) as error:
            raise CommandError(f"{file}: {error}") from error
        for fault in reading.faults if check or not reading.is_sound else []:
            self.stdout.write(str(fault))
        if not reading.is_sound:
            raise CommandError("The lexicon cannot be taken: these faults must be mended first.")
        if check:
            self.stdout.write(f"{len(reading.concepts)} concepts can be taken as they are.")
        else:
            self._say(lexicon.take(reading), "new or changed terms of the lexicon")

    def _organisations(self, file: Path | None) -> None:
        if file is None or not file.is_file():
            raise CommandError(f"There is no file {file}. Give a ROR dump: corridor load organisations FILE")
        with tqdm(unit=" records", desc="Organisations") as bar:
            try:
                loaded = load_ror(file, progress=bar.update)
            except NotADump as error:
                raise CommandError(f"{file}: {error}") from error
        self.stdout.write(f"{loaded.new} new, {loaded.changed} changed, {loaded.unchanged} unchanged.")
        for reason, count in loaded.skipped.most_common():
            self.stdout.write(f"Skipped {count}: {reason}.")
