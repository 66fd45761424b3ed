"""Jobs of dead workers go on elsewhere, and one that waits already does not keep the others."""

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from corridor.kernel.operations import tell
from corridor.kernel.tasks import SILENT_SECONDS, forget_finished_jobs, free_stalled

pytestmark = pytest.mark.usefixtures("committed_db")


def run(task) -> None:
    """Do one of the asynchronous tasks as a worker does."""

    async def do() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as jobs:
            async with jobs.open_async():
                await task(timestamp=0)

    asyncio.run(do())


def worker(silent: int) -> int:
    """A worker that last showed itself that many seconds ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second') RETURNING id",
            [silent],
        )
        return cursor.fetchone()[0]


def take(task: str, of: int | None, **facts: object) -> int:
    """A job that a worker took and has not finished."""
    tell(task, **facts)
    job = ProcrastinateJob.objects.filter(status="todo").latest("id")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [of, job.pk])
    return job.pk


def states() -> dict[int, str]:
    """Where each job stands."""
    return dict(ProcrastinateJob.objects.values_list("id", "status"))


def test_a_job_of_a_worker_that_fell_silent_is_given_back_and_one_of_a_live_worker_is_not():
    dead = take("kernel.post_letter", worker(SILENT_SECONDS + 5), letter="one")
    alive = take("kernel.post_letter", worker(5), letter="two")
    orphan = take("kernel.post_letter", None, letter="three")
    run(free_stalled)
    assert states() == {dead: "todo", alive: "doing", orphan: "todo"}


def test_a_dead_job_whose_next_turn_waits_already_ends_and_does_not_keep_others_from_being_freed():
    dead = worker(SILENT_SECONDS + 5)
    counting = take("language.count_words", dead)
    tell("language.count_words")
    waiting = ProcrastinateJob.objects.latest("id").pk
    letter = take("kernel.post_letter", dead, letter="one")
    run(free_stalled)
    assert states() == {counting: "aborted", waiting: "todo", letter: "todo"}


def test_workers_that_are_gone_for_long_are_forgotten():
    worker(SILENT_SECONDS * 4 + 5)
    silent = worker(SILENT_SECONDS + 5)
    run(free_stalled)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_workers")
        assert cursor.fetchall() == [(silent,)]


def test_finished_jobs_are_forgotten_after_a_week_and_failed_ones_after_ninety_days():
    kept = {}
    for status, days in (("succeeded", 6), ("succeeded", 8), ("failed", 8), ("failed", 91)):
        job = take("kernel.post_letter", None, letter="one")
        kept[job] = (status, days)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job])
            cursor.execute(
                "UPDATE procrastinate_events SET at = now() - %s * interval '1 day' WHERE job_id = %s", [days, job]
            )
    run(forget_finished_jobs)
    assert [kept[job] for job in sorted(states())] == [("succeeded", 6), ("failed", 8)]
