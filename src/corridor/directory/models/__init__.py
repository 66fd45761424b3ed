"""Nouns of the directory: the six countries, their focal points, organisations with many names, and requests to be confirmed."""

from corridor.directory.models.countries import Country, FocalPoint, in_reader_language
from corridor.directory.models.duplicates import (
    Distinction,
    LikelyDuplicate,
    LikelyDuplicateQuerySet,
    Merge,
    Trait,
    UndoneMerge,
)
from corridor.directory.models.membership import MembershipRequest, Vouching
from corridor.directory.models.organisations import (
    HOME,
    Identifier,
    Organisation,
    OrganisationName,
    OrganisationQuerySet,
    Verification,
    WithdrawnVerification,
)

__all__ = [
    "HOME",
    "Country",
    "Distinction",
    "FocalPoint",
    "Identifier",
    "LikelyDuplicate",
    "LikelyDuplicateQuerySet",
    "MembershipRequest",
    "Merge",
    "Organisation",
    "OrganisationName",
    "OrganisationQuerySet",
    "Trait",
    "UndoneMerge",
    "Verification",
    "Vouching",
    "WithdrawnVerification",
    "in_reader_language",
]
