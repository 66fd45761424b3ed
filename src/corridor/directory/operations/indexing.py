"""What the one index keeps of an organisation: all its names in every script, what it is, where, and what it does."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.utils import timezone, translation

from corridor.directory.models import Country, Organisation
from corridor.directory.states import OrganisationType
from corridor.kernel.operations import tell
from corridor.kernel.states import Urgency, Visibility
from corridor.language.models import Passage
from corridor.language.operations.index import Entry, Piece, put, take_out

KIND = "organisation"


def entry_of(organisation: Organisation, countries: dict[str, str], as_of: datetime.datetime) -> Entry:
    """The entry of an organisation: one piece of meaning, and every name as words."""
    names = [name.text for name in organisation.names.all()]
    place = ", ".join(part for part in (organisation.place, organisation.province) if part)
    kind = dict(OrganisationType.choices)[organisation.type]
    heading = "; ".join(dict.fromkeys(names[:6]))
    with translation.override("en"):
        what = organisation.about or f"{kind}, {place}, {countries.get(organisation.home, organisation.home)}"
    return Entry(
        kind=KIND,
        record_id=organisation.pk,
        home=organisation.home,
        direction=organisation.type,
        visibility=Visibility.PUBLIC,
        owner=str(organisation.pk),
        pieces=[Piece(what, organisation.about_language or "", heading)],
        extra="\n".join([*names, place]),
        as_of=as_of,
    )


def follow(*organisation_ids: str) -> None:
    """Make the index say what the directory says now."""
    now = timezone.now()
    found = list(Organisation.objects.standing().with_names().filter(pk__in=organisation_ids))
    for gone in {str(i) for i in organisation_ids} - {str(o.pk) for o in found}:
        take_out(KIND, UUID(gone))
    names = country_names()
    put(*(entry_of(organisation, names, now) for organisation in found))
    if found:  # names of other languages are looked up in the index, so the search for duplicates comes after it
        tell("directory.find_duplicates", organisations=[str(o.pk) for o in found], urgency=Urgency.BULK)


def country_names() -> dict[str, str]:
    """English names of the countries, for texts that only the index reads."""
    return {code: names["en"] for code, names in Country.objects.values_list("code", "names")}


def entries(*, only_missing: bool = False) -> list[Entry]:
    """The entries of all organisations; with `only_missing`, those that the index does not know."""
    now = timezone.now()
    found = Organisation.objects.standing().with_names()
    if only_missing:
        found = found.exclude(pk__in=Passage.objects.filter(kind=KIND).values("record_id"))
    names = country_names()
    return [entry_of(organisation, names, now) for organisation in found]
