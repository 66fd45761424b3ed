"""`corridor calibrate`: computes the correction across languages for the configured model."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from corridor.language.logic import fairness
from corridor.language.operations import engines
from corridor.language.operations.calibration import calibrate


class Command(BaseCommand):
    """For the bundled model the file is shipped; for a model of the operator's own it is kept under var."""

    help = "Compute the correction across languages for the configured model."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--ship", action="store_true", help="write the file that the project ships (for developers)"
        )

    def handle(self, *, ship: bool, **options: Any) -> None:
        correction = calibrate(engines.embedder())
        path = fairness.SHIPPED if ship else settings.VAR / "engine" / "fairness.npz"
        path.parent.mkdir(parents=True, exist_ok=True)
        fairness.save(correction, path)
        self.stdout.write(f"Wrote {path} ({correction.version}). Run `corridor reindex` next.")
