"""A worker for journeys: it does what waits, and ends."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def run_jobs() -> None:
    """Do every job that waits, and those that they tell. In a thread: the browser's event loop holds this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _drain()).result()
    unfinished = ProcrastinateJob.objects.exclude(status="succeeded").values_list("task_name", "status")
    assert list(unfinished) == []


async def _drain() -> None:
    """With one hand, whose connections are closed in the thread that opened them."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(1))
    with app.replace_connector(app.connector.get_worker_connector()) as jobs:
        async with jobs.open_async():
            await jobs.run_worker_async(wait=False, install_signal_handlers=False)
    await loop.run_in_executor(None, connections.close_all)
