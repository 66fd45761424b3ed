"""`corridor serve`: everything from a running database to pages in a browser."""

import os
import time
from typing import Any

import psutil
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from corridor.launch.diagnosis import development_mode
from corridor.launch.faults import CannotStart
from corridor.launch.preparation import (
    lacks_index,
    pending_migrations,
    prepare_database,
    prepare_machine,
    refuse_unfit_server,
)
from corridor.launch.processes import Site
from corridor.launch.welcome import welcome
from corridor.settings import ENVIRONMENT


class Command(BaseCommand):
    """Stops everything that it started on Ctrl-C and SIGTERM."""

    help = "Prepare the database and serve the pages, with a worker for the jobs."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--web-only",
            action="store_true",
            help="only serve pages: for installations of several machines, where one runs "
            "`corridor prepare` and some run `corridor work`",
        )

    def handle(self, *, web_only: bool, **options: Any) -> None:
        for finding in development_mode():
            raise CannotStart(str(finding))
        site = Site(
            settings.VAR, bind=ENVIRONMENT.bind, port=ENVIRONMENT.port, any_port="CORRIDOR_PORT" not in os.environ
        )
        site.take_place()
        try:
            prepare_machine()
            is_indexed = self._expect_prepared() if web_only else self._prepared(site)
            connections.close_all()
            site.start(web_processes=ENVIRONMENT.web_processes, web_threads=ENVIRONMENT.web_threads, jobs=not web_only)
            self.stdout.write(welcome(site.address, seconds=time.time() - psutil.Process().create_time()))
            self.stdout.flush()
            if not is_indexed:
                site.index(wait=False)
            site.tend()
        finally:
            site.end()

    def _prepared(self, site: Site) -> bool:
        """Bring the database up to date; whether the index was brought up to date as well, and not left for after the start."""
        prepare_database()
        is_waited_for = lacks_index()
        if is_waited_for:
            site.index(wait=True)
        return is_waited_for

    def _expect_prepared(self) -> bool:
        refuse_unfit_server()
        if missing := pending_migrations():
            raise CannotStart(
                f"The database lacks {len(missing)} migrations. Run `corridor prepare` on one machine first."
            )
        return True
