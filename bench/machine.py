"""What a measurement was made on and with."""

import datetime
import os
import platform
import subprocess
from pathlib import Path
from typing import Final

import psutil
from django.db import connection

from corridor.language.operations import engines

ROOT: Final = Path(__file__).resolve().parents[1]


def surroundings(command: str) -> dict[str, str | int | float]:
    """The machine, the day, the command and the versions, of a process that has a database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), extversion FROM pg_extension WHERE extname = 'vector'"
        )
        postgresql, pgvector = cursor.fetchone() or ("?", "?")
    embedder = engines.embedder()
    return {
        "cpu": _processor(),
        "cores": os.cpu_count() or 1,
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "load_average": round(os.getloadavg()[0], 1),
        "on": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "command": command,
        "commit": _commit(),
        "python": platform.python_version(),
        "postgresql": postgresql.split()[0],
        "pgvector": pgvector,
        "engine": f"{embedder.name} {embedder.version}",
        "correction": engines.shipped_fairness().version,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _commit() -> str:
    """The version of the code, with a plus when files differ from it."""
    try:
        told = subprocess.run(
            ["git", "describe", "--always", "--dirty=+", "--abbrev=8", "--exclude=*"],  # noqa: S607 - git as it is installed
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return told.stdout.strip()
