"""The jobs that wait in the database, seen and done from inside a test's own transaction."""

from __future__ import annotations

from typing import Any

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def waiting(task: str = "") -> list[dict[str, Any]]:
    """What the waiting jobs were told, in the order in which one worker would take them; with `task`, of that name only."""
    rows = ProcrastinateJob.objects.filter(status="todo").order_by("-priority", "id")
    return [row.args for row in (rows.filter(task_name=task) if task else rows)]


def names() -> list[str]:
    """Which tasks wait."""
    rows = ProcrastinateJob.objects.filter(status="todo").order_by("-priority", "id")
    return list(rows.values_list("task_name", flat=True))


def do_all(*, but: tuple[str, ...] = ()) -> list[str]:
    """Do the waiting jobs one after another, and those that they tell, until none is left; answers which were done."""
    done = []
    while job := _next(but):
        app.tasks[job.task_name](**job.args)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job.pk])
        done.append(job.task_name)
    return done


def _next(but: tuple[str, ...]) -> ProcrastinateJob | None:
    rows = ProcrastinateJob.objects.filter(status="todo").exclude(task_name__in=but)
    return rows.order_by("-priority", "id").first()
