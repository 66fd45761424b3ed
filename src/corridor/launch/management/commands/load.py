"""`corridor load`: the lexicon, starter data, the sample, or organisations from a ROR dump or a table."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from corridor.directory.logic.ror import NotADump
from corridor.directory.logic.tables.encodings import ENCODINGS
from corridor.directory.models import Country, Import
from corridor.directory.operations import imports
from corridor.directory.operations.ror import load_ror
from corridor.directory.operations.starter import load_starter
from corridor.directory.rules.remarks import in_words
from corridor.kernel.logic.verdict import Refused
from corridor.language.logic.skos import NotSkos
from corridor.language.operations import lexicon
from corridor.matching.operations.sample import load_sample

TABLES = (".csv", ".tsv", ".xlsx")
MOST_BYTES = 200 * 1024 * 1024


class Command(BaseCommand):
    """Each can be repeated without harm."""

    help = "Load the lexicon, starter data, the sample, or organisations from a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["lexicon", "starter", "sample", "organisations"])
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            help="with `organisations` a ROR dump (zip or json, schema 1 or 2), or CSV or XLSX with --country; "
            "with `lexicon` CSV, or SKOS as .ttl or .jsonld",
        )
        parser.add_argument(
            "--check", action="store_true", help="with `lexicon` or a table: only say what is wrong in the file"
        )
        parser.add_argument("--country", help="with a table of organisations: the code of their country, such as LA")
        parser.add_argument("--encoding", choices=ENCODINGS, help="with a CSV table that is not UTF-8: read it so")

    def handle(self, *, what: str, file: Path | None, check: bool = False, **options: Any) -> None:
        if what == "lexicon":
            self._lexicon(file, check=check)
        elif (
            what == "organisations"
            and file
            and file.is_file()
            and (options["country"] or file.suffix.lower() in TABLES)
        ):
            self._table(file, str(options["country"] or "").upper(), str(options["encoding"] or ""), check=check)
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

    def _table(self, file: Path, country: str, encoding: str, *, check: bool) -> None:
        """The same as an officer does on the web, with more rows at once and all of it now."""
        if not Country.objects.filter(pk=country).exists():
            raise CommandError("Say whose organisations they are: --country LA (KH, CN, LA, MM, TH or VN).")
        if file.stat().st_size > MOST_BYTES:
            raise CommandError(f"{file} is larger than {MOST_BYTES // 1024**2} MB. Split it.")
        try:
            batch = imports.preview(file.read_bytes(), file_name=file.name, home=country, by=None, encoding=encoding)
        except Refused as refusal:
            raise CommandError(f"{file}: {refusal}") from refusal
        self._say_remarks(batch)
        if batch.faulty_count or batch.is_encoding_guessed or check:
            self._leave(batch, check=check)
        else:
            with tqdm(total=batch.row_count, unit=" rows", desc="Organisations") as bar:
                imports.take_from_command_line(batch, progress=bar.update)
            self._say(batch.row_count, "organisations")

    def _say_remarks(self, batch: Import) -> None:
        if batch.unknown_columns:
            self.stdout.write(f"Columns that are not known and left out: {', '.join(batch.unknown_columns)}")
        for line in batch.lines.all().iterator(chunk_size=500):
            for kind, remarks in (("fault", line.faults), ("warning", line.doubts)):
                for remark in remarks:
                    self.stdout.write(f"{kind}: row {line.number}, {remark['column']}: {in_words(remark)}")

    def _leave(self, batch: Import, *, check: bool) -> None:
        first = [line.said.get("name", "") for line in batch.lines.all()[:5]]
        imports.drop_from_command_line(batch)
        if batch.faulty_count:
            raise CommandError(f"{batch.faulty_count} of {batch.row_count} rows have faults; nothing was taken.")
        if batch.is_encoding_guessed:
            names = "\n  ".join(first)
            raise CommandError(
                f"The file is not UTF-8. Read as {ENCODINGS[batch.encoding]} its first names are:\n  {names}\n"
                f"If that is right: --encoding {batch.encoding}. Nothing was taken."
            )
        if check:
            self.stdout.write(f"{batch.row_count} organisations can be taken as they are.")
