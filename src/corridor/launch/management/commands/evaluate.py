"""`corridor evaluate`: measures retrieval or matching and prints one JSON object."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from corridor.launch.evaluation import partners, retrieval
from corridor.launch.evaluation.database import NoDatabase, own_database

Measure = Callable[[Callable[[int], object]], dict[str, Any]]


class Command(BaseCommand):
    """Works in a database of its own that it drops; nothing of the installation is read or changed."""

    help = "Measure retrieval (a folder of aligned texts) or matching (a graded set)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["retrieval", "matching"])
        parser.add_argument("path", type=Path, help="a folder with <lang>.txt files, or a JSON file")
        parser.add_argument(
            "--k", type=int, default=None, help="how many first answers count (the number of other languages)"
        )

    def handle(self, *, what: str, path: Path, k: int | None, **options: Any) -> None:
        if k is not None and (k < 1 or what == "matching"):
            raise CommandError("--k counts from 1, and is for retrieval only")
        try:
            measure = self._retrieval(path, k) if what == "retrieval" else self._matching(path)
        except (retrieval.Unreadable, partners.Unreadable, OSError, ValueError) as error:
            raise CommandError(f"{path}: {error}") from error
        try:
            with own_database(), tqdm(desc=what, unit=" steps") as bar:
                result = measure(bar.update)
        except NoDatabase as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(result, ensure_ascii=False))

    def _retrieval(self, folder: Path, k: int | None) -> Measure:
        texts = retrieval.read_folder(folder, tell=lambda line: self.stderr.write(f"{line}\n"))
        return lambda progress: retrieval.evaluate(texts, k=k, progress=progress)

    def _matching(self, file: Path) -> Measure:
        graded = partners.read_set(json.loads(file.read_text(encoding="utf-8-sig")))
        return lambda progress: partners.evaluate(graded, progress=progress)
