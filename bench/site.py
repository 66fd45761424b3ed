"""How long pages take and how many questions they put to the database, on the sample alone and among 20,000 organisations more."""

import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.crowd import write_dump
from corridor.launch.evaluation.database import own_database
from corridor.launch.preparation import prepare_machine
from corridor.matching.models import Notice

ORGANISATIONS: Final = 20000
TIMES: Final = 40
BASELINE: Final = "home"
QUESTIONS: Final = (
    "coffee dryer", "ម៉ាស៊ីនសម្ងួតកាហ្វេ", "咖啡烘干机", "ເຄື່ອງອົບກາເຟ", "ကော်ဖီအခြောက်ခံစက်", "เครื่องอบกาแฟ", "máy sấy cà phê", "solar pump",
)  # fmt: skip


def run(data: Path, step: int) -> dict[str, Any]:
    """Milliseconds of each page through Django's test client: all of the server but the sockets. With a step, fewer organisations."""
    prepare_machine()
    with own_database(), tempfile.TemporaryDirectory() as folder:
        for what in ("starter", "sample"):
            call_command("load", what, verbosity=0, stdout=sys.stderr)
        call_command("reindex", verbosity=0, stdout=sys.stderr)
        sizes = {"sample": _pages()}
        dump = Path(folder) / "organisations.json"
        write_dump(dump, ORGANISATIONS // step)
        call_command("load", "organisations", str(dump), stdout=sys.stderr)
        call_command("reindex", if_needed=True, stdout=sys.stderr)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE language_passage")
        sizes["crowded"] = _pages()
    beside = sizes["sample"][BASELINE]["p50_ms"]
    for pages in sizes.values():
        for figures in pages.values():
            figures["beside_home"] = round(figures["p50_ms"] / beside, 2)
    return {"baseline": f"{BASELINE} on the sample", "organisations_more": ORGANISATIONS // step, **sizes}


def _pages() -> dict[str, dict[str, float]]:
    notices = list(
        Notice.objects.open().visible_to(None).filter(is_sample=True).order_by("pk").values_list("pk", flat=True)
    )
    addresses = {
        "home": [reverse("home")],
        "search": [reverse("search") + "?" + _asked(question) for question in QUESTIONS],
        "notice": [reverse("notice", args=[pk]) for pk in notices[:: max(1, len(notices) // 8)]],
    }
    client = Client(HTTP_HOST="localhost")
    return {name: _timed(client, pages) for name, pages in addresses.items()}


def _asked(question: str) -> str:
    return urlencode({"q": question})


def _timed(client: Client, pages: list[str]) -> dict[str, float]:
    spent, queries = [], []
    for page in pages:  # once without counting, so that caches are as warm as in service
        with CaptureQueriesContext(connection) as asked:
            _get(client, page)
        queries.append(len(asked))
    for turn in range(TIMES):
        began = time.perf_counter()
        _get(client, pages[turn % len(pages)])
        spent.append(1000 * (time.perf_counter() - began))
    return {
        "p50_ms": round(median(spent), 1),
        "p95_ms": round(quantiles(spent, n=20)[-1], 1),
        "sql_queries": max(queries),
    }


def _get(client: Client, page: str) -> None:
    answer = client.get(page)
    if answer.status_code != 200:
        raise RuntimeError(f"{page} answered {answer.status_code}")


def ratios(figures: Mapping[str, Any]) -> dict[str, float]:
    """How much slower each page is in the crowd than on the sample, by its median."""
    return {name: of["p50_ms"] / figures["sample"][name]["p50_ms"] for name, of in figures["crowded"].items()}
