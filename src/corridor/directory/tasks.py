"""Jobs of the directory: the index follows organisations and people."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from corridor.directory.operations import indexing, people_index

PATIENCE = RetryStrategy(max_attempts=200, wait=5, linear_wait=5)


@jobs.task(name="directory.index_organisation", retry=PATIENCE)
def index_organisation(*, organisation: str) -> None:
    """The index follows an organisation."""
    indexing.follow(organisation)


@jobs.task(name="directory.index_organisations", retry=PATIENCE, queue="bulk")
def index_organisations(*, organisations: list[str]) -> None:
    """The index follows many organisations after an import."""
    indexing.follow(*organisations)


@jobs.task(name="directory.index_person", retry=PATIENCE)
def index_person(*, person: str) -> None:
    """The index follows a person."""
    people_index.follow(person)


@jobs.periodic(cron="*/15 * * * *")
@jobs.task(name="directory.index_people", queueing_lock="directory.index_people", queue="bulk")
def index_people(timestamp: int) -> None:
    """Who may no longer be shown leaves the index, and whom somebody has confirmed again comes back."""
    people_index.sweep()
    for person in people_index.findable(only_missing=True):
        people_index.follow(person)
