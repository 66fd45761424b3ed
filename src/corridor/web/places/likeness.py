"""Organisations that are probably the same as one somebody wants to list: their names, folded, are the same or hold each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from uuid import UUID

from corridor.directory.models import Organisation, OrganisationName
from corridor.language.logic.words import fold, toneless

MOST = 8
# A shorter name is found in too many others.
SHORTEST = 6


def key_of(name: str) -> str:
    """A name as it is compared: folded, without tone marks; letters, digits and the marks of a script, nothing else."""
    return "".join(sign for sign in toneless(fold(name)) if unicodedata.category(sign)[0] in "LMN")


def alike(names: Iterable[str], *, home: str) -> list[Organisation]:
    """Listed organisations of a country with such a name, those that are named just so first."""
    wanted = {key for name in names if (key := key_of(name))}
    found: dict[UUID, int] = {}
    for organisation, text in OrganisationName.objects.filter(organisation__home=home).values_list(
        "organisation", "text"
    ):
        rank = likeness(key_of(text), wanted)
        if rank is not None:
            found[organisation] = min(rank, found.get(organisation, rank))
    keys = sorted(found, key=lambda key: (found[key], str(key)))[:MOST]
    listed = Organisation.objects.with_names().select_related("verification").in_bulk(keys)
    return [listed[key] for key in keys if key in listed]


def likeness(key: str, wanted: set[str]) -> int | None:
    """0 for the same, 1 where one name holds the other, None for others."""
    if key in wanted:
        return 0
    near = (min(len(key), len(other)) >= SHORTEST and (key in other or other in key) for other in wanted)
    return 1 if any(near) else None
