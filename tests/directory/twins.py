"""Two invented entries that are one organisation."""

from __future__ import annotations

from corridor.directory.models import Organisation
from corridor.directory.operations.organisations import list_organisation


def naga(**facts: object) -> Organisation:
    """The entry that stays."""
    names = [("official", "lo", "ມະຫາວິທະຍາໄລນາກາ"), ("translation", "en", "Naga River University")]
    return list_organisation(by=None, names=names, home="LA", type="university", **facts)


def nagas_twin(**facts: object) -> Organisation:
    """The entry that goes."""
    names = [
        ("official", "en", "University of Naga River"),
        ("translation", "vi", "Đại học Sông Naga"),
        ("alias", "", "naga river university"),
        ("acronym", "", "UNR"),
    ]
    return list_organisation(by=None, names=names, identifiers={"ror": "0abc"}, home="LA", type="university", **facts)
