"""Jobs of the directory: the index follows organisations, imports are taken, previews that nobody took go."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from corridor.directory.operations import imports, indexing

PATIENCE = RetryStrategy(max_attempts=200, wait=5, linear_wait=5)


@jobs.task(name="directory.index_organisation", retry=PATIENCE)
def index_organisation(*, organisation: str) -> None:
    """The index follows an organisation."""
    indexing.follow(organisation)


@jobs.task(name="directory.index_organisations", retry=PATIENCE, queue="bulk")
def index_organisations(*, organisations: list[str]) -> None:
    """The index follows many organisations after an import."""
    indexing.follow(*organisations)


@jobs.task(name="directory.take_import", retry=PATIENCE, queue="bulk")
def take_import(*, batch: str) -> None:
    """Enter all organisations of an import."""
    imports.carry_out(batch)


@jobs.periodic(cron="41 3 * * *")
@jobs.task(name="directory.expire_imports", queueing_lock="directory.expire_imports", queue="bulk")
def expire_imports(timestamp: int) -> None:
    """Previews that nobody took are dropped with their rows."""
    imports.expire()
