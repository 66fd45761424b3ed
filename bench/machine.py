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
        "cpu": f"{_told_by_processor('model name') or platform.machine()} ({_instructions()})",
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


def _told_by_processor(name: str) -> str:
    """A line of what Linux tells of the first processor; empty elsewhere."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), "")


def _instructions() -> str:
    """Which instructions multiply bytes: they decide how much faster eight bits are than full precision."""
    flags = _told_by_processor("flags").split()
    known = ("avx512_vnni", "avx_vnni", "avx2")
    return next((name.upper().replace("_", "-") for name in known if name in flags), "instructions unknown")


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
