"""`corridor doctor`: says what is wrong with this installation and how to mend it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from corridor.launch.diagnosis import findings, remarks


class Command(BaseCommand):
    """Changes nothing; the exit code is 1 when something is wrong."""

    help = "Say what is wrong with this installation and how to mend it."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        for remark in remarks():
            self.stdout.write(f"Note: {remark}")
        count = 0
        for finding in findings():
            count += 1
            self.stdout.write(str(finding))
        self.stdout.write("Nothing is wrong." if not count else f"\n{count} to mend.")
        if count:
            sys.exit(1)
