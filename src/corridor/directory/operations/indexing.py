"""What the one index keeps of an organisation: all its names in every script, what it is, where, and what it does."""

from __future__ import annotations

from corridor.directory.models import Country, Organisation
from corridor.directory.states import OrganisationType
from corridor.kernel.states import Visibility
from corridor.language.models import Passage
from corridor.language.operations.index import Entry, Piece, put, take_out

KIND = "organisation"


def entry_of(organisation: Organisation) -> Entry:
    """The entry of an organisation: one piece of meaning, and every name as words."""
    names = [name.text for name in organisation.names.all()]
    place = ", ".join(part for part in (organisation.place, organisation.province) if part)
    kind = dict(OrganisationType.choices)[organisation.type]
    country = Country.objects.filter(pk=organisation.home).values_list("names", flat=True).first() or {}
    heading = "; ".join(dict.fromkeys(names[:6]))
    what = organisation.about or f"{kind}, {place}, {country.get('en', organisation.home)}"
    return Entry(
        kind=KIND,
        record_id=organisation.pk,
        home=organisation.home,
        direction=organisation.type,
        visibility=Visibility.PUBLIC,
        owner=str(organisation.pk),
        pieces=[Piece(what, organisation.about_language or "", heading)],
        extra="\n".join([*names, place]),
    )


def follow(organisation_id: str) -> None:
    """Make the index say what the directory says now."""
    organisation = Organisation.objects.with_names().filter(pk=organisation_id).first()
    if organisation is None:
        take_out(KIND, organisation_id)  # type: ignore[arg-type]
    else:
        put(entry_of(organisation))


def entries(*, only_missing: bool = False) -> list[Entry]:
    """The entries of all organisations; with `only_missing`, those that the index does not know."""
    found = Organisation.objects.with_names()
    if only_missing:
        found = found.exclude(pk__in=Passage.objects.filter(kind=KIND).values("record_id"))
    return [entry_of(organisation) for organisation in found]
