"""Whoever is killed loses nothing that was committed, and nothing is done twice."""

import asyncio
import signal

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from corridor.kernel.models import Event, Letter
from corridor.kernel.tasks import SILENT_SECONDS, free_stalled
from corridor.language.models import Passage
from corridor.matching.models import Notice
from tests import make

pytestmark = pytest.mark.usefixtures("committed_db")

PUBLISH_AND_DIE = """
import os, signal
from corridor.kernel.models import User
from corridor.matching.models import Notice
from corridor.matching.operations import notices
notices.publish(Notice.objects.get(pk="{notice}").latest, by=User.objects.get(pk="{officer}"))
os.kill(os.getpid(), signal.SIGKILL)
"""
DIE_BEFORE_THE_COMMIT = """
import os, signal
from django.db import transaction
from corridor.kernel.models import User
from corridor.matching.models import Notice
from corridor.matching.operations import notices
with transaction.atomic():
    notices.publish(Notice.objects.get(pk="{notice}").latest, by=User.objects.get(pk="{officer}"))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def jobs(task: str) -> list[tuple[str, int]]:
    """Where the jobs of a task stand, and how often each was tried before."""
    return list(ProcrastinateJob.objects.filter(task_name=task).order_by("id").values_list("status", "attempts"))


def free() -> None:
    """What every worker does each minute."""

    async def do() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as opened:
            async with opened.open_async():
                await free_stalled(timestamp=0)

    asyncio.run(do())


def test_a_process_killed_right_after_the_commit_leaves_a_job_that_a_later_worker_does(machine, endpoint, soon):
    machine.embeddings = endpoint.url
    waiting, officer = make.submitted(title="Husk dryer for coffee"), make.officer("LA")
    ended = machine.do(PUBLISH_AND_DIE.format(notice=waiting.pk, officer=officer.pk)).wait(60)
    assert ended == -signal.SIGKILL
    assert Notice.objects.get(pk=waiting.pk).state == "published"
    assert jobs("matching.index_notice") == [("todo", 0)]
    assert Passage.objects.filter(kind="notice").count() == 0
    machine.run("work")
    soon(lambda: [status for status, _ in jobs("matching.index_notice")] == ["succeeded"])
    rows = Passage.objects.filter(kind="notice", embedding__isnull=False).values_list("record_id", "heading")
    assert list(rows) == [(waiting.pk, "Husk dryer for coffee")]
    soon(lambda: Letter.objects.filter(template="notice_published", posted_at__isnull=False).count() == 1)


def test_a_process_killed_right_before_the_commit_leaves_nothing(machine):
    waiting, officer = make.submitted(), make.officer("LA")
    before = (Event.objects.count(), Letter.objects.count())
    ended = machine.do(DIE_BEFORE_THE_COMMIT.format(notice=waiting.pk, officer=officer.pk)).wait(60)
    assert ended == -signal.SIGKILL
    assert Notice.objects.get(pk=waiting.pk).state == "submitted"
    assert (jobs("matching.index_notice"), Event.objects.count(), Letter.objects.count()) == ([], *before)


def test_a_worker_killed_in_the_middle_of_indexing_loses_nothing_and_nothing_is_done_twice(machine, endpoint, soon):
    machine.embeddings = endpoint.url
    endpoint.may_answer.clear()
    notice = make.published(title="Husk dryer for coffee")
    with connection.cursor() as cursor:  # organisations would be read first
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name <> 'matching.index_notice'")
    worker = machine.run("work")
    soon(endpoint.asked.is_set)
    assert jobs("matching.index_notice") == [("doing", 0)]
    worker.kill()
    worker.wait(20)
    assert Passage.objects.count() == 0

    free()
    assert jobs("matching.index_notice") == [("doing", 0)], "a worker that was heard of just now may still be alive"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - %s * interval '1 second'", [SILENT_SECONDS + 1]
        )
    free()
    assert [status for status, _ in jobs("matching.index_notice")] == ["todo"]

    endpoint.may_answer.set()
    machine.run("work")
    soon(lambda: [status for status, _ in jobs("matching.index_notice")] == ["succeeded"])
    rows = Passage.objects.filter(embedding__isnull=False).values_list("record_id", "ordinal")
    assert list(rows) == [(notice.pk, 0)]
    assert Passage.objects.count() == 1


def test_dead_workers_are_looked_for_every_minute():
    """So a job waits for SILENT_SECONDS and a minute at most."""
    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert (periodic["kernel.free_stalled"], SILENT_SECONDS) == ("* * * * *", 30)
