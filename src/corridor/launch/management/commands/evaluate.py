"""`corridor evaluate`: measures retrieval or matching and prints one JSON object."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from corridor.launch.evaluation import partners, retrieval
from corridor.launch.evaluation.database import own_database


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
        try:
            texts, graded = self._read(what, path)
        except (retrieval.Unreadable, partners.Unreadable, OSError, ValueError) as error:
            raise CommandError(f"{path}: {error}") from error
        if k is not None and k < 1:
            raise CommandError("--k counts from 1")
        with own_database(), tqdm(desc=what, unit=" steps") as bar:
            if texts is not None:
                result = retrieval.evaluate(texts, k=k, progress=bar.update)
            else:
                result = partners.evaluate(graded, progress=bar.update)
        self.stdout.write(json.dumps(result, ensure_ascii=False))

    def _read(self, what: str, path: Path) -> tuple[Any, Any]:
        if what == "retrieval":
            return retrieval.read_folder(path), None
        return None, partners.read_set(json.loads(path.read_text(encoding="utf-8")))
