"""What leaves the installation in an export: what everybody may read, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corridor.directory.models import Organisation
from corridor.kernel.states import Visibility
from corridor.language.models import Translation
from corridor.matching.models import Card, Notice

CARD = [field.name for field in Card._meta.get_fields()]


def notices(country: str | None = None) -> Iterator[dict[str, Any]]:
    """Open public notices; an anonymous one without its organisation, its problem owner and its identifiers."""
    rows = Notice.objects.open().filter(published__visibility=Visibility.PUBLIC).for_reading().order_by("pk")
    for notice in rows.filter(home=country) if country else rows:
        wording = notice.published
        if wording is None or notice.organisation is None:
            continue
        row = {field: getattr(notice, field) for field in CARD}
        row |= {"kind": notice.kind, "country": notice.home, "language": wording.language, **wording.prose}
        row |= {"published_at": notice.published_at, "valid_until": notice.valid_until, "is_sample": notice.is_sample}
        if wording.is_anonymous:
            yield row | {"organisation_type": notice.organisation.type, "organisation_size": notice.organisation.size}
        else:
            named = {"id": notice.pk, "organisation": notice.organisation_id, "problem_owner": notice.problem_owner}
            yield row | named | {"translations": _translations(notice, wording.number)}


def _translations(notice: Notice, version: int) -> list[dict[str, Any]]:
    rows = Translation.objects.filter(kind="notice", record_id=notice.pk, version=version)
    return [dict(row) for row in rows.values("language", "origin", "texts")]


def organisations(country: str | None = None) -> Iterator[dict[str, Any]]:
    """The directory, with every name and identifier."""
    rows = (
        Organisation.objects.standing()
        .with_names()
        .prefetch_related("identifiers")
        .select_related("verification")
        .order_by("pk")
    )
    for organisation in (rows.filter(home=country) if country else rows).iterator(chunk_size=500):
        yield {
            "id": organisation.pk,
            "country": organisation.home,
            "type": organisation.type,
            "size": organisation.size,
            "place": organisation.place,
            "province": organisation.province,
            "website": organisation.website,
            "about": organisation.about,
            "about_language": organisation.about_language,
            "names": [{"kind": n.kind, "language": n.language, "text": n.text} for n in organisation.names.all()],
            "identifiers": {i.scheme: i.value for i in organisation.identifiers.all()},
            "is_verified": organisation.is_verified,
            "is_sample": organisation.is_sample,
            "source": organisation.source,
        }
