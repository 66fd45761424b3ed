"""Loading a hundred thousand organisations: time, memory, and that a notice published meanwhile is found at once."""

import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from django.core.management import call_command

from bench.crowd import write_dump
from bench.freshness import figures, process, published, until, waiting
from corridor.directory.models import Organisation
from corridor.language.models import Passage
from corridor.language.operations.find import find
from corridor.launch.evaluation.database import own_database

ORGANISATIONS: Final = 100_000
PAUSE: Final = 3.0
WINDOW: Final = 60.0
"""Seconds over which indexing is counted once the load has ended."""


def run(data: Path, step: int) -> dict[str, Any]:
    """Load a dump beside a worker, publish a notice every few seconds until it is done, then see how fast the index follows."""
    count = ORGANISATIONS // step
    with own_database() as name, tempfile.TemporaryDirectory() as folder:
        call_command("load", "starter", verbosity=0, stdout=sys.stderr)
        call_command("load", "sample", verbosity=0, stdout=sys.stderr)
        dump = Path(folder) / "organisations.json"
        write_dump(dump, count)
        with process(name, "work"):
            until(lambda: not waiting(), 300, "the worker never finished the sample")
            find("What the processes of a site do before anybody asks.", by=None)
            before = Organisation.objects.count()
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            began = time.perf_counter()
            meanwhile: list[Any] = []
            with process(name, "load", "organisations", str(dump)) as load:
                while load.poll() is None:
                    meanwhile.append(published(len(meanwhile)))
                    time.sleep(PAUSE)
                seconds = time.perf_counter() - began
                if load.returncode:
                    raise RuntimeError(f"the load ended with {load.returncode}")
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            loaded = Organisation.objects.count() - before
            indexing = _indexing_rate()
    return {
        "organisations": loaded,
        "minutes": round(seconds / 60, 2),
        "rate": round(loaded / seconds),
        "processor_s": round(after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime),
        "peak_mb": round(after.ru_maxrss / 1024),
        "meanwhile": figures(meanwhile),
        "indexing_rate": indexing,
    }


def _indexing_rate() -> float:
    """Organisations whose words the worker indexes in a second, counted over a window."""
    first = Passage.objects.filter(kind="organisation").count()
    time.sleep(WINDOW)
    return round((Passage.objects.filter(kind="organisation").count() - first) / WINDOW, 1)
