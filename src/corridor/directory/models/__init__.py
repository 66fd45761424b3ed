"""Nouns of the directory: the six countries, their focal points, organisations with many names, requests to be confirmed, and imports."""

from corridor.directory.models.countries import Country, FocalPoint, in_reader_language
from corridor.directory.models.imports import Import, ImportedRow, ImportProgress
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
    "FocalPoint",
    "Identifier",
    "Import",
    "ImportProgress",
    "ImportedRow",
    "MembershipRequest",
    "Organisation",
    "OrganisationName",
    "OrganisationQuerySet",
    "Verification",
    "Vouching",
    "WithdrawnVerification",
    "in_reader_language",
]
