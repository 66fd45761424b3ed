"""Workers of one process: some hands for what a person waits for, others for bulk work, so that neither blocks the other."""

import asyncio
import contextlib
import os
import signal

from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from corridor.language.operations.ready import get_ready_soon

BULK = "bulk"
GRACE_SECONDS = 10


def work(*, hands: int, bulk_hands: int, forever: bool) -> None:
    """Do jobs until told to stop; then finish those in hand, within GRACE_SECONDS, and give back the others."""
    if forever:
        get_ready_soon()  # or the first text after a start would wait for it
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as jobs:
        asyncio.run(_work(jobs, {"prompt": (prompt_queues(), hands), BULK: ([BULK], bulk_hands)}, forever=forever))


def prompt_queues() -> list[str]:
    """Every queue that a task names, but the one for bulk work."""
    app.perform_import_paths()
    return sorted({task.queue for task in app.tasks.values()} - {BULK})


async def _work(jobs: App, crews: dict[str, tuple[list[str], int]], *, forever: bool) -> None:
    """All crews, until a signal; the connection closes only after the last of them has laid down its work."""
    name = f"{os.uname().nodename}-{os.getpid()}"
    here = asyncio.current_task()
    assert here
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, here.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        async with jobs.open_async(), asyncio.TaskGroup() as group:
            for kind, (queues, hands) in crews.items():
                if hands:
                    group.create_task(
                        jobs.run_worker_async(
                            name=f"{name}-{kind}",
                            queues=queues,
                            concurrency=hands,
                            wait=forever,
                            shutdown_graceful_timeout=GRACE_SECONDS,
                            install_signal_handlers=False,
                        )
                    )
