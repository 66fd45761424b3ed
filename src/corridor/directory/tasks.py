"""Jobs of the directory: the index follows organisations, what they give and people; likely duplicates are looked for, merges settled."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from corridor.directory.models import Merge
from corridor.directory.operations import duplicates, facility_index, imports, indexing, merging, offices, people_index
from corridor.directory.states import MergeState

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


@jobs.task(name="directory.find_duplicates", retry=PATIENCE, queue="bulk")
def find_duplicates(*, organisations: list[str]) -> None:
    """Look for entries that are probably the same as new or changed ones."""
    duplicates.look_for(*organisations)


@jobs.periodic(cron="23 * * * *")
@jobs.task(name="directory.settle_merges", queueing_lock="directory.settle_merges", queue="bulk")
def settle_merges(timestamp: int) -> None:
    """What was entered for an entry at the very moment it was merged follows to the kept one."""
    for made in Merge.objects.filter(state=MergeState.IN_FORCE).select_related("kept", "gone"):
        merging.settle(made)


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


@jobs.task(name="directory.take_import", retry=PATIENCE, queue="bulk")
def take_import(*, batch: str) -> None:
    """Enter all organisations of an import."""
    imports.carry_out(batch)


@jobs.periodic(cron="41 3 * * *")
@jobs.task(name="directory.expire_imports", queueing_lock="directory.expire_imports", queue="bulk")
def expire_imports(timestamp: int) -> None:
    """Previews that nobody took are dropped with their rows."""
    imports.expire()


# A mail server may be down for a day, as for other letters.
@jobs.task(
    name="directory.post_invitation", retry=RetryStrategy(max_attempts=60, wait=60, linear_wait=120), queue="post"
)
def post_invitation(*, invitation: str) -> None:
    """Hand a sealed invitation to the mail server."""
    offices.post_invitation(invitation)
