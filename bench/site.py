"""How long pages take and how many questions they put to the database, on the sample alone and among 20,000 organisations more."""

import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tqdm import tqdm

from bench.crowd import write_dump
from bench.site_pages import BASELINE, Page, pages
from bench.site_sample import Scene, follow, furnish
from corridor.launch.evaluation.database import own_database
from corridor.launch.preparation import prepare_machine

ORGANISATIONS: Final = 20000
TIMES: Final = 40
FEWEST: Final = 8
COUNTED: Final = 2


def run(data: Path, step: int) -> dict[str, Any]:
    """Milliseconds of each page through Django's test client: all of the server but the sockets. With a step, fewer of all."""
    prepare_machine()
    turns = max(FEWEST, TIMES // step)
    with own_database(), tempfile.TemporaryDirectory() as folder:
        for what in ("starter", "sample"):
            call_command("load", what, verbosity=0, stdout=sys.stderr)
        call_command("reindex", verbosity=0, stdout=sys.stderr)
        scene = furnish()
        follow()
        listed, clients = pages(scene), readers(scene)
        _tidy()
        sizes = {"sample": _measured(listed, clients, turns)}
        dump = Path(folder) / "organisations.json"
        write_dump(dump, ORGANISATIONS // step)
        call_command("load", "organisations", str(dump), stdout=sys.stderr)
        follow()
        _tidy()
        sizes["crowded"] = _measured(listed, clients, turns)
    beside = sizes["sample"][BASELINE]["p50_ms"]
    for measured in sizes.values():
        for figures in measured.values():
            figures["beside_home"] = round(figures["p50_ms"] / beside, 2)
    return {
        "baseline": f"{BASELINE} on the sample", "organisations_more": ORGANISATIONS // step, "turns": turns,
        "readers": {page.name: page.reader for page in listed}, **sizes,
    }  # fmt: skip


def readers(scene: Scene) -> dict[str, Client]:
    """A browser for each who reads: somebody not signed in, a manager who has signed in on another device too, an officer."""
    who = {"visitor": None, "elsewhere": scene.manager, "manager": scene.manager, "officer": scene.officer}
    clients = {name: Client(HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip") for name in who}
    for name, user in who.items():
        if user is not None:
            clients[name].force_login(user)
            _get(clients[name], "/")
    return clients


def _tidy() -> None:
    """What autovacuum would have done by the time people come."""
    with connections["owner"].cursor() as cursor:  # of its own tables only
        cursor.execute("ANALYZE")


def _measured(listed: Sequence[Page], clients: Mapping[str, Client], turns: int) -> dict[str, dict[str, float]]:
    return {page.name: _timed(page, clients[page.reader], turns) for page in tqdm(listed, desc="Pages", unit=" pages")}


def _timed(page: Page, client: Client, turns: int) -> dict[str, float]:
    spent, queries, sent = [], [], []
    for address in page.addresses:
        sent.append(_get(client, address))  # once without counting, so that caches are as warm as in service
        queries.append(min(_queries(client, address) for _ in range(COUNTED)))
    for turn in range(turns):
        began = time.perf_counter()
        _get(client, page.addresses[turn % len(page.addresses)])
        spent.append(1000 * (time.perf_counter() - began))
    return {
        "p50_ms": round(median(spent), 1),
        "p95_ms": round(quantiles(spent, n=20)[-1], 1),
        "sql_queries": max(queries),
        "kilobytes": round(max(sent) / 1000, 1),
    }


def _queries(client: Client, address: str) -> int:
    """How many queries one reading takes. Every few seconds one takes some more, to see whether engine and lexicon are still the same."""
    with CaptureQueriesContext(connection) as asked:
        _get(client, address)
    return len(asked)


def _get(client: Client, address: str) -> int:
    """Ask for a page and answer how many bytes it sends, compressed. Raises RuntimeError unless it is there."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return len(answer.getvalue())


def ratios(figures: Mapping[str, Any]) -> dict[str, float]:
    """How much slower each page is in the crowd than on the sample, by its median."""
    return {name: of["p50_ms"] / figures["sample"][name]["p50_ms"] for name, of in figures["crowded"].items()}


def differing(figures: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """The pages whose number of SQL queries is another in the crowd than on the sample, with both numbers."""
    counts = {
        name: (figures["sample"][name]["sql_queries"], of["sql_queries"]) for name, of in figures["crowded"].items()
    }
    return {name: (alone, crowded) for name, (alone, crowded) in counts.items() if alone != crowded}
