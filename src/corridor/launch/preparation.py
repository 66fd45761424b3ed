"""What happens between a running PostgreSQL and a site that can be served: tables, translations, files, data, index."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from corridor.language.models import Passage
from corridor.launch.catalogues import compile_catalogues
from corridor.launch.faults import CannotStart

MIGRATING = 0x0C0121D0
OLDEST_POSTGRESQL = 16


def prepare_machine() -> None:
    """What each machine keeps for itself: compiled translations and collected static files."""
    compile_catalogues(settings.VAR / "locale")
    collect_static()


def prepare_database() -> None:
    """Bring tables, rights and data up to date; with nothing to do this takes well under a second."""
    refuse_unfit_server()
    with _one_at_a_time():
        if pending_migrations():
            call_command("migrate", database="owner", interactive=False, verbosity=0)
        call_command("grant_tables")
    forget_counts_of_the_future()
    call_command("load", "lexicon")
    call_command("load", "starter")
    if settings.DEVELOPMENT:
        call_command("load", "sample")


def forget_counts_of_the_future() -> None:
    """Limits count for a day at most. What was counted while the clock was far ahead would lock people out until then."""
    with connections["default"].cursor() as cursor:
        cursor.execute("delete from kernel_count where expires > now() + interval '2 days'")


def lacks_index() -> bool:
    """Whether search would find nothing, or not everything, by its meaning."""
    passages = Passage.objects
    return passages.filter(embedding__isnull=True).exists() or not passages.exists()


def pending_migrations() -> list[str]:
    """Names of the migrations that this database has not seen."""
    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def refuse_unfit_server() -> None:
    """A PostgreSQL of the operator's own must be reachable, new enough and have pgvector."""
    for alias, setting in (("default", "CORRIDOR_DATABASE_URL"), ("owner", "CORRIDOR_DATABASE_OWNER_URL")):
        try:
            connections[alias].ensure_connection()
        except OperationalError as error:
            raise CannotStart(f"{setting}: the database cannot be reached: {str(error).strip()}") from error
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select current_setting('server_version_num')::int / 10000, current_database(),"
            " (select 1 from pg_extension where extname = 'vector'),"
            " (select 1 from pg_available_extensions where name = 'vector')"
        )
        major, name, created, available = cursor.fetchone()
    if major < OLDEST_POSTGRESQL:
        raise CannotStart(
            f"PostgreSQL {OLDEST_POSTGRESQL} or newer is needed; this server is {major}.\n"
            "Debian 12:  sudo apt-get install postgresql-common"
            " && sudo /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh"
            " && sudo apt-get install postgresql-18 postgresql-18-pgvector"
        )
    if not created:
        install = "" if available else f"  sudo apt-get install postgresql-{major}-pgvector\n"
        raise CannotStart(
            f"The database {name} has no pgvector. Run:\n{install}"
            f"  psql {name} -c 'create extension vector'   (as a superuser of that server)"
        )


def collect_static() -> None:
    """Copy and compress the static files when one of them changed."""
    stamp = Path(settings.STATIC_ROOT).with_name("static-collected")
    state = _static_state()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)


def _static_state() -> str:
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two machines that start together migrate one after the other."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [MIGRATING])
        try:
            yield
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [MIGRATING])
            connections["owner"].close()
