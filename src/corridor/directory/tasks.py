"""Jobs of the directory: the index follows organisations and what they have to give."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from corridor.directory.operations import facility_index, indexing

PATIENCE = RetryStrategy(max_attempts=200, wait=5, linear_wait=5)


@jobs.task(name="directory.index_organisation", retry=PATIENCE)
def index_organisation(*, organisation: str) -> None:
    """The index follows an organisation."""
    indexing.follow(organisation)
    facility_index.follow_organisations(organisation)


@jobs.task(name="directory.index_organisations", retry=PATIENCE, queue="bulk")
def index_organisations(*, organisations: list[str]) -> None:
    """The index follows many organisations after an import."""
    indexing.follow(*organisations)
    facility_index.follow_organisations(*organisations)


@jobs.task(name="directory.index_facility", retry=PATIENCE)
def index_facility(*, facility: str) -> None:
    """The index follows something that an organisation has to give."""
    facility_index.follow(facility)
