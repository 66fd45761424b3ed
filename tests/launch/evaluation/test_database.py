"""Databases that evaluations leave behind when they are killed."""

import os
import subprocess
import sys

from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from corridor.launch.evaluation.database import PREFIX, clear_abandoned
from tests.database import Seeds
from tests.launch.evaluation.conftest import databases, reached


def at_server(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
    connections["owner"].close()


def test_what_a_killed_evaluation_left_is_dropped_and_a_running_ones_stays(
    seeded_database: Seeds, django_db_blocker: DjangoDbBlocker
):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    abandoned, running = f"{PREFIX}{gone.pid}_abc", f"{PREFIX}{os.getpid()}_abc"
    with reached(django_db_blocker):
        at_server(f"CREATE DATABASE {abandoned}")
        at_server(f"CREATE DATABASE {running}")
        try:
            clear_abandoned()
            assert {abandoned, running} & databases() == {running}
        finally:
            at_server(f"DROP DATABASE IF EXISTS {abandoned}")
            at_server(f"DROP DATABASE IF EXISTS {running}")
