"""Organisations that are probably the same as one somebody wants to list, by their names."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from corridor.directory.logic.keys import key_of
from corridor.directory.logic.naming import likeness_of_keys
from corridor.directory.models import Organisation, OrganisationName

MOST = 8


def alike(names: Iterable[str], *, home: str) -> list[Organisation]:
    """Listed organisations of a country with such a name, those that are named just so first."""
    wanted = {key for name in names if (key := key_of(name))}
    found: dict[UUID, int] = {}
    listed_names = OrganisationName.objects.filter(organisation__home=home, organisation__stands=True)
    for organisation, text in listed_names.values_list("organisation", "text"):
        rank = likeness_of_keys(key_of(text), wanted)
        if rank is not None:
            found[organisation] = min(rank, found.get(organisation, rank))
    keys = sorted(found, key=lambda key: (found[key], str(key)))[:MOST]
    listed = Organisation.objects.with_names().select_related("verification").in_bulk(keys)
    return [listed[key] for key in keys if key in listed]
