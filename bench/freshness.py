"""How soon a published notice is found, by real workers, while thousands of organisations are being loaded."""

import datetime
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.management import call_command
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from tqdm import tqdm

from bench.crowd import write_dump
from corridor.directory.models import Organisation
from corridor.kernel.models import User
from corridor.kernel.states import Office
from corridor.language.models import Passage
from corridor.language.operations.find import find
from corridor.launch.evaluation.database import own_database
from corridor.matching.models import Notice
from corridor.matching.operations import notices

ORGANISATIONS: Final = 20000
NOTICES: Final = 20
PATIENCE: Final = 60.0
AIM: Final = 2.0


def run(data: Path, step: int) -> dict[str, Any]:
    """Seconds from the publisher's click to the notice in the answers, while a load runs. With a step, fewer of both."""
    wanted = max(NOTICES // step, 5)
    with own_database() as name, tempfile.TemporaryDirectory() as folder:
        call_command("load", "starter", verbosity=0, stdout=sys.stderr)
        call_command("load", "sample", verbosity=0, stdout=sys.stderr)
        dump = Path(folder) / "organisations.json"
        write_dump(dump, ORGANISATIONS // step)
        with process(name, "work"):
            until(lambda: not waiting(), 300, "the worker never finished the sample")
            quiet = [published(number) for number in range(5)]
            before = Organisation.objects.count()
            with process(name, "load", "organisations", str(dump)):
                until(lambda: Organisation.objects.count() > before, 60, "the load never began")
                busy = []
                for number in tqdm(range(wanted), desc="freshness", unit=" notices"):
                    busy.append(published(5 + number))
                    left = waiting()
    return {"quiet": figures(quiet), "while_loading": figures(busy), "organisations": ORGANISATIONS // step,
            "bulk_jobs_left_at_the_end": left}  # fmt: skip


def published(number: int) -> float:
    """Publish a notice and ask for its meaning and words until it is there; the seconds that took."""
    pattern = Notice.objects.filter(is_sample=True, kind="need").order_by("pk")[number % 10]
    text = f"We look for a partner who repairs weighing bridges of the type WB{number:03d}X at rice mills."
    made = notices.draft(
        by=pattern.author, kind="need", organisation=pattern.organisation, home=pattern.home,
        title=f"Weighing bridge WB{number:03d}X", text=text, language="en",
    )  # fmt: skip
    facts = {"themes": ["industry"], "valid_until": timezone.now().date() + datetime.timedelta(days=90)}
    notices.write(made, by=pattern.author, facts=facts)
    notices.submit(made, by=pattern.author)
    officer = User.objects.filter(grants__office=Office.FOCAL_POINT_OFFICER, grants__scope_id=made.home)[0]
    notices.publish(made.latest, by=officer)
    began = time.perf_counter()
    question = f"repair of weighing bridge WB{number:03d}X"
    until(lambda: any(hit.record_id == made.pk for hit in find(question, by=None).hits), PATIENCE, "never found")
    return time.perf_counter() - began


def waiting() -> int:
    """Jobs not done and passages without meaning."""
    jobs = ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).count()
    return jobs + Passage.objects.filter(embedding__isnull=True).count()


def figures(seconds: list[float]) -> dict[str, float]:
    """How many, the middle, the nearly longest and the longest."""
    ordered = sorted(seconds)
    return {
        "notices": len(ordered),
        "median_s": round(median(ordered), 3),
        "p95_s": round(ordered[int(0.95 * (len(ordered) - 1))], 3),
        "longest_s": round(ordered[-1], 3),
    }


def until(question: Callable[[], bool], seconds: float, otherwise: str) -> None:
    """Wait until something is so. Raises TimeoutError with words when it never is."""
    end = time.monotonic() + seconds
    while not question():
        if time.monotonic() > end:
            raise TimeoutError(otherwise)
        time.sleep(0.02)


@contextmanager
def process(database: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A `corridor` command of its own process on this database, ended with the block."""
    addresses = {name: os.environ[name] for name in ("CORRIDOR_DATABASE_URL", "CORRIDOR_DATABASE_OWNER_URL")}
    environment = os.environ | {n: urlsplit(a)._replace(path=f"/{database}").geturl() for n, a in addresses.items()}
    command = [sys.executable, "-m", "corridor.launch.command", *words]
    started = subprocess.Popen(command, env=environment, stdout=sys.stderr)  # noqa: S603 - our own command
    try:
        yield started
    finally:
        if started.poll() is None:
            started.send_signal(signal.SIGTERM)
        started.wait(60)
