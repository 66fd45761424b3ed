"""What the one index keeps of what organisations have to give; what is closed or gone is not in it."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from corridor.directory.models import Facility
from corridor.kernel.states import Visibility
from corridor.language.models import Passage
from corridor.language.operations.index import Entry, Piece, put, take_out

KIND = "facility"


def entry_of(facility: Facility, as_of: datetime.datetime) -> Entry:
    """The entry of a facility: its own words under its name, and the names and place of its organisation as words."""
    organisation = facility.organisation
    text = "\n".join(part for part in (facility.about, facility.admission) if part)
    language = (facility.about_language if text else "") or facility.name_language
    names = [name.text for name in organisation.names.all()]
    return Entry(
        kind=KIND,
        record_id=facility.pk,
        home=facility.home,
        direction=facility.kind,
        visibility=Visibility.PUBLIC,
        owner=str(organisation.pk),
        themes=facility.themes,
        pieces=[Piece(text, language, facility.name)],
        extra="\n".join([*names, organisation.place, organisation.province]),
        as_of=as_of,
    )


def follow(facility_id: str) -> None:
    """Make the index say what the directory says of one facility now."""
    _follow(Facility.objects.filter(pk=facility_id), Passage.objects.filter(kind=KIND, record_id=UUID(facility_id)))


def follow_organisations(*organisation_ids: str) -> None:
    """Make the index say what these organisations have to give, under the names that they have now."""
    keys = [UUID(key) for key in organisation_ids]
    owners = [str(key) for key in keys]
    _follow(Facility.objects.filter(organisation__in=keys), Passage.objects.filter(kind=KIND, owner__in=owners))


def _follow(facilities: QuerySet[Facility], passages: QuerySet[Passage]) -> None:
    now = timezone.now()
    found = Facility.objects.open().filter(pk__in=facilities.values("pk"))
    entries = [entry_of(facility, now) for facility in found.for_reading()]
    try:
        if entries:
            put(*entries)
    finally:
        # Looked at last: what was closed while the model was reading must not stay behind in the index.
        for gone in set(passages.values_list("record_id", flat=True)) - set(found.values_list("pk", flat=True)):
            take_out(KIND, gone)


def sweep() -> int:
    """Take out what is closed or gone, if anything was left behind. Answers how many passages went."""
    found = Facility.objects.open().values("pk")
    return Passage.objects.filter(kind=KIND).exclude(record_id__in=found).delete()[0]


def entries(*, only_missing: bool = False) -> list[Entry]:
    """The entries of all that can be asked for; with `only_missing`, those that the index does not know."""
    now = timezone.now()
    found = Facility.objects.open().for_reading()
    if only_missing:
        found = found.exclude(pk__in=Passage.objects.filter(kind=KIND).values("record_id"))
    return [entry_of(facility, now) for facility in found]
