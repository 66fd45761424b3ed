"""Hands for what a person waits for, and others for bulk work."""

import os
import subprocess
import sys

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

from corridor.launch.workers import BULK, prompt_queues


def test_every_queue_of_a_task_has_hands():
    assert {*prompt_queues(), BULK} == {task.queue for task in app.tasks.values()}


def test_bulk_work_has_hands_of_its_own():
    assert BULK not in prompt_queues()


def test_a_worker_does_what_waits_and_ends(committed_db):
    job = app.configure_task("kernel.free_stalled").defer(timestamp=0)
    there = connection.settings_dict
    address = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**there)
    subprocess.run(
        [sys.executable, "-P", "-m", "corridor.launch.command", "work", "--once"],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "corridor.settings",
            "CORRIDOR_VAR": str(settings.VAR),
            "CORRIDOR_DEVELOPMENT": "true",
            "CORRIDOR_DATABASE_URL": address,
        },
        timeout=60,
        check=True,
    )
    with connection.cursor() as cursor:
        cursor.execute("select status::text from procrastinate_jobs where id = %s", [job])
        assert cursor.fetchone() == ("succeeded",)
