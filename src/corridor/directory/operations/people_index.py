"""What the one index keeps of a person: for each circle what its readers may read, and never more.

A field that is shared with members stands in the passages for members alone. Readers of a wider circle search other
passages of the same person, in which it does not stand; so nothing is found by a word that the reader may not read.
"""

from __future__ import annotations

import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from corridor.directory.models import Profile, Shown
from corridor.directory.models.circles import example_of
from corridor.kernel.states import Visibility
from corridor.language.models import Passage
from corridor.language.operations.index import Entry, Piece, embed_missing, put, take_out

KIND = "person"
# What only one's own organisation may read is in no index: a focal point finds every passage of its country's records.
FOUND_IN = (Visibility.PUBLIC, Visibility.MEMBERS, Visibility.SIX, Visibility.NATIONAL)


def entries_of(profile: Profile, as_of: datetime.datetime) -> list[Entry]:
    """The entries of a person, one for each circle that somebody was let into; none where nothing can be found."""
    used = {consent.visibility for consent in profile.consents.all()}
    place = profile.place.pk if profile.place else None
    shown = [
        (circle, profile.shown_to(example_of(circle, home=profile.home, organisation=place)))
        for circle in FOUND_IN
        if circle in used
    ]
    return [entry for circle, read in shown if (entry := _entry(circle, profile.home, read, as_of)) is not None]


def _entry(circle: str, home: str, shown: Shown, as_of: datetime.datetime) -> Entry | None:
    body = text_of(shown)
    if not (body or shown.name):
        return None
    return Entry(
        kind=KIND,
        record_id=shown.pk,
        # Who may read that is of the country; for everybody else a filter by country must not tell it.
        home=home if circle == Visibility.NATIONAL else shown.home,
        visibility=circle,
        themes=shown.themes,
        pieces=[Piece(body, shown.expertise_language, shown.name)],
        extra="\n".join(part for part in (shown.affiliation_text, shown.orcid) if part),
        as_of=as_of,
    )


def text_of(shown: Shown) -> str:
    """What search reads of a person, of what somebody may read."""
    return "\n".join(part for part in (shown.headline, shown.expertise) if part)


@transaction.atomic
def write(person: str) -> None:
    """Put into the index, by words, what may be found of a person now, or take them out.

    The profile is locked and read in the same transaction that writes: a withdrawal either came before and is seen, or
    waits and then takes out what was written here.
    """
    Profile.objects.select_for_update(of=("self",)).filter(pk=person).first()
    profile = Profile.objects.standing().for_reading().filter(pk=person).first()
    entries = entries_of(profile, timezone.now()) if profile is not None else []
    if entries:
        put(*entries, embed=False)
    else:
        take_out(KIND, UUID(person))


def follow(person: str) -> None:
    """Make the index say what may be found of a person. The model reads afterwards, without any lock, for rows that are still there."""
    write(person)
    embed_missing(Passage.objects.filter(kind=KIND, record_id=person))


def findable(*, only_missing: bool = False) -> list[str]:
    """People of whom somebody else may read something; with `only_missing`, those that the index does not know."""
    found = Profile.objects.standing().filter(consents__visibility__in=FOUND_IN).distinct().order_by("pk")
    if only_missing:
        found = found.exclude(pk__in=Passage.objects.filter(kind=KIND).values("record_id"))
    return [str(pk) for pk in found.values_list("pk", flat=True)]


def sweep() -> int:
    """Take out people whose account was closed or whom nobody vouches for any more. Answers how many passages went."""
    known = Profile.objects.standing().filter(consents__isnull=False).values("pk")
    return Passage.objects.filter(kind=KIND).exclude(record_id__in=known).delete()[0]
